import type { AuditReport } from '../../findings/audit-report.ts';
import { jsonText } from './json-text.ts';

/** JSON Lines: one result a line, each whole by itself, as the report lists them, with when it was so. */
export function* renderJsonl({ results, scope: { collectedAt } }: AuditReport): Generator<string> {
  for (const result of results) yield `${jsonText({ collectedAt, ...result })}\n`;
}
