import type { PacketHeaders } from '../../model/verdict/path.ts';
import { portRangesText } from './rule-text.ts';

/**
 * A set of packets in one line: `tcp 443 from 0.0.0.0/0 (ports 1024–65535) to 10.0.1.10/32`. The side that is `own` goes
 * without saying.
 */
export function headersText(headers: PacketHeaders, own?: 'source' | 'destination'): string {
  const { protocol, sourceAddresses, destinationAddresses, sourcePortRanges, destinationPortRanges } = headers;
  const what = protocol === 'all' ? 'all traffic' : protocol;
  const ports = destinationPortRanges === undefined ? '' : ` ${portRangesText(destinationPortRanges)}`;
  const icmp = headers.icmpTypeCodes === undefined ? '' : ` type/code ${headers.icmpTypeCodes.join(', ')}`;
  const source = sourcePortRanges === undefined ? '' : ` (ports ${portRangesText(sourcePortRanges)})`;
  const from = own === 'source' ? '' : ` from ${addresses(sourceAddresses)}${source}`;
  const to = own === 'destination' ? '' : ` to ${addresses(destinationAddresses)}`;
  return `${what}${ports}${icmp}${from}${to}`;
}

const most = 6;

/** The first few blocks, and how many more there are. */
function addresses(blocks: readonly string[]): string {
  const shown = blocks.slice(0, most).join(', ');
  return blocks.length > most ? `${shown} and ${blocks.length - most} more` : shown;
}
