import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Baseline, KnownFinding } from '../../../src/findings/baseline/baseline.ts';
import { diff, diffStatus } from '../../../src/findings/diff/diff.ts';
import { diffFindings, news } from '../../../src/findings/diff/diff-findings.ts';
import { severities } from '../../../src/model/verdict/severity.ts';
import { anyAudit, comparable, wholeAudit } from '../baseline/baseline-arbitrary.ts';

const prints = (findings: readonly KnownFinding[]): readonly string[] =>
  findings.map(({ fingerprint }) => fingerprint).toSorted();
const ofEntries = (entries: readonly { readonly finding: KnownFinding }[]): readonly string[] =>
  prints(entries.map(({ finding }) => finding));
const without = (a: Baseline, b: Baseline): readonly string[] => {
  const there = new Set(prints(b.findings));
  return prints(a.findings).filter((fingerprint) => !there.has(fingerprint));
};

describe('two audits compared', () => {
  it('are the same where they are one', () => {
    fc.assert(
      fc.property(anyAudit, (audit) => {
        const same = diffFindings(audit, audit);
        expect(ofEntries(same.unchanged)).toEqual(prints(audit.findings));
        expect([same.new, same.resolved, same.changed, same.incomparable]).toEqual([[], [], [], []]);
        expect(diffStatus(diff(audit, audit), 'informational').code).toBe(0);
      }),
    );
  });

  it('put every finding of either into exactly one list', () => {
    fc.assert(
      fc.property(anyAudit, anyAudit, (a, b) => {
        const found = diffFindings(a, b);
        const lists = [
          prints(found.new),
          prints(found.resolved),
          ofEntries(found.changed),
          ofEntries(found.unchanged),
          ofEntries(found.incomparable),
        ].flat();
        expect(lists.toSorted()).toEqual([...new Set([...prints(a.findings), ...prints(b.findings)])].toSorted());
      }),
    );
  });

  it('say the opposite the other way round', () => {
    fc.assert(
      fc.property(anyAudit, anyAudit, (a, b) => {
        const [forth, back] = [diffFindings(a, b), diffFindings(b, a)];
        expect(prints(back.resolved)).toEqual(prints(forth.new));
        expect(prints(back.new)).toEqual(prints(forth.resolved));
        expect(ofEntries(back.changed)).toEqual(ofEntries(forth.changed));
        expect(ofEntries(back.unchanged)).toEqual(ofEntries(forth.unchanged));
        for (const side of ['old', 'new'] as const) {
          const other = side === 'old' ? 'new' : 'old';
          expect(ofEntries(back.incomparable.filter((entry) => entry.in === side))).toEqual(
            ofEntries(forth.incomparable.filter((entry) => entry.in === other)),
          );
        }
      }),
    );
  });

  it('leave nothing open where both saw everything', () => {
    fc.assert(
      fc.property(wholeAudit, wholeAudit, (a, b) => {
        const found = diffFindings(a, b);
        expect(found.incomparable).toEqual([]);
        expect(found.changed.filter(({ doubt }) => doubt !== undefined)).toEqual([]);
        expect(prints(found.new)).toEqual(without(b, a));
        expect(prints(found.resolved)).toEqual(without(a, b));
      }),
    );
  });

  it('call new or resolved exactly what the other could tell, or was as blind to', () => {
    fc.assert(
      fc.property(anyAudit, anyAudit, (a, b) => {
        const found = diffFindings(a, b);
        for (const finding of found.resolved) expect(comparable(b, a, finding)).toBe(true);
        for (const finding of found.new) expect(comparable(a, b, finding)).toBe(true);
        for (const { finding, in: side } of found.incomparable) {
          expect(side === 'old' ? comparable(b, a, finding) : comparable(a, b, finding)).toBe(false);
        }
      }),
    );
  });
});

describe('what counts as news', () => {
  it('is what is new, graver, or no longer suppressed, and never what is suppressed', () => {
    fc.assert(
      fc.property(anyAudit, anyAudit, (a, b) => {
        const found = diffFindings(a, b);
        const known = new Map(a.findings.map((finding) => [finding.fingerprint, finding]));
        const fresh = new Set(prints(found.new));
        const expected = b.findings.filter((finding) => {
          const before = known.get(finding.fingerprint);
          if (finding.suppressed === true) return false;
          if (before === undefined) return fresh.has(finding.fingerprint);
          const graver = severities.indexOf(finding.effectiveSeverity) < severities.indexOf(before.effectiveSeverity);
          return before.suppressed === true || graver;
        });
        expect(prints(news(found))).toEqual(prints(expected));
        for (const failOn of severities) {
          const counting = expected.filter(
            ({ effectiveSeverity }) => severities.indexOf(effectiveSeverity) <= severities.indexOf(failOn),
          );
          expect(diffStatus(diff(a, b), failOn).code & 1).toBe(counting.length > 0 ? 1 : 0);
        }
        expect(diffStatus(diff(a, b), 'none').code & 1).toBe(0);
      }),
    );
  });
});
