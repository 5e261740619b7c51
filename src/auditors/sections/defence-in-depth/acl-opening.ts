import type { Evidence } from '../../../model/verdict/evidence.ts';
import { derive, type Derived } from '../../../network/facts/derive.ts';
import { internetAddresses } from '../../../network/facts/special-addresses.ts';
import {
  type CompiledAclEntry,
  type CompiledNetworkAcl,
  decideNetworkAcl,
} from '../../../network/filters/network-acl.ts';
import { packetQuestion, packetsBetween } from '../../../network/query/packets.ts';
import type { Box } from '../../../network/sets/box.ts';
import { allIpv4Addresses, allIpv6Addresses } from '../../../network/sets/cidr.ts';
import { intersectIntervals, type Intervals, subtractIntervals } from '../../../network/sets/intervals.ts';
import type { Family } from '../../../network/sets/ip-address.ts';
import { onlyProtocol, protocolNumbers } from '../../../network/sets/protocol.ts';
import type { Traffic } from '../../../network/sets/traffic.ts';
import { isFromStrangers, type Opening } from './opening.ts';

const everyPacket = packetQuestion({ from: '', to: '' });
const tcp = onlyProtocol(protocolNumbers.tcp);

/** Everything from some addresses to others: from the ports of clients, TCP in a box of its own. */
const everythingFrom = (family: Family, sources: Intervals, destinations: Intervals): Traffic =>
  packetsBetween(everyPacket, family, sources, destinations).flatMap((box): readonly Box[] => {
    const [connections, others] = [intersectIntervals(box.protocols, tcp), subtractIntervals(box.protocols, tcp)];
    return [connections, others].filter(({ length }) => length > 0).map((protocols) => ({ ...box, protocols }));
  });

/** Everything that the internet can send in one family. */
export const internetTraffic: Readonly<Record<Family, Traffic>> = {
  4: everythingFrom(4, internetAddresses.ipv4, allIpv4Addresses),
  6: everythingFrom(6, internetAddresses.ipv6, allIpv6Addresses),
};

const reversed = (box: Box): Box => ({
  ...box,
  sources: box.destinations,
  destinations: box.sources,
  sourcePorts: box.destinationPorts,
  destinationPorts: box.sourcePorts,
});

/** Is the box about connections, which are nothing without an answer? */
export const isTcp = ({ protocols: [from, to] }: Box): boolean => from === protocolNumbers.tcp && to === from + 1;

/**
 * What a network ACL lets in from the internet. A connection counts only where the answer gets out again, for the ACL is
 * stateless; of what is not TCP, arriving is enough.
 */
function openingOf(acl: CompiledNetworkAcl, family: Family): Opening {
  const inbound = decideNetworkAcl(acl.ingress, internetTraffic[family]);
  const answers = decideNetworkAcl(acl.egress, inbound.admitted.filter(isTcp).map(reversed));
  const admitted = [...inbound.admitted.filter((box) => !isTcp(box)), ...answers.admitted.map(reversed)];
  const refusing = isFromStrangers(family, admitted) ? [] : [...inbound.refusedBy, ...answers.refusedBy];
  const deciding = [...(admitted.length > 0 ? inbound.admittedBy : []), ...refusing];
  return {
    admitted,
    evidence: evidenceOf(acl.networkAclId, deciding),
    missing: [...inbound.missing, ...answers.missing],
  };
}

const evidenceOf = (networkAclId: string, deciding: readonly CompiledAclEntry[]): readonly Evidence[] =>
  deciding.length > 0
    ? [...new Set(deciding)].map(({ evidence }) => evidence)
    : [{ type: 'resource', resourceType: 'network-acl', resourceId: networkAclId, role: 'admits-nothing' }];

const openings: Derived<CompiledNetworkAcl, Map<Family, Opening>> = derive(() => new Map());

/** The same, worked out once for each ACL and family. */
export function aclOpening(acl: CompiledNetworkAcl, family: Family): Opening {
  const known = openings(acl);
  let opening = known.get(family);
  if (opening === undefined) known.set(family, (opening = openingOf(acl, family)));
  return opening;
}
