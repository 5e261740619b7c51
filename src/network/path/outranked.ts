import { routeTableById } from '../facts/resources-by-id.ts';
import { routeEvidence } from '../filters/route-selection.ts';
import type { RouteTable, Route } from '../../model/resources/route-table.ts';
import { parseCidr } from '../sets/cidr.ts';
import { disjointIntervals, type Intervals, intervalsWithin } from '../sets/intervals.ts';
import { chainItems, type Flow, type Reason } from './flow.ts';

/** A route that was taken, and one of the same table that would have taken the packets elsewhere. */
interface Outranked {
  readonly table: RouteTable;
  readonly taken: Route;
  readonly other: Route;
}

/** Why packets did not go to a target although their first route table has a route to it. */
export function outrankedRoute(flow: Flow, targets: readonly string[]): Reason | undefined {
  const rule = chainItems(flow.trail)
    .map((step) => step.rules?.[0])
    .find((one) => one?.type === 'route');
  if (rule?.type !== 'route') return undefined;
  const table = routeTableById(flow.journey.snapshot).get(rule.routeTableId)?.resource;
  const taken = table?.routes.find(
    (route) => destinationOf(route) === rule.destination && route.target.id === rule.target,
  );
  const other = table?.routes.find((route) => targets.includes(route.target.id) && route.state === 'active');
  return table === undefined || taken === undefined || other === undefined
    ? undefined
    : reasonOf({ table, taken, other });
}

/** The route that would take the packets if the blackhole, being more specific, did not drop them. */
export function behindBlackhole(flow: Flow, routeTableId: string, blackhole: Route): Reason | undefined {
  const table = routeTableById(flow.journey.snapshot).get(routeTableId)?.resource;
  const own = blockOf(blackhole);
  if (table === undefined || own === undefined) return undefined;
  const wider = table.routes
    .filter((route) => route.state === 'active' && route.target.kind !== 'local')
    .map((route) => ({ route, block: blockOf(route) }))
    .filter(
      ({ block }) =>
        block !== undefined && block.length < own.length && intervalsWithin(own.addresses, block.addresses),
    )
    .sort((a, b) => (b.block?.length ?? 0) - (a.block?.length ?? 0))[0];
  return wider === undefined ? undefined : reasonOf({ table, taken: blackhole, other: wider.route });
}

function reasonOf({ table, taken, other }: Outranked): Reason | undefined {
  const [own, its] = [blockOf(taken), blockOf(other)];
  if (own !== undefined && its !== undefined && disjointIntervals(own.addresses, its.addresses)) return undefined;
  const longer = own === undefined || its === undefined ? undefined : own.length > its.length;
  const { routeTableId } = table;
  return {
    explanationCode: longer === true ? 'MORE_SPECIFIC_ROUTE' : 'HIGHER_PRIORITY_ROUTE',
    component: { id: routeTableId, type: 'route-table' },
    rule: routeEvidence(routeTableId, taken),
    missingComponent: { id: other.target.id, type: 'other' },
    text: `${destinationOf(taken)} → ${taken.target.id} of ${routeTableId} ${longer === true ? 'is more specific than' : 'comes before'} ${destinationOf(other)} → ${other.target.id}.`,
  };
}

const destinationOf = ({ destinationCidrBlock, destinationIpv6CidrBlock, destinationPrefixListId }: Route): string =>
  destinationCidrBlock ?? destinationIpv6CidrBlock ?? destinationPrefixListId ?? '';

function blockOf(route: Route): { readonly length: number; readonly addresses: Intervals } | undefined {
  const cidr = parseCidr(destinationOf(route)).value;
  return cidr === undefined ? undefined : { length: cidr.prefixLength, addresses: cidr.addresses };
}
