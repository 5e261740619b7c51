import type { AuditReport } from '../../findings/audit-report.ts';
import { severities, type Severity } from '../../model/verdict/severity.ts';
import { capitalised, grouped as thousands } from '../wording.ts';

/** A line of the table of severities, with the length of its bar. */
export interface SeverityRowView {
  readonly severity: Severity;
  readonly word: string;
  readonly count: string;
  readonly checks: string;
  readonly resources: string;
  /** In hundredths of the longest bar. */
  readonly length: number;
  /** Where the findings are; nothing where the report lists none. */
  readonly anchor: string | undefined;
}

/** Failures by severity. The numbers of checks and resources are known only of findings that are listed. */
export function severityView(
  { summary, results }: AuditReport,
  written: ReadonlySet<Severity>,
): readonly SeverityRowView[] {
  const longest = Math.max(1, ...severities.map((severity) => summary.failures[severity]));
  return severities.map((severity) => {
    const own = results.filter((result) => result.outcome === 'fail' && result.effectiveSeverity === severity);
    const distinct = (values: readonly string[]): string => (own.length === 0 ? '–' : thousands(new Set(values).size));
    const count = summary.failures[severity];
    return {
      severity,
      word: capitalised(severity),
      count: thousands(count),
      checks: distinct(own.map(({ checkId }) => checkId)),
      resources: distinct(own.map(({ resource }) => resource.arn)),
      length: count === 0 ? 0 : Math.max(1, Math.round((count / longest) * 100)),
      anchor: own.length === 0 ? undefined : written.has(severity) ? severity : 'findings',
    };
  });
}
