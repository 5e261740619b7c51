import type { Subnet } from '../model/resources/subnet.ts';
import type { Snapshot } from '../model/snapshot/snapshot.ts';
import type { RouteEvidence } from '../model/verdict/evidence.ts';
import type { Missing } from '../model/verdict/verdict.ts';
import { subnetsOfVpc } from '../network/facts/resources-by-id.ts';
import { routeTableOfSubnet } from '../network/facts/vpc-tables.ts';
import { type CompiledRouteTable, selectRoutes } from '../network/filters/route-selection.ts';
import { type AddressSet, disjointAddresses, noAddresses, parseAddressSet } from '../network/sets/address-set.ts';
import { groupBy } from './group-by.ts';
import { routeDestinations } from './route-destinations.ts';

/** A route into a peering to which nothing answers, and the subnets that send by it. */
export interface OneWayRoute {
  readonly evidence: RouteEvidence;
  readonly subnetIds: readonly string[];
}

/**
 * The routes by which subnets of one VPC send into a peering, as far as none of the subnets that they lead to sends
 * anything back to them through it. Whether a subnet that should answer is left out on purpose cannot be told; that none
 * answers can.
 */
export function oneWayRoutes(
  snapshot: Snapshot,
  peeringId: string,
  fromVpcId: string,
  toVpcId: string,
): { readonly oneWay: readonly OneWayRoute[]; readonly missing: readonly Missing[] } {
  const senders = subnetsWithTables(snapshot, fromVpcId);
  const answering = subnetsWithTables(snapshot, toVpcId);
  const oneWay: OneWayRoute[] = [];
  const missing: Missing[] = [];
  for (const sharing of groupBy(senders, ({ table }) => table.routeTableId).values()) {
    const sources = sharing.map(({ addresses }) => addresses);
    for (const { evidence, route } of routesInto(sharing[0]?.table, peeringId)) {
      const destinations = routeDestinations(snapshot, route).value;
      if (destinations === undefined) continue;
      if (answering.length === 0) {
        missing.push({
          fact: `the subnets and route tables of ${toVpcId === '' ? 'the other VPC' : toVpcId}`,
          iamAction: 'ec2:DescribeRouteTables',
        });
        continue;
      }
      const reached = answering.filter(({ addresses }) => !disjointAddresses(addresses, destinations));
      const returned = reached.some(({ table }) => sources.some((source) => leadsInto(table, peeringId, source)));
      if (!returned) oneWay.push({ evidence, subnetIds: sharing.map(({ subnet }) => subnet.subnetId).sort() });
    }
  }
  return { oneWay, missing: missing.slice(0, 1) };
}

interface PlacedSubnet {
  readonly subnet: Subnet;
  readonly addresses: AddressSet;
  readonly table: CompiledRouteTable;
}

const subnetsWithTables = (snapshot: Snapshot, vpcId: string): readonly PlacedSubnet[] =>
  (subnetsOfVpc(snapshot).get(vpcId) ?? []).flatMap(({ resource: subnet }) => {
    const { value: table } = routeTableOfSubnet(snapshot, subnet);
    const blocks = [...(subnet.cidrBlock === undefined ? [] : [subnet.cidrBlock]), ...subnet.ipv6CidrBlocks];
    return table === undefined ? [] : [{ subnet, table, addresses: parseAddressSet(blocks).value ?? noAddresses }];
  });

/** The routes into a peering that win at least one destination. */
function routesInto(table: CompiledRouteTable | undefined, peeringId: string): readonly PeeringRoute[] {
  const found = new Map<string, PeeringRoute>();
  for (const { route } of [...(table?.ipv4 ?? []), ...(table?.ipv6 ?? [])]) {
    if (route.route.target.id === peeringId && route.route.state === 'active')
      found.set(route.evidence.destination, route);
  }
  return [...found.values()].sort((a, b) => (a.evidence.destination < b.evidence.destination ? -1 : 1));
}

type PeeringRoute = CompiledRouteTable['ipv4'][number]['route'];

/** Does the table send any of these addresses into the peering? */
const leadsInto = (table: CompiledRouteTable, peeringId: string, addresses: AddressSet): boolean =>
  ([4, 6] as const).some((family) =>
    selectRoutes(table, family, family === 4 ? addresses.ipv4 : addresses.ipv6).some(
      ({ route, destinations }) =>
        destinations.length > 0 && route?.route.target.id === peeringId && route.route.state === 'active',
    ),
  ) || table.unreadable.some(({ route }) => route.route.target.id === peeringId);
