import type { Route, RouteTable } from '../../model/resources/route-table.ts';
import type { RouteEvidence } from '../../model/verdict/evidence.ts';
import type { Missing } from '../../model/verdict/verdict.ts';
import type { Known } from '../known.ts';
import { type Cidr, parseCidr } from '../sets/cidr.ts';
import {
  type Bound,
  intersectIntervals,
  type Intervals,
  subtractIntervals,
  uniteIntervals,
} from '../sets/intervals.ts';
import type { Family } from '../sets/ip-address.ts';

/** A route in the table, with its evidence. */
export interface CompiledRoute {
  readonly route: Route;
  readonly evidence: RouteEvidence;
}

/** A stretch of destinations that one route wins. */
export interface RouteStretch {
  readonly from: Bound;
  /** Exclusive. */
  readonly to: Bound;
  readonly route: CompiledRoute;
  /** Another prefix-list route of the same length with another target: AWS picks one, and does not say which. */
  readonly rival?: CompiledRoute;
}

/** A route table as the partition of destinations that its routes amount to. */
export interface CompiledRouteTable {
  readonly routeTableId: string;
  readonly vpcId: string | undefined;
  readonly ipv4: readonly RouteStretch[];
  readonly ipv6: readonly RouteStretch[];
  /** Routes that could not be placed: anything they might catch is doubtful. */
  readonly unreadable: readonly { readonly route: CompiledRoute; readonly missing: Missing }[];
}

/** What a table does with some destinations. */
export interface RouteChoice {
  /** The destinations that fall to this choice. */
  readonly destinations: Intervals;
  /** Absent where no route matches. */
  readonly route: CompiledRoute | undefined;
  readonly rival?: CompiledRoute;
}

interface Candidate {
  readonly from: Bound;
  readonly to: Bound;
  readonly length: number;
  readonly rank: number;
  readonly route: CompiledRoute;
}

/**
 * At equal length: static routes first, then prefix lists, then what was propagated or advertised (VPC guide, route
 * priority). Routes in state `filtered` are not installed.
 */
function rankOf(route: Route): number {
  if (route.origin === 'EnableVgwRoutePropagation' || route.origin === 'Advertisement') return 2;
  return route.destinationPrefixListId === undefined ? 0 : 1;
}

/** Works out once which route wins for which destinations. */
export function compileRouteTable(
  table: RouteTable,
  prefixList: (id: string) => Known<AddressSet>,
): CompiledRouteTable {
  const ipv4: Candidate[] = [];
  const ipv6: Candidate[] = [];
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
    for (const { family, prefixLength: length, addresses } of blocks.value) {
      const [from, to] = addresses as readonly [Bound, Bound];
      (family === 4 ? ipv4 : ipv6).push({ from, to, length, rank, route: compiled });
    }
  }
  return {
    routeTableId: table.routeTableId,
    vpcId: table.vpcId,
    ipv4: stretches(ipv4),
    ipv6: stretches(ipv6),
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

/** Longest prefix, then rank. Blocks nest or are disjoint, so painting from the shortest to the longest is exact. */
function stretches(candidates: readonly Candidate[]): readonly RouteStretch[] {
  const best = new Map<string, Candidate & { rival?: CompiledRoute }>();
  for (const candidate of candidates) {
    const key = `${candidate.from}/${candidate.length}`;
    const known = best.get(key);
    if (known === undefined || candidate.rank < known.rank) best.set(key, candidate);
    else if (candidate.rank === known.rank && targetKey(candidate.route) !== targetKey(known.route)) {
      const [first, second] = [known.route, candidate.route].sort((a, b) => (targetKey(a) < targetKey(b) ? -1 : 1));
      best.set(key, { ...candidate, route: first as CompiledRoute, rival: second as CompiledRoute });
    }
  }
  const sorted = [...best.values()].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.length - b.length));
  const out: RouteStretch[] = [];
  const open: (Candidate & { rival?: CompiledRoute })[] = [];
  let at: Bound | undefined;
  const emit = (until: Bound): void => {
    const top = open[open.length - 1];
    if (top === undefined || at === undefined || at >= until) return;
    out.push({ from: at, to: until, route: top.route, ...(top.rival === undefined ? {} : { rival: top.rival }) });
  };
  const closeUntil = (until: Bound | undefined): void => {
    let top = open[open.length - 1];
    while (top !== undefined) {
      if (until !== undefined && top.to > until) return;
      emit(top.to);
      at = top.to;
      open.pop();
      top = open[open.length - 1];
    }
  };
  for (const candidate of sorted) {
    closeUntil(candidate.from);
    emit(candidate.from);
    at = candidate.from;
    open.push(candidate);
  }
  closeUntil(undefined);
  return out;
}

const targetKey = ({ route }: CompiledRoute): string => `${route.target.kind} ${route.target.id} ${route.state}`;

/** Which route takes which of the given destinations, in ascending order; the last choice may be "none". */
export function selectRoutes(
  table: CompiledRouteTable,
  family: Family,
  destinations: Intervals,
): readonly RouteChoice[] {
  const partition = family === 4 ? table.ipv4 : table.ipv6;
  const first = destinations[0];
  const last = destinations[destinations.length - 1];
  if (first === undefined || last === undefined) return [];
  const choices = new Map<CompiledRoute, { destinations: Intervals; rival: CompiledRoute | undefined }>();
  let rest: Intervals = destinations;
  for (let i = firstStretchEndingAfter(partition, first); i < partition.length; i++) {
    const stretch = partition[i] as RouteStretch;
    if (stretch.from >= last) break;
    const taken = intersectIntervals(destinations, [stretch.from, stretch.to]);
    if (taken.length === 0) continue;
    const known = choices.get(stretch.route);
    choices.set(stretch.route, {
      destinations: known === undefined ? taken : uniteIntervals(known.destinations, taken),
      rival: stretch.rival ?? known?.rival,
    });
    rest = subtractIntervals(rest, taken);
  }
  const out: RouteChoice[] = [...choices].map(([route, choice]) => ({
    route,
    destinations: choice.destinations,
    ...(choice.rival === undefined ? {} : { rival: choice.rival }),
  }));
  if (rest.length > 0) out.push({ route: undefined, destinations: rest });
  return out;
}

function firstStretchEndingAfter(partition: readonly RouteStretch[], at: Bound): number {
  let low = 0;
  let high = partition.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((partition[middle] as RouteStretch).to <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

const routeEvidence = (routeTableId: string, route: Route): RouteEvidence => ({
  type: 'route',
  routeTableId,
  destination: route.destinationCidrBlock ?? route.destinationIpv6CidrBlock ?? route.destinationPrefixListId ?? '',
  target: route.target.id === '' ? 'unknown' : route.target.id,
  state: route.state,
});
