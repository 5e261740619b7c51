import type { NetworkInterface } from '../../../model/resources/network-interface.ts';
import type { LoadBalancer } from '../../../model/resources/load-balancer.ts';
import type { Snapshot } from '../../../model/snapshot/snapshot.ts';
import type { Missing } from '../../../model/verdict/verdict.ts';
import { holderOf } from '../../../network/facts/addresses.ts';
import { compareText, type Located } from '../../../network/facts/inventory.ts';
import { listenerPlans, targetGroupOf, targetPlans } from '../../../network/facts/load-balancing.ts';
import { interfacesOfInstance } from '../../../network/facts/resources-by-id.ts';
import { parseIpAddress } from '../../../network/sets/ip-address.ts';

/** The interfaces that a load balancer may hand connections to, in the order of their ids. */
export interface BalancedTargets {
  readonly interfaces: readonly NetworkInterface[];
  /** What keeps us from knowing them all. */
  readonly missing: readonly Missing[];
}

/** Resolves every target of every group that a listener or rule may choose; functions have no interface to resolve. */
export function balancedTargets(snapshot: Snapshot, balancer: Located<LoadBalancer>): BalancedTargets {
  const plans = listenerPlans(snapshot, balancer);
  if (plans.missing !== undefined) return { interfaces: [], missing: [plans.missing] };
  const found = new Map<string, NetworkInterface>();
  const missing: Missing[] = plans.value.flatMap((plan) => plan.missing ?? []);
  for (const arn of new Set(plans.value.flatMap(({ targetGroupArns }) => targetGroupArns))) {
    const group = targetGroupOf(snapshot, arn);
    if (group === undefined || group.resource.targetType === 'lambda') continue;
    const targets = targetPlans(snapshot, group);
    if (targets.missing !== undefined) {
      missing.push(targets.missing);
      continue;
    }
    for (const { targetId } of targets.value) {
      const own = interfaceOf(snapshot, targetId, group.resource.vpcId ?? balancer.resource.vpcId ?? '');
      if (own !== undefined) found.set(own.networkInterfaceId, own);
      else missing.push({ fact: `the target ${targetId}`, iamAction: 'ec2:DescribeNetworkInterfaces' });
    }
  }
  return { interfaces: [...found].sort(([a], [b]) => compareText(a, b)).map(([, own]) => own), missing };
}

/** The instances of a Classic Load Balancer by their first interfaces. */
export function classicTargets(snapshot: Snapshot, instanceIds: readonly string[]): BalancedTargets {
  const found = instanceIds.toSorted(compareText).map((id) => ({ id, own: primaryOf(snapshot, id) }));
  return {
    interfaces: found.flatMap(({ own }) => own ?? []),
    missing: found.flatMap(({ id, own }) =>
      own === undefined ? [{ fact: `the target ${id}`, iamAction: 'ec2:DescribeNetworkInterfaces' }] : [],
    ),
  };
}

function interfaceOf(snapshot: Snapshot, targetId: string, vpcId: string): NetworkInterface | undefined {
  const address = parseIpAddress(targetId).value;
  return address === undefined
    ? primaryOf(snapshot, targetId)
    : holderOf(snapshot, vpcId, address.family, address.value)?.resource;
}

const primaryOf = (snapshot: Snapshot, instanceId: string): NetworkInterface | undefined =>
  (interfacesOfInstance(snapshot).get(instanceId) ?? [])
    .map(({ resource }) => resource)
    .sort((a, b) => (a.attachment?.deviceIndex ?? 0) - (b.attachment?.deviceIndex ?? 0))[0];
