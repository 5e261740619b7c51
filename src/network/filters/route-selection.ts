import type { Route, RouteTable, RouteTarget } from '../../model/resources/route-table.ts';
import type { RouteEvidence } from '../../model/verdict/evidence.ts';
import type { Missing } from '../../model/verdict/verdict.ts';
import type { Known } from '../known.ts';
import { type Cidr, parseCidr } from '../sets/cidr.ts';
import type { Bound, Intervals } from '../sets/intervals.ts';
import type { Family } from '../sets/ip-address.ts';
import { type Candidate, type Choice, partition, select, type Stretch } from './prefix-partition.ts';

/** A route in its table, with its evidence. */
export interface CompiledRoute {
  readonly route: Route;
  readonly evidence: RouteEvidence;
}

/** A route table as the partition of destinations that its routes amount to. */
export interface CompiledRouteTable {
  readonly routeTableId: string;
  readonly vpcId: string | undefined;
  readonly ipv4: readonly Stretch<CompiledRoute>[];
  readonly ipv6: readonly Stretch<CompiledRoute>[];
  /** Where its routes lead that NAT gateways, appliances and endpoints stand at: what may be a neighbour of the sender. */
  readonly targets: readonly RouteTarget[];
  /** Routes whose destinations are not known: anything that they might catch is doubtful. */
  readonly unreadable: readonly { readonly route: CompiledRoute; readonly missing: Missing }[];
}

/** What a table does with some destinations. */
export type RouteChoice = Choice<CompiledRoute>;

/**
 * At equal length: static routes first, then prefix lists, then what was propagated or advertised. Of several prefix lists
 * that hold the destination and lead to different targets, AWS picks one at random, once and for all (VPC guide, route
 * priority).
 */
function rankOf(route: Route): number {
  if (route.origin === 'EnableVgwRoutePropagation' || route.origin === 'Advertisement') return 2;
  return route.destinationPrefixListId === undefined ? 0 : 1;
}

const placed: ReadonlySet<string> = new Set(['nat-gateway', 'vpc-endpoint', 'network-interface', 'instance']);

/** Works out once which route wins for which destinations. Routes in state `filtered` are not installed. */
export function compileRouteTable(
  table: RouteTable,
  prefixList: (id: string) => Known<readonly Cidr[]>,
): CompiledRouteTable {
  const ipv4: Candidate<CompiledRoute>[] = [];
  const ipv6: Candidate<CompiledRoute>[] = [];
  const unreadable: { route: CompiledRoute; missing: Missing }[] = [];
  for (const route of table.routes) {
    if (route.state === 'filtered') continue;
    const compiled = { route, evidence: routeEvidence(table.routeTableId, route) };
    const blocks = destinationsOf(route, prefixList);
    if (blocks.missing !== undefined) {
      unreadable.push({ route: compiled, missing: blocks.missing });
      continue;
    }
    const rank = rankOf(route);
    const target = `${route.target.kind} ${route.target.id} ${route.state}`;
    for (const { family, prefixLength: length, addresses } of blocks.value) {
      const [from, to] = addresses as readonly [Bound, Bound];
      (family === 4 ? ipv4 : ipv6).push({ from, to, length, rank, route: compiled, target, unordered: rank === 1 });
    }
  }
  unreadable.sort((a, b) => (a.route.evidence.destination < b.route.evidence.destination ? -1 : 1));
  return {
    routeTableId: table.routeTableId,
    vpcId: table.vpcId,
    ipv4: partition(ipv4),
    ipv6: partition(ipv6),
    targets: table.routes.map(({ target }) => target).filter(({ kind }) => placed.has(kind)),
    unreadable,
  };
}

/** The blocks that a route is for. Each entry of a prefix list is a prefix of its own length. */
function destinationsOf(route: Route, prefixList: (id: string) => Known<readonly Cidr[]>): Known<readonly Cidr[]> {
  if (route.destinationPrefixListId !== undefined) return prefixList(route.destinationPrefixListId);
  const text = route.destinationCidrBlock ?? route.destinationIpv6CidrBlock;
  if (text === undefined) return { missing: { fact: 'a route without a destination' } };
  const cidr = parseCidr(text);
  return cidr.reason === undefined ? { value: [cidr.value] } : { missing: { fact: cidr.reason } };
}

/** Which route takes which of the given destinations, in ascending order; what no route takes comes last. */
export const selectRoutes = (
  table: CompiledRouteTable,
  family: Family,
  destinations: Intervals,
): readonly RouteChoice[] => select(family === 4 ? table.ipv4 : table.ipv6, destinations);

/** A route as evidence. */
export const routeEvidence = (routeTableId: string, route: Route): RouteEvidence => ({
  type: 'route',
  routeTableId,
  destination: route.destinationCidrBlock ?? route.destinationIpv6CidrBlock ?? route.destinationPrefixListId ?? '',
  target: route.target.id === '' ? 'unknown' : route.target.id,
  state: route.state,
});
