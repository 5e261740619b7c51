import { nameOf } from '../../model/tag.ts';
import type { IpPermission } from '../../model/resources/security-group.ts';
import { rulesOfGroup } from '../../network/hops/security-group.ts';
import type { Check } from '../check.ts';
import { permission, securityGroup } from '../examples.ts';
import { type RuleKind, ruleKinds } from '../rule-kinds.ts';
import { revokeRules } from '../security-group-fix.ts';

const peerPermission = { ...permission('tcp', 5432), UserIdGroupPairs: [{ GroupId: 'sg-0b9', VpcId: 'vpc-0b1' }] };
const stale = { VpcId: 'vpc-0a1', GroupId: 'sg-0a1', StaleIpPermissions: [peerPermission] };

const check: Check<'securityGroups' | 'staleSecurityGroups', RuleKind> = {
  id: 'security-group-reference-stale',
  title: 'Rule names a security group that is gone',
  severity: 'low',
  rationale:
    'The group or the peering connection that the rule rests on was deleted. The rule admits nobody and looks as if it ' +
    'did, and whoever relies on it finds out in an outage.',
  remediation: 'Delete the rule, or name the group that took the place of the lost one.',
  references: ['https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html'],
  relatedChecks: [],
  judges: 'securityGroups',
  needs: ['securityGroups', 'staleSecurityGroups'],
  uses: ruleKinds,
  examples: {
    fails: [
      {
        title: 'EC2 lists a stale rule',
        resources: { securityGroups: [securityGroup([peerPermission])], staleSecurityGroups: [stale] },
      },
    ],
    passes: [
      {
        title: 'EC2 lists none',
        resources: { securityGroups: [securityGroup([permission('tcp', 5432, 'sg-0a2')])] },
      },
    ],
  },
  *evaluate({ securityGroups, staleSecurityGroups }, { region, snapshot }) {
    const byGroup = new Map<string, (typeof staleSecurityGroups)[number]>(
      staleSecurityGroups.map((own) => [own.groupId, own]),
    );
    for (const group of securityGroups) {
      const { groupId, groupName, vpcId } = group;
      const resource = { type: 'security-group', id: groupId, vpcId, name: groupName || nameOf(group) } as const;
      const listed = byGroup.get(groupId);
      const found = ([false, true] as const).flatMap((isEgress) => {
        const lost = isEgress ? listed?.staleIpPermissionsEgress : listed?.staleIpPermissions;
        if (lost === undefined || lost.length === 0) return [];
        return rulesOfGroup(snapshot, groupId, isEgress).clauses.filter(
          ({ peer, permission: own }) => peer.kind === 'security-group' && names(lost, own, peer.text),
        );
      });
      for (const own of found) {
        yield {
          outcome: 'fail',
          resource,
          title: `the rule for ${own.peer.text} admits nobody any more`,
          evidence: [own.evidence],
          fix: { summary: 'Delete the rule.', cli: revokeRules(region, [own]) },
        };
      }
      if (found.length === 0) yield { outcome: 'pass', resource };
    }
  },
};

const names = (lost: readonly IpPermission[], own: IpPermission, groupId: string): boolean =>
  lost.some(
    ({ ipProtocol, fromPort, toPort, userIdGroupPairs }) =>
      ipProtocol === own.ipProtocol &&
      (fromPort ?? -1) === (own.fromPort ?? -1) &&
      (toPort ?? -1) === (own.toPort ?? -1) &&
      userIdGroupPairs.some((pair) => (pair.groupId ?? pair.groupName ?? '') === groupId),
  );

export default check;
