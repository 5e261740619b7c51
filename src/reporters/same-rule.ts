import type { Result } from '../findings/audit-report.ts';
import type { Evidence } from '../model/verdict/evidence.ts';
import type { PathRule } from '../model/verdict/path.ts';
import { counted } from './wording.ts';

/** A finding with those that say the same of the same resource because of the same rules. */
export interface Family {
  readonly lead: Result;
  readonly others: readonly Result[];
}

/**
 * Folds findings that one edit would mend: of one check on one resource, resting on no rule that the finding before them
 * does not rest on. A rule for all traffic opens every service there is, and is one thing to read. The results are
 * expected the worst first; the first of each family leads it.
 */
export function familiesOf(results: readonly Result[]): readonly Family[] {
  const families: { readonly lead: Result; readonly rules: ReadonlySet<string>; readonly others: Result[] }[] = [];
  const bySubject = new Map<string, typeof families>();
  for (const result of results) {
    const rules = rulesOf(result);
    const subject = `${result.outcome} ${result.checkId} ${result.resource.arn} ${result.resource.id}`;
    const known = bySubject.get(subject) ?? [];
    bySubject.set(subject, known);
    const family = rules.size === 0 ? undefined : known.find((own) => [...rules].every((rule) => own.rules.has(rule)));
    if (family !== undefined) {
      family.others.push(result);
      continue;
    }
    const started = { lead: result, rules, others: [] };
    families.push(started);
    known.push(started);
  }
  return families;
}

/** `and 43 more by the same rule`, `by the same 2 rules`; empty where the finding stands alone. */
export function familyWords({ lead, others }: Family): string {
  return others.length === 0 ? '' : `and ${counted(others.length, 'more', 'more')} by ${sameRulesWords(lead)}`;
}

/** `the same rule`, `the same 2 rules`. */
export function sameRulesWords(result: Result): string {
  const { size } = rulesOf(result);
  return size === 1 ? 'the same rule' : `the same ${size} rules`;
}

/** Of the findings of some families how many are as bad as the first lead, and how many are milder. */
export function countsOfFamilies(families: readonly [Family, ...Family[]]): {
  readonly own: number;
  readonly milder: number;
} {
  const { effectiveSeverity } = families[0].lead;
  const all = families.flatMap(({ lead, others }) => [lead, ...others]);
  const own = all.filter((result) => result.effectiveSeverity === effectiveSeverity).length;
  return { own, milder: all.length - own };
}

const rulesOf = ({ evidence }: Result): ReadonlySet<string> => ruleKeysOf(evidence);

/** What identifies each rule among pieces of evidence or the rules of a path. */
export const ruleKeysOf = (rules: readonly (Evidence | PathRule)[]): ReadonlySet<string> =>
  new Set(rules.flatMap(ruleOf));

/** What identifies a rule; nothing for evidence that is no rule. */
function ruleOf(evidence: Evidence | PathRule): readonly string[] {
  switch (evidence.type) {
    case 'security-group-rule': {
      const { securityGroupRuleId, securityGroupId, isEgress, protocol, fromPort, toPort, peer } = evidence;
      return [securityGroupRuleId ?? JSON.stringify([securityGroupId, isEgress, protocol, fromPort, toPort, peer])];
    }
    case 'network-acl-entry':
      return [JSON.stringify([evidence.networkAclId, evidence.egress, evidence.ruleNumber])];
    case 'route':
      return [JSON.stringify([evidence.routeTableId, evidence.destination])];
    case 'policy-statement':
    case 'traffic':
    case 'attribute':
    case 'resource':
    case 'transit-gateway-route':
    case 'transit-gateway-policy-entry':
    case 'listener':
      return [];
    default:
      return evidence satisfies never;
  }
}
