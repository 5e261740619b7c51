import { addNic } from '../estate/hosts.ts';
import { addTable, type DraftRoute } from '../estate/routes.ts';
import type { DraftSubnet } from '../estate/vpc.ts';
import { freeAddress, type Plan, type VpcPlan } from './plan.ts';

/** The default route of a table: out by whatever the VPC has. */
function defaultRoutes(
  plan: Plan,
  own: VpcPlan,
  subnetIds: readonly string[],
  regionalNat: string | undefined,
): readonly DraftRoute[] {
  const { random } = plan;
  // A subnet with a NAT gateway mostly has its own way out; now and then the table leads back to the gateway.
  const useful = own.nats.filter(
    ({ subnet }) => subnet === undefined || !subnetIds.includes(subnet.id) || random.chance(8),
  );
  const ways = [
    own.internetGateway,
    own.internetGateway,
    ...useful.map(({ id }) => id),
    ...useful.map(({ id }) => id),
    regionalNat,
    ...own.transits.map(({ gateway }) => gateway.id),
    ...own.inspection.map(({ id }) => id),
  ].filter((way) => way !== undefined);
  const ipv6 = [
    own.internetGateway,
    own.egressOnlyGateway,
    ...own.transits.filter(() => random.chance(30)).map(({ gateway }) => gateway.id),
  ].filter((way) => way !== undefined);
  return [
    ...(ways.length > 0 && random.chance(85)
      ? [{ to: random.chance(90) ? '0.0.0.0/0' : '198.51.100.0/25', via: random.pick(ways) }]
      : []),
    ...(own.vpc.ipv6Cidrs.length > 0 && ipv6.length > 0 && random.chance(75)
      ? [{ to: '::/0', via: random.pick(ipv6) }]
      : []),
    ...(own.nats.length > 0 && own.vpc.ipv6Cidrs.length > 0 && random.chance(20)
      ? [{ to: '64:ff9b::/96', via: random.pick(own.nats).id }]
      : []),
  ];
}

/** Towards the other VPCs, by peering or transit gateway, whole or in part. */
function farRoutes(plan: Plan, own: VpcPlan): readonly DraftRoute[] {
  const { random } = plan;
  // A table without ways to the other VPCs leaves replies to the default route, or to nothing.
  if (random.chance(plan.theme === 'translation' ? 45 : 10)) return [];
  const byPeering = own.peerings.flatMap(({ id, far }) =>
    [...far.vpc.cidrs, ...far.vpc.ipv6Cidrs, ...(random.chance(20) ? [random.pick(far.subnets).cidr] : [])]
      .filter(() => random.chance(85))
      .map((to) => ({ to, via: id })),
  );
  const byTransit = own.transits.flatMap(({ gateway }) =>
    plan.vpcs
      .filter((other) => other !== own)
      .flatMap(({ vpc }) => [...vpc.cidrs, ...vpc.ipv6Cidrs])
      .filter(() => random.chance(80))
      .map((to) => ({ to, via: gateway.id })),
  );
  const broad = own.transits.flatMap(({ gateway }) =>
    random.chance(25) ? [{ to: '10.0.0.0/8', via: gateway.id }] : [],
  );
  return [...byPeering, ...byTransit, ...broad];
}

/** Routes by prefix list, black holes, propagated ones, and routes inside the VPC that are more specific than local. */
function oddRoutes(plan: Plan, own: VpcPlan, subnetIds: readonly string[]): readonly DraftRoute[] {
  const { random } = plan;
  const far = random.pick(plan.vpcs);
  // Middleboxes stand elsewhere, but for now and then: then the way to them crosses no border.
  const apart = ({ subnet }: { readonly subnet: DraftSubnet }): boolean =>
    !subnetIds.includes(subnet.id) || random.chance(15);
  const appliances = own.appliances.filter(apart);
  // What a load balancer does with targets behind a middlebox is not told.
  const middles = subnetIds.some((id) => own.nodeSubnets.has(id))
    ? []
    : [
        ...own.nats.filter(({ subnet }) => subnet !== undefined && !subnetIds.includes(subnet.id)).map(({ id }) => id),
        ...own.inspection.filter(apart).map(({ id }) => id),
        ...appliances.map(({ via }) => via),
      ];
  const targets = [...own.peerings.map(({ id }) => id), ...own.transits.map(({ gateway }) => gateway.id)];
  const odd: readonly DraftRoute[] = [
    ...own.gatewayEndpoints.flatMap(({ id, listId }) => (random.chance(80) ? [{ to: listId, via: id }] : [])),
    ...(own.vpnGateway === undefined
      ? []
      : [
          { to: '192.168.0.0/16', via: own.vpnGateway, propagated: true },
          ...(random.chance(20) && far !== own
            ? [{ to: far.vpc.cidrs[0] ?? '', via: own.vpnGateway, propagated: true }]
            : []),
        ]),
    ...(random.chance(8) && far !== own
      ? [{ to: random.pick(far.subnets).cidr, via: 'pcx-0fffffffffffffff0', state: 'blackhole' as const }]
      : []),
    ...(random.chance(6)
      ? [{ to: random.pick(far.subnets).cidr, via: 'igw-0fffffffffffffff0', state: 'filtered' as const }]
      : []),
    ...(middles.length > 0 && random.chance(20)
      ? [{ to: random.pick(own.subnets).cidr, via: random.pick(middles) }]
      : []),
    ...(targets.length > 0 && plan.lists.length > 0 && random.chance(12)
      ? [{ to: random.pick(plan.lists).id, via: random.pick(targets) }]
      : []),
    ...(random.chance(2) ? [{ to: '192.0.2.0/24', via: 'xyz-00000000000000001' }] : []),
    ...(appliances.length > 0 && random.chance(25) ? [{ to: '203.0.113.0/24', via: random.pick(appliances).via }] : []),
  ];
  return odd.map((route) => {
    const interfaceId = own.appliances.find(({ via }) => via === route.via)?.interfaceId;
    return interfaceId === undefined ? route : { ...route, interfaceId };
  });
}

/** AWS keeps one route per destination, except that a propagated one may stand beside a static one. */
function distinct(routes: readonly DraftRoute[]): readonly DraftRoute[] {
  const seen = new Set<string>();
  return routes.filter(({ to, propagated }) => {
    const key = `${to} ${propagated === true}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Route tables: the main one for some subnets, explicit ones for the others. */
export function addTables(plan: Plan, own: VpcPlan, regionalNat: string | undefined): void {
  const { random, draft } = plan;
  const explicit = random.some(own.subnets, 70);
  const groups = random.chance(30) ? [explicit] : explicit.map((subnet) => [subnet]);
  const rest = own.subnets.filter((subnet) => !explicit.includes(subnet));
  const routesFor = (subnetIds: readonly string[]): readonly DraftRoute[] =>
    distinct([
      ...defaultRoutes(plan, own, subnetIds, regionalNat),
      ...farRoutes(plan, own),
      ...oddRoutes(plan, own, subnetIds),
    ]).filter(({ to }) => !own.vpc.cidrs.includes(to) && !own.vpc.ipv6Cidrs.includes(to));
  for (const subnets of groups) {
    if (subnets.length === 0) continue;
    addTable(draft, own.vpc, { subnets, routes: routesFor(subnets.map(({ id }) => id)) }, random.shuffle);
  }
  addTable(draft, own.vpc, { main: true, routes: routesFor(rest.map(({ id }) => id)) }, random.shuffle);
  addEdgeTable(plan, own);
}

/** Now and then the internet gateway has a table of its own that leads through a middlebox. */
function addEdgeTable(plan: Plan, own: VpcPlan): void {
  const { random, draft } = plan;
  if (own.internetGateway === undefined || !random.chance(8)) return;
  const subnet = random.pick(own.subnets);
  const inspection = own.inspection.find((one) => one.subnet.id !== subnet.id)?.id;
  const home = random.pick(own.subnets);
  const middle =
    inspection ??
    addNic(draft, home, {
      addresses: [freeAddress(plan, own, home).ipv4],
      groups: [random.pick(own.groups)],
      sourceDestCheck: false,
    }).id;
  addTable(draft, own.vpc, {
    gatewayId: own.internetGateway,
    routes: random.chance(70) ? [{ to: subnet.cidr, via: middle }] : [],
  });
}
