import { nameOf } from '../../model/tag.ts';
import { awsCli } from '../aws-cli.ts';
import type { Check } from '../check.ts';
import type { Item } from '../examples.ts';
import { relatedChecks } from '../related-checks.ts';
import { attribute } from '../taking-part.ts';

const gateway = (AutoAcceptSharedAttachments: string): Item => ({
  TransitGatewayId: 'tgw-0a1',
  OwnerId: '111122223333',
  State: 'available',
  Options: { AutoAcceptSharedAttachments },
});

const check: Check<'transitGateways'> = {
  id: 'transit-gateway-accepts-by-itself',
  title: 'Transit gateway accepts every attachment of the accounts that it is shared with',
  severity: 'medium',
  rationale:
    'Any of these accounts can join a VPC to the core of the network without anybody here knowing, and with it whatever ' +
    'that VPC is connected to.',
  remediation: 'Switch the acceptance off and accept each attachment after looking at it.',
  references: ['https://docs.aws.amazon.com/vpc/latest/tgw/tgw-transit-gateways.html'],
  relatedChecks: relatedChecks({
    securityhub: ['EC2.23'],
    config: ['ec2-transit-gateway-auto-vpc-attach-disabled'],
    prowler: ['ec2_transitgateway_auto_accept_vpc_attachments'],
    steampipe: ['ec2_transit_gateway_auto_cross_account_attachment_disabled'],
  }),
  judges: 'transitGateways',
  needs: ['transitGateways'],
  examples: {
    fails: [{ title: 'acceptance is automatic', resources: { transitGateways: [gateway('enable')] } }],
    passes: [{ title: 'each is accepted by hand', resources: { transitGateways: [gateway('disable')] } }],
  },
  *evaluate({ transitGateways }, { region }) {
    for (const own of transitGateways) {
      const { transitGatewayId: id, autoAcceptSharedAttachments: setting } = own;
      const resource = { type: 'transit-gateway', id, name: nameOf(own) } as const;
      if (setting === 'disable') yield { outcome: 'pass', resource };
      else if (setting === undefined) {
        yield { outcome: 'unknown', resource, missing: [{ fact: `AutoAcceptSharedAttachments of ${id}` }] };
      } else {
        yield {
          outcome: 'fail',
          resource,
          title: 'attachments of other accounts are accepted by themselves',
          evidence: [attribute(id, 'AutoAcceptSharedAttachments', setting)],
          fix: {
            summary: 'Switch the acceptance off.',
            cli: [
              awsCli(region, 'ec2', 'modify-transit-gateway', {
                'transit-gateway-id': id,
                options: { AutoAcceptSharedAttachments: 'disable' },
              }),
            ],
          },
        };
      }
    }
  },
};

export default check;
