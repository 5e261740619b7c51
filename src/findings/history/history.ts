import { isRaw, items, MalformedAnswer, nested, number, type Raw, requiredText } from '../../model/decode.ts';
import { severities, type Severity } from '../../model/verdict/severity.ts';
import type { AuditReport, Result } from '../audit-report.ts';
import { baselineOf } from '../baseline/baseline-of.ts';
import type { Baseline } from '../baseline/baseline.ts';
import { firstBaseline, updated } from '../baseline/carry-on.ts';
import { baselineFrom, BaselineUnreadable, instant } from '../baseline/read-baseline.ts';
import { compareText } from '../order.ts';
import type { TrendPoint } from './trend.ts';

/**
 * What is remembered from run to run: every finding that stands, suppressed or not, since when, and what each run counted.
 * A run that saw less takes nothing away that it could not see.
 */
export interface History {
  readonly schemaVersion: '1';
  readonly known: Baseline;
  /** The earliest first. */
  readonly runs: readonly TrendPoint[];
}

/** So many runs make the trend of a report. */
const shownRuns = 30;

/** When the evidence of a report was collected; of evidence that does not say, when it was audited. */
export const timeOf = ({ scope, run }: Pick<AuditReport, 'scope' | 'run'>): string =>
  new Date(scope.collectedAt ?? run.startedAt).toISOString();

/** What stood before this evidence was collected: the baseline of a run that compares itself with the last one. */
export function knownBefore(history: History, time: string): Baseline {
  return {
    ...history.known,
    findings: history.known.findings.filter(({ firstSeen }) => firstSeen === undefined || firstSeen < time),
  };
}

/** The report with the day on which each finding was first seen, and with the trend up to this run. */
export function withHistory(report: AuditReport, history: History | undefined): AuditReport {
  const time = timeOf(report);
  const known = new Map(history?.known.findings.map(({ fingerprint, firstSeen }) => [fingerprint, firstSeen]));
  const runs = runsWith(history?.runs ?? [], pointOf(report)).filter(({ collectedAt }) => collectedAt <= time);
  return {
    ...report,
    results: report.results.map((result): Result => {
      if (result.outcome !== 'fail') return result;
      const before = known.get(result.fingerprint) ?? time;
      return { ...result, firstSeen: before < time ? before : time };
    }),
    trend: runs.slice(-shownRuns),
  };
}

/**
 * The history after a run whose report `withHistory` made. Evidence older than what is known is counted and changes
 * nothing else. `days`: runs older than so many days before the newest are forgotten.
 */
export function continued(history: History | undefined, report: AuditReport, days: number): History {
  const time = timeOf(report);
  const current: Baseline = { ...baselineOf(report), collectedAt: time };
  const runs = runsWith(history?.runs ?? [], pointOf(report));
  const newest = runs.at(-1)?.collectedAt ?? time;
  return {
    schemaVersion: '1',
    known:
      history === undefined
        ? firstBaseline(current)
        : (history.known.collectedAt ?? '') > time
          ? history.known
          : updated(history.known, current).baseline,
    runs: runs.filter(({ collectedAt }) => !isForgotten(collectedAt, newest, days)),
  };
}

/** Is a run so much older than the newest that it is no longer kept? */
export const isForgotten = (time: string, newest: string, days: number): boolean =>
  Date.parse(newest) - Date.parse(time) > days * 86_400_000;

function pointOf(report: AuditReport): TrendPoint {
  return { collectedAt: timeOf(report), failures: report.summary.failures, unknown: report.summary.outcomes.unknown };
}

/** The same evidence audited again takes the place of its earlier run. */
const runsWith = (runs: readonly TrendPoint[], point: TrendPoint): readonly TrendPoint[] =>
  [...runs.filter(({ collectedAt }) => collectedAt !== point.collectedAt), point].sort((a, b) =>
    compareText(a.collectedAt, b.collectedAt),
  );

/** Reads a parsed file as a history; throws BaselineUnreadable, whose message calls it `file`. */
export function readHistory(document: unknown, file: string): History {
  try {
    if (!isRaw(document)) throw new MalformedAnswer('', 'should be an object');
    if (requiredText(document, 'schemaVersion') !== '1') throw new MalformedAnswer('schemaVersion', 'should be 1');
    const known = nested(document, 'known', baselineFrom);
    if (known === undefined) throw new MalformedAnswer('known', 'is absent');
    const runs = items(document, 'runs', pointFrom);
    return { schemaVersion: '1', known, runs: runs.toSorted((a, b) => compareText(a.collectedAt, b.collectedAt)) };
  } catch (error) {
    if (!(error instanceof MalformedAnswer)) throw error;
    throw new BaselineUnreadable(
      `${file} is not the state of a history: ${error.message}; move it away to begin a new one.`,
      { cause: error },
    );
  }
}

function pointFrom(raw: Raw): TrendPoint {
  const collectedAt = instant(raw, 'collectedAt');
  if (collectedAt === undefined) throw new MalformedAnswer('collectedAt', 'is absent');
  const failures = nested(raw, 'failures', (counts) =>
    Object.fromEntries(severities.map((severity) => [severity, number(counts, severity) ?? 0])),
  );
  return { collectedAt, failures: failures as Record<Severity, number>, unknown: number(raw, 'unknown') ?? 0 };
}
