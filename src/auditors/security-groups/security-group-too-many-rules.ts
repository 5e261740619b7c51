import type { IpPermission } from '../../model/resources/security-group.ts';
import type { Check } from '../check.ts';
import { permission, securityGroup } from '../examples.ts';
import { relatedChecks } from '../related-checks.ts';
import { attribute } from '../taking-part.ts';

/** More than this in one direction nobody reads; EC2's own quota is 60 (VPC guide, security group quotas). */
const readable = 50;

const many = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `10.0.${index}.0/24`);

const check: Check<'securityGroups'> = {
  id: 'security-group-too-many-rules',
  title: 'Security group has more rules than anybody reads',
  severity: 'informational',
  rationale:
    'In a list of this length one rule too many is not noticed, and nobody dares to delete any. It is also near the quota, ' +
    'so the next rule in an incident may be refused.',
  remediation:
    'Put networks that belong together into a prefix list, split the group by role, and delete what is unused.',
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html'],
  relatedChecks: relatedChecks({ prowler: ['ec2_securitygroup_with_many_ingress_egress_rules'] }),
  options: [
    {
      name: 'most_rules',
      title: 'Rules in one direction that are still read',
      default: readable,
      least: 1,
      most: 1000,
    },
  ],
  judges: 'securityGroups',
  needs: ['securityGroups'],
  examples: {
    fails: [
      {
        title: '51 networks in one permission are 51 rules',
        resources: { securityGroups: [securityGroup([permission('tcp', 443, ...many(readable + 1))])] },
      },
    ],
    passes: [
      {
        title: '50 networks',
        resources: { securityGroups: [securityGroup([permission('tcp', 443, ...many(readable))])] },
      },
    ],
  },
  *evaluate({ securityGroups }, { option }) {
    const most = option('most_rules');
    for (const group of securityGroups) {
      const { groupId, groupName, vpcId } = group;
      const resource = { type: 'security-group', id: groupId, vpcId, name: groupName } as const;
      const counts = [
        { direction: 'ingress', count: rulesIn(group.ipPermissions) },
        { direction: 'egress', count: rulesIn(group.ipPermissionsEgress) },
      ].filter(({ count }) => count > most);
      for (const { direction, count } of counts) {
        yield {
          outcome: 'fail',
          resource,
          title: `${count} ${direction} rules`,
          evidence: [attribute(groupId, direction, `more than ${most} rules`)],
          fix: { summary: 'Put networks that belong together into prefix lists and delete rules that nobody needs.' },
        };
      }
      if (counts.length === 0) yield { outcome: 'pass', resource };
    }
  },
};

/** EC2 merges rules of one protocol and port range; each of their peers is a rule and counts. */
const rulesIn = (permissions: readonly IpPermission[]): number =>
  permissions.reduce(
    (sum, own) =>
      sum + own.ipRanges.length + own.ipv6Ranges.length + own.prefixListIds.length + own.userIdGroupPairs.length,
    0,
  );

export default check;
