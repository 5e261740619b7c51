import type { PacketHeaders } from '../../model/verdict/path.ts';
import { type AddressSet, parseAddressSet } from '../sets/address-set.ts';
import type { Box } from '../sets/box.ts';
import { type Intervals, intervalsOfRanges } from '../sets/intervals.ts';
import { allPorts } from '../sets/port-set.ts';
import { allProtocols, parseProtocol, type ProtocolSet } from '../sets/protocol.ts';
import { noTraffic, type Traffic, uniteTraffic } from '../sets/traffic.ts';

/** A text that `packetHeaders` would not have printed; the message says which. */
export class HeadersUnreadable extends Error {
  override readonly name = 'HeadersUnreadable';
}

/** Printed packets as the set that they are: `packetHeaders` turned back. Throws HeadersUnreadable. */
export const trafficOfHeaders = (headers: readonly PacketHeaders[]): Traffic =>
  headers.reduce<Traffic>((sum, one) => uniteTraffic(sum, boxesOf(one)), noTraffic);

function boxesOf(headers: PacketHeaders): readonly Box[] {
  const sources = addressesOf(headers.sourceAddresses);
  const destinations = addressesOf(headers.destinationAddresses);
  const ports = (ranges: PacketHeaders['sourcePortRanges']): Intervals<number> =>
    ranges === undefined ? allPorts : intervalsOfRanges(ranges.map(({ from, to }) => [from, to + 1] as const));
  const common = {
    protocols: protocolsOf(headers.protocol),
    sourcePorts: ports(headers.sourcePortRanges),
    destinationPorts:
      headers.icmpTypeCodes === undefined ? ports(headers.destinationPortRanges) : icmpOf(headers.icmpTypeCodes),
  };
  return [
    ...(sources.ipv4.length === 0 || destinations.ipv4.length === 0
      ? []
      : [{ ...common, family: 4 as const, sources: sources.ipv4, destinations: destinations.ipv4 }]),
    ...(sources.ipv6.length === 0 || destinations.ipv6.length === 0
      ? []
      : [{ ...common, family: 6 as const, sources: sources.ipv6, destinations: destinations.ipv6 }]),
  ];
}

function addressesOf(texts: readonly string[]): AddressSet {
  const set = parseAddressSet(texts);
  if (set.reason !== undefined) throw new HeadersUnreadable(set.reason);
  return set.value;
}

/** `all`, a name, or numbers and ranges of them. */
function protocolsOf(text: string): ProtocolSet {
  if (text === 'all') return allProtocols;
  if (!/^\d/.test(text)) {
    const number = parseProtocol(text).value;
    if (number === undefined) throw new HeadersUnreadable(`${text} is not a protocol`);
    return [number, number + 1];
  }
  return intervalsOfRanges(
    text.split(', ').map((part) => {
      const range = /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(part);
      if (range === null) throw new HeadersUnreadable(`${text} is not a list of protocols`);
      return [Number(range[1]), Number(range[2] ?? range[1]) + 1] as const;
    }),
  );
}

/** `all`, `8/0`, `3/*`, `3-4/*`, `3/1-4/7`: the inverse of `formatIcmp`. */
function icmpOf(texts: readonly string[]): Intervals<number> {
  if (texts.includes('all')) return allPorts;
  return intervalsOfRanges(
    texts.map((text) => {
      const wide = /^(\d+)(?:-(\d+))?\/\*$/.exec(text);
      if (wide !== null) return [Number(wide[1]) * 256, (Number(wide[2] ?? wide[1]) + 1) * 256] as const;
      const exact = /^(\d+)\/(\d+)(?:-(\d+)\/(\d+))?$/.exec(text);
      if (exact === null) throw new HeadersUnreadable(`${text} is not an ICMP type and code`);
      const from = Number(exact[1]) * 256 + Number(exact[2]);
      return [from, (exact[3] === undefined ? from : Number(exact[3]) * 256 + Number(exact[4])) + 1] as const;
    }),
  );
}
