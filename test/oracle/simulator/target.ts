import type { LoadBalancer } from '../../../src/model/resources/load-balancer.ts';
import type { TargetGroup, TargetHealth } from '../../../src/model/resources/target-group.ts';
import type { ResourceKey } from '../../../src/model/resources.ts';
import { type Address, parseAddress } from './address.ts';
import { dropped, type Ending, type Journey, note, unknown } from './journey.ts';
import { attributeKey } from './world/balancers.ts';
import type { Home } from './world/coverage.ts';
import type { Seen } from './world/gather.ts';
import { type Nic, owns } from './world/interfaces.ts';
import type { World } from './world/world.ts';

/** A registered target with the address and port that the load balancer sends to. */
export interface Target {
  readonly address: Address;
  readonly port: number;
  readonly nic: Nic | undefined;
}

/** Was the part of the answers that speaks of this resource read? */
export function isRead(world: World, kind: ResourceKey, home: Home, id: string): boolean {
  const snapshot = world.regions.find(
    ({ accountId, region }) => accountId === home.accountId && region === home.region,
  );
  const collected = snapshot?.resources[kind];
  return collected?.status === 'collected' && !collected.missing.some(({ resourceId }) => resourceId === id);
}

/** A switch that AWS always answers; where the answer lacks it or was not read, it may be `true` or `false`. */
export function attribute(
  journey: Journey,
  kind: 'loadBalancerAttributes' | 'targetGroupAttributes',
  home: Home,
  arn: string,
  key: string,
): string {
  const { world, choices } = journey;
  const told = isRead(world, kind, home, arn) ? world.balancers.attributes.get(attributeKey(arn, key)) : undefined;
  return told ?? (choices.pick('not-known', `${arn} ${key}`, 2) === 0 ? 'true' : 'false');
}

const crossZoneKey = 'load_balancing.cross_zone.enabled';

function isCrossZone(journey: Journey, balancer: Seen<LoadBalancer>, group: Seen<TargetGroup>): boolean {
  const own = attribute(journey, 'targetGroupAttributes', group.home, group.noun.targetGroupArn, crossZoneKey);
  if (own === 'true' || own === 'false') return own === 'true';
  // Of an application load balancer only a target group can switch it off.
  if (balancer.noun.type === 'application') return true;
  const arn = balancer.noun.loadBalancerArn;
  const general = attribute(journey, 'loadBalancerAttributes', balancer.home, arn, crossZoneKey);
  return general === 'true';
}

/** An instance is reached at the primary address of its first interface. */
function addressOf(
  world: World,
  group: TargetGroup,
  targetId: string,
): { address: Address; nic: Nic | undefined } | undefined {
  const family = group.ipAddressType === 'ipv6' ? 6 : 4;
  if (group.targetType !== 'instance') {
    const address = parseAddress(targetId);
    return { address, nic: world.nicsByVpc.get(group.vpcId ?? '')?.find((nic) => owns(nic, address)) };
  }
  for (const nic of world.nics.values()) {
    if (nic.instanceId !== targetId || nic.noun.attachment?.deviceIndex !== 0) continue;
    const address = nic.addresses.find((own) => own.family === family);
    return address === undefined ? undefined : { address, nic };
  }
  return undefined;
}

/** The zone of a target: that of its interface, else the one it was registered with; `all` is outside the VPC. */
function zoneOf(world: World, balancer: LoadBalancer, target: TargetHealth, nic: Nic | undefined): string {
  const zone = nic === undefined ? undefined : world.subnets.get(nic.subnetId)?.zone;
  if (zone !== undefined) return zone;
  for (const { zoneName, subnetId } of balancer.availabilityZones) {
    if (zoneName === target.availabilityZone) return world.subnets.get(subnetId ?? '')?.zone ?? '';
  }
  return target.availabilityZone === 'all' ? 'all' : '';
}

/** Zones in which the load balancer stands. */
export function enabledZones(world: World, balancer: LoadBalancer): readonly string[] {
  return balancer.availabilityZones.flatMap(({ subnetId }) => world.subnets.get(subnetId ?? '')?.zone ?? []);
}

/**
 * The target that the node picks: a healthy one of its zone, or of any enabled zone with cross-zone balancing. When no
 * target is healthy anywhere, health counts no more.
 */
export function pickTarget(
  journey: Journey,
  balancer: Seen<LoadBalancer>,
  group: Seen<TargetGroup>,
  nodeZone: string,
): Target | Ending {
  const { world } = journey;
  const arn = group.noun.targetGroupArn;
  if (!isRead(world, 'targetHealth', group.home, arn)) return unknown(journey, arn, 'its targets could not be read');
  const zones = enabledZones(world, balancer.noun);
  const registered = world.balancers.targets
    .filter((target) => target.targetGroupArn === arn && target.state !== 'unused' && target.state !== 'draining')
    .flatMap((target) => {
      const found = addressOf(world, group.noun, target.targetId);
      if (found === undefined) return [];
      const zone = zoneOf(world, balancer.noun, target, found.nic);
      const { state, port } = target;
      return [{ ...found, zone, state, port: port ?? group.noun.port ?? 0 }];
    })
    .filter(({ zone }) => zone === 'all' || zones.includes(zone));
  const healthy = registered.filter(({ state }) => state === 'healthy');
  const usable = healthy.length > 0 ? healthy : registered;
  const inReach = isCrossZone(journey, balancer, group)
    ? usable
    : usable.filter(({ zone }) => zone === 'all' || zone === nodeZone);
  const target = inReach[journey.choices.pick('aws', `target ${arn} ${nodeZone}`, inReach.length)];
  if (target === undefined) return dropped(journey, arn, 'no target in reach of the node');
  note(journey, arn, `target port ${target.port}`);
  return target;
}
