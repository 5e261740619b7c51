import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import type { ComponentReference } from '../../model/verdict/path.ts';
import { memberAddressesSeenFrom } from '../facts/group-members.ts';
import { gapIn, regionsInOrder } from '../facts/inventory.ts';
import { securityGroupById, vpcById } from '../facts/resources-by-id.ts';
import type { Decision } from '../filters/decision.ts';
import type { SecurityGroupClause } from '../filters/security-group-clause.ts';
import { decideSecurityGroups, type ReferencedPeers } from '../filters/security-group-decision.ts';
import { type AddressSet, allAddresses, noAddresses } from '../sets/address-set.ts';
import { intersectTraffic, subtractTraffic, type Traffic } from '../sets/traffic.ts';
import { blocked, type Flow, type Reason } from '../path/flow.ts';
import { decideUnder } from '../path/view.ts';

/** The private addresses of a group's members in this VPC and the VPCs peered with it. */
function membersOf(snapshot: Snapshot, { peer }: SecurityGroupClause, vpcId: string): AddressSet {
  const groupId = peer.kind === 'security-group' ? peer.pair.groupId : undefined;
  return groupId === undefined ? noAddresses : memberAddressesSeenFrom(snapshot, groupId, vpcId);
}

/** May the group have members that are not in the snapshot? It has them in its own Region alone. */
function mayHaveOthers(snapshot: Snapshot, { peer }: SecurityGroupClause, vpcId: string): boolean {
  if (peer.kind !== 'security-group' || peer.pair.groupId === undefined) return false;
  if (!securityGroupById(snapshot).has(peer.pair.groupId)) return true;
  const region = vpcById(snapshot).get(vpcId)?.region.region;
  return regionsInOrder(snapshot).some(
    (one) => (region === undefined || one.region === region) && gapIn(one, 'networkInterfaces') !== undefined,
  );
}

/**
 * An outbound reference matches the private addresses of members (VPC guide, security group rules). Where not every
 * member is known, it is followed as if it matched, for the receiver will show.
 */
export function outboundReference(snapshot: Snapshot, clause: SecurityGroupClause, vpcId: string): ReferencedPeers {
  const others = mayHaveOthers(snapshot, clause, vpcId);
  return { kind: 'members', addresses: others ? allAddresses : membersOf(snapshot, clause, vpcId) };
}

/** Remembers what outbound rules admit by references alone: whether they hold depends on the way that is still ahead. */
export function awaitingReceiver(
  next: Flow,
  asked: Flow,
  clauses: readonly SecurityGroupClause[],
  vpcId: string,
  component: ComponentReference,
): Flow {
  const { snapshot } = asked.journey;
  if (!clauses.some(({ peer }) => peer.kind === 'security-group')) return next;
  const decided = (addresses: (clause: SecurityGroupClause) => AddressSet): Decision<SecurityGroupClause> =>
    decideUnder(asked.view, asked.asked, (seen) =>
      decideSecurityGroups(clauses, seen, (clause) => ({ kind: 'members', addresses: addresses(clause) })),
    );
  const { refused: withoutThem } = decided(() => noAddresses);
  if (withoutThem.length === 0) return next;
  const { refused: withMembers, admitted } = decided((clause) => membersOf(snapshot, clause, vpcId));
  const toMembers = intersectTraffic(admitted, withoutThem);
  const unread = clauses.filter((clause) => mayHaveOthers(snapshot, clause, vpcId));
  const toUnread =
    unread.length === 0
      ? []
      : subtractTraffic(
          withMembers,
          decided((clause) => (unread.includes(clause) ? allAddresses : membersOf(snapshot, clause, vpcId))).refused,
        );
  if (toMembers.length === 0 && toUnread.length === 0) return next;
  return { ...next, identity: { ...next.identity, outbound: { component, toMembers, toUnread } } };
}

/** At an interface: the known members were told by their addresses, and who is here is none of the others. */
export function settleOutboundReferences(flow: Flow): Flow {
  const { outbound, ...identity } = flow.identity;
  return outbound === undefined ? flow : withoutUnread({ ...flow, identity }, outbound.component, outbound.toUnread);
}

function withoutUnread(flow: Flow, component: ComponentReference, toUnread: Traffic): Flow {
  const text = `No egress rule of ${component.id} admits it: the receiver is in none of the groups that they name.`;
  const reason = { explanationCode: 'ENI_SG_RULES_MISMATCH', component, packetDirection: 'egress', text } as const;
  return refuse(flow, reason, toUnread);
}

/**
 * A reference in an outbound rule holds within the VPC and over a peering of one Region; over a transit gateway, past a
 * NAT, an appliance or another gateway it matches nothing (VPC guide, security group rules).
 */
export function outboundReferencesEnd(flow: Flow, by: ComponentReference): Flow {
  const { outbound, ...identity } = flow.identity;
  if (outbound === undefined) return flow;
  const { component, toMembers, toUnread } = outbound;
  const text = `An outbound rule of ${component.id} admits it by a reference to the receiver's group, which does not hold through ${by.id}; use an address block instead.`;
  const reason = {
    explanationCode: 'SG_REFERENCES_NOT_PRESERVED',
    component,
    missingComponent: by,
    packetDirection: 'egress',
    text,
  } as const;
  return withoutUnread(refuse({ ...flow, identity }, reason, toMembers), component, toUnread);
}

function refuse(flow: Flow, reason: Reason, traffic: Traffic): Flow {
  const part = intersectTraffic(flow.asked, traffic);
  if (part.length === 0) return flow;
  return blocked(flow, reason, subtractTraffic(flow.asked, part).length === 0 ? flow.asked : part);
}
