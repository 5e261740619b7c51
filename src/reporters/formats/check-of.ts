import type { AuditReport, CheckReport, Result } from '../../findings/audit-report.ts';
import { ReportUnreadable } from '../read-report.ts';
import { visibleText } from '../visible-text.ts';

/** Finds the check of a result. Throws ReportUnreadable at once where the report lists a result of a check it lacks. */
export function checksOf({ checks, results }: AuditReport): (result: Result) => CheckReport {
  const byId = new Map(checks.map((check) => [check.id, check]));
  const checkOf = ({ checkId }: Result): CheckReport => {
    const check = byId.get(checkId);
    if (check !== undefined) return check;
    throw new ReportUnreadable(
      `The report has a result of the check ${visibleText(checkId)} and no such check: use it as the audit wrote it.`,
    );
  };
  for (const result of results) checkOf(result);
  return checkOf;
}
