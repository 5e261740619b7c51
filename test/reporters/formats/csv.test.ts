import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditReport } from '../../../src/findings/audit-report.ts';
import { renderCsv } from '../../../src/reporters/formats/csv.ts';
import { auditReport, hostileTexts } from '../arbitraries.ts';
import { finding, report, suppression } from './plain-report.ts';

const write = (audit: AuditReport): string => [...renderCsv(audit)].join('');
const read = (audit: AuditReport): readonly Readonly<Record<string, string>>[] =>
  parse(write(audit), { columns: true, relax_column_count: false }) as readonly Readonly<Record<string, string>>[];

/** What a spreadsheet takes for a formula (OWASP, CSV Injection), in ASCII and full width. */
const formula = /^[=+\-@\t\r\n\0＝＋－＠]/u;

describe('csv', () => {
  it('is read back by a CSV reader as the same results in the same order, whatever they say', () => {
    fc.assert(
      fc.property(auditReport(), (audit) => {
        const records = read(audit);
        expect(records.map(({ fingerprint, outcome }) => [fingerprint, outcome])).toEqual(
          audit.results.map(({ fingerprint, outcome }) => [fingerprint, outcome]),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('holds no formula, no hidden character and one record a line, whatever the report says', () => {
    fc.assert(
      fc.property(auditReport(), (audit) => {
        const text = write(audit);
        const cells = (parse(text) as readonly (readonly string[])[]).flat();
        expect(cells.filter((cell) => formula.test(cell))).toEqual([]);
        expect(text.replaceAll('\r\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
        expect(text.split('\r\n')).toHaveLength(audit.results.length + 2);
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['＝1', "'＝1"],
    ['a=b', 'a=b'],
    ['say "hi", twice', 'say "hi", twice'],
    ['two\nlines', 'two⟨U+000A⟩lines'],
    ['\t=1', '⟨U+0009⟩=1'],
  ])('writes the name %j as %j', (name, expected) => {
    expect(read(report([finding({ resource: { name } })]))[0]?.['resourceName']).toBe(expected);
  });

  it('holds what a row needs to be acted on', () => {
    const fix = { summary: 'Remove the rule.', cli: ['aws ec2 a', 'aws ec2 b'] };
    expect(
      read(report([finding({ fix, suppression, firstSeen: '2026-01-02T03:04:05Z', sinceBaseline: 'new' })]))[0],
    ).toEqual({
      outcome: 'fail',
      effectiveSeverity: 'high',
      severity: 'high',
      checkId: 'security-group-open-to-internet',
      title: 'the internet reaches SSH',
      accountId: '111122223333',
      region: 'eu-west-1',
      vpcId: 'vpc-0a1',
      resourceType: 'security-group',
      resourceId: 'sg-0a1',
      resourceName: '',
      resourceArn: 'arn:aws:ec2:eu-west-1:111122223333:security-group/sg-0a1',
      evidence: 'sg-0a1 inbound, sgr-0a1: allow tcp 22 from 0.0.0.0/0 (SSH)',
      missing: '',
      assumedOff: '',
      fix: 'Remove the rule.',
      fixCommands: 'aws ec2 a; aws ec2 b',
      standards: 'CIS AWS 3.0.0 5.2',
      reference: 'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
      fingerprint: 'a'.repeat(64),
      firstSeen: '2026-01-02T03:04:05Z',
      sinceBaseline: 'new',
      suppressedBy: 'network-team',
      suppressedUntil: '2027-01-31',
      suppressionReason: 'The bastion is closed in January.',
    });
  });

  it('has a header although nothing was found', () => {
    expect(write(report([]))).toMatch(/^outcome,effectiveSeverity,.*suppressionReason\r\n$/);
  });

  it('writes more than one portion without a second header', () => {
    const results = Array.from({ length: 1201 }, (_, at) =>
      finding({ fingerprint: at.toString(16).padStart(64, '0') }),
    );
    expect(read(report(results))).toHaveLength(1201);
  });

  it.each(hostileTexts)('keeps to its columns with %j everywhere', (text) => {
    const audit = report([finding({ title: text, resource: { name: text, id: text, arn: text, vpcId: text } })]);
    expect(read(audit)).toHaveLength(1);
  });
});
