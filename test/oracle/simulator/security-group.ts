import { type Address, anyContains } from './address.ts';
import { type Crossing, dropped, type Ending, type Journey, note } from './journey.ts';
import { matchesTraffic } from './traffic.ts';
import type { GroupRule } from './world/filters.ts';
import { type Nic, owns, typeOf } from './world/interfaces.ts';

/** Interfaces that carry no security groups unless the answers say otherwise. */
const withoutGroups = new Set([
  'nat_gateway',
  'transit_gateway',
  'network_load_balancer',
  'gateway_load_balancer',
  'gateway_load_balancer_endpoint',
]);

/** What one rule says: yes, no, or "only if a list that could not be read holds the address". */
function peerMatches(journey: Journey, rule: GroupRule, peer: Address): 'yes' | 'no' | 'unread' {
  if (anyContains(rule.cidrs, peer)) return 'yes';
  let unread = false;
  for (const id of rule.prefixListIds) {
    const cidrs = journey.world.prefixLists.get(id);
    if (cidrs === undefined) unread = true;
    else if (anyContains(cidrs, peer)) return 'yes';
  }
  return unread ? 'unread' : 'no';
}

/** The rules that speak of this traffic, and whether a group with more of them was not collected. */
interface Rules {
  readonly rules: readonly GroupRule[];
  readonly unread: boolean;
}

function rulesFor(journey: Journey, nic: Nic, direction: 'ingress' | 'egress'): Rules {
  const rules: GroupRule[] = [];
  let unread = false;
  for (const groupId of nic.groupIds) {
    const group = journey.world.groups.get(groupId);
    if (group === undefined) unread = true;
    for (const rule of group?.[direction] ?? []) if (matchesTraffic(rule, journey.packet)) rules.push(rule);
  }
  return { rules, unread };
}

const isUnfiltered = (nic: Nic): boolean => nic.groupIds.length === 0 && withoutGroups.has(typeOf(nic));

/** A reference holds in the same VPC, over one peering of the same Region and, inbound only, over one transit gateway. */
function keepsReferences(crossed: readonly Crossing[], direction: 'ingress' | 'egress'): boolean {
  const [first, ...more] = crossed;
  if (first === undefined) return true;
  if (more.length > 0) return false;
  if (first.kind === 'peering') return first.sameRegion;
  return direction === 'ingress' && first.referencing;
}

function admitsByList(journey: Journey, nic: Nic, known: Rules, peer: Address): boolean {
  let { unread } = known;
  for (const rule of known.rules) {
    const match = peerMatches(journey, rule, peer);
    if (match === 'yes') return true;
    if (match === 'unread') unread = true;
  }
  return unread && journey.choices.pick('not-known', `list ${nic.id} ${peer.key}`, 2) === 1;
}

/** Are the two VPCs one, or joined by a peering over which references hold? */
function referable({ world }: Journey, one: string, other: string): boolean {
  if (one === other) return true;
  for (const { statusCode, requesterVpcInfo, accepterVpcInfo } of world.peerings.values()) {
    const ids = [requesterVpcInfo?.vpcId, accepterVpcInfo?.vpcId];
    const joins = ids.some((id) => id === one) && ids.some((id) => id === other);
    if (statusCode === 'active' && joins && requesterVpcInfo?.region === accepterVpcInfo?.region) return true;
  }
  return false;
}

/** Is the destination the address of a member of the group? Only `unread` where not everything that could be was read. */
function isMember(journey: Journey, sender: Nic, groupId: string): 'yes' | 'no' | 'unread' {
  const { world, packet } = journey;
  for (const nic of world.nics.values()) {
    const carries = nic.groupIds.includes(groupId) && owns(nic, packet.destination);
    if (carries && referable(journey, sender.vpcId, nic.vpcId)) return 'yes';
  }
  // Members stand in the Region of the group: only there can one be that was not collected.
  const near = world.regions.filter(({ region }) => region === sender.home.region);
  const complete = near.every(({ accountId, region }) => world.isComplete('networkInterfaces', { accountId, region }));
  return world.groups.has(groupId) && complete ? 'no' : 'unread';
}

/** The sender's outbound rules. A reference is settled when the packet arrives. */
export function leaveInterface(journey: Journey, nic: Nic): Ending | undefined {
  if (isUnfiltered(nic)) return undefined;
  const rules = rulesFor(journey, nic, 'egress');
  if (admitsByList(journey, nic, rules, journey.packet.destination)) {
    note(journey, nic.id, 'outbound rules admit');
    return undefined;
  }
  const groupIds = rules.rules.flatMap((rule) => rule.groupIds).filter((id) => isMember(journey, nic, id) !== 'no');
  if (groupIds.length === 0) return dropped(journey, nic.id, 'no outbound security-group rule admits');
  journey.pendingEgressGroups = { component: nic.id, sender: nic, groupIds };
  return undefined;
}

/** The outbound reference of the sender, now that the receiver is known. */
export function settleReferences(journey: Journey, receiver: Nic): Ending | undefined {
  const pending = journey.pendingEgressGroups;
  if (pending === undefined) return undefined;
  journey.pendingEgressGroups = undefined;
  const met = pending.groupIds.some((id) => isMember(journey, pending.sender, id) === 'yes');
  if (met && keepsReferences(journey.crossed, 'egress')) {
    note(journey, pending.component, `outbound reference admits ${receiver.id}`);
    return undefined;
  }
  return dropped(journey, pending.component, `outbound rules refer to groups that ${receiver.id} does not answer for`);
}

/** The receiver's inbound rules. */
export function enterInterface(journey: Journey, nic: Nic): Ending | undefined {
  if (isUnfiltered(nic)) return undefined;
  const rules = rulesFor(journey, nic, 'ingress');
  const senders = journey.identity.filter(({ before }) => keepsReferences([...before, ...journey.crossed], 'ingress'));
  const referenced = rules.rules.some((rule) =>
    senders.some((sender) => sender.nic.groupIds.some((id) => rule.groupIds.includes(id))),
  );
  if (referenced || admitsByList(journey, nic, rules, journey.packet.source)) {
    note(journey, nic.id, 'inbound rules admit');
    return undefined;
  }
  return dropped(journey, nic.id, 'no inbound security-group rule admits');
}
