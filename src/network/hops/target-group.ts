import type { LoadBalancer } from '../../model/resources/load-balancer.ts';
import type { NetworkInterface } from '../../model/resources/network-interface.ts';
import type { TargetGroup } from '../../model/resources/target-group.ts';
import { holderOf, vpcAddresses } from '../facts/addresses.ts';
import { compareText, type Located } from '../facts/inventory.ts';
import { isCrossZone, nodesOf, preservesClientAddress, type TargetPlan, targetPlans } from '../facts/load-balancing.ts';
import { interfacesOfInstance, subnetById } from '../facts/resources-by-id.ts';
import type { Intervals } from '../sets/intervals.ts';
import { hasAddress, onlyAddress } from '../sets/address-set.ts';
import { formatIpAddress, type IpAddress, parseIpAddress } from '../sets/ip-address.ts';
import { blocked, doubted, type Flow, noted, type Reason } from '../path/flow.ts';
import { choice, end, familiesOf, fork, restricted, type Step, without } from '../path/step.ts';
import { addressesOfHost } from './host-addresses.ts';
import { type Leg, sendOn } from './load-balancer-leg.ts';

/** From a node to one of the targets of a group, as health and Availability Zones allow. */
export function toTargetGroup(
  flow: Flow,
  node: Located<NetworkInterface>,
  balancer: Located<LoadBalancer>,
  group: Located<TargetGroup>,
): Step {
  const { targetGroupArn, targetType } = group.resource;
  const component = { id: targetGroupArn, type: 'target-group' as const };
  if (targetType === 'lambda') {
    const text = `${targetGroupArn} calls a function, which answers without a path in the VPC.`;
    return end(
      doubted(flow, { explanationCode: 'NOT_MODELLED', component, text }, [
        { fact: `the function behind ${targetGroupArn}` },
      ]),
    );
  }
  const targets = targetPlans(flow.journey.snapshot, group);
  if (targets.missing !== undefined) {
    return end(
      doubted(
        flow,
        { explanationCode: 'NOT_COLLECTED', component, text: `The targets of ${targetGroupArn} are not known.` },
        [targets.missing],
      ),
    );
  }
  const zone = subnetById(flow.journey.snapshot).get(node.resource.subnetId)?.resource.availabilityZone;
  const chosen = (crossZone: boolean): Eligible => eligible(flow, targets.value, crossZone, zone, group.resource.vpcId);
  const onward = (which: Eligible): Step => toEligible(flow, node, balancer, group, which);
  const crossZone = isCrossZone(flow.journey.snapshot, balancer, group);
  if (crossZone.missing === undefined) return onward(chosen(crossZone.value));
  const [within, across] = [chosen(false), chosen(true)];
  if (JSON.stringify(within) === JSON.stringify(across)) return onward(within);
  const text = `Whether ${targetGroupArn} takes connections across Availability Zones is not known, and it decides.`;
  return choice([onward(within), onward(across)], { explanationCode: 'NOT_COLLECTED', component, text }, [
    crossZone.missing,
  ]);
}

/** To one of the targets that health and Availability Zones leave. */
function toEligible(
  flow: Flow,
  node: Located<NetworkInterface>,
  balancer: Located<LoadBalancer>,
  group: Located<TargetGroup>,
  chosen: Eligible,
): Step {
  const { targetGroupArn, port } = group.resource;
  const component = { id: targetGroupArn, type: 'target-group' as const };
  let next = flow;
  if (chosen.obstacle !== undefined) {
    next = blocked(next, { ...chosen.obstacle, component, text: `${targetGroupArn}: ${chosen.obstacle.text}` });
  }
  if (chosen.targets.length === 0) return end(next);
  const legs = chosen.targets.flatMap((target) => endsOf(flow, target, group).map((to) => ({ target, to })));
  const steps = legs.map(({ target, to }) => toTarget(next, node, balancer, group, to, target.port ?? port));
  const unresolved = chosen.targets
    .filter((target) => endsOf(flow, target, group).length === 0)
    .map(({ targetId }) => targetId);
  if (unresolved.length > 0) {
    const text = `Target ${unresolved.join(', ')} of ${targetGroupArn} is not in the snapshot.`;
    steps.push(
      end(
        doubted(next, { explanationCode: 'UNKNOWN_RESOURCE', component, text }, [
          { fact: `the target ${unresolved.join(', ')}` },
        ]),
      ),
    );
  }
  return choice(steps, {
    explanationCode: 'INTERMITTENT',
    component,
    text: `The targets of ${targetGroupArn} are not alike: some connections succeed, others fail.`,
  });
}

interface Eligible {
  readonly targets: readonly TargetPlan[];
  readonly obstacle?: Omit<Reason, 'component'>;
}

/**
 * Healthy targets of the node's zone, or of all zones with cross-zone balancing. When no registered target of any enabled
 * zone is healthy, all of them are used (fail-open).
 */
function eligible(
  flow: Flow,
  all: readonly TargetPlan[],
  crossZone: boolean,
  zone: string | undefined,
  vpcId: string | undefined,
): Eligible {
  const usable = all.filter(({ state }) => state !== 'unused' && state !== 'draining');
  if (all.length === 0)
    return { targets: [], obstacle: { explanationCode: 'ELBV2_LISTENER_HAS_NO_TG', text: 'no target is registered.' } };
  const first = all.slice(0, 1);
  if (usable.length === 0) {
    return {
      targets: first,
      obstacle: {
        explanationCode: 'ELBV2_NO_TARGETS_IN_AZ',
        text: 'no target is in use: its Availability Zone is not enabled, or it is being removed.',
      },
    };
  }
  const healthy = usable.filter(({ state }) => state === undefined || state === 'healthy' || state === 'unavailable');
  const candidates = healthy.length === 0 ? usable : healthy;
  const near = (target: TargetPlan): boolean => {
    if (crossZone || zone === undefined || target.zone === 'all') return true;
    const own = target.zone ?? zoneOfTarget(flow, target, vpcId);
    return own === undefined || own === zone;
  };
  const chosen = candidates.filter(near);
  if (chosen.length > 0) return { targets: chosen };
  const sick = usable.filter(near);
  if (sick.length > 0)
    return {
      targets: sick.slice(0, 1),
      obstacle: { explanationCode: 'TARGET_UNHEALTHY', text: `no target in ${zone ?? 'the zone'} is healthy.` },
    };
  return {
    targets: first,
    obstacle: {
      explanationCode: 'ELBV2_NO_TARGETS_IN_AZ',
      text: `no target is in ${zone ?? 'the zone'} of the node, and cross-zone balancing is off.`,
    },
  };
}

/** The zone of an instance or address where it can be told; a load balancer as the target has nodes of its own. */
function zoneOfTarget(flow: Flow, { targetId }: TargetPlan, vpcId: string | undefined): string | undefined {
  const address = parseIpAddress(targetId).value;
  const own =
    address === undefined || vpcId === undefined
      ? primaryOf(flow, targetId)
      : holderOf(flow.journey.snapshot, vpcId, address.family, address.value);
  return own === undefined
    ? undefined
    : subnetById(flow.journey.snapshot).get(own.resource.subnetId)?.resource.availabilityZone;
}

/** The first interface of an instance: the one that load balancers send to. */
function primaryOf(flow: Flow, instanceId: string): Located<NetworkInterface> | undefined {
  return [...(interfacesOfInstance(flow.journey.snapshot).get(instanceId) ?? [])].sort(
    (a, b) =>
      (a.resource.attachment?.deviceIndex ?? 0) - (b.resource.attachment?.deviceIndex ?? 0) ||
      compareText(a.resource.networkInterfaceId, b.resource.networkInterfaceId),
  )[0];
}

/** One end that a target stands for: an address, with its interface where that is in the load balancer's own VPC. */
interface TargetEnd {
  readonly address: IpAddress;
  readonly located: Located<NetworkInterface> | undefined;
}

function endsOf(flow: Flow, target: TargetPlan, group: Located<TargetGroup>): readonly TargetEnd[] {
  const { targetType, vpcId } = group.resource;
  if (targetType === 'alb')
    return nodesOf(flow.journey.snapshot, target.targetId).flatMap((located) => endOfInterface(group, located));
  if (targetType === 'instance' || target.targetId.startsWith('i-')) {
    const located = primaryOf(flow, target.targetId);
    return located === undefined ? [] : endOfInterface(group, located);
  }
  const address = parseIpAddress(target.targetId).value;
  if (address === undefined) return [];
  return [
    {
      address,
      located: vpcId === undefined ? undefined : holderOf(flow.journey.snapshot, vpcId, address.family, address.value),
    },
  ];
}

/** A target group is of one family, IPv4 unless it says otherwise; clients of the other are translated. */
function endOfInterface({ resource }: Located<TargetGroup>, located: Located<NetworkInterface>): readonly TargetEnd[] {
  const text =
    resource.ipAddressType === 'ipv6'
      ? located.resource.ipv6Addresses[0]
      : located.resource.privateIpAddresses[0]?.privateIpAddress;
  const address = parseIpAddress(text ?? '').value;
  return address === undefined ? [] : [{ address, located }];
}

function toTarget(
  flow: Flow,
  node: Located<NetworkInterface>,
  balancer: Located<LoadBalancer>,
  group: Located<TargetGroup>,
  to: TargetEnd,
  port: number | undefined,
): Step {
  const component = { id: balancer.resource.loadBalancerArn, type: 'load-balancer' as const };
  const leg = (preserve: boolean): Leg => ({ node, component, address: to.address, port, preserve });
  if (balancer.resource.type === 'application') return sendOn(flow, leg(false));
  const [family] = familiesOf(flow);
  // A client behind a transit gateway keeps its address: what loses it is a target that is reached through one (Elastic
  // Load Balancing guide, client IP preservation).
  if (flow.arrivedBy === 'endpoint-service' || family !== to.address.family) return sendOn(flow, leg(false));
  const preserve = preservesClientAddress(flow.journey.snapshot, group);
  if (!preserve.assumed) return preserve.value ? preserved(flow, leg(true), to) : sendOn(flow, leg(false));
  const unread = noted(flow, {
    explanationCode: 'MISSING_TARGET_GROUP_ATTRIBUTES',
    component: { id: group.resource.targetGroupArn, type: 'target-group' },
    text: `The attributes of ${group.resource.targetGroupArn} were not read.`,
  });
  const noteOn = noted(unread, {
    explanationCode: 'ASSUMPTION_PRESERVE_CLIENT_IP_IS_ENABLED',
    component: { id: group.resource.targetGroupArn, type: 'target-group' },
    text: `The attributes of ${group.resource.targetGroupArn} are not known: followed with the client's address kept, and without.`,
  });
  const noteOff = noted(unread, {
    explanationCode: 'ASSUMPTION_PRESERVE_CLIENT_IP_IS_DISABLED',
    component: { id: group.resource.targetGroupArn, type: 'target-group' },
    text: `The attributes of ${group.resource.targetGroupArn} are not known: followed with the client's address kept, and without.`,
  });
  return choice([preserved(noteOn, leg(true), to), sendOn(noteOff, leg(false))], {
    explanationCode: 'NOT_COLLECTED',
    component: { id: group.resource.targetGroupArn, type: 'target-group' },
    text: `Whether ${group.resource.targetGroupArn} keeps the client's address is not known, and it decides.`,
  });
}

/**
 * Into another VPC only a peering of the Region keeps the client's address (Elastic Load Balancing guide, client IP
 * preservation); how the packets and their replies pass it is not described.
 */
function keptIntoAnotherVpc(flow: Flow, { node, address, component }: Leg): Step | undefined {
  const { vpcId } = node.resource;
  const own = vpcAddresses(flow.journey.snapshot).get(vpcId);
  if (own === undefined || hasAddress(own, address)) return undefined;
  const text = `${component.id} keeps the client's address towards ${formatIpAddress(address)}, a target outside ${vpcId}; how such packets travel is not modelled.`;
  return end(
    doubted(flow, { explanationCode: 'NOT_MODELLED', component, text }, [
      { fact: `how the client's address reaches ${formatIpAddress(address)}` },
    ]),
  );
}

/** With the client's address kept, a target that is handed its own connection gets a packet from itself. */
function preserved(flow: Flow, leg: Leg, { located }: TargetEnd): Step {
  const beyond = keptIntoAnotherVpc(flow, leg);
  if (beyond !== undefined) return beyond;
  const { family } = leg.address;
  const host = located === undefined ? onlyAddress(leg.address) : addressesOfHost(flow, located.resource);
  const own: Intervals = family === 4 ? host.ipv4 : host.ipv6;
  const itself = restricted(flow, 'sources', family, own);
  if (itself === undefined) return sendOn(flow, leg);
  const others = without(flow, 'sources', family, own);
  const text =
    "The load balancer hands the connection back to the target that opened it, which cannot work while the client's address is kept.";
  const stopped = end(blocked(itself, { explanationCode: 'NLB_HAIRPIN', component: leg.component, text }));
  return fork(others === undefined ? [stopped] : [stopped, sendOn(others, leg)]);
}
