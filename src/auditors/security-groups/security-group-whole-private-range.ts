import { rulesOfGroup } from '../../network/hops/security-group.ts';
import { wholePrivateRange } from '../broad-blocks.ts';
import type { Check } from '../check.ts';
import { permission, securityGroup } from '../examples.ts';
import { relatedChecks } from '../related-checks.ts';
import { type RuleKind, ruleKinds } from '../rule-kinds.ts';
import { revokeRules } from '../security-group-fix.ts';

const check: Check<'securityGroups', RuleKind> = {
  id: 'security-group-whole-private-range',
  title: 'Security group admits a whole range of private addresses',
  severity: 'low',
  rationale:
    'Every network that is ever joined to this one, by peering, transit gateway or VPN, is admitted from the first ' +
    'minute: an office, a partner, a test account. One compromised host in any of them is near enough.',
  remediation: 'Name the networks or, within the VPC and its peers, the security groups that have to connect.',
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html'],
  relatedChecks: relatedChecks({ cloudsploit: ['securityGroupRfc1918'] }),
  judges: 'securityGroups',
  needs: ['securityGroups'],
  uses: ruleKinds,
  examples: {
    fails: [
      {
        title: 'all of 10.0.0.0/8 may connect',
        resources: { securityGroups: [securityGroup([permission('tcp', 443, '10.0.0.0/8')])] },
      },
    ],
    passes: [
      {
        title: 'the VPC may connect',
        resources: { securityGroups: [securityGroup([permission('tcp', 443, '10.0.0.0/16')])] },
      },
    ],
  },
  *evaluate({ securityGroups }, { region, snapshot }) {
    for (const { groupId, groupName, vpcId, ipPermissions } of securityGroups) {
      const resource = { type: 'security-group', id: groupId, vpcId, name: groupName } as const;
      const suspected = ipPermissions.some(
        ({ ipRanges, ipv6Ranges }) =>
          ipRanges.some(({ cidrIp }) => wholePrivateRange(cidrIp)) ||
          ipv6Ranges.some(({ cidrIpv6 }) => wholePrivateRange(cidrIpv6)),
      );
      const wide = suspected
        ? rulesOfGroup(snapshot, groupId, false).clauses.filter(({ peer }) => wholePrivateRange(peer.text))
        : [];
      for (const own of wide) {
        yield {
          outcome: 'fail',
          resource,
          title: `all of ${own.peer.text} is admitted`,
          evidence: [own.evidence],
          fix: {
            summary: 'Revoke the rule, after admitting the networks or groups that have to connect.',
            cli: revokeRules(region, [own]),
          },
        };
      }
      if (wide.length === 0) yield { outcome: 'pass', resource };
    }
  },
};

export default check;
