import { describe, expect, it } from 'vitest';
import { sampleAccount } from '../../mocks/accounts/index.ts';
import { snapshotOf } from '../../mocks/snapshot.ts';
import { annotated } from '../../src/findings/annotate.ts';
import type { AuditReport } from '../../src/findings/audit-report.ts';
import { allChecks, auditSnapshot } from '../../src/index.ts';
import { sampleReport } from '../reporters/sample-report.ts';

const tagsOf = (): ReadonlyMap<string, string> =>
  new Map([
    ['Name', 'web'],
    ['aws:cloudformation:stack-name', 'web'],
    ['team', '<b>shop</b>'],
    ['__proto__', 'x'],
    ...Array.from({ length: 20 }, (_, at): [string, string] => [`z${String(at).padStart(2, '0')}`, '']),
  ]);

describe('annotated results', () => {
  it('carry a bounded number of tags in order, without names and what AWS tags', () => {
    const { results } = annotated(sampleReport(), tagsOf);
    for (const { outcome, tags } of results) {
      expect(outcome === 'fail' || outcome === 'unknown').toBe(true);
      expect(tags?.map(({ key }) => key)).toEqual(['__proto__', 'team', 'z00', 'z01', 'z02', 'z03', 'z04', 'z05']);
      expect(tags?.[1]?.value).toBe('<b>shop</b>');
    }
    expect(annotated(sampleReport(), () => new Map()).results).toEqual(
      annotated(sampleReport(), () => new Map([['Name', 'web']])).results,
    );
  });

  it('carry the path that passes by the rule which they rest on', async () => {
    const report: AuditReport = auditSnapshot(snapshotOf(sampleAccount('legacy-flat').world), {
      checks: await allChecks(),
      run: () => ({ startedAt: '2026-01-15T12:00:00.000Z', durationMs: 1 }),
    });
    const withPath = report.results.filter(({ path }) => path !== undefined);
    expect(withPath.length).toBeGreaterThan(10);
    for (const { path, evidence, outcome } of withPath) {
      expect(outcome).toBe('fail');
      const own = evidence.flatMap((one) => (one.type === 'security-group-rule' ? [one.securityGroupRuleId] : []));
      const passed = (path?.forwardPathComponents ?? []).flatMap(({ rule, furtherRules = [] }) =>
        [...(rule === undefined ? [] : [rule]), ...furtherRules].flatMap((one) =>
          one.type === 'security-group-rule' ? [one.securityGroupRuleId] : [],
        ),
      );
      expect(own.some((id) => passed.includes(id))).toBe(true);
      expect(path?.returnPathComponents.at(-1)?.component.type).toBe('internet');
    }
  });
});
