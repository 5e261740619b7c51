import { resourcesOf } from '../../model/snapshot/collected.ts';
import { interfacesOfGroup } from '../../network/facts/group-members.ts';
import { awsCli } from '../aws-cli.ts';
import type { Check } from '../check.ts';
import { networkInterface, permission, securityGroup } from '../examples.ts';
import { referencedGroups } from '../group-references.ts';
import { relatedChecks } from '../related-checks.ts';
import { attribute } from '../taking-part.ts';

type Users = 'loadBalancers' | 'classicLoadBalancers' | 'vpcEndpoints' | 'securityGroupVpcAssociations';

const check: Check<'securityGroups' | 'networkInterfaces', Users> = {
  id: 'security-group-unused',
  title: 'Security group is used by nothing',
  severity: 'low',
  rationale:
    'A group that nothing carries protects nothing, but it is one click away from the next interface, with rules that ' +
    'nobody has looked at since their purpose went. It also counts against the quota and hides the groups that matter.',
  remediation:
    'Delete the group, after making sure that no launch template, Auto Scaling group or infrastructure code is about to ' +
    'use it: those name groups that nothing carries yet.',
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/deleting-security-groups.html'],
  relatedChecks: relatedChecks({
    securityhub: ['EC2.22'],
    config: ['ec2-security-group-attached-to-eni-periodic'],
    prowler: ['ec2_securitygroup_not_used'],
    cloudsploit: ['unusedSecurityGroups'],
    scoutsuite: ['ec2-unused-security-group'],
    steampipe: ['vpc_security_group_unused'],
  }),
  judges: 'securityGroups',
  needs: ['securityGroups', 'networkInterfaces'],
  // All of these put interfaces into the VPC that carry their groups; they count even while an interface is being made.
  uses: ['loadBalancers', 'classicLoadBalancers', 'vpcEndpoints', 'securityGroupVpcAssociations'],
  failsOnAbsence: true,
  examples: {
    fails: [
      {
        title: 'no interface carries it, and only it names itself',
        resources: { securityGroups: [securityGroup([permission('tcp', 443, 'sg-0a1')])] },
      },
    ],
    passes: [
      {
        title: 'an interface carries one group, whose rule names the other',
        resources: {
          securityGroups: [
            securityGroup([permission('tcp', 5432, 'sg-0a2')]),
            securityGroup([], { GroupId: 'sg-0a2', GroupName: 'clients' }),
          ],
          networkInterfaces: [networkInterface()],
        },
      },
    ],
  },
  *evaluate({ securityGroups, ...users }, { region, snapshot }) {
    const { loadBalancers, classicLoadBalancers, vpcEndpoints, securityGroupVpcAssociations } = users;
    const carried = interfacesOfGroup(snapshot);
    const referenced = referencedGroups(snapshot);
    const named = new Set<string>([
      ...(resourcesOf(loadBalancers) ?? []).flatMap(({ securityGroups }) => securityGroups),
      ...(resourcesOf(classicLoadBalancers) ?? []).flatMap(({ securityGroupIds }) => securityGroupIds),
      ...(resourcesOf(vpcEndpoints) ?? []).flatMap(({ groupIds }) => groupIds),
      ...(resourcesOf(securityGroupVpcAssociations) ?? []).map(({ groupId }) => groupId),
    ]);
    for (const { groupId, groupName, vpcId } of securityGroups) {
      if (groupName === 'default') continue;
      const resource = { type: 'security-group', id: groupId, vpcId, name: groupName } as const;
      if (carried.has(groupId) || referenced.has(groupId) || named.has(groupId)) yield { outcome: 'pass', resource };
      else {
        yield {
          outcome: 'fail',
          resource,
          title: 'no interface carries the group and no other group names it',
          evidence: [attribute(groupId, 'NetworkInterfaces', 'none')],
          fix: {
            summary: 'Delete the group.',
            cli: [awsCli(region, 'ec2', 'delete-security-group', { 'group-id': groupId })],
          },
        };
      }
    }
  },
};

export default check;
