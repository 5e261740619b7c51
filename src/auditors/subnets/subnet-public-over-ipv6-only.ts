import { nameOf } from '../../model/tag.ts';
import { routeTableOfSubnet } from '../../network/facts/vpc-tables.ts';
import { awsCli } from '../aws-cli.ts';
import type { Check } from '../check.ts';
import { route, routeTable, subnet } from '../examples.ts';
import { internetRoutes } from '../internet-routes.ts';
import { type PrefixListKind, prefixListKinds } from '../rule-kinds.ts';

const dual = subnet({
  Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlock: '2001:db8:0:1::/64', Ipv6CidrBlockState: { State: 'associated' } }],
});
const throughNat = route('0.0.0.0/0', { NatGatewayId: 'nat-0a1' });

const check: Check<'subnets' | 'routeTables', PrefixListKind> = {
  id: 'subnet-public-over-ipv6-only',
  title: 'Subnet that is private over IPv4 is public over IPv6',
  severity: 'medium',
  rationale:
    'Over IPv4 the internet cannot open a connection to this subnet. Over IPv6 every address is public and the route to ' +
    'the internet gateway works in both directions, so the privacy that the IPv4 routes promise is not there.',
  remediation:
    'Let the IPv6 default route lead to an egress-only internet gateway, which lets connections out and none in.',
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html'],
  relatedChecks: [],
  judges: 'subnets',
  needs: ['subnets', 'routeTables'],
  uses: prefixListKinds,
  examples: {
    fails: [
      {
        title: 'IPv4 goes out by NAT, IPv6 through the internet gateway',
        resources: {
          subnets: [dual],
          routeTables: [routeTable([throughNat, route('::/0', { GatewayId: 'igw-0a1' })])],
        },
      },
    ],
    passes: [
      {
        title: 'IPv6 goes out through an egress-only gateway',
        resources: {
          subnets: [dual],
          routeTables: [routeTable([throughNat, route('::/0', { EgressOnlyInternetGatewayId: 'eigw-0a1' })])],
        },
      },
    ],
  },
  *evaluate({ subnets }, { region, snapshot }) {
    for (const own of subnets) {
      const { subnetId, vpcId } = own;
      const resource = { type: 'subnet', id: subnetId, vpcId, name: nameOf(own) } as const;
      if (own.cidrBlock === undefined || own.ipv6CidrBlocks.length === 0) {
        yield { outcome: 'not-applicable', resource, reason: 'it has one address family only' };
        continue;
      }
      const { value: table, missing } = routeTableOfSubnet(snapshot, own);
      if (table === undefined) {
        yield { outcome: 'unknown', resource, missing: [missing] };
        continue;
      }
      const [ipv4, ipv6] = [internetRoutes(table, 4), internetRoutes(table, 6)];
      const [first, ...rest] = ipv6.routes;
      const unread = [...ipv4.missing, ...ipv6.missing];
      if (first !== undefined && ipv4.routes.length === 0 && ipv4.missing.length === 0) {
        yield {
          outcome: 'fail',
          resource,
          title: 'the internet is routed over IPv6 and not over IPv4',
          evidence: [first, ...rest],
          fix: {
            summary: 'Replace the IPv6 route by one to an egress-only internet gateway; until there is one, delete it.',
            cli: ipv6.routes.map(({ routeTableId, destination }) =>
              awsCli(region, 'ec2', 'delete-route', {
                'route-table-id': routeTableId,
                [destination.startsWith('pl-') ? 'destination-prefix-list-id' : 'destination-ipv6-cidr-block']:
                  destination,
              }),
            ),
          },
        };
      } else if (unread.length > 0) yield { outcome: 'unknown', resource, missing: unread };
      else yield { outcome: 'pass', resource };
    }
  },
};

export default check;
