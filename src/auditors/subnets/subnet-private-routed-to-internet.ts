import { nameOf } from '../../model/tag.ts';
import { routeTableOfSubnet } from '../../network/facts/vpc-tables.ts';
import type { Check } from '../check.ts';
import { route, routeTable, subnet } from '../examples.ts';
import { internetRoutes } from '../internet-routes.ts';
import { type PrefixListKind, prefixListKinds } from '../rule-kinds.ts';
import { privateByName } from '../subnet-words.ts';
import { attribute } from '../taking-part.ts';

const named = subnet({ Tags: [{ Key: 'Name', Value: 'database-a' }] });

const check: Check<'subnets' | 'routeTables', PrefixListKind> = {
  id: 'subnet-private-routed-to-internet',
  title: 'Subnet that is called private has a route to an internet gateway',
  severity: 'medium',
  rationale:
    'The name says that nothing here faces the internet, and the route table says otherwise. Whoever places a database by ' +
    'the name puts it one public address away from everybody.',
  remediation:
    'Give the subnet a route table without an internet gateway, with a NAT or egress-only gateway where it needs a way ' +
    'out, or call it what it is.',
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html'],
  relatedChecks: [],
  judges: 'subnets',
  needs: ['subnets', 'routeTables'],
  uses: prefixListKinds,
  examples: {
    fails: [
      {
        title: 'a subnet for databases has a default route to an internet gateway',
        resources: { subnets: [named], routeTables: [routeTable([route('0.0.0.0/0', { GatewayId: 'igw-0a1' })])] },
      },
    ],
    passes: [
      {
        title: 'its default route leads to a NAT gateway',
        resources: { subnets: [named], routeTables: [routeTable([route('0.0.0.0/0', { NatGatewayId: 'nat-0a1' })])] },
      },
    ],
  },
  *evaluate({ subnets }, { snapshot }) {
    for (const own of subnets) {
      const { subnetId, vpcId } = own;
      const resource = { type: 'subnet', id: subnetId, vpcId, name: nameOf(own) } as const;
      const word = privateByName(own);
      if (word === undefined) {
        yield { outcome: 'not-applicable', resource, reason: 'nothing calls it private' };
        continue;
      }
      const table = routeTableOfSubnet(snapshot, own);
      if (table.value === undefined) {
        yield { outcome: 'unknown', resource, missing: [table.missing] };
        continue;
      }
      const found = ([4, 6] as const).map((family) => internetRoutes(table.value, family));
      const routes = found.flatMap((family) => family.routes);
      const missing = found.flatMap((family) => family.missing);
      if (routes.length > 0) {
        yield {
          outcome: 'fail',
          resource,
          title: 'it is called private and the internet is routed',
          evidence: [attribute(subnetId, word.key, word.value), ...routes],
          fix: { summary: 'Give the subnet a route table without a route to the internet gateway.' },
        };
      } else if (missing.length > 0) yield { outcome: 'unknown', resource, missing };
      else yield { outcome: 'pass', resource };
    }
  },
};

export default check;
