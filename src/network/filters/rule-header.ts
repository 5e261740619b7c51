import type { Box } from '../sets/box.ts';
import { allIpv4Addresses, allIpv6Addresses } from '../sets/cidr.ts';
import { allIcmp, icmpMessages } from '../sets/icmp.ts';
import type { Intervals } from '../sets/intervals.ts';
import type { Family, Parsed } from '../sets/ip-address.ts';
import { allPorts, portRange } from '../sets/port-set.ts';
import {
  allProtocols,
  hasPorts,
  isIcmp,
  onlyProtocol,
  parseProtocol,
  protocolName,
  type ProtocolSet,
} from '../sets/protocol.ts';

/** What a rule says of protocol and destination port (or ICMP type and code), apart from its peer. */
export interface RuleHeader {
  readonly protocols: ProtocolSet;
  readonly destinationPorts: Intervals<number>;
}

/** A header that was read, or why it cannot be, with the names under which evidence knows it. */
export interface ReadHeader {
  readonly header: Parsed<RuleHeader>;
  /** `tcp`, `udp`, `icmp` …, a protocol number, `all`, or the text itself where it is no protocol. */
  readonly protocol: string;
  /** Do the ports (or type and code) say anything? */
  readonly ported: boolean;
}

/** Rules of a whole organisation share a few hundred headers: each is read once. */
const known = new Map<string, ReadHeader>();
const mostKnown = 4096;

/** The same header for the same text, so that sets of ports can be compared by identity. */
export function readHeader(text: RuleHeaderText): ReadHeader {
  const key = `${text.protocol} ${text.from} ${text.to}`;
  let read = known.get(key);
  if (read === undefined) {
    if (known.size >= mostKnown) known.clear();
    const number = parseProtocol(text.protocol);
    const protocol =
      number.reason !== undefined ? text.protocol : number.value === undefined ? 'all' : protocolName(number.value);
    const ported = protocol === 'tcp' || protocol === 'udp' || protocol.startsWith('icmp');
    read = { header: ruleHeader(text), protocol, ported };
    known.set(key, read);
  }
  return read;
}

/** Protocol and ports as both kinds of rule write them. For ICMP, `from` and `to` are the type and the code. */
export interface RuleHeaderText {
  readonly protocol: string;
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/**
 * The packets of a rule's protocol and ports. For `-1` and for protocols other than TCP, UDP and ICMP the ports say
 * nothing, whatever stands there (EC2 API, IpPermission and NetworkAclEntry); -1 as a port, type or code means all.
 */
export function ruleHeader({ protocol, from, to }: RuleHeaderText): Parsed<RuleHeader> {
  const parsed = parseProtocol(protocol);
  if (parsed.reason !== undefined) return parsed;
  if (parsed.value === undefined) return { value: { protocols: allProtocols, destinationPorts: allPorts } };
  const protocols = onlyProtocol(parsed.value);
  if (isIcmp(parsed.value)) return { value: { protocols, destinationPorts: icmpMessages(from, to) } };
  if (!hasPorts(parsed.value)) return { value: { protocols, destinationPorts: allIcmp } };
  const everyPort = from === undefined || from < 0;
  return { value: { protocols, destinationPorts: everyPort ? allPorts : portRange(from, to ?? from) } };
}

/** The box of a rule: its header with the peer on the side that the rule judges, everything on the other. */
export function ruleBox(
  header: RuleHeader,
  family: Family,
  peers: Intervals,
  side: 'sources' | 'destinations',
): Box | undefined {
  if (header.destinationPorts.length === 0 || peers.length === 0) return undefined;
  const anywhere = family === 4 ? allIpv4Addresses : allIpv6Addresses;
  return {
    family,
    protocols: header.protocols,
    sources: side === 'sources' ? peers : anywhere,
    destinations: side === 'destinations' ? peers : anywhere,
    sourcePorts: allPorts,
    destinationPorts: header.destinationPorts,
  };
}
