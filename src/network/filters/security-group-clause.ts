import type {
  IpPermission,
  SecurityGroup,
  SecurityGroupRule,
  UserIdGroupPair,
} from '../../model/resources/security-group.ts';
import type { SecurityGroupRuleEvidence } from '../../model/verdict/evidence.ts';
import type { Missing } from '../../model/verdict/verdict.ts';
import type { Known } from '../known.ts';
import { type AddressSet, addressesOfCidr, allAddresses } from '../sets/address-set.ts';
import type { Box } from '../sets/box.ts';
import { parseCidr } from '../sets/cidr.ts';
import { parseProtocol, protocolName } from '../sets/protocol.ts';
import { ruleBox, ruleHeader } from './rule-header.ts';

/** The one peer of a clause: a block, a prefix list, or the interfaces that carry a security group. */
export type ClausePeer =
  | { readonly kind: 'cidr'; readonly text: string }
  | { readonly kind: 'prefix-list'; readonly text: string }
  | { readonly kind: 'security-group'; readonly text: string; readonly pair: UserIdGroupPair };

/**
 * The smallest rule of a security group: one protocol and port range for one peer. An `IpPermission` of EC2 is the
 * merger of several; a `SecurityGroupRule` is exactly one clause.
 */
export interface SecurityGroupClause {
  readonly securityGroupId: string;
  readonly isEgress: boolean;
  readonly permission: IpPermission;
  readonly peer: ClausePeer;
  /** What the clause admits; for a reference to a group, before it is narrowed to the group's members. */
  readonly boxes: readonly Box[];
  /** Set where the clause could not be read in full; `boxes` is then the most that it could admit. */
  readonly missing?: Missing;
  readonly evidence: SecurityGroupRuleEvidence;
}

/** What the clauses of a group need to know beyond the group. */
export interface ClauseFacts {
  /** The addresses of a prefix list. */
  readonly prefixList: (prefixListId: string) => Known<AddressSet>;
  /** The rules of a group by their own ids; empty where DescribeSecurityGroupRules was not read. */
  readonly rulesOf: (securityGroupId: string) => readonly SecurityGroupRule[];
}

/** Every clause of a group in one direction, in an order that does not depend on the order of the answer. */
export function securityGroupClauses(
  group: SecurityGroup,
  isEgress: boolean,
  facts: ClauseFacts,
): readonly SecurityGroupClause[] {
  const ruleIds = new Map<string, string>();
  for (const rule of facts.rulesOf(group.groupId)) {
    if (rule.isEgress !== isEgress) continue;
    const key = ruleKey(rule, peerOfRule(rule));
    const known = ruleIds.get(key);
    if (known === undefined || rule.securityGroupRuleId < known) ruleIds.set(key, rule.securityGroupRuleId);
  }
  const permissions = isEgress ? group.ipPermissionsEgress : group.ipPermissions;
  return permissions
    .flatMap((permission) =>
      peersOf(permission).map((peer) => clause(group.groupId, isEgress, permission, peer, ruleIds, facts)),
    )
    .sort(byMeaning);
}

function peersOf(permission: IpPermission): readonly ClausePeer[] {
  return [
    ...permission.ipRanges.map(({ cidrIp }): ClausePeer => ({ kind: 'cidr', text: cidrIp })),
    ...permission.ipv6Ranges.map(({ cidrIpv6 }): ClausePeer => ({ kind: 'cidr', text: cidrIpv6 })),
    ...permission.prefixListIds.map(({ prefixListId }): ClausePeer => ({ kind: 'prefix-list', text: prefixListId })),
    ...permission.userIdGroupPairs.map(
      (pair): ClausePeer => ({ kind: 'security-group', text: pair.groupId ?? pair.groupName ?? '', pair }),
    ),
  ];
}

function clause(
  securityGroupId: string,
  isEgress: boolean,
  permission: IpPermission,
  peer: ClausePeer,
  ruleIds: ReadonlyMap<string, string>,
  facts: ClauseFacts,
): SecurityGroupClause {
  const ruleId = ruleIds.get(ruleKey(permission, peer.text));
  const evidence = clauseEvidence(securityGroupId, isEgress, permission, peer.text, ruleId);
  const common = { securityGroupId, isEgress, permission, peer, evidence };
  const header = ruleHeader({ protocol: permission.ipProtocol, from: permission.fromPort, to: permission.toPort });
  if (header.reason !== undefined) {
    return { ...common, boxes: boxesFor(anyHeader, allAddresses, isEgress), missing: { fact: header.reason } };
  }
  const peers = addressesOf(peer, facts);
  if (peers.missing !== undefined) {
    return { ...common, boxes: boxesFor(header.value, allAddresses, isEgress), missing: peers.missing };
  }
  return { ...common, boxes: boxesFor(header.value, peers.value, isEgress) };
}

const anyHeader = { protocols: [0, 256], destinationPorts: [0, 65_536] };

function addressesOf(peer: ClausePeer, facts: ClauseFacts): Known<AddressSet> {
  if (peer.kind === 'security-group') return { value: allAddresses };
  if (peer.kind === 'prefix-list') return facts.prefixList(peer.text);
  const cidr = parseCidr(peer.text);
  return cidr.reason === undefined ? { value: addressesOfCidr(cidr.value) } : { missing: { fact: cidr.reason } };
}

function boxesFor(header: Parameters<typeof ruleBox>[0], peers: AddressSet, isEgress: boolean): readonly Box[] {
  const side = isEgress ? 'destinations' : 'sources';
  return [ruleBox(header, 4, peers.ipv4, side), ruleBox(header, 6, peers.ipv6, side)].filter(
    (box) => box !== undefined,
  );
}

/** The clause as evidence: a group reference keeps the group's id as its peer. */
function clauseEvidence(
  securityGroupId: string,
  isEgress: boolean,
  permission: IpPermission,
  peer: string,
  securityGroupRuleId: string | undefined,
): SecurityGroupRuleEvidence {
  const number = parseProtocol(permission.ipProtocol);
  const protocol =
    number.reason !== undefined
      ? permission.ipProtocol
      : number.value === undefined
        ? 'all'
        : protocolName(number.value);
  const ported = protocol === 'tcp' || protocol === 'udp' || protocol.startsWith('icmp');
  return {
    type: 'security-group-rule',
    securityGroupId,
    ...(securityGroupRuleId === undefined ? {} : { securityGroupRuleId }),
    isEgress,
    protocol,
    ...(ported && permission.fromPort !== undefined ? { fromPort: permission.fromPort } : {}),
    ...(ported && permission.toPort !== undefined ? { toPort: permission.toPort } : {}),
    peer,
  };
}

/** What makes a rule and a clause the same one; for `-1` the answers disagree about the ports, which say nothing. */
function ruleKey(
  rule: { readonly ipProtocol: string; readonly fromPort: number | undefined; readonly toPort: number | undefined },
  peer: string,
): string {
  const ports = rule.ipProtocol === '-1' ? '' : `${rule.fromPort ?? -1}-${rule.toPort ?? -1}`;
  return `${rule.ipProtocol} ${ports} ${peer}`;
}

const peerOfRule = (rule: SecurityGroupRule): string =>
  rule.cidrIpv4 ?? rule.cidrIpv6 ?? rule.prefixListId ?? rule.referencedGroupId ?? '';

function byMeaning(a: SecurityGroupClause, b: SecurityGroupClause): number {
  return (
    compare(a.evidence.protocol, b.evidence.protocol) ||
    (a.evidence.fromPort ?? -1) - (b.evidence.fromPort ?? -1) ||
    (a.evidence.toPort ?? -1) - (b.evidence.toPort ?? -1) ||
    compare(a.peer.text, b.peer.text)
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
