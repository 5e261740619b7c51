import { addBalancer, addEndpointService, addTargetGroup, type DraftTarget } from '../estate/balancers.ts';
import { addInterfaceEndpoint } from '../estate/gateways.ts';
import type { DraftNic } from '../estate/hosts.ts';
import { servicePorts } from './filters.ts';
import { freeAddress, type Plan, publicAddress, type VpcPlan } from './plan.ts';

/** One subnet in some of the zones. */
function places(plan: Plan, own: VpcPlan, isPublic: boolean) {
  const { random } = plan;
  const zones = [...new Set(own.subnets.map(({ zone }) => zone))];
  const chosen = random.chance(75) ? zones : [random.pick(zones)];
  const dual = random.chance(40);
  return chosen.map((zone) => {
    const subnet = random.pick(own.subnets.filter((one) => one.zone === zone));
    const free = freeAddress(plan, own, subnet);
    return {
      subnet,
      address: free.ipv4,
      ipv6: dual ? free.ipv6 : undefined,
      publicAddress: isPublic ? publicAddress(plan) : undefined,
    };
  });
}

/** Hosts as targets. Those in zones where the load balancer does not stand are `unused`. */
function targetsOf(
  plan: Plan,
  hosts: readonly DraftNic[],
  zones: readonly string[],
  byAddress: boolean,
): readonly DraftTarget[] {
  const { random } = plan;
  const health = random.pick<readonly string[]>([['healthy'], ['healthy', 'healthy', 'unhealthy'], ['unhealthy']]);
  return random.some(hosts, 50).map((host) => ({
    id: byAddress ? (host.addresses[0] ?? '') : (host.instanceId ?? ''),
    ...(random.chance(25) ? { port: random.pick(servicePorts) } : {}),
    ...(byAddress ? { zoneName: host.subnet.zoneName } : {}),
    state: zones.includes(host.subnet.zone) ? random.pick(health) : 'unused',
  }));
}

/** Now and then a host of another VPC is a target, by its address: in no zone of the load balancer's. */
function remoteTargets(plan: Plan, own: VpcPlan): readonly DraftTarget[] {
  const { random } = plan;
  const far = random.pick(plan.vpcs);
  const overlaps = far.vpc.cidrs.some((cidr) => own.vpc.cidrs.includes(cidr));
  if (overlaps || far.hosts.length === 0 || !random.chance(25)) return [];
  const id = random.pick(far.hosts).addresses[0] ?? '';
  return [{ id, zoneName: 'all', state: random.pick(['healthy', 'healthy', 'unhealthy']) }];
}

/** Hosts whose first interface an instance target means. */
function primaries(own: VpcPlan): readonly DraftNic[] {
  const seen = new Set<string>();
  return own.hosts.filter(({ instanceId }) => {
    if (instanceId === undefined || seen.has(instanceId)) return false;
    seen.add(instanceId);
    return true;
  });
}

const crossZone = (plan: Plan): Readonly<Record<string, string>> =>
  plan.random.pick<Readonly<Record<string, string>>>([
    {},
    { 'load_balancing.cross_zone.enabled': 'true' },
    { 'load_balancing.cross_zone.enabled': 'false' },
  ]);

/** A network load balancer before some hosts; sometimes offered to other VPCs. Returns the service's name. */
function addNetworkBalancer(plan: Plan, own: VpcPlan, applicationArn: string | undefined): string | undefined {
  const { random, draft } = plan;
  const hosts = primaries(own);
  const stands = places(plan, own, own.internetGateway !== undefined && random.chance(60));
  const zones = stands.map(({ subnet }) => subnet.zone);
  for (const { subnet } of stands) own.nodeSubnets.add(subnet.id);
  const listeners = random
    .shuffle([443, 80, 53])
    .slice(0, 1 + random.below(2))
    .map((port) => {
      const byAddress = random.chance(40);
      const protocol = port === 53 ? random.pick(['UDP', 'TCP_UDP']) : random.pick(['TCP', 'TCP', 'TLS']);
      const group = addTargetGroup(draft, own.vpc, {
        protocol,
        port: random.pick([port, 8080]),
        targetType: byAddress ? 'ip' : 'instance',
        targets: [...targetsOf(plan, hosts, zones, byAddress), ...(byAddress ? remoteTargets(plan, own) : [])],
        attributes: {
          ...random.pick<Readonly<Record<string, string>>>([
            {},
            {
              'preserve_client_ip.enabled':
                protocol === 'TCP' || protocol === 'TLS' ? random.pick(['true', 'false']) : 'true',
            },
          ]),
          ...random.pick<Readonly<Record<string, string>>>([
            {},
            { 'load_balancing.cross_zone.enabled': random.pick(['true', 'false', 'use_load_balancer_configuration']) },
          ]),
        },
      });
      return { protocol, port, groups: [group] };
    });
  const balancer = addBalancer(draft, own.vpc, {
    type: 'network',
    places: stands,
    groups: random.chance(60) ? [random.pick(own.groups)] : [],
    listeners,
    attributes: crossZone(plan),
    enforcePrivateLink: random.pick(['on', 'off']),
    state: random.chance(97) ? 'active' : 'failed',
  });
  if (applicationArn !== undefined && random.chance(40)) addFront(plan, own, applicationArn);
  return random.chance(plan.theme === 'private-link' ? 95 : 35)
    ? addEndpointService(draft, own.vpc, balancer.arn)
    : undefined;
}

function addApplicationBalancer(plan: Plan, own: VpcPlan): string {
  const { random, draft } = plan;
  const stands = places(plan, own, own.internetGateway !== undefined && random.chance(60));
  const zones = stands.map(({ subnet }) => subnet.zone);
  for (const { subnet } of stands) own.nodeSubnets.add(subnet.id);
  const group = (): string =>
    addTargetGroup(draft, own.vpc, {
      protocol: 'HTTP',
      port: random.pick([80, 8080]),
      targetType: 'instance',
      targets: targetsOf(plan, primaries(own), zones, false),
      attributes: random.chance(20) ? { 'load_balancing.cross_zone.enabled': 'false' } : {},
    });
  const { arn } = addBalancer(draft, own.vpc, {
    type: 'application',
    places: stands,
    groups: [random.pick(own.groups)],
    listeners: [
      {
        protocol: 'HTTPS',
        port: 443,
        groups: random.chance(85) ? [group()] : [],
        rules: random.chance(25) ? [random.chance(50) ? [group()] : []] : [],
      },
    ],
  });
  return arn;
}

/** A network load balancer whose target is the application load balancer. */
function addFront(plan: Plan, own: VpcPlan, applicationArn: string): void {
  const { random, draft } = plan;
  const stands = places(plan, own, false);
  for (const { subnet } of stands) own.nodeSubnets.add(subnet.id);
  const group = addTargetGroup(draft, own.vpc, {
    protocol: 'TCP',
    port: 443,
    targetType: 'alb',
    targets: [{ id: applicationArn, state: random.pick(['healthy', 'healthy', 'unhealthy']) }],
  });
  addBalancer(draft, own.vpc, {
    type: 'network',
    places: stands,
    groups: [],
    listeners: [{ protocol: 'TCP', port: 443, groups: [group] }],
    attributes: crossZone(plan),
  });
}

/** Load balancers and interface endpoints. */
export function addServices(plan: Plan): void {
  const { random, draft } = plan;
  const privateLink = plan.theme === 'private-link';
  const offered = plan.vpcs.flatMap((own) => {
    const applicationArn = random.chance(30) ? addApplicationBalancer(plan, own) : undefined;
    return random.chance(privateLink ? 90 : 40) ? (addNetworkBalancer(plan, own, applicationArn) ?? []) : [];
  });
  for (const own of plan.vpcs) {
    if (!random.chance(privateLink ? 95 : 35)) continue;
    const { region } = own.vpc.owner;
    const local = offered.filter((name) => name.includes(`.${region}.`));
    addInterfaceEndpoint(draft, own.vpc, {
      serviceName:
        local.length > 0 && random.chance(privateLink ? 90 : 60) ? random.pick(local) : `com.amazonaws.${region}.ssm`,
      groups: [random.pick(own.groups)],
      places: places(plan, own, false),
      state: random.chance(95) ? 'available' : 'pending',
    });
  }
}
