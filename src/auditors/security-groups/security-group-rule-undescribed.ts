import { internetAddresses } from '../../network/facts/special-addresses.ts';
import { rulesOfGroup } from '../../network/hops/security-group.ts';
import { disjointAddresses, parseAddressSet } from '../../network/sets/address-set.ts';
import { broadPublicBlock } from '../broad-blocks.ts';
import type { Check } from '../check.ts';
import { permission, securityGroup } from '../examples.ts';
import { type RuleKind, ruleKinds } from '../rule-kinds.ts';

const described = {
  ...permission('tcp', 443),
  IpRanges: [{ CidrIp: '203.0.113.8/32', Description: 'partner, ticket 7' }],
};

const check: Check<'securityGroups', RuleKind> = {
  id: 'security-group-rule-undescribed',
  title: 'Rule for public addresses does not say whose they are',
  severity: 'informational',
  rationale:
    'An address on the internet has another owner next year. Without a description nobody knows whom the rule is for, so ' +
    'nobody deletes it when they leave, and it stays open for whoever gets the address next.',
  remediation: 'Describe each such rule: whose addresses they are, who asked for it, until when.',
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/updating-security-group-rules.html'],
  relatedChecks: [],
  judges: 'securityGroups',
  needs: ['securityGroups'],
  uses: ruleKinds,
  examples: {
    fails: [
      {
        title: 'one public address without a word',
        resources: { securityGroups: [securityGroup([permission('tcp', 443, '203.0.113.8/32')])] },
      },
    ],
    passes: [
      {
        title: 'it is described, and the private network and everybody need no words',
        resources: {
          securityGroups: [securityGroup([described, permission('tcp', 443, '10.0.0.0/16', '0.0.0.0/0', 'sg-0a2')])],
        },
      },
    ],
  },
  *evaluate({ securityGroups }, { snapshot }) {
    for (const { groupId, groupName, vpcId, ipPermissions } of securityGroups) {
      const resource = { type: 'security-group', id: groupId, vpcId, name: groupName } as const;
      const silent = new Set(
        ipPermissions.flatMap(({ ipRanges, ipv6Ranges }) => [
          ...ipRanges.filter(wordless).map(({ cidrIp }) => cidrIp),
          ...ipv6Ranges.filter(wordless).map(({ cidrIpv6 }) => cidrIpv6),
        ]),
      );
      const publicOnes = [...silent].filter(isSomebodys);
      if (publicOnes.length > 0) {
        const clauses = rulesOfGroup(snapshot, groupId, false).clauses.filter(
          ({ peer, permission: { ipRanges, ipv6Ranges } }) =>
            publicOnes.includes(peer.text) &&
            (ipRanges.some((own) => own.cidrIp === peer.text && wordless(own)) ||
              ipv6Ranges.some((own) => own.cidrIpv6 === peer.text && wordless(own))),
        );
        for (const { evidence, peer } of clauses) {
          yield {
            outcome: 'fail',
            resource,
            title: `nothing says whose ${peer.text} is`,
            evidence: [evidence],
            fix: { summary: 'Describe the rule, or revoke it where nobody can.' },
          };
        }
      } else yield { outcome: 'pass', resource };
    }
  },
};

const wordless = ({ description }: { readonly description: string | undefined }): boolean =>
  (description ?? '').trim() === '';

/** A part of the internet that has an owner: not all of it or half, whose meaning is plain, and not a private network. */
function isSomebodys(block: string): boolean {
  if (/^(10|127|192\.168)\./.test(block) || broadPublicBlock(block)) return false;
  const addresses = parseAddressSet([block]).value;
  return addresses !== undefined && !disjointAddresses(addresses, internetAddresses);
}

export default check;
