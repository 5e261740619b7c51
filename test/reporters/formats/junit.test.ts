import * as fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import type { AuditReport } from '../../../src/findings/audit-report.ts';
import type { AccountId, RegionName } from '../../../src/model/id.ts';
import { renderJunit } from '../../../src/reporters/formats/junit/junit.ts';
import { visibleText } from '../../../src/reporters/visible-text.ts';
import { auditReport, hostileTexts } from '../arbitraries.ts';
import { finding, report, suppression } from './plain-report.ts';

const write = (audit: AuditReport): string => [...renderJunit(audit)].join('');

interface Detail {
  readonly message?: string;
  readonly type?: string;
  readonly '#text'?: string;
}

interface Case {
  readonly classname: string;
  readonly name: string;
  readonly failure?: Detail;
  readonly error?: Detail;
  readonly skipped?: Detail;
}

interface Counts {
  readonly name: string;
  readonly tests: string;
  readonly failures: string;
  readonly errors: string;
  readonly skipped: string;
}

interface Suite extends Counts {
  readonly testcase?: readonly Case[];
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseAttributeValue: false,
  parseTagValue: false,
  trimValues: false,
  htmlEntities: true,
  isArray: (name) => name === 'testsuite' || name === 'testcase',
});

const root = (audit: AuditReport): Counts & { readonly testsuite?: readonly Suite[] } =>
  (parser.parse(write(audit)) as { readonly testsuites: Counts & { readonly testsuite?: readonly Suite[] } })
    .testsuites;
const suites = (audit: AuditReport): readonly Suite[] => root(audit).testsuite ?? [];
const cases = (audit: AuditReport, suite: string): readonly Case[] =>
  suites(audit).find(({ name }) => name === suite)?.testcase ?? [];

/** XML 1.0 §2.2: the only characters that a document may hold. */
const xmlCharacters = /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u;

const verdictOf = ({ failure, error, skipped }: Case): string =>
  failure !== undefined ? 'failures' : error !== undefined ? 'errors' : skipped !== undefined ? 'skipped' : 'passed';

describe('junit', () => {
  it('is well-formed XML whose counts are right, whatever the report says', () => {
    fc.assert(
      fc.property(auditReport(), (audit) => {
        const text = write(audit);
        expect(XMLValidator.validate(text)).toBe(true);
        expect(text).toMatch(xmlCharacters);
        const { testsuite = [], ...whole } = root(audit);
        const all = testsuite.flatMap(({ testcase = [] }) => testcase);
        for (const [counts, those] of [
          [whole, all] as const,
          ...testsuite.map((suite) => [suite, suite.testcase ?? []] as const),
        ]) {
          expect(counts.tests).toBe(String(those.length));
          for (const kind of ['failures', 'errors', 'skipped'] as const)
            expect(counts[kind]).toBe(String(those.filter((each) => verdictOf(each) === kind).length));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('has a case for every check and resource, failing where it fails and in error where it is unknown', () => {
    fc.assert(
      fc.property(auditReport(), (audit) => {
        const expected = new Map<string, string>();
        for (const { checkId, outcome, resource, suppression } of audit.results) {
          const key = JSON.stringify([resource.accountId, resource.region, checkId, resource.type, resource.id]);
          const said = suppression === undefined ? outcome : 'suppressed';
          const before = expected.get(key);
          if (before === undefined || before === 'suppressed') expected.set(key, said);
        }
        const words = {
          fail: 'failures',
          unknown: 'errors',
          pass: 'passed',
          'not-applicable': 'skipped',
          suppressed: 'skipped',
        } as const;
        const wanted = [...expected.values()].map((outcome) => words[outcome as keyof typeof words]).sort();
        const written = suites(audit)
          .filter(({ name }) => name.includes('/'))
          .flatMap(({ testcase = [] }) => testcase.map(verdictOf));
        expect(written.sort()).toEqual(wanted);
      }),
    );
  });

  it('puts several failures of a resource into one case that tells of each', () => {
    const second = finding({
      fingerprint: 'b'.repeat(64),
      title: 'the internet reaches RDP',
      effectiveSeverity: 'low',
    });
    const [only, ...others] = cases(report([finding(), second]), '111122223333/eu-west-1');
    expect(others).toEqual([]);
    expect(only).toMatchObject({
      classname: '111122223333.eu-west-1.security-group-open-to-internet',
      name: 'security group sg-0a1',
    });
    expect(only?.failure).toMatchObject({ type: 'high', message: 'The internet reaches SSH' });
    expect(only?.failure?.['#text']).toContain('sgr-0a1: allow tcp 22 from 0.0.0.0/0');
    expect(only?.failure?.['#text']).toContain('The internet reaches RDP (low)');
  });

  it('skips what is suppressed, and fails where something else of the same case is not', () => {
    const kept = finding({ fingerprint: 'b'.repeat(64), title: 'the bastion is open', suppression });
    const [skipped] = cases(report([kept]), '111122223333/eu-west-1');
    expect(skipped?.skipped?.message).toBe(
      'suppressed until 2027-01-31 by network-team (NET-7): The bastion is closed in January.',
    );
    const [failing] = cases(report([kept, finding()]), '111122223333/eu-west-1');
    expect(failing?.failure?.message).toBe('The internet reaches SSH');
    expect(failing?.failure?.['#text']).not.toContain('bastion');
  });

  it('calls what cannot be told an error and names the permission', () => {
    const missing = [{ fact: 'The rules were not read', iamAction: 'ec2:DescribeSecurityGroups' }];
    const [only] = cases(report([finding({ outcome: 'unknown', evidence: [], missing })]), '111122223333/eu-west-1');
    expect(only?.error?.type).toBe('unknown');
    expect(only?.error?.['#text']).toContain('allow ec2:DescribeSecurityGroups');
  });

  it('has a passing case for a check of which nothing is listed, so that a clean audit is no empty file', () => {
    const clean = report([]);
    const [check] = clean.checks;
    if (check === undefined) throw new Error('the report has a check');
    const outcomes = { ...check.outcomes, pass: 4 };
    const written = cases({ ...clean, checks: [{ ...check, outcomes }] }, 'checks');
    expect(written.map((each) => [each.name, verdictOf(each)])).toEqual([
      ['security-group-open-to-internet: Security group admits the internet', 'passed'],
    ]);
  });

  it.each([
    [{ fail: 2 }, 'failures'],
    [{ unknown: 2 }, 'errors'],
    [{}, 'skipped'],
  ] as const)('does not pass a check that counts %j and lists nothing', (counts, expected) => {
    const clean = report([]);
    const checks = clean.checks.map((check) => ({ ...check, outcomes: { ...check.outcomes, ...counts } }));
    expect(cases({ ...clean, checks }, 'checks').map(verdictOf)).toEqual([expected]);
  });

  it('is in error where something was not read, not looked at or broke', () => {
    const clean = report([]);
    const accountId = '123456789012' as AccountId;
    const region = 'eu-west-1' as RegionName;
    const row = {
      accountId,
      region,
      service: 'ec2',
      operation: 'DescribeSubnets',
      iamAction: 'ec2:DescribeSubnets',
      calls: 1,
      collected: 0,
    };
    const audit: AuditReport = {
      ...clean,
      coverage: {
        ...clean.coverage,
        rows: [...clean.coverage.rows, { ...row, status: 'failed', failure: 'denied' }],
        notVisible: [{ accountId, reason: 'the role could not be assumed' }],
      },
      defects: [{ checkId: 'flow-log-missing', accountId, region, message: 'broke' }],
    };
    expect(cases(audit, 'coverage').map((each) => [each.name, each.error?.type])).toEqual([
      ['ec2 DescribeSubnets', 'denied'],
      ['account', 'not-visible'],
      ['flow-log-missing broke', 'defect'],
    ]);
  });

  it.each(hostileTexts.filter((text) => !/[\uFFFE\uFFFF]/.test(text)))('gives back %j as text that is seen', (text) => {
    const audit = report([finding({ title: `a${text}`, resource: { name: `b${text}` } })]);
    const [only] = cases(audit, '111122223333/eu-west-1');
    expect(only?.name).toBe(`security group sg-0a1 (b${visibleText(text)})`);
    expect(only?.failure?.message).toBe(`A${visibleText(text)}`);
  });
});
