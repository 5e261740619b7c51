import type { RouteTarget } from '../model/resources/route-table.ts';
import type { Subnet } from '../model/resources/subnet.ts';
import type { Snapshot } from '../model/snapshot/snapshot.ts';
import type { RouteEvidence } from '../model/verdict/evidence.ts';
import type { Missing } from '../model/verdict/verdict.ts';
import { internetAddresses } from '../network/facts/special-addresses.ts';
import { routeTableOfSubnet } from '../network/facts/vpc-tables.ts';
import { type CompiledRouteTable, selectRoutes } from '../network/filters/route-selection.ts';
import { type AddressSet, noAddresses, uniteAllAddresses } from '../network/sets/address-set.ts';
import type { Intervals } from '../network/sets/intervals.ts';
import type { Family } from '../network/sets/ip-address.ts';
import { spansInternet } from './internet-share.ts';

/** Addresses of one family as a set of both. */
const ofFamily = (family: Family, addresses: Intervals): AddressSet =>
  family === 4
    ? { ...noAddresses, ipv4: addresses as Intervals<number> }
    : { ...noAddresses, ipv6: addresses as Intervals<bigint> };

/**
 * The routes by which a table sends the internet to an internet gateway: active ones, taken together, and only where they
 * span it. A route for one network is no internet route, and neither are a NAT or an egress-only gateway.
 */
export function internetRoutes(
  table: CompiledRouteTable,
  family: Family,
): { readonly routes: readonly RouteEvidence[]; readonly missing: readonly Missing[] } {
  const choices = selectRoutes(table, family, family === 4 ? internetAddresses.ipv4 : internetAddresses.ipv6).filter(
    ({ route }) => route?.route.target.kind === 'internet-gateway' && route.route.state === 'active',
  );
  const sent = uniteAllAddresses(choices.map(({ destinations }) => ofFamily(family, destinations)));
  const routes = choices.flatMap(({ route }) => (route === undefined ? [] : [route.evidence]));
  return {
    routes: spansInternet(sent)
      ? routes.sort((a, b) => (a.destination < b.destination ? -1 : a.destination > b.destination ? 1 : 0))
      : [],
    missing: table.unreadable
      .filter(({ route }) => route.route.target.kind === 'internet-gateway')
      .map(({ missing }) => missing),
  };
}

/** The active route that takes most of the IPv4 internet, whatever it leads to: how a private subnet gets out. */
export function wayToInternet(
  table: CompiledRouteTable,
): { readonly kind: RouteTarget['kind']; readonly evidence: RouteEvidence } | undefined {
  for (const { route, destinations } of selectRoutes(table, 4, internetAddresses.ipv4)) {
    if (route?.route.state !== 'active' || !spansInternet(ofFamily(4, destinations))) continue;
    return { kind: route.route.target.kind, evidence: route.evidence };
  }
  return undefined;
}

/** The private subnets that use one route table. */
export interface PrivateSubnets {
  readonly table: CompiledRouteTable;
  readonly subnetIds: string[];
  /** Why it is not known whether the table is private. */
  readonly missing: readonly Missing[];
}

/** The subnets from which no internet gateway is routed for IPv4, by the table in force. */
export function privateSubnetsByTable(
  subnets: readonly Subnet[],
  snapshot: Snapshot,
): ReadonlyMap<string, PrivateSubnets> {
  const byTable = new Map<string, PrivateSubnets>();
  for (const subnet of subnets) {
    const { value: table } = routeTableOfSubnet(snapshot, subnet);
    if (table === undefined) continue;
    let entry = byTable.get(table.routeTableId);
    if (entry === undefined) {
      const { routes, missing } = internetRoutes(table, 4);
      if (routes.length > 0) continue;
      entry = { table, subnetIds: [], missing };
      byTable.set(table.routeTableId, entry);
    }
    if (entry.missing.length === 0) entry.subnetIds.push(subnet.subnetId);
  }
  return byTable;
}
