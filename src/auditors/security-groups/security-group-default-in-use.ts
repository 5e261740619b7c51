import { interfacesOfGroup } from '../../network/facts/group-members.ts';
import { rulesOfGroup } from '../../network/hops/security-group.ts';
import type { Check } from '../check.ts';
import { networkInterface, permission, securityGroup } from '../examples.ts';
import { relatedChecks } from '../related-checks.ts';
import { type RuleKind, ruleKinds } from '../rule-kinds.ts';
import { closeDefaultGroup } from '../security-group-fix.ts';
import { attribute, takingPart } from '../taking-part.ts';

const closed = { GroupName: 'default', IpPermissionsEgress: [] };

const check: Check<'securityGroups' | 'networkInterfaces', RuleKind> = {
  id: 'security-group-default-in-use',
  title: 'Default security group is in use or has rules',
  severity: 'medium',
  rationale:
    'The default group is what a resource gets when nobody chose one. Its members reach each other on every port, so ' +
    'strangers end up in one trust zone by accident, and each rule added for one of them holds for all, now and later.',
  remediation:
    'Give every interface a group made for its role, then remove all rules of the default group: it cannot be deleted, ' +
    'but without rules it admits nothing, and whoever lands in it notices at once.',
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html'],
  relatedChecks: relatedChecks({
    securityhub: ['EC2.2'],
    config: ['vpc-default-security-group-closed'],
    prowler: ['ec2_securitygroup_default_restrict_traffic'],
    cloudsploit: ['defaultSecurityGroup', 'defaultSecurityGroupInUse'],
    scoutsuite: ['ec2-default-security-group-in-use', 'ec2-default-security-group-with-rules'],
    steampipe: ['vpc_default_security_group_restricts_all_traffic'],
  }),
  judges: 'securityGroups',
  needs: ['securityGroups', 'networkInterfaces'],
  uses: ruleKinds,
  examples: {
    fails: [
      {
        title: 'an interface carries the default group',
        resources: { securityGroups: [securityGroup([], closed)], networkInterfaces: [networkInterface()] },
      },
      {
        title: 'nobody carries it, yet it has the rules that AWS gave it',
        resources: {
          securityGroups: [securityGroup([permission('-1', undefined, 'sg-0a1')], { GroupName: 'default' })],
        },
      },
    ],
    passes: [
      {
        title: 'the default group is empty and unused',
        resources: {
          securityGroups: [securityGroup([], closed), securityGroup([], { GroupId: 'sg-0a2' })],
          networkInterfaces: [networkInterface({ Groups: [{ GroupId: 'sg-0a2' }] })],
        },
      },
    ],
  },
  *evaluate({ securityGroups }, { region, snapshot }) {
    for (const { groupId, vpcId } of securityGroups.filter(({ groupName }) => groupName === 'default')) {
      const resource = { type: 'security-group', id: groupId, vpcId, name: 'default' } as const;
      const carriers = (interfacesOfGroup(snapshot).get(groupId) ?? []).map((own) => own.resource.networkInterfaceId);
      const clauses = [false, true].flatMap((isEgress) => rulesOfGroup(snapshot, groupId, isEgress).clauses);
      if (carriers.length > 0) {
        yield {
          outcome: 'fail',
          resource,
          title: `${carriers.length === 1 ? 'an interface carries' : `${carriers.length} interfaces carry`} the default group`,
          evidence: [
            attribute(groupId, 'GroupName', 'default'),
            ...takingPart('network-interface', carriers, 'carries'),
          ],
          fix: { summary: 'Give each of these interfaces a group made for its role in place of the default group.' },
        };
      }
      const [first, ...rest] = clauses.map(({ evidence }) => evidence);
      if (first !== undefined) {
        const others = clauses.some(({ isEgress, peer }) => !isEgress && peer.text !== groupId);
        yield {
          outcome: 'fail',
          resource,
          title: `the default group has ${clauses.length === 1 ? 'a rule' : `${clauses.length} rules`}`,
          severity: carriers.length > 0 ? (others ? 'high' : 'medium') : others ? 'medium' : 'low',
          evidence: [first, ...rest],
          fix: closeDefaultGroup(region, vpcId, clauses),
        };
      } else if (carriers.length === 0) yield { outcome: 'pass', resource };
    }
  },
};

export default check;
