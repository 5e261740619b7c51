import type { Outcome } from '../model/verdict/verdict.ts';
import type { AuditReport } from './audit-report.ts';
import { outcomes } from './order.ts';

/** The report with the results of these outcomes alone. What is counted stays as it is. */
export function listing(report: AuditReport, list: readonly Outcome[]): AuditReport {
  const listed = outcomes.filter((outcome) => list.includes(outcome));
  return {
    ...report,
    results: report.results.filter(({ outcome }) => listed.includes(outcome)),
    summary: { ...report.summary, listed },
  };
}
