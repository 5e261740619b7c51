import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Baseline, KnownFinding } from '../../../src/findings/baseline/baseline.ts';
import { firstBaseline, pruned, updated } from '../../../src/findings/baseline/carry-on.ts';
import { readBaseline } from '../../../src/findings/baseline/read-baseline.ts';
import { diffFindings } from '../../../src/findings/diff/diff-findings.ts';
import { renderLines } from '../../../src/reporters/json.ts';
import { anyAudit, comparable, couldTell } from './baseline-arbitrary.ts';

const prints = (findings: readonly KnownFinding[]): readonly string[] =>
  findings.map(({ fingerprint }) => fingerprint).toSorted();

describe('a baseline', () => {
  it('is read as it was written, one finding a line', () => {
    fc.assert(
      fc.property(anyAudit, (audit) => {
        const text = renderLines(audit);
        expect(readBaseline(JSON.parse(text), 'baseline.json')).toEqual(audit);
        for (const { fingerprint } of audit.findings) {
          expect(text.split('\n').filter((line) => line.includes(fingerprint))).toHaveLength(1);
        }
      }),
    );
  });

  it('brought up to an audit leaves nothing new and nothing resolved against it', () => {
    fc.assert(
      fc.property(anyAudit, anyAudit, (before, current) => {
        const { baseline } = updated(before, current);
        const { new: fresh, resolved } = diffFindings(baseline, current);
        expect([prints(fresh), prints(resolved)]).toEqual([[], []]);
        const found = diffFindings(before, current);
        const open = found.incomparable.filter((entry) => entry.in === 'old').map(({ finding }) => finding);
        expect(prints(baseline.findings)).toEqual(prints([...current.findings, ...open]));
        expect(prints(updated(baseline, current).baseline.findings)).toEqual(prints(baseline.findings));
      }),
    );
  });

  it('pruned loses what is proven to be gone and takes nothing in', () => {
    fc.assert(
      fc.property(anyAudit, anyAudit, (before, current) => {
        const { baseline, removed, added } = pruned(before, current);
        const resolved = new Set(prints(diffFindings(before, current).resolved));
        expect(prints(baseline.findings)).toEqual(prints(before.findings).filter((print) => !resolved.has(print)));
        expect([removed, added]).toEqual([resolved.size, 0]);
        expect(pruned(baseline, current).baseline).toEqual(baseline);
      }),
    );
  });

  it('keeps the earliest day on which each finding was seen, and its order', () => {
    fc.assert(
      fc.property(anyAudit, anyAudit, (before, current) => {
        const first = firstBaseline(before);
        const { baseline } = updated(first, current);
        for (const finding of baseline.findings) {
          const seen = [
            first.findings.find(({ fingerprint }) => fingerprint === finding.fingerprint)?.firstSeen,
            current.findings.find(({ fingerprint }) => fingerprint === finding.fingerprint)?.firstSeen,
          ].filter((time) => time !== undefined);
          expect(finding.firstSeen).toBe(seen.toSorted()[0] ?? current.collectedAt);
        }
        const keys = baseline.findings.map(
          ({ checkId, resource }) => `${checkId} ${resource.accountId} ${resource.region} ${resource.id}`,
        );
        expect(keys).toEqual(keys.toSorted());
      }),
    );
  });

  it('can tell what either audit could, and nothing else', () => {
    fc.assert(
      fc.property(anyAudit, anyAudit, anyAudit, (before, current, later) => {
        const { baseline } = updated(before, current);
        for (const finding of later.findings) {
          expect(couldTell(baseline, finding)).toBe(couldTell(before, finding) || couldTell(current, finding));
        }
      }),
    );
  });

  it('holds on to a finding through any number of nights that could not tell', () => {
    fc.assert(
      fc.property(anyAudit, fc.array(anyAudit, { minLength: 1, maxLength: 4 }), (first, nights) => {
        let baseline = first;
        let held = new Set(prints(first.findings));
        for (const night of nights) {
          const told = first.findings
            .filter((finding) => comparable(night, first, finding))
            .map(({ fingerprint }) => fingerprint);
          held = new Set([...held].filter((fingerprint) => !told.includes(fingerprint)));
          ({ baseline } = updated(baseline, { ...night, findings: [] }));
        }
        for (const fingerprint of held) expect(prints(baseline.findings)).toContain(fingerprint);
      }),
    );
  });

  it('never calls graver what only looked milder while less was read', () => {
    fc.assert(
      fc.property(anyAudit, anyAudit, (night, blind) => {
        const refused: Baseline = {
          ...night,
          gaps: night.places.flatMap(({ accountId, region }) =>
            [
              'ec2.DescribeNetworkAcls',
              'ec2.DescribeSecurityGroups',
              'ec2.DescribeSubnets',
              'ec2.DescribeVpcEndpoints',
            ].map((operation) => ({ accountId, region, operation, state: 'unread' as const })),
          ),
          findings: night.findings.map((finding) => ({
            ...finding,
            effectiveSeverity: blind.findings.length % 2 === 0 ? 'informational' : finding.effectiveSeverity,
          })),
        };
        const whole: Baseline = { ...night, gaps: [] };
        const { baseline } = updated(whole, refused);
        expect(diffFindings(baseline, whole).changed).toEqual([]);
      }),
    );
  });
});
