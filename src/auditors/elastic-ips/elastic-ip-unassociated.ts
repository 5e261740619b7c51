import { nameOf } from '../../model/tag.ts';
import { awsCli } from '../aws-cli.ts';
import type { Check } from '../check.ts';
import { relatedChecks } from '../related-checks.ts';
import { attribute } from '../taking-part.ts';

const free = { AllocationId: 'eipalloc-0a1', PublicIp: '198.51.100.7' };

const check: Check<'addresses'> = {
  id: 'elastic-ip-unassociated',
  title: 'Elastic IP address is associated with nothing',
  severity: 'low',
  rationale:
    'The address costs money every hour. Where a DNS record or a partner’s allow list still names it, it must not be ' +
    'released blindly; where none does, nobody needs it.',
  remediation: 'Release the address, after taking it out of DNS records and allow lists.',
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/vpc-eips.html'],
  relatedChecks: relatedChecks({
    securityhub: ['EC2.12'],
    config: ['eip-attached'],
    prowler: ['ec2_elastic_ip_unassigned'],
    cloudsploit: ['unassociatedElasticIp'],
    steampipe: ['vpc_eip_associated'],
  }),
  judges: 'addresses',
  needs: ['addresses'],
  examples: {
    fails: [{ title: 'it is allocated and not associated', resources: { addresses: [free] } }],
    passes: [
      {
        title: 'it is associated',
        resources: { addresses: [{ ...free, AssociationId: 'eipassoc-0a1', NetworkInterfaceId: 'eni-0a1' }] },
      },
    ],
  },
  *evaluate({ addresses }, { region }) {
    for (const own of addresses) {
      const { allocationId, publicIp = '', associationId, instanceId, networkInterfaceId } = own;
      const resource = { type: 'elastic-ip', id: allocationId ?? publicIp, name: nameOf(own) } as const;
      if ((associationId ?? instanceId ?? networkInterfaceId) !== undefined) yield { outcome: 'pass', resource };
      else if (own.serviceManaged !== undefined) {
        yield { outcome: 'not-applicable', resource, reason: `${own.serviceManaged} manages it` };
      } else {
        yield {
          outcome: 'fail',
          resource,
          title: `${publicIp} is associated with nothing`,
          evidence: [attribute(resource.id, 'AssociationId', 'none')],
          fix: {
            summary: 'Release the address.',
            cli: [awsCli(region, 'ec2', 'release-address', { 'allocation-id': resource.id })],
          },
        };
      }
    }
  },
};

export default check;
