import { nameOf } from '../../model/tag.ts';
import { awsCli } from '../aws-cli.ts';
import type { Check } from '../check.ts';
import { relatedChecks } from '../related-checks.ts';
import { attribute } from '../taking-part.ts';

const attached = { Attachments: [{ VpcId: 'vpc-0a1', State: 'available' }] };

const check: Check<'internetGateways'> = {
  id: 'internet-gateway-unattached',
  title: 'Internet gateway belongs to no VPC',
  severity: 'informational',
  rationale:
    'A gateway without a VPC is left over from something, counts against the quota, and is one call away from making a ' +
    'private VPC public.',
  remediation: 'Delete the gateway. One is made and attached again in seconds when a VPC is meant to have it.',
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/delete-igw.html'],
  relatedChecks: relatedChecks({
    config: ['internet-gateway-authorized-vpc-only'],
    cloudsploit: ['internetGatewayInVpc', 'unusedVpcInternetGateways'],
    steampipe: ['vpc_igw_attached_to_authorized_vpc'],
  }),
  judges: 'internetGateways',
  needs: ['internetGateways'],
  examples: {
    fails: [
      {
        title: 'nothing is attached',
        resources: { internetGateways: [{ InternetGatewayId: 'igw-0a1', OwnerId: '111122223333', Attachments: [] }] },
      },
    ],
    passes: [
      {
        title: 'it is attached to a VPC',
        resources: { internetGateways: [{ InternetGatewayId: 'igw-0a1', OwnerId: '111122223333', ...attached }] },
      },
    ],
  },
  *evaluate({ internetGateways }, { region }) {
    for (const own of internetGateways) {
      const id = own.internetGatewayId;
      const resource = { type: 'internet-gateway', id, name: nameOf(own) } as const;
      if (own.attachments.length > 0) yield { outcome: 'pass', resource };
      else {
        yield {
          outcome: 'fail',
          resource,
          title: 'it is attached to no VPC',
          evidence: [attribute(id, 'Attachments', 'none')],
          fix: {
            summary: 'Delete the gateway.',
            cli: [awsCli(region, 'ec2', 'delete-internet-gateway', { 'internet-gateway-id': id })],
          },
        };
      }
    }
  },
};

export default check;
