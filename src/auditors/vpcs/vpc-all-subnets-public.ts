import { nameOf } from '../../model/tag.ts';
import { routeTableOfSubnet } from '../../network/facts/vpc-tables.ts';
import type { Check } from '../check.ts';
import { networkInterface, route, routeTable, subnet, vpc } from '../examples.ts';
import { groupBy } from '../group-by.ts';
import { internetRoutes } from '../internet-routes.ts';
import { relatedChecks } from '../related-checks.ts';
import { type PrefixListKind, prefixListKinds } from '../rule-kinds.ts';
import { takingPart } from '../taking-part.ts';

const base = { vpcs: [vpc()], subnets: [subnet()], networkInterfaces: [networkInterface()] };

const check: Check<'vpcs' | 'subnets' | 'routeTables' | 'networkInterfaces', PrefixListKind> = {
  id: 'vpc-all-subnets-public',
  title: 'Every subnet in use of the VPC is public',
  severity: 'low',
  rationale:
    'There is no place in this network that the internet cannot be routed to, so a public address by mistake is enough to ' +
    'expose anything in it, databases too.',
  remediation: 'Make private subnets for what nobody outside is to reach, and leave load balancers in the public ones.',
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/vpc-example-private-subnets-nat.html'],
  relatedChecks: relatedChecks({
    prowler: ['vpc_subnet_separate_private_public'],
    steampipe: ['vpc_subnet_public_and_private'],
  }),
  judges: 'vpcs',
  needs: ['vpcs', 'subnets', 'routeTables', 'networkInterfaces'],
  uses: prefixListKinds,
  examples: {
    fails: [
      {
        title: 'the one subnet in use routes the internet',
        resources: { ...base, routeTables: [routeTable([route('0.0.0.0/0', { GatewayId: 'igw-0a1' })])] },
      },
    ],
    passes: [
      {
        title: 'it leaves through a NAT gateway',
        resources: { ...base, routeTables: [routeTable([route('0.0.0.0/0', { NatGatewayId: 'nat-0a1' })])] },
      },
    ],
  },
  *evaluate({ vpcs, subnets, networkInterfaces }, { snapshot }) {
    const inhabited = new Set<string>(networkInterfaces.map(({ subnetId }) => subnetId));
    const byVpc = groupBy(
      subnets.filter(({ subnetId }) => inhabited.has(subnetId)),
      ({ vpcId }) => vpcId,
    );
    for (const own of vpcs) {
      const { vpcId } = own;
      const resource = { type: 'vpc', id: vpcId, vpcId, name: nameOf(own) } as const;
      const ways = (byVpc.get(vpcId) ?? []).map((used) => {
        const table = routeTableOfSubnet(snapshot, used);
        if (table.value === undefined) return { used, routes: [], missing: [table.missing] };
        return { used, ...internetRoutes(table.value, 4) };
      });
      const missing = ways.flatMap((way) => (way.routes.length > 0 ? [] : way.missing));
      if (ways.length === 0) yield { outcome: 'not-applicable', resource, reason: 'no subnet of it is in use' };
      else if (missing.length > 0) yield { outcome: 'unknown', resource, missing };
      else if (ways.some(({ routes }) => routes.length === 0)) yield { outcome: 'pass', resource };
      else {
        const [first, ...rest] = takingPart(
          'subnet',
          ways.map(({ used }) => used.subnetId),
          'public',
        );
        if (first === undefined) continue;
        yield {
          outcome: 'fail',
          resource,
          title: 'no subnet in use is private',
          evidence: [first, ...rest],
          fix: { summary: 'Make private subnets and move what the internet is not to reach.' },
        };
      }
    }
  },
};

export default check;
