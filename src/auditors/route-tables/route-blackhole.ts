import type { Route, RouteTable } from '../../model/resources/route-table.ts';
import type { Fix } from '../../model/verdict/verdict.ts';
import { nameOf } from '../../model/tag.ts';
import { routeEvidence } from '../../network/filters/route-selection.ts';
import { awsCli } from '../aws-cli.ts';
import type { Check } from '../check.ts';
import { route, routeTable } from '../examples.ts';

const check: Check<'routeTables'> = {
  id: 'route-blackhole',
  title: 'Route leads nowhere',
  severity: 'medium',
  rationale:
    'The target of the route is gone. Packets that match it are dropped and no shorter route is tried, so whatever ' +
    'depended on it is cut off without an error, and a target that comes back under the same route, in other hands, gets ' +
    'the traffic at once.',
  remediation:
    'Delete the route, or point it to the target that took the place of the old one. Propagated routes go when the ' +
    'propagation from their gateway is disabled.',
  references: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html',
  ],
  relatedChecks: [],
  judges: 'routeTables',
  needs: ['routeTables'],
  examples: {
    fails: [
      {
        title: 'the NAT gateway behind the default route was deleted',
        resources: { routeTables: [routeTable([route('0.0.0.0/0', { NatGatewayId: 'nat-0a1' }, 'blackhole')])] },
      },
    ],
    passes: [
      {
        title: 'the route is active',
        resources: { routeTables: [routeTable([route('0.0.0.0/0', { NatGatewayId: 'nat-0a1' })])] },
      },
    ],
  },
  *evaluate({ routeTables }, { region }) {
    for (const table of routeTables) {
      const { routeTableId, vpcId, routes, associations } = table;
      const resource = { type: 'route-table', id: routeTableId, vpcId, name: nameOf(table) } as const;
      const gone = routes.filter(({ state }) => state === 'blackhole');
      for (const lost of gone) {
        const evidence = routeEvidence(routeTableId, lost);
        yield {
          outcome: 'fail',
          resource,
          title: `the route to ${evidence.destination} leads to ${evidence.target}, which is gone`,
          severity: associations.length === 0 ? 'low' : 'medium',
          evidence: [evidence],
          fix: fixOf(table, lost, region),
        };
      }
      if (gone.length === 0) yield { outcome: 'pass', resource };
    }
  },
};

/** Routes that a gateway propagates or an endpoint brings are not deleted by hand (EC2 API, DeleteRoute). */
function fixOf({ routeTableId }: RouteTable, lost: Route, region: string): Fix {
  if (lost.origin === 'EnableVgwRoutePropagation' || lost.origin === 'Advertisement') {
    return { summary: 'Stop the propagation that brings the route, or mend the gateway that it comes from.' };
  }
  if (lost.target.kind === 'vpc-endpoint' && lost.destinationPrefixListId !== undefined) {
    return { summary: 'Take the route table off the gateway endpoint that brings the route.' };
  }
  return {
    summary: 'Delete the route.',
    cli: [
      awsCli(region, 'ec2', 'delete-route', {
        'route-table-id': routeTableId,
        'destination-cidr-block': lost.destinationCidrBlock,
        'destination-ipv6-cidr-block': lost.destinationIpv6CidrBlock,
        'destination-prefix-list-id': lost.destinationPrefixListId,
      }),
    ],
  };
}

export default check;
