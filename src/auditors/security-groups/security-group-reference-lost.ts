import { securityGroupById } from '../../network/facts/resources-by-id.ts';
import { rulesOfGroup } from '../../network/hops/security-group.ts';
import type { Check } from '../check.ts';
import { peering, permission, securityGroup } from '../examples.ts';
import { referenceWays } from '../reference-ways.ts';
import { type RuleKind, ruleKinds } from '../rule-kinds.ts';
import { revokeRules } from '../security-group-fix.ts';
import { takingPart } from '../taking-part.ts';

type Ways =
  | 'vpcPeeringConnections'
  | 'transitGateways'
  | 'transitGatewayVpcAttachments'
  | 'securityGroupVpcAssociations';

const groups = [
  securityGroup([permission('tcp', 5432, 'sg-0b1')]),
  securityGroup([], { GroupId: 'sg-0b1', GroupName: 'clients', VpcId: 'vpc-0a2' }),
];

const check: Check<'securityGroups' | Ways, RuleKind> = {
  id: 'security-group-reference-lost',
  title: 'Rule names a security group of a VPC that references do not cross to',
  severity: 'low',
  rationale:
    'A reference to a group holds within a VPC, across an active peering of the same Region and across a transit gateway ' +
    'that supports it, inbound only. Anywhere else the rule admits nobody, whatever it looks like.',
  remediation:
    'Switch the support for references on in the transit gateway and both attachments, or name the addresses of the ' +
    'other VPC instead.',
  references: [
    'https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html',
    'https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html',
  ],
  relatedChecks: [],
  judges: 'securityGroups',
  needs: [
    'securityGroups',
    'vpcPeeringConnections',
    'transitGateways',
    'transitGatewayVpcAttachments',
    'securityGroupVpcAssociations',
  ],
  uses: ruleKinds,
  failsOnAbsence: true,
  examples: {
    fails: [{ title: 'nothing joins the two VPCs that would carry it', resources: { securityGroups: groups } }],
    passes: [
      { title: 'the VPCs are peered', resources: { securityGroups: groups, vpcPeeringConnections: [peering()] } },
    ],
  },
  *evaluate({ securityGroups }, { region, snapshot }) {
    const known = securityGroupById(snapshot);
    for (const { groupId, groupName, vpcId, ipPermissions, ipPermissionsEgress } of securityGroups) {
      const resource = { type: 'security-group', id: groupId, vpcId, name: groupName } as const;
      const found = ([false, true] as const).flatMap((isEgress) => {
        const isLost = (peer: string | undefined): boolean => {
          const named = peer === undefined ? undefined : known.get(peer)?.resource;
          return named !== undefined && !referenceWays(snapshot)(groupId, vpcId, named, isEgress);
        };
        const suspected = (isEgress ? ipPermissionsEgress : ipPermissions).some(({ userIdGroupPairs }) =>
          userIdGroupPairs.some((pair) => isLost(pair.groupId)),
        );
        return suspected
          ? rulesOfGroup(snapshot, groupId, isEgress).clauses.filter(
              ({ peer }) => peer.kind === 'security-group' && isLost(peer.pair.groupId),
            )
          : [];
      });
      for (const own of found) {
        const home = known.get(own.peer.text)?.resource.vpcId ?? '';
        yield {
          outcome: 'fail',
          resource,
          title: `the rule for ${own.peer.text} of ${home} matches nobody`,
          evidence: [own.evidence, ...takingPart('vpc', [home], 'of-the-group')],
          fix: { summary: 'Delete the rule, or name addresses instead of the group.', cli: revokeRules(region, [own]) },
        };
      }
      if (found.length === 0) yield { outcome: 'pass', resource };
    }
  },
};

export default check;
