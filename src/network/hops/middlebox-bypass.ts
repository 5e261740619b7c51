import { edgeRouteTable } from '../facts/vpc-tables.ts';
import { selectRoutes } from '../filters/route-selection.ts';
import { doubted, type Flow } from '../path/flow.ts';
import { addressesSeen, familiesOf, restricted } from '../path/step.ts';

/**
 * A gateway route table sends what comes in for a subnet through a middlebox, and the subnet's replies go to the gateway
 * around it: the middlebox sees one direction alone. Reachability Analyzer takes that for blocked
 * (INGRESS_RTB_TRAFFIC_REDIRECTION); it depends on the middlebox, so here it is open.
 */
export function mayNotBypass(flow: Flow, internetGatewayId: string): Flow {
  if (flow.direction === 'forward') return flow;
  const table = edgeRouteTable(flow.journey.snapshot, internetGatewayId);
  if (table === undefined) return flow;
  let next = flow;
  for (const family of familiesOf(flow)) {
    for (const { route, destinations } of selectRoutes(table, family, addressesSeen(flow, 'sources', family))) {
      const target = route?.route.target;
      if (target === undefined || (target.kind !== 'vpc-endpoint' && target.kind !== 'network-interface')) continue;
      if (wentThrough(flow, target.id)) continue;
      const part = restricted(next, 'sources', family, destinations);
      if (part === undefined) continue;
      const component = { id: table.routeTableId, type: 'route-table' as const };
      const text = `${table.routeTableId} of ${internetGatewayId} sends what comes in through ${target.id}, and the reply goes around it: a stateful middlebox drops the connection.`;
      next = doubted(
        next,
        {
          explanationCode: 'INGRESS_RTB_TRAFFIC_REDIRECTION',
          component,
          ...(route === undefined ? {} : { rule: route.evidence }),
          missingComponent: { id: target.id, type: target.kind },
          text,
        },
        [{ fact: `whether ${target.id} passes connections of which it sees one direction` }],
        part === next ? next.asked : part.asked,
      );
    }
  }
  return next;
}

function wentThrough(flow: Flow, id: string): boolean {
  for (let at = flow.trail; at !== undefined; at = at.before) if (at.last.component.id === id) return true;
  return false;
}
