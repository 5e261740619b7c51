import type { AuditReport, Result } from '../../findings/audit-report.ts';
import { ReportUnreadable } from '../read-report.ts';

/**
 * When things were as the report says, in milliseconds since 1970: the time of collecting. A folder of plain answers does
 * not say when it was printed; then it is the start of the run, and two runs differ in it.
 */
export function observedAt({ scope, run }: AuditReport): number {
  const time = Date.parse(scope.collectedAt ?? run.startedAt);
  if (Number.isNaN(time))
    throw new ReportUnreadable('The report does not say when it was made: use it as the audit wrote it.');
  return time;
}

/** When a finding was first seen, in milliseconds since 1970, where that is known. */
export function firstSeenAt({ firstSeen }: Result): number | undefined {
  const time = Date.parse(firstSeen ?? '');
  return Number.isNaN(time) ? undefined : time;
}
