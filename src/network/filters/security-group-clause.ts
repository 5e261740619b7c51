import type {
  IpPermission,
  SecurityGroup,
  SecurityGroupRule,
  UserIdGroupPair,
} from '../../model/resources/security-group.ts';
import type { SecurityGroupRuleEvidence } from '../../model/verdict/evidence.ts';
import type { Missing } from '../../model/verdict/verdict.ts';
import { derive, type Derived } from '../facts/derive.ts';
import type { Known } from '../known.ts';
import { type AddressSet, addressesOfCidr, allAddresses } from '../sets/address-set.ts';
import type { Box } from '../sets/box.ts';
import { parseCidr } from '../sets/cidr.ts';
import { noTraffic } from '../sets/traffic.ts';
import { type ReadHeader, readHeader, ruleBox, type RuleHeader } from './rule-header.ts';

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
  readonly missing?: Missing | undefined;
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
  const { groupId: securityGroupId } = group;
  const own: GroupDirection = {
    securityGroupId,
    isEgress,
    facts,
    ruleIds: ruleIdsOf(securityGroupId, isEgress, facts),
  };
  const clauses: SecurityGroupClause[] = [];
  for (const permission of isEgress ? group.ipPermissionsEgress : group.ipPermissions)
    addClauses(own, permission, clauses);
  return clauses.length > 1 ? clauses.sort(byMeaning) : clauses;
}

/** What the clauses of one group and direction have in common. */
interface GroupDirection {
  readonly securityGroupId: string;
  readonly isEgress: boolean;
  readonly facts: ClauseFacts;
  /** Absent where no rule is known by an id of its own. */
  readonly ruleIds: ReadonlyMap<string, string> | undefined;
}

/** What a clause admits, and what could not be read of it. */
interface Admits {
  readonly boxes: readonly Box[];
  readonly missing?: Missing;
}

function addClauses(own: GroupDirection, permission: IpPermission, into: SecurityGroupClause[]): void {
  const { securityGroupId, isEgress, ruleIds } = own;
  const read = readHeader({ protocol: permission.ipProtocol, from: permission.fromPort, to: permission.toPort });
  const add = (peer: ClausePeer): void => {
    const ruleId = ruleIds?.get(ruleKey(permission, peer.text));
    const evidence = clauseEvidence(own, permission, read, peer.text, ruleId);
    const { boxes, missing } = admitsOf(own, read, peer);
    into.push({ securityGroupId, isEgress, permission, peer, boxes, missing, evidence });
  };
  for (const { cidrIp } of permission.ipRanges) add({ kind: 'cidr', text: cidrIp });
  for (const { cidrIpv6 } of permission.ipv6Ranges) add({ kind: 'cidr', text: cidrIpv6 });
  for (const { prefixListId } of permission.prefixListIds) add({ kind: 'prefix-list', text: prefixListId });
  for (const pair of permission.userIdGroupPairs)
    add({ kind: 'security-group', text: pair.groupId ?? pair.groupName ?? '', pair });
}

function admitsOf({ isEgress, facts }: GroupDirection, { header }: ReadHeader, peer: ClausePeer): Admits {
  if (header.reason !== undefined) {
    return { boxes: boxesFor(anyHeader, allAddresses, isEgress), missing: { fact: header.reason } };
  }
  // A reference admits every address until it is narrowed to members: all of one header share their boxes
  if (peer.kind === 'security-group') return { boxes: (isEgress ? anyoneOut : anyoneIn)(header.value) };
  const peers = addressesOf(peer, facts);
  if (peers.missing !== undefined) {
    return { boxes: boxesFor(header.value, allAddresses, isEgress), missing: peers.missing };
  }
  return { boxes: boxesFor(header.value, peers.value, isEgress) };
}

const anyoneIn: Derived<RuleHeader, readonly Box[]> = derive((header) => boxesFor(header, allAddresses, false));
const anyoneOut: Derived<RuleHeader, readonly Box[]> = derive((header) => boxesFor(header, allAddresses, true));

const anyHeader = { protocols: [0, 256], destinationPorts: [0, 65_536] };

function addressesOf(
  peer: Exclude<ClausePeer, { readonly kind: 'security-group' }>,
  facts: ClauseFacts,
): Known<AddressSet> {
  if (peer.kind === 'prefix-list') return facts.prefixList(peer.text);
  const cidr = parseCidr(peer.text);
  return cidr.reason === undefined ? { value: addressesOfCidr(cidr.value) } : { missing: { fact: cidr.reason } };
}

function boxesFor(header: RuleHeader, peers: AddressSet, isEgress: boolean): readonly Box[] {
  const side = isEgress ? 'destinations' : 'sources';
  const ipv4 = ruleBox(header, 4, peers.ipv4, side);
  const ipv6 = ruleBox(header, 6, peers.ipv6, side);
  if (ipv6 === undefined) return ipv4 === undefined ? noTraffic : [ipv4];
  return ipv4 === undefined ? [ipv6] : [ipv4, ipv6];
}

/** The clause as evidence: a group reference keeps the group's id as its peer. */
function clauseEvidence(
  { securityGroupId, isEgress }: GroupDirection,
  { fromPort, toPort }: IpPermission,
  { protocol, ported }: ReadHeader,
  peer: string,
  securityGroupRuleId: string | undefined,
): SecurityGroupRuleEvidence {
  return {
    type: 'security-group-rule',
    securityGroupId,
    ...(securityGroupRuleId === undefined ? {} : { securityGroupRuleId }),
    isEgress,
    protocol,
    ...(ported && fromPort !== undefined ? { fromPort } : {}),
    ...(ported && toPort !== undefined ? { toPort } : {}),
    peer,
  };
}

/** The ids of a group's rules by what they mean; of two rules that mean the same, the smaller id. */
function ruleIdsOf(
  securityGroupId: string,
  isEgress: boolean,
  facts: ClauseFacts,
): ReadonlyMap<string, string> | undefined {
  const rules = facts.rulesOf(securityGroupId);
  if (rules.length === 0) return undefined;
  const ruleIds = new Map<string, string>();
  for (const rule of rules) {
    if (rule.isEgress !== isEgress) continue;
    const key = ruleKey(rule, peerOfRule(rule));
    const known = ruleIds.get(key);
    if (known === undefined || rule.securityGroupRuleId < known) ruleIds.set(key, rule.securityGroupRuleId);
  }
  return ruleIds;
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
