import type { Subnet } from '../../model/resources/subnet.ts';
import { nameOf } from '../../model/tag.ts';
import { routeTableOfSubnet } from '../../network/facts/vpc-tables.ts';
import { awsCli } from '../aws-cli.ts';
import type { Check } from '../check.ts';
import { route, routeTable, subnet } from '../examples.ts';
import { internetRoutes } from '../internet-routes.ts';
import { relatedChecks } from '../related-checks.ts';
import { type PrefixListKind, prefixListKinds } from '../rule-kinds.ts';
import { attribute } from '../taking-part.ts';

const toInternet = route('0.0.0.0/0', { GatewayId: 'igw-0a1' });

/** What makes an address public at launch, by family. */
const families = [
  { family: 4, field: 'mapPublicIpOnLaunch', member: 'MapPublicIpOnLaunch', off: 'no-map-public-ip-on-launch' },
  {
    family: 6,
    field: 'assignIpv6AddressOnCreation',
    member: 'AssignIpv6AddressOnCreation',
    off: 'no-assign-ipv6-address-on-creation',
  },
] as const;

const check: Check<'subnets' | 'routeTables', PrefixListKind> = {
  id: 'subnet-public-ip-on-launch',
  title: 'Subnet with a route to the internet gives out public addresses by itself',
  severity: 'medium',
  rationale:
    'Whatever is launched here gets an address that the internet can reach, unless somebody thinks of saying no. Then the ' +
    'security group alone stands between a forgotten test machine and everybody.',
  remediation:
    'Switch the assignment off and ask for a public address where one is meant: at launch, by an Elastic IP, or better by ' +
    'a load balancer in front. What runs already keeps its address.',
  references: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/subnet-public-ip.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-15',
  ],
  relatedChecks: relatedChecks({
    securityhub: ['EC2.15'],
    config: ['subnet-auto-assign-public-ip-disabled'],
    prowler: ['vpc_subnet_no_public_ip_by_default'],
    steampipe: ['vpc_subnet_auto_assign_public_ip_disabled'],
  }),
  judges: 'subnets',
  needs: ['subnets', 'routeTables'],
  uses: prefixListKinds,
  examples: {
    fails: [
      {
        title: 'public IPv4 addresses at launch and a default route to an internet gateway',
        resources: { subnets: [subnet({ MapPublicIpOnLaunch: true })], routeTables: [routeTable([toInternet])] },
      },
      {
        title: 'IPv6 addresses at creation and a route to an internet gateway for IPv6',
        resources: {
          subnets: [subnet({ MapPublicIpOnLaunch: false, AssignIpv6AddressOnCreation: true })],
          routeTables: [routeTable([route('::/0', { GatewayId: 'igw-0a1' })])],
        },
      },
    ],
    passes: [
      {
        title: 'the default route leads to a NAT gateway',
        resources: {
          subnets: [subnet({ MapPublicIpOnLaunch: true })],
          routeTables: [routeTable([route('0.0.0.0/0', { NatGatewayId: 'nat-0a1' })])],
        },
      },
    ],
  },
  *evaluate({ subnets }, { region, snapshot }) {
    for (const own of subnets) {
      const { subnetId, vpcId } = own;
      const resource = { type: 'subnet', id: subnetId, vpcId, name: nameOf(own) } as const;
      const giving = families.filter(({ field }) => own[field] === true);
      const table = routeTableOfSubnet(snapshot, own);
      if (giving.length > 0 && table.value === undefined) {
        yield { outcome: 'unknown', resource, missing: [table.missing] };
        continue;
      }
      const found = giving.map(({ family, ...words }) => ({
        ...words,
        ...(table.value === undefined ? { routes: [], missing: [] } : internetRoutes(table.value, family)),
      }));
      const open = found.filter(({ routes }) => routes.length > 0);
      for (const { member, off, routes } of open) {
        yield {
          outcome: 'fail',
          resource,
          title: `${member} is on and the internet is routed`,
          severity: blocked(own) ? 'low' : 'medium',
          evidence: [attribute(subnetId, member, 'true'), ...routes],
          fix: {
            summary: `Switch ${member} off.`,
            cli: [awsCli(region, 'ec2', 'modify-subnet-attribute', { 'subnet-id': subnetId, [off]: true })],
          },
        };
      }
      const missing = open.length > 0 ? [] : found.flatMap((family) => family.missing);
      if (missing.length > 0) yield { outcome: 'unknown', resource, missing };
      else if (open.length === 0) yield { outcome: 'pass', resource };
    }
  },
};

/** VPC Block Public Access keeps the internet off whatever addresses the subnet gives out. */
const blocked = ({ blockPublicAccessStates }: Subnet): boolean =>
  blockPublicAccessStates?.internetGatewayBlockMode?.startsWith('block-') === true;

export default check;
