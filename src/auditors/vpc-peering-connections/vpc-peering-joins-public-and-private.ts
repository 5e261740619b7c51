import type { Subnet } from '../../model/resources/subnet.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import { nameOf } from '../../model/tag.ts';
import type { RouteEvidence } from '../../model/verdict/evidence.ts';
import type { Missing } from '../../model/verdict/verdict.ts';
import { routeTableById, subnetsOfVpc } from '../../network/facts/resources-by-id.ts';
import { routeTableOfSubnet } from '../../network/facts/vpc-tables.ts';
import { routeEvidence } from '../../network/filters/route-selection.ts';
import { type AddressSet, disjointAddresses, noAddresses, parseAddressSet } from '../../network/sets/address-set.ts';
import type { Check } from '../check.ts';
import { peering, route, routeTable, subnet } from '../examples.ts';
import { internetRoutes } from '../internet-routes.ts';
import { sidesOf } from '../peering-sides.ts';
import { relatedChecks } from '../related-checks.ts';
import { routeDestinations } from '../route-destinations.ts';
import { deleteRoute } from '../route-fix.ts';
import { type PrefixListKind, prefixListKinds } from '../rule-kinds.ts';
import { takingPart } from '../taking-part.ts';

const far = subnet({ SubnetId: 'subnet-0b1', VpcId: 'vpc-0a2', CidrBlock: '10.1.1.0/24' });
const near = (internet: Readonly<Record<string, unknown>>, to: string): Readonly<Record<string, unknown>> =>
  routeTable([route('0.0.0.0/0', internet), route(to, { VpcPeeringConnectionId: 'pcx-0a1' })]);
const farTable = routeTable([route('10.0.0.0/16', { VpcPeeringConnectionId: 'pcx-0a1' })], {
  RouteTableId: 'rtb-0b1',
  VpcId: 'vpc-0a2',
  Associations: [{ RouteTableAssociationId: 'rtbassoc-0b1', Main: false, SubnetId: 'subnet-0b1' }],
});

const check: Check<'vpcPeeringConnections' | 'subnets' | 'routeTables', PrefixListKind> = {
  id: 'vpc-peering-joins-public-and-private',
  title: 'Peering leads from public subnets of one VPC to private ones of the other',
  severity: 'low',
  rationale:
    'Whoever takes a host that faces the internet in one VPC stands before hosts of the other that were placed where the ' +
    'internet does not get to. Only network ACLs and security groups are between them then.',
  remediation:
    'Route the peering from the private subnets that need it, and leave it out of the tables of public subnets; put what ' +
    'public hosts have to call behind an endpoint service.',
  references: ['https://docs.aws.amazon.com/vpc/latest/peering/peering-configurations-partial-access.html'],
  relatedChecks: relatedChecks({ cloudsploit: ['crossVpcPublicPrivate'] }),
  judges: 'vpcPeeringConnections',
  needs: ['vpcPeeringConnections', 'subnets', 'routeTables'],
  uses: prefixListKinds,
  examples: {
    fails: [
      {
        title: 'a public subnet has a route to a private one',
        resources: {
          vpcPeeringConnections: [peering()],
          subnets: [subnet(), far],
          routeTables: [near({ GatewayId: 'igw-0a1' }, '10.1.0.0/16'), farTable],
        },
      },
    ],
    passes: [
      {
        title: 'both are private: a NAT gateway makes no subnet public',
        resources: {
          vpcPeeringConnections: [peering()],
          subnets: [subnet(), far],
          routeTables: [near({ NatGatewayId: 'nat-0a1' }, '10.1.0.0/16'), farTable],
        },
      },
    ],
  },
  *evaluate({ vpcPeeringConnections }, { accountId, region, snapshot }) {
    for (const own of vpcPeeringConnections) {
      const { vpcPeeringConnectionId: id, statusCode: status } = own;
      const resource = { type: 'vpc-peering-connection', id, name: nameOf(own) } as const;
      if (status !== 'active') {
        yield { outcome: 'not-applicable', resource, reason: `it is ${status ?? 'in no known state'}` };
        continue;
      }
      const sides = sidesOf(snapshot, own);
      const missing: Missing[] = [];
      // Both accounts list a peering; each answers for the routes of its own side
      const found = sides.flatMap(({ vpcId, ownerId, region: where }, index) => {
        if (ownerId !== accountId || where !== region) return [];
        return joined(snapshot, id, vpcId, sides[1 - index]?.vpcId, missing) ?? [];
      });
      for (const { routes, publicIds, privateIds } of found) {
        const [first, ...rest] = routes;
        if (first === undefined) continue;
        yield {
          outcome: 'fail',
          resource,
          title: `public subnets are routed to ${privateIds.length === 1 ? 'a private one' : `${privateIds.length} private ones`}`,
          evidence: [
            first,
            ...rest,
            ...takingPart('subnet', publicIds, 'public'),
            ...takingPart('subnet', privateIds, 'private'),
          ],
          fix: {
            summary: 'Take the route out of the table of the public subnets.',
            cli: routes.map(({ routeTableId, destination }) => deleteRoute(region, routeTableId, destination)),
          },
        };
      }
      if (found.length > 0) continue;
      if (missing.length > 0) yield { outcome: 'unknown', resource, missing };
      else yield { outcome: 'pass', resource };
    }
  },
};

/** The routes by which public subnets of one side reach private subnets of the other. */
function joined(
  snapshot: Snapshot,
  peeringId: string,
  from: string | undefined,
  to: string | undefined,
  missing: Missing[],
) {
  const targets = privateOnes(snapshot, to, missing);
  if (targets.length === 0) return undefined;
  const routes = new Map<string, RouteEvidence>();
  const reached = new Set<string>();
  const publicIds: string[] = [];
  for (const { resource: subnetFrom } of subnetsOfVpc(snapshot).get(from ?? '') ?? []) {
    if (isPublic(snapshot, subnetFrom, missing) !== true) continue;
    const table = routeTableOfSubnet(snapshot, subnetFrom).value;
    for (const own of routeTableById(snapshot).get(table?.routeTableId ?? '')?.resource.routes ?? []) {
      if (own.target.id !== peeringId || own.state !== 'active') continue;
      const destinations = routeDestinations(snapshot, own);
      if (destinations.value === undefined) {
        missing.push(destinations.missing);
        continue;
      }
      const hit = targets.filter(({ addresses }) => !disjointAddresses(addresses, destinations.value));
      if (hit.length === 0) continue;
      const evidence = routeEvidence(table?.routeTableId ?? '', own);
      routes.set(JSON.stringify(evidence), evidence);
      publicIds.push(subnetFrom.subnetId);
      for (const { subnetId } of hit) reached.add(subnetId);
    }
  }
  if (routes.size === 0) return undefined;
  const sorted = [...routes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, evidence]) => evidence);
  return { routes: sorted, publicIds: [...new Set(publicIds)], privateIds: [...reached] };
}

function privateOnes(
  snapshot: Snapshot,
  vpcId: string | undefined,
  missing: Missing[],
): readonly { readonly subnetId: string; readonly addresses: AddressSet }[] {
  return (subnetsOfVpc(snapshot).get(vpcId ?? '') ?? []).flatMap(({ resource }) => {
    if (isPublic(snapshot, resource, missing) !== false) return [];
    const { subnetId, cidrBlock, ipv6CidrBlocks } = resource;
    const addresses = parseAddressSet([...(cidrBlock === undefined ? [] : [cidrBlock]), ...ipv6CidrBlocks]);
    return [{ subnetId, addresses: addresses.value ?? noAddresses }];
  });
}

/** Is the internet routed to an internet gateway, in either family? Nothing where that is not known. */
function isPublic(snapshot: Snapshot, subnet: Subnet, missing: Missing[]): boolean | undefined {
  const table = routeTableOfSubnet(snapshot, subnet);
  if (table.value === undefined) {
    missing.push(table.missing);
    return undefined;
  }
  const found = ([4, 6] as const).map((family) => internetRoutes(table.value, family));
  if (found.some(({ routes }) => routes.length > 0)) return true;
  const unread = found.flatMap((family) => family.missing);
  missing.push(...unread);
  return unread.length > 0 ? undefined : false;
}

export default check;
