import type { AuditReport } from '../findings/audit-report.ts';
import { renderHtml } from './html/render.ts';
import { renderJson } from './json.ts';

const reporters = {
  html: renderHtml,
  json: renderJson,
} as const satisfies Record<string, (report: AuditReport) => string>;

/** The formats in which a report can be written. */
export type ReportFormat = keyof typeof reporters;

/** The report as text in a format; the same report gives the same bytes. */
export function renderReport(report: AuditReport, format: ReportFormat): string {
  return reporters[format](report);
}
