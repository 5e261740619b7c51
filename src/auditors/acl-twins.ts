import { spansInternet } from './internet-share.ts';
import type { CompiledAclEntry } from '../network/filters/network-acl.ts';
import { internetAddresses } from '../network/facts/special-addresses.ts';
import { allIpv6Addresses } from '../network/sets/cidr.ts';
import type { Box } from '../network/sets/box.ts';
import type { Intervals } from '../network/sets/intervals.ts';
import { allProtocols, onlyProtocol, protocolNumbers } from '../network/sets/protocol.ts';
import { sameIntervals } from '../network/sets/intervals.ts';
import { lastUserRule } from './network-acl-fix.ts';

/** The far side of an entry's packets: where they come from or go to. */
const peers = ({ entry }: CompiledAclEntry, box: Box): Intervals => (entry.egress ? box.destinations : box.sources);

/**
 * A deny of the owner's own that is about everybody over IPv4 and about some ports only. A deny of everything is the end
 * of a list, and one of a network has no twin in the other family.
 */
export function isGeneralDeny(own: CompiledAclEntry): boolean {
  const { entry, box } = own;
  if (entry.ruleAction !== 'deny' || entry.ruleNumber > lastUserRule || box?.family !== 4) return false;
  if (sameIntervals(box.protocols, allProtocols)) return false;
  return spansInternet({ ipv4: peers(own, box) as Intervals<number>, ipv6: [] });
}

/** The same packets over IPv6, to or from the internet; ICMP has other types there, so all of ICMPv6 stands for it. */
export function ipv6Twin(own: CompiledAclEntry): Box | undefined {
  const { entry, box } = own;
  if (box === undefined) return undefined;
  const isIcmp = sameIntervals(box.protocols, onlyProtocol(protocolNumbers.icmp));
  if (isIcmp && entry.icmpTypeCode !== undefined && entry.icmpTypeCode.type !== -1) return undefined;
  return {
    ...box,
    family: 6,
    protocols: isIcmp ? onlyProtocol(protocolNumbers.icmpv6) : box.protocols,
    sources: entry.egress ? allIpv6Addresses : internetAddresses.ipv6,
    destinations: entry.egress ? internetAddresses.ipv6 : allIpv6Addresses,
  };
}
