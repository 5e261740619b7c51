import type { VpcPeeringConnection } from '../../model/resources/vpc-peering-connection.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import { nameOf } from '../../model/tag.ts';
import type { Check } from '../check.ts';
import { peering, route, routeTable, subnet } from '../examples.ts';
import { oneWayRoutes } from '../peering-returns.ts';
import { sidesOf, unreadSide } from '../peering-sides.ts';
import { type PrefixListKind, prefixListKinds } from '../rule-kinds.ts';

const through = { VpcPeeringConnectionId: 'pcx-0a1' };
const here = routeTable([route('10.1.0.0/16', through)]);
const there = { RouteTableId: 'rtb-0a2', VpcId: 'vpc-0a2', Associations: [{ Main: true }] };
const subnets = [subnet(), subnet({ SubnetId: 'subnet-0a2', VpcId: 'vpc-0a2', CidrBlock: '10.1.3.0/24' })];

const check: Check<'vpcPeeringConnections' | 'routeTables' | 'subnets', PrefixListKind> = {
  id: 'vpc-peering-return-route-missing',
  title: 'Peering connection is routed in one direction only',
  severity: 'medium',
  rationale:
    'Packets go through the peering and no answer ever comes back, for no subnet that the route leads to has a route to ' +
    'where they came from. Clients hang instead of failing, and the half-open path shows up the day somebody adds the ' +
    'missing route for another reason.',
  remediation:
    'Add the route back in the tables of the subnets that are meant to answer, or delete the one that leads to nowhere.',
  references: ['https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-routing.html'],
  relatedChecks: [],
  judges: 'vpcPeeringConnections',
  needs: ['vpcPeeringConnections', 'routeTables', 'subnets'],
  uses: prefixListKinds,
  failsOnAbsence: true,
  examples: {
    fails: [
      {
        title: 'one VPC routes the other, which routes nothing back',
        resources: { vpcPeeringConnections: [peering()], subnets, routeTables: [here, routeTable([], there)] },
      },
    ],
    passes: [
      {
        title: 'the subnet that is reached has a route back',
        resources: {
          vpcPeeringConnections: [peering()],
          subnets,
          routeTables: [here, routeTable([route('10.0.1.0/24', through)], there)],
        },
      },
    ],
  },
  *evaluate({ vpcPeeringConnections }, { snapshot }) {
    for (const own of vpcPeeringConnections) {
      const resource = { type: 'vpc-peering-connection', id: own.vpcPeeringConnectionId, name: nameOf(own) } as const;
      if (own.statusCode !== 'active') {
        yield { outcome: 'not-applicable', resource, reason: `its state is ${own.statusCode ?? 'unknown'}` };
        continue;
      }
      const directions = bothWays(snapshot, own);
      const missing = directions.flatMap((direction) => direction.missing);
      const found = directions.flatMap(({ oneWay }) => oneWay);
      for (const { evidence, subnetIds } of found) {
        yield {
          outcome: 'fail',
          resource,
          title: `${evidence.destination} is routed from ${evidence.routeTableId} and no subnet there routes back`,
          evidence: [evidence],
          fix: {
            summary: `Route ${subnetIds.join(', ')} through the peering in the tables of ${evidence.destination}.`,
          },
        };
      }
      if (missing.length > 0) yield { outcome: 'unknown', resource, missing };
      else if (found.length === 0) yield { outcome: 'pass', resource };
    }
  },
};

type Direction = ReturnType<typeof oneWayRoutes>;

function bothWays(snapshot: Snapshot, own: VpcPeeringConnection): readonly Direction[] {
  const sides = sidesOf(snapshot, own);
  const [unread] = sides.flatMap((side) => unreadSide(snapshot, side) ?? []);
  if (unread !== undefined) return [{ oneWay: [], missing: [unread] }];
  const [requester, accepter] = sides;
  const [one, other] = [requester?.vpcId ?? '', accepter?.vpcId ?? ''];
  return [
    oneWayRoutes(snapshot, own.vpcPeeringConnectionId, one, other),
    oneWayRoutes(snapshot, own.vpcPeeringConnectionId, other, one),
  ];
}

export default check;
