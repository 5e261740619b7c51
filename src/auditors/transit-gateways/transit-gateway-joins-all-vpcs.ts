import { nameOf } from '../../model/tag.ts';
import { awsCli } from '../aws-cli.ts';
import type { Check } from '../check.ts';
import type { Item } from '../examples.ts';
import { attribute } from '../taking-part.ts';

const gateway = (association: string, propagation: string): Item => ({
  TransitGatewayId: 'tgw-0a1',
  OwnerId: '111122223333',
  State: 'available',
  Options: {
    DefaultRouteTableAssociation: association,
    DefaultRouteTablePropagation: propagation,
    AssociationDefaultRouteTableId: 'tgw-rtb-0a1',
    PropagationDefaultRouteTableId: 'tgw-rtb-0a1',
  },
});

const check: Check<'transitGateways'> = {
  id: 'transit-gateway-joins-all-vpcs',
  title: 'Transit gateway joins everything that is attached to it',
  severity: 'low',
  rationale:
    'Every new attachment is associated with one route table and announced in it, so that each reaches all others from ' +
    'the first minute: production and test, and every office behind a VPN.',
  remediation:
    'Switch default association and propagation off and give each kind of attachment a route table with what it may reach.',
  references: ['https://docs.aws.amazon.com/vpc/latest/tgw/tgw-best-design-practices.html'],
  relatedChecks: [],
  judges: 'transitGateways',
  needs: ['transitGateways'],
  examples: {
    fails: [{ title: 'one table for all, by default', resources: { transitGateways: [gateway('enable', 'enable')] } }],
    passes: [
      {
        title: 'new attachments are announced nowhere',
        resources: { transitGateways: [gateway('enable', 'disable')] },
      },
    ],
  },
  *evaluate({ transitGateways }, { region }) {
    for (const own of transitGateways) {
      const { transitGatewayId: id, defaultRouteTableAssociation, defaultRouteTablePropagation } = own;
      const resource = { type: 'transit-gateway', id, name: nameOf(own) } as const;
      const tables = [own.associationDefaultRouteTableId, own.propagationDefaultRouteTableId];
      if (defaultRouteTableAssociation === undefined || defaultRouteTablePropagation === undefined) {
        yield { outcome: 'unknown', resource, missing: [{ fact: `the default route tables of ${id}` }] };
      } else if (
        defaultRouteTableAssociation !== 'enable' ||
        defaultRouteTablePropagation !== 'enable' ||
        tables[0] !== tables[1]
      ) {
        yield { outcome: 'pass', resource };
      } else {
        yield {
          outcome: 'fail',
          resource,
          title: 'every attachment reaches every other by default',
          evidence: [
            attribute(id, 'DefaultRouteTableAssociation', 'enable'),
            attribute(id, 'DefaultRouteTablePropagation', 'enable'),
          ],
          fix: {
            summary: 'Switch the default propagation off; what is attached already keeps its routes.',
            cli: [
              awsCli(region, 'ec2', 'modify-transit-gateway', {
                'transit-gateway-id': id,
                options: { DefaultRouteTablePropagation: 'disable' },
              }),
            ],
          },
        };
      }
    }
  },
};

export default check;
