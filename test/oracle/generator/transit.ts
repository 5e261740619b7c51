import {
  addPolicyTable,
  addTransitGateway,
  addTransitPeering,
  addTransitPrefixListReference,
  addTransitRoutes,
  addVpcAttachment,
  type DraftAttachment,
  type DraftTransitGateway,
  type DraftTransitRoute,
  reserveTransitTable,
} from '../estate/transit.ts';
import { freeAddress, type Plan, type VpcPlan } from './plan.ts';

interface Attached {
  readonly own: VpcPlan;
  readonly attachment: DraftAttachment;
}

/** One subnet of the VPC per zone, not always of every zone. */
function doors(plan: Plan, own: VpcPlan) {
  const { random } = plan;
  const zones = [...new Set(own.subnets.map(({ zone }) => zone))];
  const chosen = random.chance(80) ? zones : [random.pick(zones)];
  return chosen.map((zone) => {
    const subnet = random.pick(own.subnets.filter((one) => one.zone === zone));
    return { subnet, address: freeAddress(plan, own, subnet).ipv4 };
  });
}

function attach(plan: Plan, gateway: DraftTransitGateway, own: VpcPlan, tables: readonly string[]): Attached {
  const { random, draft } = plan;
  const attachment = addVpcAttachment(draft, gateway, own.vpc, {
    places: doors(plan, own),
    tableId: random.chance(95) ? random.pick(tables) : undefined,
    state: random.chance(97) ? 'available' : 'deleting',
    applianceMode: random.chance(30),
    referencing: random.chance(85),
  });
  own.transits.push({ gateway, attachment });
  return { own, attachment };
}

function routesOf(plan: Plan, attached: readonly Attached[]): readonly DraftTransitRoute[] {
  const { random } = plan;
  const routes: DraftTransitRoute[] = [];
  const taken = new Set<string>();
  const add = (route: DraftTransitRoute): void => {
    if (taken.has(route.to)) return;
    taken.add(route.to);
    routes.push(route);
  };
  for (const { own } of attached) {
    if (random.chance(8)) for (const to of own.vpc.cidrs) add({ to, via: random.pick(attached).attachment });
  }
  for (const { own, attachment } of attached) {
    if (!random.chance(90)) continue;
    for (const to of [...own.vpc.cidrs, ...own.vpc.ipv6Cidrs]) add({ to, via: attachment, propagated: true });
  }
  if (random.chance(50)) add({ to: '0.0.0.0/0', via: random.pick(attached).attachment });
  if (random.chance(35)) add({ to: '::/0', via: random.pick(attached).attachment });
  if (random.chance(20)) add({ to: random.pick(random.pick(attached).own.subnets).cidr, via: undefined });
  if (random.chance(10))
    add({ to: '192.168.0.0/16', via: { id: 'tgw-attach-0fffffffffffffff0', type: 'vpn' }, propagated: true });
  return routes;
}

/** A transit gateway that joins most VPCs of its Region. */
function addGateway(plan: Plan, members: readonly VpcPlan[]) {
  const { random, draft } = plan;
  const [first] = members;
  if (first === undefined) return undefined;
  const { owner } = first.vpc;
  const others = plan.places.filter(
    ({ accountId, region }) => region === owner.region && accountId !== owner.accountId,
  );
  const gateway = addTransitGateway(draft, owner, { referencing: random.chance(60), sharedWith: others });
  const tables = Array.from({ length: 1 + random.below(2) }, () => reserveTransitTable(draft, gateway));
  const attached = members.map((own) => attach(plan, gateway, own, tables));
  for (const table of tables) {
    addTransitRoutes(draft, gateway, table, random.shuffle(routesOf(plan, attached)));
    const lists = plan.lists.filter(
      ({ place, cidrs }) => place.region === owner.region && place.accountId === owner.accountId && cidrs.length > 0,
    );
    if (lists.length > 0 && random.chance(20)) {
      const { id, cidrs } = random.pick(lists);
      addTransitPrefixListReference(draft, gateway, table, id, cidrs, random.pick(attached).attachment);
    }
  }
  if (random.chance(30)) {
    const { attachment, own } = random.pick(attached);
    const [protocol, ports] = random.pick([
      ['6', '443'],
      ['6', '1024-65535'],
      ['17', '0-1023'],
      ['1', '*'],
    ] as const);
    addPolicyTable(draft, gateway, attachment.id, [
      [20, protocol, random.pick([...own.vpc.cidrs, '0.0.0.0/0']), '0.0.0.0/0', ports, random.pick(tables)],
      [100, '6', '0.0.0.0/0', random.pick(random.pick(members).vpc.cidrs), '80', random.pick(tables)],
    ]);
  }
  return { gateway, tables, attached };
}

/** Transit gateways: one per Region, joined with each other. */
export function addTransit(plan: Plan): void {
  const { random, draft } = plan;
  if (plan.vpcs.length < 2 || !random.chance(65)) return;
  const regions = [...new Set(plan.vpcs.map(({ vpc }) => vpc.owner.region))];
  const gateways = regions.flatMap((region) => {
    const members = random.some(
      plan.vpcs.filter(({ vpc }) => vpc.owner.region === region),
      90,
    );
    const second = random.chance(15) ? addGateway(plan, random.some(members, 70)) : undefined;
    const first = addGateway(plan, members);
    return [first, second].flatMap((gateway) => gateway ?? []);
  });
  const [near, far] = gateways;
  if (near === undefined || far === undefined) return;
  const tableOf = (end: typeof near): string | undefined => (random.chance(95) ? random.pick(end.tables) : undefined);
  const peering = addTransitPeering(
    draft,
    { gateway: near.gateway, tableId: tableOf(near) },
    { gateway: far.gateway, tableId: tableOf(far) },
    random.chance(95) ? 'available' : 'deleted',
  );
  for (const [here, there] of [
    [near, far],
    [far, near],
  ] as const) {
    for (const table of here.tables) {
      for (const { own } of there.attached) {
        const local = here.attached.some((one) => one.own.vpc.cidrs.some((cidr) => own.vpc.cidrs.includes(cidr)));
        if (local || !random.chance(85)) continue;
        addTransitRoutes(
          draft,
          here.gateway,
          table,
          own.vpc.cidrs.map((to) => ({ to, via: peering })),
        );
      }
    }
  }
}
