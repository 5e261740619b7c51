import { stringify } from 'csv-stringify/sync';
import type { AuditReport, CheckReport, Result } from '../../findings/audit-report.ts';
import { visibleText } from '../visible-text.ts';
import { checksOf } from './check-of.ts';
import { evidenceText, missingText } from './result-text.ts';

/** The columns, each with what it holds of a result and its check. New ones are added at the end. */
const columns = {
  outcome: ({ outcome }) => outcome,
  effectiveSeverity: ({ effectiveSeverity }) => effectiveSeverity,
  severity: ({ severity }) => severity,
  checkId: ({ checkId }) => checkId,
  title: ({ title }) => title,
  accountId: ({ resource }) => resource.accountId,
  region: ({ resource }) => resource.region,
  vpcId: ({ resource }) => resource.vpcId,
  resourceType: ({ resource }) => resource.type,
  resourceId: ({ resource }) => resource.id,
  resourceName: ({ resource }) => resource.name,
  resourceArn: ({ resource }) => resource.arn,
  evidence: ({ evidence }) => evidence.map(evidenceText).join('; '),
  missing: ({ missing = [], reason }) =>
    [...missing.map(missingText), ...(reason === undefined ? [] : [reason])].join('; '),
  assumedOff: ({ assumedOff = [] }) => assumedOff.join('; '),
  fix: ({ fix }) => fix?.summary,
  fixCommands: ({ fix }) => fix?.cli?.join('; '),
  standards: (_, { standards }) => standards.join('; '),
  reference: (_, { references }) => references[0],
  fingerprint: ({ fingerprint }) => fingerprint,
  firstSeen: ({ firstSeen }) => firstSeen,
  sinceBaseline: ({ sinceBaseline }) => sinceBaseline,
  suppressedBy: ({ suppression }) => suppression?.owner,
  suppressedUntil: ({ suppression }) => suppression?.expires,
  suppressionReason: ({ suppression }) => suppression?.reason,
} satisfies Readonly<Record<string, (result: Result, check: CheckReport) => string | undefined>>;

/** So many records are written at a time. */
const portion = 500;

const options = {
  record_delimiter: '\r\n',
  // A cell that begins like a formula gets an apostrophe before it (CWE-1236), so that a spreadsheet shows and does not run it.
  escape_formulas: true,
} as const;

/**
 * CSV (RFC 4180) with a header, one result a record and one record a line: line breaks and other hidden characters are
 * spelt out.
 */
export function* renderCsv(report: AuditReport): Generator<string> {
  const checkOf = checksOf(report);
  yield stringify([Object.keys(columns)], options);
  for (let at = 0; at < report.results.length; at += portion) {
    const records = report.results.slice(at, at + portion).map((result) => record(result, checkOf(result)));
    yield stringify(records, options);
  }
}

const record = (result: Result, check: CheckReport): readonly string[] =>
  Object.values(columns).map((cell) => visibleText(cell(result, check) ?? ''));
