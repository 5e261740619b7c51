import { nameOf } from '../../model/tag.ts';
import { everywhere } from '../../network/facts/inventory.ts';
import { awsCli } from '../aws-cli.ts';
import type { Check } from '../check.ts';
import { peering, route, routeTable } from '../examples.ts';
import { attribute } from '../taking-part.ts';

const tablesEverywhere = everywhere('routeTables');

const check: Check<'vpcPeeringConnections' | 'routeTables'> = {
  id: 'vpc-peering-unused',
  title: 'Peering connection carries nothing',
  severity: 'low',
  rationale:
    'No route leads into the peering, so it is a door that nobody uses and that one careless route opens to a whole ' +
    'network, often to one of another account.',
  remediation:
    'Delete the peering connection, or add the routes that it was made for. It can be made again in minutes.',
  references: ['https://docs.aws.amazon.com/vpc/latest/peering/delete-vpc-peering-connection.html'],
  relatedChecks: [],
  judges: 'vpcPeeringConnections',
  needs: ['vpcPeeringConnections', 'routeTables'],
  failsOnAbsence: true,
  examples: {
    fails: [
      {
        title: 'no table has a route to it',
        resources: { vpcPeeringConnections: [peering()], routeTables: [routeTable([])] },
      },
    ],
    passes: [
      {
        title: 'a table routes a subnet of the peer',
        resources: {
          vpcPeeringConnections: [peering()],
          routeTables: [routeTable([route('10.1.3.0/24', { VpcPeeringConnectionId: 'pcx-0a1' })])],
        },
      },
      {
        title: 'it waits for its acceptance',
        resources: { vpcPeeringConnections: [peering({ Status: { Code: 'pending-acceptance' } })] },
      },
    ],
  },
  *evaluate({ vpcPeeringConnections }, { region, snapshot }) {
    const used = new Set(
      tablesEverywhere(snapshot).flatMap(({ resource }) => resource.routes.map(({ target }) => target.id)),
    );
    for (const own of vpcPeeringConnections) {
      const id = own.vpcPeeringConnectionId;
      const resource = { type: 'vpc-peering-connection', id, name: nameOf(own) } as const;
      if (own.statusCode !== 'active') {
        yield { outcome: 'not-applicable', resource, reason: `its state is ${own.statusCode ?? 'unknown'}` };
      } else if (used.has(id)) yield { outcome: 'pass', resource };
      else {
        yield {
          outcome: 'fail',
          resource,
          title: 'no route table has a route to it',
          evidence: [attribute(id, 'Routes', 'none')],
          fix: {
            summary: 'Delete the peering connection.',
            cli: [awsCli(region, 'ec2', 'delete-vpc-peering-connection', { 'vpc-peering-connection-id': id })],
          },
        };
      }
    }
  },
};

export default check;
