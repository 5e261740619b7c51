import type { NetworkInterface } from '../../model/resources/network-interface.ts';
import { type HeldAddress, holderOf, holdersIn, interfaceInventoryGap, vpcAddresses } from '../facts/addresses.ts';
import { compareText, type Located } from '../facts/inventory.ts';
import { subnetsOfVpc } from '../facts/resources-by-id.ts';
import { type Bound, intersectIntervals, type Intervals, intervalsHave, intervalsOfRanges } from '../sets/intervals.ts';
import type { Family } from '../sets/ip-address.ts';
import { besideTheQuestion, blocked, doubted, entryInto, type Flow } from '../path/flow.ts';
import type { Place } from '../path/place.ts';
import { addressesSeen, end, familiesOf, fork, go, restricted, type Step, without } from '../path/step.ts';
import { isSingle } from '../path/view.ts';
import { passNetworkAcl } from './network-acl.ts';
import { subnetAddresses } from './subnet-addresses.ts';

type InVpc = Extract<Place, { kind: 'in-vpc' }>;

/** The VPC's router hands each packet to the interface that holds its destination, and drops it where none does. */
export function routeWithinVpc(flow: Flow, place: InVpc): Step {
  if (flow.direction === 'forward' && flow.target === 'internet') return end(besideTheQuestion(flow));
  const steps: Step[] = [];
  for (const family of familiesOf(flow)) {
    const destinations = addressesSeen(flow, 'destinations', family);
    if (destinations.length === 0) continue;
    if (isSingle(destinations)) {
      const to = holderOf(flow.journey.snapshot, place.vpcId, family, destinations[0] as Bound);
      const part = restricted(flow, 'destinations', family, destinations);
      if (part !== undefined)
        steps.push(to === undefined ? nobody(part, place, family, destinations) : enter(part, place, to));
      continue;
    }
    steps.push(...byHolder(flow, place, family, destinations));
  }
  return fork(steps);
}

const enter = (flow: Flow, { subnet }: InVpc, to: Located<NetworkInterface>): Step =>
  go(flow, { kind: 'entering-interface', to, from: subnet });

/** A range of destinations: interfaces that all filters treat alike are followed together. */
function byHolder(flow: Flow, place: InVpc, family: Family, destinations: Intervals): readonly Step[] {
  const holders = holdersIn(flow.journey.snapshot, place.vpcId);
  const classes = new Map<string, { to: Located<NetworkInterface>; ranges: (readonly [Bound, Bound])[] }>();
  const add = (to: Located<NetworkInterface>, range: readonly [Bound, Bound]): void => {
    const key = classOf(to.resource);
    const known = classes.get(key);
    if (known === undefined) classes.set(key, { to, ranges: [range] });
    else known.ranges.push(range);
  };
  for (const held of holders.sorted) {
    if (held.family === family && intervalsHave(destinations, held.value)) add(held.located, [held.value, after(held)]);
  }
  for (const { family: of, range, located } of holders.prefixes) {
    if (of === family && intersectIntervals(range, destinations).length > 0)
      add(located, range as readonly [Bound, Bound]);
  }
  const steps: Step[] = [];
  let rest: Flow | undefined = flow;
  for (const [, { to, ranges }] of [...classes].sort(([a], [b]) => compareText(a, b))) {
    const addresses = intervalsOfRanges(ranges);
    const part = restricted(flow, 'destinations', family, addresses);
    if (part !== undefined) steps.push(enter(part, place, to));
    if (rest !== undefined) rest = without(rest, 'destinations', family, addresses);
  }
  const remaining = rest === undefined ? undefined : restricted(rest, 'destinations', family, destinations);
  if (remaining !== undefined) steps.push(nobody(remaining, place, family, destinations));
  return steps;
}

const after = (held: HeldAddress): Bound => (typeof held.value === 'number' ? held.value + 1 : held.value + 1n);

/** Interfaces with one key meet the same filters; those of services and appliances are each of their own kind. */
function classOf(networkInterface: NetworkInterface): string {
  const { subnetId, groupIds, interfaceType, status, sourceDestCheck, networkInterfaceId, attachment } =
    networkInterface;
  const plain = interfaceType === 'interface' && sourceDestCheck !== false && attachment?.instanceId === undefined;
  return plain && networkInterface.requesterManaged !== true
    ? `${subnetId} ${[...groupIds].sort().join(' ')} ${status}`
    : `${subnetId} ${networkInterfaceId}`;
}

/** Whoever has the address: what comes into its subnet from another one meets that subnet's ACL. */
function acrossBorders(flow: Flow, { vpcId, subnet: from }: InVpc, family: Family): readonly Flow[] {
  const parts: Flow[] = [];
  let rest: Flow | undefined = flow;
  const subnets = [...(subnetsOfVpc(flow.journey.snapshot).get(vpcId) ?? [])];
  for (const subnet of subnets.sort((a, b) => compareText(a.resource.subnetId, b.resource.subnetId))) {
    const own = subnetAddresses(subnet.resource);
    const values = family === 4 ? own.ipv4 : own.ipv6;
    const part: Flow | undefined = rest === undefined ? undefined : restricted(rest, 'destinations', family, values);
    if (part === undefined || rest === undefined) continue;
    const neighbours = from?.resource.subnetId === subnet.resource.subnetId;
    parts.push(neighbours ? part : passNetworkAcl(part, subnet, 'ingress'));
    rest = without(rest, 'destinations', family, values);
  }
  return rest === undefined ? parts : [...parts, rest];
}

function nobody(flow: Flow, place: InVpc, family: Family, destinations: Intervals): Step {
  const component = { id: place.vpcId, type: 'vpc' as const };
  const { target } = flow;
  if (flow.direction === 'forward' && target !== undefined && target !== 'internet') {
    // Whoever may have the address here, it is not the interface that was asked for: that one is known.
    const text = `On this path the address is one of ${place.vpcId}, where ${[...target].sort().join(', ')} does not have it.`;
    return end(blocked(flow, { explanationCode: 'ENI_ADDRESS_RESTRICTION', component, text }));
  }
  const gap = interfaceInventoryGap(flow.journey.snapshot, place.vpcId);
  if (gap !== undefined) {
    const text = `No known interface of ${place.vpcId} holds the address, and the list of interfaces is not complete.`;
    const managed = gap.fact.includes('services manage');
    const reason = { explanationCode: managed ? 'UNKNOWN_RESOURCE' : 'NOT_COLLECTED', component, text } as const;
    return fork(acrossBorders(flow, place, family).map((part) => end(doubted(part, reason, [gap]))));
  }
  const cidrs = vpcAddresses(flow.journey.snapshot).get(place.vpcId);
  const within =
    cidrs !== undefined && intersectIntervals(family === 4 ? cidrs.ipv4 : cidrs.ipv6, destinations).length > 0;
  return end(
    blocked(flow, {
      explanationCode: !within
        ? 'VPC_LOCAL_ROUTE_CIDR_RESTRICTION'
        : entryInto(flow, place.vpcId)?.kind === 'vpn-gateway'
          ? 'VGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS'
          : 'ADDRESS_WITHOUT_INTERFACE',
      component,
      text: within
        ? `No interface in ${place.vpcId} holds the address.`
        : `The address does not lie in ${place.vpcId}.`,
    }),
  );
}
