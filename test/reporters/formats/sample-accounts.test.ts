import { parse } from 'csv-parse/sync';
import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { sampleAccount, sampleAccounts } from '../../../mocks/accounts/index.ts';
import { snapshotOf } from '../../../mocks/snapshot.ts';
import type { AuditReport } from '../../../src/findings/audit-report.ts';
import { allChecks, auditSnapshot } from '../../../src/index.ts';
import { type FormatName, loadReporter } from '../../../src/reporters/formats/formats.ts';
import { asffProblems } from './asff-rules.ts';
import { ocsfProblems } from './ocsf-rules.ts';
import { sarifProblems } from './sarif-rules.ts';

const lines = (text: string): readonly string[] => text.split('\n').slice(0, -1);

/** What each format's own rules say against a file. */
const problems: Readonly<Partial<Record<FormatName, (text: string, audit: AuditReport) => readonly unknown[]>>> = {
  jsonl: (text, { results }) => (lines(text).length === results.length ? [] : ['another number of results']),
  sarif: sarifProblems,
  ocsf: (text) => lines(text).flatMap(ocsfProblems),
  asff: (text) => lines(text).flatMap(asffProblems),
  csv: (text, { results }) =>
    (parse(text, { columns: true }) as readonly unknown[]).length === results.length
      ? []
      : ['another number of results'],
  junit: (text) => [XMLValidator.validate(text)].filter((valid) => valid !== true),
  markdown: (text) => (Buffer.byteLength(text) < 64_000 ? [] : ['too large']),
  prometheus: (text) =>
    lines(text).filter((line) => !/^(?:# (?:HELP|TYPE) |vpc_auditor_[a-z_]+(?:\{[^\n]*\})? \S+$)/.test(line)),
};

describe.each(Object.keys(sampleAccounts))('the sample account %s', (name) => {
  it('is written in every format by that format’s rules', async () => {
    const audit = auditSnapshot(snapshotOf(sampleAccount(name).world), {
      checks: await allChecks(),
      list: ['fail', 'unknown', 'pass', 'not-applicable'],
      run: () => ({ startedAt: '2026-01-15T12:00:00.000Z', durationMs: 1 }),
    });
    expect(audit.defects).toEqual([]);
    expect(audit.results.length).toBeGreaterThan(0);
    for (const [format, problemsIn] of Object.entries(problems)) {
      const { render } = await loadReporter(format as FormatName);
      expect([format, problemsIn([...render(audit)].join(''), audit)]).toEqual([format, []]);
    }
  });
});
