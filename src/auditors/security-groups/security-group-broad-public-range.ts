import { rulesOfGroup } from '../../network/hops/security-group.ts';
import { broadPublicBlock } from '../broad-blocks.ts';
import type { Check } from '../check.ts';
import { permission, securityGroup } from '../examples.ts';
import { internetClauses, openPorts } from '../open-ports.ts';
import { relatedChecks } from '../related-checks.ts';
import { type RuleKind, ruleKinds } from '../rule-kinds.ts';
import { revokeRules } from '../security-group-fix.ts';

const check: Check<'securityGroups', RuleKind> = {
  id: 'security-group-broad-public-range',
  title: 'Security group admits a public range too wide to be anybody’s own',
  severity: 'low',
  rationale:
    'A public block of this size belongs to a provider and not to the people who were meant: every customer of it, rented ' +
    'hosts included, may open a connection.',
  remediation:
    'Name the addresses that are really used, in a prefix list if they are many, and ask the partner for them where they ' +
    'are not known.',
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html'],
  relatedChecks: relatedChecks({
    prowler: [
      'ec2_securitygroup_allow_wide_open_public_ipv4',
      'ec2_securitygroup_allow_ingress_from_internet_to_any_port_from_ip',
    ],
  }),
  judges: 'securityGroups',
  needs: ['securityGroups'],
  uses: ruleKinds,
  examples: {
    fails: [
      {
        title: 'a whole /12 of a provider is admitted',
        resources: { securityGroups: [securityGroup([permission('tcp', 443, '52.0.0.0/12')])] },
      },
    ],
    passes: [
      {
        title: 'a network of a partner is admitted',
        resources: { securityGroups: [securityGroup([permission('tcp', 443, '198.51.100.0/24', '10.0.0.0/8')])] },
      },
    ],
  },
  *evaluate({ securityGroups }, { region, snapshot }) {
    for (const { groupId, groupName, vpcId, ipPermissions } of securityGroups) {
      const resource = { type: 'security-group', id: groupId, vpcId, name: groupName } as const;
      if (
        !ipPermissions.some(({ ipRanges, ipv6Ranges }) =>
          [...ipRanges.map(({ cidrIp }) => cidrIp), ...ipv6Ranges.map(({ cidrIpv6 }) => cidrIpv6)].some(
            broadPublicBlock,
          ),
        )
      ) {
        yield { outcome: 'pass', resource };
        continue;
      }
      const { clauses } = rulesOfGroup(snapshot, groupId, false);
      // What is part of the whole internet is another check's, and worse
      const spanning = new Set(
        [6, 17, 1, 58].flatMap((protocol) => openPorts(internetClauses(clauses), protocol)?.clauses ?? []),
      );
      const broad = clauses.filter(
        (own) => own.peer.kind === 'cidr' && broadPublicBlock(own.peer.text) && !spanning.has(own),
      );
      for (const own of broad) {
        yield {
          outcome: 'fail',
          resource,
          title: `all of ${own.peer.text} is admitted`,
          evidence: [own.evidence],
          fix: {
            summary: 'Revoke the rule, after admitting the addresses that are really used.',
            cli: revokeRules(region, [own]),
          },
        };
      }
      if (broad.length === 0) yield { outcome: 'pass', resource };
    }
  },
};

export default check;
