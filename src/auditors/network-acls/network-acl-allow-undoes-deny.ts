import type { NetworkAcl } from '../../model/resources/network-acl.ts';
import { nameOf } from '../../model/tag.ts';
import type { Fix } from '../../model/verdict/verdict.ts';
import { compiledAcl } from '../acl-admission.ts';
import { type UndoneDeny, undoneDenies } from '../acl-shadows.ts';
import type { Check } from '../check.ts';
import { entry, networkAcl } from '../examples.ts';
import { createEntry, deleteEntry, freeRuleNumbers } from '../network-acl-fix.ts';

const check: Check<'networkAcls'> = {
  id: 'network-acl-allow-undoes-deny',
  title: 'Allow rule lets in part of what a later deny shuts out',
  severity: 'medium',
  rationale:
    'The deny names an address that is to be kept away from everything, and an earlier rule for everybody has already let ' +
    'that address in on some ports. The list looks as if the address were blocked.',
  remediation:
    'Give denies of single addresses and networks the lowest numbers, before every rule that allows a wider range.',
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html'],
  relatedChecks: [],
  judges: 'networkAcls',
  needs: ['networkAcls'],
  examples: {
    fails: [
      {
        title: 'the blocked address is let in on HTTPS like everybody',
        resources: {
          networkAcls: [
            networkAcl([
              entry(100, 'allow', 'ingress', '0.0.0.0/0', '6', [443, 443]),
              entry(200, 'deny', 'ingress', '198.51.100.7/32'),
              entry(300, 'allow', 'ingress', '0.0.0.0/0', '6', [1024, 65_535]),
            ]),
          ],
        },
      },
    ],
    passes: [
      {
        title: 'an exception for one network stands before the deny for everybody',
        resources: {
          networkAcls: [
            networkAcl([
              entry(100, 'allow', 'ingress', '203.0.113.0/24', '6', [22, 22]),
              entry(200, 'deny', 'ingress', '0.0.0.0/0', '6', [22, 23]),
              entry(300, 'allow', 'ingress', '0.0.0.0/0', '6'),
            ]),
          ],
        },
      },
    ],
  },
  *evaluate({ networkAcls }, { region }) {
    for (const acl of networkAcls) {
      const { networkAclId, vpcId } = acl;
      const resource = { type: 'network-acl', id: networkAclId, vpcId, name: nameOf(acl) } as const;
      const compiled = compiledAcl(acl);
      const undone = undoneDenies(compiled);
      for (const { deny, allows } of undone) {
        const { ruleNumber, egress } = deny.entry;
        yield {
          outcome: 'fail',
          resource,
          title: `part of deny rule ${ruleNumber} (${egress ? 'egress' : 'ingress'}) is let through by earlier rules`,
          evidence: [deny.evidence, ...allows.map(({ evidence }) => evidence)],
          fix: fixOf(region, acl, { deny, allows }),
        };
      }
      const missing = [...compiled.ingress, ...compiled.egress].flatMap((own) => own.missing ?? []);
      if (missing.length > 0) yield { outcome: 'unknown', resource, missing };
      else if (undone.length === 0) yield { outcome: 'pass', resource };
    }
  },
};

function fixOf(region: string, acl: NetworkAcl, { deny, allows }: UndoneDeny): Fix {
  const first = Math.min(...allows.map((allow) => allow.entry.ruleNumber));
  const summary = `Put the deny before rule ${first}.`;
  const [number] = freeRuleNumbers(acl, deny.entry.egress, first, 1);
  if (number === undefined) return { summary };
  return {
    summary,
    cli: [createEntry(region, acl.networkAclId, number, deny.entry), deleteEntry(region, acl.networkAclId, deny.entry)],
  };
}

export default check;
