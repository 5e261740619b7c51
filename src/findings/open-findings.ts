import { severities } from '../model/verdict/severity.ts';
import type { AuditReport } from './audit-report.ts';

/** The report as if what is suppressed were not there: what is left to be acted on, and counted so. */
export function openFindings(report: AuditReport): AuditReport {
  if (report.suppressions === undefined) return report;
  const { failures, outcomes } = report.summary;
  const fail = severities.reduce((sum, severity) => sum + failures[severity], 0);
  return {
    ...report,
    results: report.results.filter(({ suppression }) => suppression === undefined),
    summary: { ...report.summary, outcomes: { ...outcomes, fail } },
  };
}
