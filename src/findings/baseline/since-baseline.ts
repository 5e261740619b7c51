import type { Severity } from '../../model/verdict/severity.ts';
import type { AuditReport, Result } from '../audit-report.ts';
import { diffFindings } from '../diff/diff-findings.ts';
import { isWorse } from '../order.ts';
import { countBySeverity } from '../tally.ts';
import { baselineOf, knownFinding } from './baseline-of.ts';
import type { SinceBaseline } from './baseline-report.ts';
import { type Baseline, type KnownFinding, unsuppressed } from './baseline.ts';

/**
 * The report with every finding's standing to a baseline, and with what the baseline holds and the report does not. What
 * is suppressed takes no part. The report must list its failures and unknowns.
 */
export function againstBaseline(report: AuditReport, baseline: Baseline): AuditReport {
  const accepted = unsuppressed(baseline);
  const known = new Map(accepted.findings.map((finding) => [finding.fingerprint, finding]));
  const { incomparable, resolved } = diffFindings(accepted, baselineOf(report));
  const unprovenNew = new Set(
    incomparable.filter((entry) => entry.in === 'new').map(({ finding }) => finding.fingerprint),
  );
  const results = report.results.map((result): Result => {
    if (result.outcome !== 'fail') return result;
    const before = known.get(result.fingerprint);
    const firstSeen = earliest(result.firstSeen, before?.firstSeen);
    return {
      ...result,
      ...(result.suppression === undefined ? { sinceBaseline: standing(result, before, unprovenNew) } : {}),
      ...(firstSeen === undefined ? {} : { firstSeen }),
    };
  });
  const unproven = incomparable.flatMap(({ in: side, ...entry }) => (side === 'old' ? [entry] : []));
  const count = (wanted: SinceBaseline): number =>
    results.filter(({ sinceBaseline }) => sinceBaseline === wanted).length;
  return {
    ...report,
    results,
    baseline: {
      ...(baseline.collectedAt === undefined ? {} : { collectedAt: baseline.collectedAt }),
      counts: {
        new: count('new'),
        worse: count('worse'),
        changed: count('changed'),
        unchanged: count('unchanged'),
        incomparable: count('incomparable'),
        resolved: resolved.length,
        unproven: unproven.length,
      },
      resolved,
      unproven,
    },
    summary: { ...report.summary, new: newCounts(results) },
  };
}

function standing(result: Result, before: KnownFinding | undefined, unprovenNew: ReadonlySet<string>): SinceBaseline {
  if (before === undefined) return unprovenNew.has(result.fingerprint) ? 'incomparable' : 'new';
  if (isWorse(before.effectiveSeverity, result.effectiveSeverity)) return 'worse';
  const now = knownFinding(result);
  const same = before.effectiveSeverity === now.effectiveSeverity && before.evidenceHash === now.evidenceHash;
  return same ? 'unchanged' : 'changed';
}

/** What nobody accepted: a finding that the baseline lacks, for whatever reason, or knew as milder. */
function newCounts(results: readonly Result[]): Readonly<Record<Severity, number>> {
  const unaccepted = results.filter(
    ({ sinceBaseline }) => sinceBaseline === 'new' || sinceBaseline === 'worse' || sinceBaseline === 'incomparable',
  );
  return countBySeverity(unaccepted);
}

const earliest = (a: string | undefined, b: string | undefined): string | undefined =>
  a === undefined ? b : b === undefined || a < b ? a : b;
