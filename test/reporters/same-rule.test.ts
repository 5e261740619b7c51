import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Result } from '../../src/findings/audit-report.ts';
import { compareResults } from '../../src/findings/order.ts';
import { familiesOf, familyWords } from '../../src/reporters/same-rule.ts';
import { oneRuleReport, sampleReport } from './sample-report.ts';

const [template] = sampleReport().results.filter(({ checkId }) => checkId === 'security-group-open-to-internet');
if (template === undefined) throw new Error('the sample has open groups');

const rulesOf = ({ evidence }: Result): readonly string[] =>
  evidence.flatMap((item) => (item.type === 'security-group-rule' ? [item.securityGroupRuleId ?? ''] : []));

const result: fc.Arbitrary<Result> = fc
  .record({
    id: fc.constantFrom('sg-1', 'sg-2'),
    checkId: fc.constantFrom('a', 'b'),
    effectiveSeverity: fc.constantFrom('critical', 'high', 'low'),
    outcome: fc.constantFrom('fail', 'unknown'),
    rules: fc.uniqueArray(fc.constantFrom('sgr-1', 'sgr-2', 'sgr-3'), { maxLength: 3 }),
    fingerprint: fc.string({ unit: fc.constantFrom('0', '9', 'a', 'f'), minLength: 64, maxLength: 64 }),
  })
  .map(({ id, rules, ...rest }) => ({
    ...template,
    ...rest,
    resource: { ...template.resource, id, arn: `arn:${id}` },
    evidence: rules.map((rule) => ({
      type: 'security-group-rule' as const,
      securityGroupId: id,
      securityGroupRuleId: rule,
      isEgress: false,
      protocol: 'all',
      peer: '0.0.0.0/0',
    })),
  }));

describe('familiesOf', () => {
  it('puts every finding into one family, under one no milder of the same check, resource and rules', () => {
    fc.assert(
      fc.property(fc.array(result, { maxLength: 30 }), (unsorted) => {
        const results = unsorted.toSorted(compareResults);
        const families = familiesOf(results);
        const members = families.flatMap(({ lead, others }) => [lead, ...others]);
        expect(members.toSorted(compareResults)).toEqual(results);
        for (const { lead, others } of families) {
          for (const other of others) {
            expect([other.checkId, other.resource.id, other.outcome]).toEqual([
              lead.checkId,
              lead.resource.id,
              lead.outcome,
            ]);
            expect(rulesOf(other).length).toBeGreaterThan(0);
            expect(rulesOf(lead)).toEqual(expect.arrayContaining([...rulesOf(other)]));
            expect(results.indexOf(lead)).toBeLessThan(results.indexOf(other));
          }
        }
        // Leads of one subject never hold each other's rules: whatever can be folded is.
        for (const [at, { lead }] of families.entries()) {
          const before = families.slice(0, at).filter((family) => family.lead.resource.id === lead.resource.id);
          for (const { lead: earlier } of before) {
            if (earlier.checkId !== lead.checkId || earlier.outcome !== lead.outcome || rulesOf(lead).length === 0)
              continue;
            expect(rulesOf(lead).every((rule) => rulesOf(earlier).includes(rule))).toBe(false);
          }
        }
      }),
    );
  });

  it('reads as one thing what one rule opens', () => {
    const failures = oneRuleReport(44).results.filter(({ outcome }) => outcome === 'fail');
    const [family, ...rest] = familiesOf(failures);
    expect(rest).toEqual([]);
    expect(family?.lead.effectiveSeverity).toBe('critical');
    expect(family?.others).toHaveLength(43);
    expect(family && familyWords(family)).toBe('and 43 more by the same rule');
  });
});
