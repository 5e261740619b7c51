import type { NetworkAcl } from '../../model/resources/network-acl.ts';
import { nameOf } from '../../model/tag.ts';
import type { Fix } from '../../model/verdict/verdict.ts';
import { compileNetworkAcl } from '../../network/filters/network-acl.ts';
import { type DeadDeny, deadDenies } from '../acl-shadows.ts';
import type { Check } from '../check.ts';
import { entry, networkAcl } from '../examples.ts';
import { createEntry, deleteEntry, freeRuleNumbers } from '../network-acl-fix.ts';

const check: Check<'networkAcls'> = {
  id: 'network-acl-deny-never-matches',
  title: 'Deny rule of a network ACL never matches',
  severity: 'medium',
  rationale:
    'Rules are tried by number and the first that matches decides. A deny behind rules that already decide all of its ' +
    'packets does nothing: whoever wrote it believes an address or port to be blocked, and it is not.',
  remediation:
    'Give the deny a lower number than the allow rules that overtake it, and keep gaps between numbers for the next one. ' +
    'A deny that only repeats earlier denies can go.',
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html'],
  relatedChecks: [],
  judges: 'networkAcls',
  needs: ['networkAcls'],
  examples: {
    fails: [
      {
        title: 'the deny of one address stands behind the rule that allows everybody',
        resources: {
          networkAcls: [
            networkAcl([entry(100, 'allow', 'ingress', '0.0.0.0/0'), entry(200, 'deny', 'ingress', '198.51.100.7/32')]),
          ],
        },
      },
    ],
    passes: [
      {
        title: 'the deny stands before it, and a later one still decides what the first leaves over',
        resources: {
          networkAcls: [
            networkAcl([
              entry(90, 'deny', 'ingress', '198.51.100.7/32'),
              entry(100, 'allow', 'ingress', '0.0.0.0/0', '6'),
              entry(200, 'deny', 'ingress', '198.51.100.0/24'),
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
      const compiled = compileNetworkAcl(acl);
      const dead = deadDenies(compiled);
      for (const { deny, takers } of dead) {
        const overtaken = takers.some((taker) => taker.entry.ruleAction === 'allow');
        yield {
          outcome: 'fail',
          resource,
          title: `deny rule ${deny.entry.ruleNumber} (${deny.entry.egress ? 'egress' : 'ingress'}) never matches`,
          severity: overtaken ? 'medium' : 'low',
          evidence: [deny.evidence, ...takers.map(({ evidence }) => evidence)],
          fix: fixOf(region, acl, { deny, takers }),
        };
      }
      const missing = [...compiled.ingress, ...compiled.egress].flatMap((own) => own.missing ?? []);
      if (missing.length > 0) yield { outcome: 'unknown', resource, missing };
      else if (dead.length === 0) yield { outcome: 'pass', resource };
    }
  },
};

/** The deny before the first allow that overtakes it; where none does, it is not needed. */
function fixOf(region: string, acl: NetworkAcl, { deny, takers }: DeadDeny): Fix {
  const removal = deleteEntry(region, acl.networkAclId, deny.entry);
  const allow = takers.find((taker) => taker.entry.ruleAction === 'allow');
  if (allow === undefined) return { summary: 'Delete the rule: earlier denies decide all of it.', cli: [removal] };
  const summary = `Put the deny before rule ${allow.entry.ruleNumber}.`;
  const [number] = freeRuleNumbers(acl, deny.entry.egress, allow.entry.ruleNumber, 1);
  if (number === undefined) return { summary };
  return { summary, cli: [createEntry(region, acl.networkAclId, number, deny.entry), removal] };
}

export default check;
