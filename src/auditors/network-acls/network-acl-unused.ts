import { nameOf } from '../../model/tag.ts';
import { awsCli } from '../aws-cli.ts';
import type { Check } from '../check.ts';
import { networkAcl } from '../examples.ts';
import { relatedChecks } from '../related-checks.ts';
import { attribute } from '../taking-part.ts';

const check: Check<'networkAcls'> = {
  id: 'network-acl-unused',
  title: 'Network ACL is used by no subnet',
  severity: 'low',
  rationale:
    'The ACL filters nothing. Whoever edits it in an incident changes nothing, and whoever associates it gets rules that ' +
    'nobody has looked at since their purpose went.',
  remediation: 'Delete the ACL, or associate it with the subnets that it was written for.',
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/delete-network-acl.html'],
  relatedChecks: relatedChecks({
    securityhub: ['EC2.16'],
    config: ['vpc-network-acl-unused-check'],
    prowler: ['ec2_networkacl_unused'],
    scoutsuite: ['vpc-network-acl-not-used'],
    steampipe: ['vpc_network_acl_unused'],
  }),
  judges: 'networkAcls',
  needs: ['networkAcls'],
  examples: {
    fails: [{ title: 'no subnet is associated', resources: { networkAcls: [networkAcl([], { Associations: [] })] } }],
    passes: [
      { title: 'a subnet is associated', resources: { networkAcls: [networkAcl([])] } },
      {
        title: 'it is the default ACL, which cannot be deleted',
        resources: { networkAcls: [networkAcl([], { Associations: [], IsDefault: true })] },
      },
    ],
  },
  *evaluate({ networkAcls }, { region }) {
    for (const acl of networkAcls) {
      const { networkAclId: id, vpcId } = acl;
      const resource = { type: 'network-acl', id, vpcId, name: nameOf(acl) } as const;
      if (acl.isDefault === true) yield { outcome: 'not-applicable', resource, reason: 'it is the default ACL' };
      else if (acl.subnetIds.length > 0) yield { outcome: 'pass', resource };
      else {
        yield {
          outcome: 'fail',
          resource,
          title: 'no subnet uses it',
          evidence: [attribute(id, 'Associations', 'none')],
          fix: {
            summary: 'Delete the ACL.',
            cli: [awsCli(region, 'ec2', 'delete-network-acl', { 'network-acl-id': id })],
          },
        };
      }
    }
  },
};

export default check;
