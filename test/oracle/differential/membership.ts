import type { PacketHeaders } from '../../../src/model/verdict/path.ts';
import { type Address, contains, parseAddress, parseCidr } from '../simulator/address.ts';
import type { Header } from '../simulator/simulate.ts';

const names: Readonly<Record<string, number>> = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58 };

const within = (text: string, value: number): boolean =>
  text.split(',').some((part) => {
    const [from = '', to = from] = part.trim().split('-');
    return Number(from) <= value && value <= Number(to);
  });

function holdsProtocol(text: string, protocol: number): boolean {
  if (text === 'all') return true;
  const number = names[text];
  return number === undefined ? within(text, protocol) : number === protocol;
}

const holdsAddress = (list: readonly string[], address: Address): boolean =>
  list.some((text) =>
    contains(parseCidr(text.includes('/') ? text : `${text}/${address.family === 4 ? 32 : 128}`), address),
  );

const holdsPort = (ranges: PacketHeaders['sourcePortRanges'], port: number): boolean =>
  ranges === undefined || ranges.some(({ from, to }) => from <= port && port <= to);

/** `8/0`, `3/*`, `0-7/*`, `8/1-8/255`, `all`: type and code, in the order of `type × 256 + code`. */
function holdsIcmp(texts: readonly string[] | undefined, { icmpType, icmpCode }: Header): boolean {
  const message = icmpType * 256 + icmpCode;
  const numberOf = (text: string): number => {
    const [type = '', code = ''] = text.split('/');
    return Number(type) * 256 + Number(code);
  };
  return (texts ?? ['all']).some((text) => {
    if (text === 'all') return true;
    if (text.endsWith('/*')) return within(text.slice(0, -2), icmpType);
    const [from = '', to = from] = text.split('-');
    return numberOf(from) <= message && message <= numberOf(to);
  });
}

/** Is the header one of the packets that the printed set names? */
export function isMember(sets: readonly PacketHeaders[], header: Header): boolean {
  const source = parseAddress(header.source);
  const destination = parseAddress(header.destination);
  const ports = header.protocol === 6 || header.protocol === 17;
  const icmp = header.protocol === 1 || header.protocol === 58;
  return sets.some(
    (set) =>
      holdsProtocol(set.protocol, header.protocol) &&
      holdsAddress(set.sourceAddresses, source) &&
      holdsAddress(set.destinationAddresses, destination) &&
      (!ports ||
        (holdsPort(set.sourcePortRanges, header.sourcePort) &&
          holdsPort(set.destinationPortRanges, header.destinationPort))) &&
      (!icmp || holdsIcmp(set.icmpTypeCodes, header)),
  );
}
