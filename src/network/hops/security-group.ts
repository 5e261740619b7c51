import type { NetworkInterface } from '../../model/resources/network-interface.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import type { ComponentReference } from '../../model/verdict/path.ts';
import type { Missing } from '../../model/verdict/verdict.ts';
import { derive, type Derived } from '../facts/derive.ts';
import { type Located, missingResource } from '../facts/inventory.ts';
import { prefixListAddresses } from '../facts/prefix-lists.ts';
import { rulesOfSecurityGroup, securityGroupById } from '../facts/resources-by-id.ts';
import { type ClauseFacts, type SecurityGroupClause, securityGroupClauses } from '../filters/security-group-clause.ts';
import {
  decideSecurityGroups,
  type ReferencedPeers,
  type SecurityGroupDecision,
} from '../filters/security-group-decision.ts';
import type { Decision } from '../filters/decision.ts';
import { allAddresses, noAddresses } from '../sets/address-set.ts';
import type { Flow, Reason, SenderIdentity } from '../path/flow.ts';
import { passFilter } from '../path/pass-filter.ts';
import { awaitingReceiver, outboundReference } from './outbound-references.ts';
import type { Traffic } from '../sets/traffic.ts';

/** All clauses of a set of groups in one direction, and the groups that could not be read. */
export interface GroupRules {
  readonly clauses: readonly SecurityGroupClause[];
  readonly missing: readonly Missing[];
}

/** What was read of one direction: the rules of single groups, and of the sets of groups that interfaces carry. */
interface RulesMemo {
  readonly ofGroup: Map<string, GroupRules>;
  readonly ofSet: Map<string, GroupRules>;
  /** The lists of groups of interfaces that were asked for before. */
  readonly ofList: WeakMap<readonly string[], GroupRules>;
}

const emptyMemo = (): RulesMemo => ({ ofGroup: new Map(), ofSet: new Map(), ofList: new WeakMap() });

const memo: Derived<Snapshot, { readonly ingress: RulesMemo; readonly egress: RulesMemo }> = derive(() => ({
  ingress: emptyMemo(),
  egress: emptyMemo(),
}));

const memoOf = (snapshot: Snapshot, isEgress: boolean): RulesMemo =>
  isEgress ? memo(snapshot).egress : memo(snapshot).ingress;

/** The clauses of one group, not kept: for whoever looks at every group once, for whom keeping them would fill memory. */
export function rulesOfGroup(snapshot: Snapshot, groupId: string, isEgress: boolean): GroupRules {
  return memoOf(snapshot, isEgress).ofGroup.get(groupId) ?? readGroupRules(snapshot, groupId, isEgress);
}

/** The same, read once: for the groups that interfaces carry, of which many carry the same. */
function keptRules(snapshot: Snapshot, groupId: string, isEgress: boolean): GroupRules {
  const { ofGroup } = memoOf(snapshot, isEgress);
  let rules = ofGroup.get(groupId);
  if (rules === undefined) {
    rules = readGroupRules(snapshot, groupId, isEgress);
    ofGroup.set(groupId, rules);
  }
  return rules;
}

/** The clauses of several groups together, put together once per set of groups. */
export function groupRules(snapshot: Snapshot, groupIds: readonly string[], isEgress: boolean): GroupRules {
  const [only] = groupIds;
  if (only !== undefined && groupIds.length === 1) return keptRules(snapshot, only, isEgress);
  const { ofSet, ofList } = memoOf(snapshot, isEgress);
  let rules = ofList.get(groupIds);
  if (rules !== undefined) return rules;
  const sorted = [...groupIds].sort();
  const key = sorted.join(' ');
  rules = ofSet.get(key);
  if (rules === undefined) {
    const parts = sorted.map((groupId) => keptRules(snapshot, groupId, isEgress));
    rules = { clauses: parts.flatMap(({ clauses }) => clauses), missing: parts.flatMap(({ missing }) => missing) };
    ofSet.set(key, rules);
  }
  ofList.set(groupIds, rules);
  return rules;
}

const factsOf: Derived<Snapshot, ClauseFacts> = derive((snapshot) => ({
  prefixList: (id) => prefixListAddresses(snapshot, id),
  rulesOf: (id) => (rulesOfSecurityGroup(snapshot).get(id) ?? []).map(({ resource }) => resource),
}));

const noMissing: readonly Missing[] = [];

function readGroupRules(snapshot: Snapshot, groupId: string, isEgress: boolean): GroupRules {
  const group = securityGroupById(snapshot).get(groupId);
  if (group === undefined) return { clauses: [], missing: [missingResource(snapshot, 'securityGroups', groupId, {})] };
  return { clauses: securityGroupClauses(group.resource, isEgress, factsOf(snapshot)), missing: noMissing };
}

/** The security groups of an interface judge packets that open a connection; replies pass without being asked. */
export function passSecurityGroups(
  flow: Flow,
  { resource }: Located<NetworkInterface>,
  packetDirection: 'ingress' | 'egress',
): Flow {
  const isEgress = packetDirection === 'egress';
  const rules = groupRules(flow.journey.snapshot, resource.groupIds, isEgress);
  const resolve = isEgress
    ? (clause: SecurityGroupClause) => outboundReference(flow.journey.snapshot, clause, resource.vpcId)
    : (clause: SecurityGroupClause) => inboundReference(clause, flow.identity);
  const only = resource.groupIds.length === 1 ? resource.groupIds[0] : undefined;
  const owner: ComponentReference =
    only === undefined
      ? { id: resource.networkInterfaceId, type: 'network-interface' }
      : { id: only, type: 'security-group' };
  const lost: { value: SecurityGroupDecision['lostReferences'] } = { value: [] };
  const decide = (seen: Traffic): Decision<SecurityGroupClause> => {
    const decision = decideSecurityGroups(rules.clauses, seen, resolve);
    lost.value = decision.lostReferences;
    return rules.missing.length === 0 ? decision : withUnreadGroups(decision, rules.missing);
  };
  const next = passFilter(flow, decide, {
    component: ({ admittedBy }) => {
      const [first] = admittedBy;
      return first === undefined ? owner : { id: first.securityGroupId, type: 'security-group' };
    },
    packetDirection,
    vpcId: resource.vpcId,
    subnetId: resource.subnetId,
    evidence: ({ evidence }) => evidence,
    refusal: () => refusal(resource, rules, owner, packetDirection, lost.value, flow.identity),
    doubt: ({ missing }) => ({
      explanationCode: doubtCode(missing),
      component: owner,
      packetDirection,
      text: `Whether the ${packetDirection} rules of ${namesOf(resource)} admit it depends on what is not known: ${missing.map(({ fact }) => fact).join('; ')}.`,
    }),
  });
  return isEgress ? awaitingReceiver(next, flow, rules.clauses, resource.vpcId, owner) : next;
}

/** A group that was not read could admit anything that the others refuse. */
const withUnreadGroups = (
  decision: Decision<SecurityGroupClause>,
  missing: readonly Missing[],
): Decision<SecurityGroupClause> => ({
  ...decision,
  refused: [],
  doubtful: [...decision.doubtful, ...decision.refused],
  missing: [...decision.missing, ...missing],
});

const doubtCode = (missing: readonly Missing[]): 'PREFIX_LIST_UNREADABLE' | 'UNKNOWN_PEERED_SGS' | 'NOT_COLLECTED' => {
  if (missing.some(({ fact }) => fact.includes('prefix list'))) return 'PREFIX_LIST_UNREADABLE';
  return missing.some(({ fact }) => fact.includes('members')) ? 'UNKNOWN_PEERED_SGS' : 'NOT_COLLECTED';
};

function refusal(
  resource: NetworkInterface,
  rules: GroupRules,
  owner: ComponentReference,
  packetDirection: 'ingress' | 'egress',
  lost: SecurityGroupDecision['lostReferences'],
  identity: SenderIdentity,
): Reason {
  const [reference] = lost;
  if (reference !== undefined && identity.lost !== undefined) {
    return {
      explanationCode: identity.lost.code,
      component: { id: reference.clause.securityGroupId, type: 'security-group' },
      rule: reference.clause.evidence,
      missingComponent: identity.lost.component,
      packetDirection,
      text: `The rule of ${reference.clause.securityGroupId} that names ${reference.clause.peer.text} would admit it, but ${identity.lost.component.id} does not carry the sender's groups; use an address block instead.`,
    };
  }
  const none = rules.clauses.length === 0;
  return {
    explanationCode: none ? 'SG_HAS_NO_RULES' : 'ENI_SG_RULES_MISMATCH',
    component: owner,
    packetDirection,
    text: none
      ? `${namesOf(resource)} has no ${packetDirection} rules.`
      : `No ${packetDirection} rule of ${namesOf(resource)} admits it.`,
  };
}

const namesOf = (resource: NetworkInterface): string =>
  resource.groupIds.length === 0 ? resource.networkInterfaceId : [...resource.groupIds].sort().join(', ');

/** An inbound reference matches by the sender's own groups, as long as the path carries them. */
function inboundReference(clause: SecurityGroupClause, identity: SenderIdentity): ReferencedPeers {
  const groupId = clause.peer.text;
  if (identity.groups.includes(groupId)) {
    if (identity.uncertain !== undefined) return { kind: 'unknown', missing: identity.uncertain };
    return { kind: 'members', addresses: allAddresses };
  }
  if (identity.lost?.groups.includes(groupId) === true) return { kind: 'lost', explanationCode: identity.lost.code };
  return { kind: 'members', addresses: noAddresses };
}
