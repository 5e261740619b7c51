import type { Route } from '../../model/resources/route-table.ts';
import { nameOf } from '../../model/tag.ts';
import { routeEvidence } from '../../network/filters/route-selection.ts';
import { addressesWithin, sameAddresses } from '../../network/sets/address-set.ts';
import type { Check } from '../check.ts';
import { route, routeTable } from '../examples.ts';
import { spansInternet } from '../internet-share.ts';
import { routeDestinations } from '../route-destinations.ts';
import { type PrefixListKind, prefixListKinds } from '../rule-kinds.ts';

const learned = (destination: string): Readonly<Record<string, unknown>> => ({
  ...route(destination, { GatewayId: 'vgw-0a1' }),
  Origin: 'EnableVgwRoutePropagation',
});
const firewall = { NetworkInterfaceId: 'eni-0a9' };

/** What inspects traffic stands behind such targets; a route past it matters more. */
const inspecting: ReadonlySet<Route['target']['kind']> = new Set(['network-interface', 'instance', 'vpc-endpoint']);

const check: Check<'routeTables', PrefixListKind> = {
  id: 'route-propagated-shadows-static',
  title: 'Propagated route takes part of what a static route is for',
  severity: 'low',
  rationale:
    'The more specific route wins, whoever made it. What a router on the far side of a VPN or Direct Connect line ' +
    'announces diverts traffic from the way that was chosen here, past a firewall perhaps, without any change in the ' +
    'account.',
  remediation:
    'Filter what the gateway learns, announce the aggregate only, or write a static route for the part that was taken: at ' +
    'equal length the static one wins.',
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html'],
  relatedChecks: [],
  judges: 'routeTables',
  needs: ['routeTables'],
  uses: prefixListKinds,
  examples: {
    fails: [
      {
        title: 'a part of the network behind the firewall is learned from a VPN',
        resources: { routeTables: [routeTable([route('172.16.0.0/16', firewall), learned('172.16.7.0/24')])] },
      },
    ],
    passes: [
      {
        title: 'the VPN announces the same network, and a network of its own below the default route',
        resources: {
          routeTables: [
            routeTable([
              route('172.16.0.0/16', firewall),
              learned('172.16.0.0/16'),
              route('0.0.0.0/0', { NatGatewayId: 'nat-0a1' }),
              learned('192.168.0.0/16'),
            ]),
          ],
        },
      },
    ],
  },
  *evaluate({ routeTables }, { snapshot }) {
    for (const table of routeTables) {
      const { routeTableId, vpcId } = table;
      const resource = { type: 'route-table', id: routeTableId, vpcId, name: nameOf(table) } as const;
      const active = table.routes.filter(({ state }) => state === 'active');
      const propagated = active.filter(({ origin }) => origin === 'EnableVgwRoutePropagation');
      const chosen = active.filter(({ origin, target }) => origin === 'CreateRoute' && target.kind !== 'local');
      let shadowed = 0;
      for (const taker of propagated) {
        const taken = routeDestinations(snapshot, taker).value;
        for (const loser of chosen) {
          const meant = routeDestinations(snapshot, loser).value;
          if (taken === undefined || meant === undefined || loser.target.id === taker.target.id) continue;
          if (!addressesWithin(taken, meant) || sameAddresses(taken, meant) || spansInternet(meant)) continue;
          shadowed += 1;
          const [lost, won] = [routeEvidence(routeTableId, loser), routeEvidence(routeTableId, taker)];
          yield {
            outcome: 'fail',
            resource,
            title: `${won.destination}, learned from ${won.target}, goes past the route of ${lost.destination} to ${lost.target}`,
            severity: inspecting.has(loser.target.kind) ? 'medium' : 'low',
            evidence: [won, lost],
            fix: {
              summary: `Write a static route for ${won.destination} to ${lost.target}, or stop the announcement.`,
            },
          };
        }
      }
      if (shadowed === 0) yield { outcome: 'pass', resource };
    }
  },
};

export default check;
