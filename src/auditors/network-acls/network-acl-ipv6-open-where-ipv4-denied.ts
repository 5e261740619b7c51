import type { NetworkAcl } from '../../model/resources/network-acl.ts';
import { nameOf } from '../../model/tag.ts';
import type { Fix } from '../../model/verdict/verdict.ts';
import { type CompiledAclEntry, decideNetworkAcl } from '../../network/filters/network-acl.ts';
import { compiledAcl } from '../acl-admission.ts';
import { familyGaps } from '../acl-family-gap.ts';
import { ipv6Twin, isGeneralDeny } from '../acl-twins.ts';
import type { Check } from '../check.ts';
import { entry, networkAcl, subnet } from '../examples.ts';
import { createEntry, freeRuleNumbers } from '../network-acl-fix.ts';

const dual = subnet({
  Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlock: '2001:db8:0:1::/64', Ipv6CidrBlockState: { State: 'associated' } }],
});
const ipv4 = [entry(90, 'deny', 'ingress', '0.0.0.0/0', '6', [22, 22]), entry(100, 'allow', 'ingress', '0.0.0.0/0')];

const check: Check<'networkAcls' | 'subnets'> = {
  id: 'network-acl-ipv6-open-where-ipv4-denied',
  title: 'Network ACL denies over IPv4 what it lets in over IPv6',
  severity: 'medium',
  rationale:
    'Rules are written for one address family at a time. Over IPv4 a deny, or the lack of an allow, says that nobody is to ' +
    'reach these ports, and everybody who has an IPv6 address reaches them all the same.',
  remediation:
    'Write each deny twice, for 0.0.0.0/0 and for ::/0, both before the first allow of their family, and allow over IPv6 ' +
    'the ports that IPv4 allows and no others.',
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html'],
  relatedChecks: [],
  judges: 'networkAcls',
  needs: ['networkAcls', 'subnets'],
  examples: {
    fails: [
      {
        title: 'SSH is denied over IPv4 and everything is allowed over IPv6',
        resources: {
          networkAcls: [networkAcl([...ipv4, entry(101, 'allow', 'ingress', '::/0')])],
          subnets: [dual],
        },
      },
    ],
    passes: [
      {
        title: 'both families deny it',
        resources: {
          networkAcls: [
            networkAcl([
              ...ipv4,
              entry(91, 'deny', 'ingress', '::/0', '6', [22, 22]),
              entry(101, 'allow', 'ingress', '::/0'),
            ]),
          ],
          subnets: [dual],
        },
      },
    ],
  },
  *evaluate({ networkAcls, subnets }, { region }) {
    const dualStack = new Set<string>(
      subnets
        .filter(({ ipv6CidrBlocks, ipv6Native }) => ipv6CidrBlocks.length > 0 && ipv6Native !== true)
        .map(({ subnetId }) => subnetId),
    );
    for (const acl of networkAcls) {
      const { networkAclId, vpcId, subnetIds } = acl;
      const resource = { type: 'network-acl', id: networkAclId, vpcId, name: nameOf(acl) } as const;
      if (!subnetIds.some((subnetId) => dualStack.has(subnetId))) {
        yield { outcome: 'not-applicable', resource, reason: 'no subnet with both address families uses it' };
        continue;
      }
      const { ingress, egress } = compiledAcl(acl);
      let open = 0;
      for (const entries of [ingress, egress]) {
        for (const deny of entries.filter(isGeneralDeny)) {
          const twin = ipv6Twin(deny);
          const { admitted, admittedBy } = decideNetworkAcl(entries, twin === undefined ? [] : [twin]);
          if (admitted.length === 0) continue;
          open += 1;
          const { egress: out, ruleNumber } = deny.entry;
          yield {
            outcome: 'fail',
            resource,
            title: `what rule ${ruleNumber} (${out ? 'egress' : 'ingress'}) denies over IPv4 is let through over IPv6`,
            evidence: [deny.evidence, ...admittedBy.map(({ evidence }) => evidence)],
            fix: fixOf(region, acl, deny, admittedBy),
          };
        }
      }
      // What a deny says already is not told again as a gap
      for (const { traffic, entries } of open > 0 ? [] : familyGaps(compiledAcl(acl))) {
        open += 1;
        yield {
          outcome: 'fail',
          resource,
          title: `the internet gets in over IPv6 on ${traffic.protocol} ports that no IPv4 rule opens`,
          evidence: [traffic, ...entries.map(({ evidence }) => evidence)],
          fix: { summary: 'Allow over IPv6 what the IPv4 rules allow, port by port, and no more.' },
        };
      }
      const missing = [...ingress, ...egress].flatMap((own) => own.missing ?? []);
      if (missing.length > 0) yield { outcome: 'unknown', resource, missing };
      else if (open === 0) yield { outcome: 'pass', resource };
    }
  },
};

function fixOf(region: string, acl: NetworkAcl, deny: CompiledAclEntry, allows: readonly CompiledAclEntry[]): Fix {
  const first = Math.min(...allows.map(({ entry: allow }) => allow.ruleNumber));
  const [number] = freeRuleNumbers(acl, deny.entry.egress, first, 1);
  const summary = `Deny the same over IPv6 before rule ${first}.`;
  if (number === undefined) return { summary };
  const { protocol } = deny.entry;
  const twin = {
    ...deny.entry,
    cidrBlock: undefined,
    ipv6CidrBlock: '::/0',
    protocol: protocol === '1' ? '58' : protocol,
    icmpTypeCode: protocol === '1' ? { type: -1, code: -1 } : deny.entry.icmpTypeCode,
  };
  return { summary, cli: [createEntry(region, acl.networkAclId, number, twin)] };
}

export default check;
