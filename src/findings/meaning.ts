import type { Evidence, PortRange } from '../model/verdict/evidence.ts';
import { canonicalCidr } from './canonical-cidr.ts';

/** What a piece of evidence says, without the ids, numbers, names and states that may change while it says the same. */
export type Meaning = readonly (string | number | boolean | readonly string[])[];

const protocolNames: Readonly<Record<string, string>> = {
  '-1': 'all',
  '1': 'icmp',
  '6': 'tcp',
  '17': 'udp',
  '58': 'icmpv6',
};

/** AWS names five protocols and numbers the rest (EC2 API, IpPermission); either spelling means the same. */
const canonicalProtocol = (protocol: string): string => protocolNames[protocol.toLowerCase()] ?? protocol.toLowerCase();

/** The ports of a rule. An absent bound is an open one; of ICMP, type -1 is any type and then the code says nothing. */
function canonicalPorts(protocol: string, from: number | undefined, to: number | undefined): readonly number[] {
  if (protocol === 'all') return [];
  if (protocol === 'icmp' || protocol === 'icmpv6') {
    const type = from ?? -1;
    return [type, type === -1 ? -1 : (to ?? -1)];
  }
  return [from === undefined || from < 0 ? 0 : from, to === undefined || to < 0 ? 65_535 : to];
}

const sortedSet = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort();

/** The same ports as disjoint ranges that do not touch, lowest first. */
function mergedRanges(ranges: readonly PortRange[]): readonly PortRange[] {
  const merged: PortRange[] = [];
  for (const range of ranges.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    const last = merged.at(-1);
    if (last === undefined || range.from > last.to + 1) merged.push(range);
    else if (range.to > last.to) merged[merged.length - 1] = { from: last.from, to: range.to };
  }
  return merged;
}

/** The meaning of one piece of evidence. */
export function meaningOf(evidence: Evidence): Meaning {
  switch (evidence.type) {
    case 'security-group-rule': {
      const protocol = canonicalProtocol(evidence.protocol);
      const ports = canonicalPorts(protocol, evidence.fromPort, evidence.toPort);
      const peer = canonicalCidr(evidence.peer);
      return [evidence.type, evidence.securityGroupId, evidence.isEgress, protocol, ...ports, peer];
    }
    case 'network-acl-entry': {
      const protocol = canonicalProtocol(evidence.protocol);
      const ports = canonicalPorts(protocol, evidence.fromPort, evidence.toPort);
      const peer = canonicalCidr(evidence.cidrBlock);
      return [evidence.type, evidence.networkAclId, evidence.egress, evidence.ruleAction, protocol, ...ports, peer];
    }
    case 'traffic':
      return [
        evidence.type,
        evidence.role,
        evidence.direction,
        canonicalProtocol(evidence.protocol),
        sortedSet(evidence.cidrBlocks.map(canonicalCidr)),
        mergedRanges(evidence.portRanges).map(({ from, to }) => `${from}-${to}`),
      ];
    case 'route':
      return [evidence.type, evidence.routeTableId, canonicalCidr(evidence.destination), evidence.target];
    case 'policy-statement':
      return [evidence.type, evidence.effect, evidence.principal, sortedSet(evidence.actions)];
    case 'attribute':
      return [evidence.type, evidence.resourceId, evidence.attribute, evidence.value];
    case 'resource':
      return [evidence.type, evidence.role, evidence.resourceType, evidence.resourceId];
    default:
      return evidence satisfies never;
  }
}
