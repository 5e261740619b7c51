import type { AuditReport, Result } from '../../findings/audit-report.ts';
import type { KnownFinding } from '../../findings/baseline/baseline.ts';
import { compareResults } from '../../findings/order.ts';
import { daysBetween } from '../../findings/suppressions/suppression.ts';
import type { SuppressionEntry } from '../../findings/suppressions/suppressions-report.ts';
import { atLeast, type Severity } from '../../model/verdict/severity.ts';
import { counted } from '../wording.ts';

/** What of a run somebody should be told. */
export interface News {
  /** Findings that the last run did not have, or had as milder; without an earlier run, all of them. The worst first. */
  readonly fresh: readonly Result[];
  /** Findings of the last run that are proven to be gone. */
  readonly resolved: readonly KnownFinding[];
  /** What could be told the last time and cannot now, a sentence each. */
  readonly lost: readonly string[];
  /** Suppressions that end soon or have just ended. */
  readonly ending: readonly SuppressionEntry[];
  /** Is there an earlier run that this is the news since? */
  readonly compared: boolean;
}

/** So many days before its end a suppression is spoken of, and on the day after it: not every night in between. */
const remindedDays: ReadonlySet<number> = new Set([14, 7, 1, -1]);

/**
 * What is new in a report, from `least` on. `undefined` where nothing is: a run that repeats last night's findings is
 * silent.
 */
export function newsOf(report: AuditReport, least: Severity): News | undefined {
  const compared = report.baseline !== undefined;
  const fresh = report.results
    .filter(
      ({ outcome, suppression, effectiveSeverity, sinceBaseline }) =>
        outcome === 'fail' &&
        suppression === undefined &&
        atLeast(effectiveSeverity, least) &&
        (!compared || sinceBaseline === 'new' || sinceBaseline === 'worse'),
    )
    .toSorted(compareResults);
  const resolved = (report.baseline?.resolved ?? []).filter(
    ({ effectiveSeverity, suppressed }) => suppressed !== true && atLeast(effectiveSeverity, least),
  );
  const lost = lostSight(report);
  const ending = (report.suppressions?.entries ?? []).filter(({ state }) => state === 'matched' || state === 'expired');
  const due = ending.filter(({ expires }) =>
    remindedDays.has(daysBetween(report.suppressions?.asOf ?? expires, expires)),
  );
  if (fresh.length + resolved.length + lost.length + due.length === 0) return undefined;
  return { fresh, resolved, lost, ending: due, compared };
}

/** Against the last run where there is one: a gap that was there yesterday is not news. */
function lostSight({ baseline, coverage, defects, summary, trend }: AuditReport): readonly string[] {
  const unknownBefore = trend?.at(-2)?.unknown;
  const more = summary.outcomes.unknown - (unknownBefore ?? 0);
  const unread = coverage.calls - coverage.collected;
  const [worst] = coverage.missingPermissions;
  const mend = worst === undefined ? '' : ` ${worst.iamAction} alone would mend ${counted(worst.readings, 'reading')}.`;
  return [
    ...(coverage.calls === 0 ? ['Nothing was read.'] : []),
    ...(unknownBefore === undefined && unread > 0
      ? [`${counted(unread, 'reading')} of ${counted(coverage.calls, 'reading')} failed.${mend}`]
      : []),
    ...(unknownBefore !== undefined && more > 0
      ? [`${counted(more, 'verdict')} more than in the last run cannot be told.${unread > 0 ? mend : ''}`]
      : []),
    ...(baseline !== undefined && baseline.unproven.length > 0
      ? [`${counted(baseline.unproven.length, 'known finding')} could not be looked at again.`]
      : []),
    ...(defects.length > 0 ? [`${counted(defects.length, 'check run')} broke by a defect of the auditor.`] : []),
  ];
}
