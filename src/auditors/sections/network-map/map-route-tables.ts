import type { Route, RouteTable } from '../../../model/resources/route-table.ts';
import type { Snapshot } from '../../../model/snapshot/snapshot.ts';
import { nameOf } from '../../../model/tag.ts';
import type { MapRouteTable, MapRouteTarget } from '../../../model/verdict/network-map.ts';
import { compareText } from '../../../network/facts/inventory.ts';
import { routeEvidence } from '../../../network/filters/route-selection.ts';
import { groupBy } from '../../group-by.ts';
import { routeTablesIn } from '../../vpc-inventory.ts';

/** So many destinations of one target are named; the number of routes counts all. */
const mostNamed = 5;

/** The route tables of a VPC with the subnets that use each, also by being nobody else's. */
export function mapRouteTables(
  snapshot: Snapshot,
  vpcId: string,
  subnets: readonly { readonly subnetId: string; readonly routeTableId?: string }[],
): readonly MapRouteTable[] {
  const users = groupBy(subnets, ({ routeTableId = '' }) => routeTableId);
  return (routeTablesIn(snapshot).get(vpcId) ?? []).map((table) => {
    const name = nameOf(table);
    return {
      routeTableId: table.routeTableId,
      ...(name === undefined ? {} : { name }),
      isMain: table.associations.some(({ main }) => main),
      subnetIds: (users.get(table.routeTableId) ?? []).map(({ subnetId }) => subnetId),
      targets: targetsOf(table),
    };
  });
}

function targetsOf({ routeTableId, routes }: RouteTable): readonly MapRouteTarget[] {
  const byTarget = groupBy(routes, ({ target, state }) => `${target.kind} ${target.id} ${state}`);
  return [...byTarget]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([, group]) => {
      const [first] = group;
      if (first === undefined) return [];
      const destinations = group
        .map((route: Route) => routeEvidence(routeTableId, route).destination)
        .sort(compareText);
      const { kind, id } = first.target;
      return [{ kind, id, state: first.state, routes: group.length, destinations: destinations.slice(0, mostNamed) }];
    });
}
