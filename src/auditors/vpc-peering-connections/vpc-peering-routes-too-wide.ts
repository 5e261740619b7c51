import type { RouteTable } from '../../model/resources/route-table.ts';
import type { VpcPeeringConnection } from '../../model/resources/vpc-peering-connection.ts';
import { resourcesOf } from '../../model/snapshot/collected.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import { nameOf } from '../../model/tag.ts';
import type { RouteEvidence } from '../../model/verdict/evidence.ts';
import type { Missing } from '../../model/verdict/verdict.ts';
import { routeEvidence } from '../../network/filters/route-selection.ts';
import {
  addressesWithin,
  disjointAddresses,
  parseAddressSet,
  uniteAllAddresses,
} from '../../network/sets/address-set.ts';
import type { Check } from '../check.ts';
import { peering, route, routeTable } from '../examples.ts';
import { farSideOf } from '../peering-sides.ts';
import { relatedChecks } from '../related-checks.ts';
import { routeDestinations } from '../route-destinations.ts';
import { type PrefixListKind, prefixListKinds } from '../rule-kinds.ts';

const through = { VpcPeeringConnectionId: 'pcx-0a1' };

const check: Check<'routeTables' | 'vpcPeeringConnections', 'vpcs' | 'subnets' | PrefixListKind> = {
  id: 'vpc-peering-routes-too-wide',
  title: 'Route through a peering connection leads to all of the other VPC',
  severity: 'low',
  rationale:
    'A route for the whole of the peer makes every address there reachable as far as security groups let it, now and ' +
    'whenever something is added. A compromised host on one side can probe all of the other.',
  remediation:
    'Route only the subnets that have to talk, on both sides, and leave the rest without a route. All blocks of the peer ' +
    'count, the secondary and the IPv6 ones as well.',
  references: ['https://docs.aws.amazon.com/vpc/latest/peering/peering-configurations-partial-access.html'],
  relatedChecks: relatedChecks({
    prowler: ['vpc_peering_routing_tables_with_least_privilege'],
    scoutsuite: ['vpc-routing-tables-with-peering'],
    steampipe: ['vpc_peering_connection_route_table_least_privilege'],
  }),
  judges: 'routeTables',
  needs: ['routeTables', 'vpcPeeringConnections'],
  uses: ['vpcs', 'subnets', ...prefixListKinds],
  examples: {
    fails: [
      {
        title: 'the block of the peer as a whole is routed',
        resources: { routeTables: [routeTable([route('10.1.0.0/16', through)])], vpcPeeringConnections: [peering()] },
      },
    ],
    passes: [
      {
        title: 'one subnet of the peer is routed',
        resources: { routeTables: [routeTable([route('10.1.3.0/24', through)])], vpcPeeringConnections: [peering()] },
      },
    ],
  },
  *evaluate({ routeTables, vpcPeeringConnections, subnets }, { snapshot }) {
    const peerings = new Map<string, VpcPeeringConnection>(
      vpcPeeringConnections.map((own) => [own.vpcPeeringConnectionId, own]),
    );
    const subnetBlocks = new Set(
      (resourcesOf(subnets) ?? []).flatMap(({ vpcId, cidrBlock, ipv6CidrBlocks }) =>
        [cidrBlock, ...ipv6CidrBlocks].map((block) => `${vpcId} ${block}`),
      ),
    );
    for (const table of routeTables) {
      const { routeTableId, vpcId } = table;
      const resource = { type: 'route-table', id: routeTableId, vpcId, name: nameOf(table) } as const;
      const used = new Set(table.routes.filter(isOpen).map(({ target }) => target.id));
      let judged = false;
      for (const peeringId of [...used].sort()) {
        const found = peerings.get(peeringId);
        const peer = found === undefined ? undefined : farSideOf(snapshot, found, vpcId ?? '');
        const blocks = (peer?.blocks ?? []).filter((block) => !subnetBlocks.has(`${peer?.vpcId} ${block}`));
        const { routes, beyond, missing } = wideRoutes(snapshot, table, peeringId, blocks, peer?.blocks ?? []);
        const [first, ...rest] = routes;
        if (first !== undefined) {
          judged = true;
          yield {
            outcome: 'fail',
            resource,
            title: beyond
              ? `the route covers more than ${peer?.vpcId ?? 'the peer'}`
              : `all of ${peer?.vpcId ?? 'the peer'} is routed`,
            severity: beyond ? 'medium' : 'low',
            evidence: [first, ...rest],
            fix: { summary: 'Replace the route by routes to the subnets of the peer that have to be reached.' },
          };
        } else if (peer === undefined || peer.blocks.length === 0 || missing.length > 0) {
          judged = true;
          const unread = { fact: `the address blocks behind ${peeringId}`, iamAction: 'ec2:DescribeVpcs' };
          yield { outcome: 'unknown', resource, missing: missing.length > 0 ? missing : [unread] };
        }
      }
      if (!judged) yield { outcome: 'pass', resource };
    }
  },
};

const isOpen = ({ target, state }: RouteTable['routes'][number]): boolean =>
  target.kind === 'vpc-peering-connection' && state === 'active';

/** The routes of a table into one peering that together hold a whole block of the peer. */
function wideRoutes(
  snapshot: Snapshot,
  table: RouteTable,
  peeringId: string,
  blocks: readonly string[],
  all: readonly string[],
): { readonly routes: readonly RouteEvidence[]; readonly beyond: boolean; readonly missing: readonly Missing[] } {
  const read = table.routes
    .filter((own) => isOpen(own) && own.target.id === peeringId)
    .map((own) => ({
      evidence: routeEvidence(table.routeTableId, own),
      destinations: routeDestinations(snapshot, own),
    }));
  const known = read.flatMap(({ evidence, destinations: { value } }) =>
    value === undefined ? [] : [{ evidence, value }],
  );
  const united = uniteAllAddresses(known.map(({ value }) => value));
  const whole = blocks
    .flatMap((block) => parseAddressSet([block]).value ?? [])
    .filter((set) => addressesWithin(set, united));
  const peer = parseAddressSet(all).value;
  const wide = known
    .filter(({ value }) => whole.some((set) => !disjointAddresses(set, value)))
    .sort((a, b) => (a.evidence.destination < b.evidence.destination ? -1 : 1));
  return {
    routes: wide.map(({ evidence }) => evidence),
    beyond: peer !== undefined && wide.some(({ value }) => !addressesWithin(value, peer)),
    missing: read.flatMap(({ destinations }) => destinations.missing ?? []),
  };
}

export default check;
