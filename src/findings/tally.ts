import { severities, type Severity } from '../model/verdict/severity.ts';
import type { Outcome, Verdict } from '../model/verdict/verdict.ts';
import type { Result, Summary } from './audit-report.ts';

type Counts<K extends string> = Record<K, number>;

/** Counts verdicts as they come, so that passes need not be kept. */
export interface Tally {
  readonly count: (checkId: string, verdict: Verdict, severity: Severity, arn: string) => void;
  readonly ofCheck: (checkId: string) => Readonly<Counts<Outcome>>;
  readonly summary: (listed: readonly Outcome[]) => Summary;
}

const noOutcomes = (): Counts<Outcome> => ({ fail: 0, unknown: 0, pass: 0, 'not-applicable': 0 });

/** Would a reading that could have been made settle it? What is not modelled names no permission. */
const isUnread = (verdict: Verdict): boolean =>
  verdict.outcome === 'unknown' && verdict.missing.some(({ iamAction }) => iamAction !== undefined);

/** An empty tally. */
export function newTally(): Tally {
  const all = noOutcomes();
  const perCheck = new Map<string, Counts<Outcome>>();
  const failures = Object.fromEntries(severities.map((severity) => [severity, 0])) as Counts<Severity>;
  const failing = new Set<string>();
  let unread = 0;
  return {
    count: (checkId, verdict, severity, arn) => {
      const { outcome } = verdict;
      const ofCheck = perCheck.get(checkId) ?? noOutcomes();
      perCheck.set(checkId, ofCheck);
      ofCheck[outcome] += 1;
      all[outcome] += 1;
      if (isUnread(verdict)) unread += 1;
      if (outcome !== 'fail') return;
      failures[severity] += 1;
      failing.add(arn);
    },
    ofCheck: (checkId) => perCheck.get(checkId) ?? noOutcomes(),
    summary: (listed) => ({ failures, outcomes: all, resourcesFailing: failing.size, unread, listed }),
  };
}

/** How many results there are of each severity. */
export function countBySeverity(results: readonly Result[]): Readonly<Record<Severity, number>> {
  const counts = Object.fromEntries(severities.map((severity) => [severity, 0])) as Record<Severity, number>;
  for (const { effectiveSeverity } of results) counts[effectiveSeverity] += 1;
  return counts;
}
