import type { AuditReport } from '../findings/audit-report.ts';
import { renderHtml } from './html/render.ts';
import { renderJson } from './json.ts';

/** The formats in which a report can be written. */
export type ReportFormat = 'html' | 'json';

const reporters: { readonly [F in ReportFormat]: (report: AuditReport) => string } = {
  html: renderHtml,
  json: renderJson,
};

/** The report as text in a format; the same report gives the same bytes. */
export function renderReport(report: AuditReport, format: ReportFormat): string {
  return reporters[format](report);
}
