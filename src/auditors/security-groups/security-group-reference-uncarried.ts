import { interfacesOfGroup } from '../../network/facts/group-members.ts';
import { securityGroupById } from '../../network/facts/resources-by-id.ts';
import { rulesOfGroup } from '../../network/hops/security-group.ts';
import type { Check } from '../check.ts';
import { networkInterface, permission, securityGroup } from '../examples.ts';
import { type RuleKind, ruleKinds } from '../rule-kinds.ts';
import { revokeRules } from '../security-group-fix.ts';
import { takingPart } from '../taking-part.ts';

const clients = securityGroup([], { GroupId: 'sg-0a2', GroupName: 'clients' });
const database = securityGroup([permission('tcp', 5432, 'sg-0a2')]);

const check: Check<'securityGroups' | 'networkInterfaces', RuleKind> = {
  id: 'security-group-reference-uncarried',
  title: 'Rule names a security group that nothing carries',
  severity: 'low',
  rationale:
    'The rule admits nobody today. Whoever gives an interface the empty group opens a door without touching the group ' +
    'behind it, and a review of either shows nothing.',
  remediation: 'Delete the rule and the group where their purpose went; keep both where members are about to come.',
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html'],
  relatedChecks: [],
  judges: 'securityGroups',
  needs: ['securityGroups', 'networkInterfaces'],
  uses: ruleKinds,
  failsOnAbsence: true,
  examples: {
    fails: [
      {
        title: 'the database admits clients, and there are none',
        resources: { securityGroups: [database, clients], networkInterfaces: [networkInterface()] },
      },
    ],
    passes: [
      {
        title: 'a client carries the group',
        resources: {
          securityGroups: [database, clients],
          networkInterfaces: [
            networkInterface(),
            networkInterface({ NetworkInterfaceId: 'eni-0a2', Groups: [{ GroupId: 'sg-0a2' }] }),
          ],
        },
      },
    ],
  },
  *evaluate({ securityGroups }, { region, snapshot }) {
    const carried = interfacesOfGroup(snapshot);
    const known = securityGroupById(snapshot);
    const isEmpty = (groupId: string): boolean => known.has(groupId) && !carried.has(groupId);
    for (const { groupId, groupName, vpcId, ipPermissions } of securityGroups) {
      const resource = { type: 'security-group', id: groupId, vpcId, name: groupName } as const;
      const empty = new Set(
        ipPermissions
          .flatMap(({ userIdGroupPairs }) => userIdGroupPairs.flatMap((pair) => pair.groupId ?? []))
          .filter((peer) => peer !== groupId && isEmpty(peer)),
      );
      // A group that nobody carries itself is reported as unused, not for its rules
      if (empty.size === 0 || !carried.has(groupId)) {
        yield { outcome: 'pass', resource };
        continue;
      }
      const clauses = rulesOfGroup(snapshot, groupId, false).clauses.filter(
        ({ peer }) => peer.kind === 'security-group' && peer.pair.groupId !== undefined && empty.has(peer.pair.groupId),
      );
      for (const own of clauses) {
        yield {
          outcome: 'fail',
          resource,
          title: `nothing carries ${own.peer.text}, which the rule admits`,
          evidence: [own.evidence, ...takingPart('security-group', [own.peer.text], 'carried-by-nobody')],
          fix: { summary: 'Delete the rule, where no member is about to come.', cli: revokeRules(region, [own]) },
        };
      }
    }
  },
};

export default check;
