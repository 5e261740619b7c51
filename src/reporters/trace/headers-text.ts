import type { PacketHeaders } from '../../model/verdict/path.ts';
import { portRangesText } from './rule-text.ts';

/**
 * A set of packets in one line: `tcp 443 from 0.0.0.0/0 (ports 1024–65535) to 10.0.1.10/32`. The side that is `own` goes
 * without saying.
 */
export function headersText(headers: PacketHeaders, own?: 'source' | 'destination' | 'both'): string {
  const { protocol, sourceAddresses, destinationAddresses, sourcePortRanges, destinationPortRanges } = headers;
  const what = protocol === 'all' ? 'all traffic' : protocolWords(protocol);
  const ports = destinationPortRanges === undefined ? '' : ` ${portRangesText(destinationPortRanges)}`;
  const icmp = headers.icmpTypeCodes === undefined ? '' : ` type/code ${headers.icmpTypeCodes.join(', ')}`;
  const source = sourcePortRanges === undefined ? '' : ` (ports ${portRangesText(sourcePortRanges)})`;
  const narrow = sourcePortRanges?.some(({ from, to }) => from !== 1024 || to !== 65_535) === true;
  const from =
    own === 'source' || own === 'both'
      ? narrow
        ? ` from ports ${portRangesText(sourcePortRanges ?? [])}`
        : ''
      : ` from ${addresses(sourceAddresses)}${source}`;
  const to = own === 'destination' || own === 'both' ? '' : ` to ${addresses(destinationAddresses)}`;
  return `${what}${ports}${icmp}${from}${to}`;
}

/** `protocols 0, 2-5`; all that have neither ports nor types by one word. */
const protocolWords = (protocol: string): string =>
  protocol === '0, 2-5, 7-16, 18-57, 59-255'
    ? 'every other protocol'
    : /^\d+$/.test(protocol)
      ? `protocol ${protocol}`
      : /^\d/.test(protocol)
        ? `protocols ${protocol}`
        : protocol;

const most = 6;

/** The first few blocks, and how many more there are. */
function addresses(blocks: readonly string[]): string {
  const shown = blocks.slice(0, most).join(', ');
  return blocks.length > most ? `${shown} and ${blocks.length - most} more` : shown;
}
