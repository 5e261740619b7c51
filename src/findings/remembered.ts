import type { AuditReport } from './audit-report.ts';
import type { Baseline } from './baseline/baseline.ts';
import { againstBaseline } from './baseline/since-baseline.ts';
import { type History, knownBefore, timeOf, withHistory } from './history/history.ts';
import type { TagsOf } from './suppressions/matching.ts';
import { dayOf, type Suppression } from './suppressions/suppression.ts';
import { suppressed } from './suppressions/suppress.ts';

/** What is remembered of earlier audits and decided about findings. */
export interface Memory {
  readonly suppressions?: readonly Suppression[];
  readonly baseline?: Baseline;
  /** The history that is kept, and what it holds so far. */
  readonly history?: { readonly before: History | undefined };
}

/**
 * The report in the light of what is remembered: suppressed findings marked, every finding with its standing to the
 * baseline, or without one to the last run of the history, and with the day on which it was first seen. Suppressions are
 * judged on the day of the run. The report must list its failures and unknowns.
 */
export function remembered(report: AuditReport, memory: Memory, tagsOf: TagsOf): AuditReport {
  const { suppressions, history } = memory;
  const judged =
    suppressions === undefined
      ? report
      : suppressed(report, suppressions, { today: dayOf(report.run.startedAt), tagsOf });
  const dated = history === undefined ? judged : withHistory(judged, history.before);
  const baseline =
    memory.baseline ?? (history?.before === undefined ? undefined : knownBefore(history.before, timeOf(report)));
  return baseline === undefined ? dated : againstBaseline(dated, baseline);
}
