import { nameOf } from '../../model/tag.ts';
import { awsCli } from '../aws-cli.ts';
import type { Check } from '../check.ts';
import { natGateway, route, routeTable } from '../examples.ts';
import { routeTargets } from '../nat-routing.ts';
import { relatedChecks } from '../related-checks.ts';
import { attribute } from '../taking-part.ts';

const check: Check<'natGateways' | 'routeTables'> = {
  id: 'nat-gateway-unused',
  title: 'NAT gateway is used by no route',
  severity: 'low',
  rationale:
    'The gateway costs money every hour, holds a public address and carries nothing. Often it is the rest of a network ' +
    'that was meant to have gone, or the one that a table should lead to and does not.',
  remediation: 'Delete the gateway and release its Elastic IP, or route to it the subnets that it was made for.',
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-working-with.html'],
  relatedChecks: relatedChecks({ steampipe: ['vpc_nat_gateway_unused'] }),
  judges: 'natGateways',
  needs: ['natGateways', 'routeTables'],
  failsOnAbsence: true,
  examples: {
    fails: [
      { title: 'no route leads to it', resources: { natGateways: [natGateway()], routeTables: [routeTable([])] } },
    ],
    passes: [
      {
        title: 'a default route leads to it',
        resources: {
          natGateways: [natGateway()],
          routeTables: [routeTable([route('0.0.0.0/0', { NatGatewayId: 'nat-0a1' })])],
        },
      },
      {
        title: 'it is deleted and lingers in the answer',
        resources: { natGateways: [natGateway({ State: 'deleted' })] },
      },
    ],
  },
  *evaluate({ natGateways }, { region, snapshot }) {
    const used = routeTargets(snapshot);
    for (const own of natGateways) {
      const { natGatewayId: id, vpcId, state } = own;
      const resource = { type: 'nat-gateway', id, vpcId, name: nameOf(own) } as const;
      if (state !== 'available') {
        yield { outcome: 'not-applicable', resource, reason: `its state is ${state ?? 'unknown'}` };
      } else if (used.has(id)) yield { outcome: 'pass', resource };
      else {
        yield {
          outcome: 'fail',
          resource,
          title: 'no route leads to it',
          evidence: [attribute(id, 'Routes', 'none')],
          fix: {
            summary: 'Delete the gateway, then release its address.',
            cli: [awsCli(region, 'ec2', 'delete-nat-gateway', { 'nat-gateway-id': id })],
          },
        };
      }
    }
  },
};

export default check;
