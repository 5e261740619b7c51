import { type Draft, listIn } from '../draft.ts';
import { destinationOf } from '../route-table.ts';
import type { Item } from '../state.ts';

/** The routes that a table takes over from the virtual private gateways that it lists (VPC guide, route propagation). */
export function vpnRoutes(draft: Draft): void {
  for (const region of draft.regions) {
    const connections = listIn(region, 'ec2.DescribeVpnConnections');
    for (const table of listIn(region, 'ec2.DescribeRouteTables')) {
      const routes = table['Routes'] as Item[];
      for (const { GatewayId: gateway } of table['PropagatingVgws'] as Item[]) {
        const learned = connections
          .filter((connection) => connection['VpnGatewayId'] === gateway)
          .flatMap((connection) => draft.estate.learned.get(connection['VpnConnectionId'] as string) ?? []);
        for (const cidr of [...new Set(learned)].sort()) {
          const destination = destinationOf(cidr);
          // A route that somebody made for the same destination hides the propagated one
          if (routes.some((route) => matches(route, destination))) continue;
          routes.push({ ...destination, GatewayId: gateway, Origin: 'EnableVgwRoutePropagation', State: 'active' });
        }
      }
    }
  }
}

const matches = (route: Item, destination: Item): boolean =>
  Object.entries(destination).every(([member, value]) => route[member] === value);
