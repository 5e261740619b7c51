import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditReport } from '../findings/audit-report.ts';
import { isRaw, type Raw } from '../model/decode.ts';
import { packageRoot } from '../model/tool.ts';
import { firstViolation } from './schema-check.ts';
import { visibleText } from './visible-text.ts';

/** A text that is no audit report. The message is one sentence: which file, and what is wrong with it. */
export class ReportUnreadable extends Error {
  override readonly name = 'ReportUnreadable';
  readonly code = 'REPORT_UNREADABLE';
}

/** Where the published JSON Schema of the report lies. */
export const schemaPath: string = join(packageRoot, 'schema', 'audit-report.schema.json');

/**
 * Reads a report that an earlier run wrote as JSON, held against the published schema. Throws ReportUnreadable for
 * anything else; `file` is what its message calls the text.
 */
export function readReport(text: string, file = 'The text'): AuditReport {
  const document = parsed(text, file);
  if (!isRaw(document) || !('schemaVersion' in document) || !('results' in document)) {
    throw new ReportUnreadable(`${file} is not an audit report: give the report.json that an audit wrote.`);
  }
  const version = document['schemaVersion'];
  if (version !== '1') {
    throw new ReportUnreadable(
      `${file} has the schema version ${visibleText(JSON.stringify(version)).slice(0, 40)}, and this program reads "1": use the version that wrote it, or audit again.`,
    );
  }
  const violation = firstViolation(schema(), document);
  if (violation !== undefined) {
    throw new ReportUnreadable(
      `${file} is not an audit report: ${visibleText(`${violation.path} ${violation.reason}`)}.`,
    );
  }
  // The schema is the decoder: it admits what AuditReport admits, which a test holds.
  return document as unknown as AuditReport;
}

function parsed(text: string, file: string): unknown {
  if (text.trim() === '') throw new ReportUnreadable(`${file} is empty: give the report.json that an audit wrote.`);
  try {
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch (cause) {
    const reason = cause instanceof Error ? visibleText(cause.message) : String(cause);
    throw new ReportUnreadable(`${file} is not an audit report: it is not JSON (${reason}).`, { cause });
  }
}

const schema = (): Raw => JSON.parse(readFileSync(schemaPath, 'utf8')) as Raw;
