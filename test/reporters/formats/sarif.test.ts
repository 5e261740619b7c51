import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditReport, Result } from '../../../src/findings/audit-report.ts';
import { renderSarif } from '../../../src/reporters/formats/sarif/sarif.ts';
import { auditReport, hostileTexts } from '../arbitraries.ts';
import { finding, report, suppression } from './plain-report.ts';
import { type SarifFile, type SarifResult, sarifProblems } from './sarif-rules.ts';

const write = (audit: AuditReport): string => [...renderSarif(audit)].join('');
const read = (audit: AuditReport): SarifFile['runs'][0] => (JSON.parse(write(audit)) as SarifFile).runs[0];
const onlyResult = (result: Result): SarifResult => {
  const [written] = read(report([result])).results;
  if (written === undefined) throw new Error('nothing was written');
  return written;
};

describe('sarif', () => {
  it('follows SARIF 2.1.0 and what GitHub takes, whatever the report says', () => {
    fc.assert(
      fc.property(auditReport(), (audit) => {
        expect(sarifProblems(write(audit))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('writes every failure and every unknown verdict once, and nothing that GitHub would show as an alert besides', () => {
    fc.assert(
      fc.property(auditReport(), (audit) => {
        const expected = audit.results.filter(
          ({ outcome, suppression }) => (outcome === 'fail' && suppression === undefined) || outcome === 'unknown',
        );
        expect(read(audit).results.map(({ partialFingerprints }) => partialFingerprints['vpcAuditor/v1'])).toEqual(
          expected.map(({ fingerprint }) => fingerprint),
        );
      }),
    );
  });

  it('places a resource in a path of its own and names it by its ARN', () => {
    const { locations } = onlyResult(finding({ resource: { id: 'sg-0a1', type: 'security-group' } }));
    expect(locations[0]?.physicalLocation.artifactLocation.uri).toBe(
      'aws/111122223333/eu-west-1/security-group/sg-0a1',
    );
    expect(locations[0]?.logicalLocations[0]).toEqual({
      name: 'sg-0a1',
      fullyQualifiedName: 'arn:aws:ec2:eu-west-1:111122223333:security-group/sg-0a1',
      kind: 'resource',
    });
  });

  it.each(['..', '.', '', '%2E.', 'a/../b', '%2e%2e', '\ud800', 'a b'])('keeps the id %j inside its folder', (id) => {
    expect(sarifProblems(write(report([finding({ resource: { id } })])))).toEqual([]);
  });

  it.each([
    ['critical', 'error', '9.5'],
    ['high', 'error', '8.0'],
    ['medium', 'warning', '5.5'],
    ['low', 'note', '2.0'],
    ['informational', 'note', undefined],
  ] as const)('says %s as level %s and security severity %s', (severity, level, securitySeverity) => {
    const { results, tool } = read(report([finding({ severity, effectiveSeverity: severity })], severity));
    expect(results[0]).toMatchObject({ kind: 'fail', level, ruleId: 'security-group-open-to-internet' });
    expect(tool.driver.rules[0]?.properties['security-severity']).toBe(securitySeverity);
  });

  it('gives a result that is milder than its check a rule with its own severity', () => {
    const { results, tool } = read(
      report([
        finding({ effectiveSeverity: 'high' }),
        finding({ effectiveSeverity: 'low', fingerprint: 'b'.repeat(64) }),
      ]),
    );
    expect(results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ['security-group-open-to-internet', 'error'],
      ['security-group-open-to-internet.low', 'note'],
    ]);
    expect(tool.driver.rules.map(({ id, properties }) => [id, properties['security-severity']])).toEqual([
      ['security-group-open-to-internet', '8.0'],
      ['security-group-open-to-internet.low', '2.0'],
    ]);
  });

  it('leaves an unknown verdict open and says what would settle it', () => {
    const result = onlyResult(
      finding({
        outcome: 'unknown',
        evidence: [],
        missing: [{ fact: 'The rules were not read', iamAction: 'ec2:DescribeSecurityGroups' }],
      }),
    );
    expect(result).toMatchObject({ kind: 'open', level: 'none' });
    expect(result.message.text).toContain('Cannot be told');
    expect(result.message.text).toContain('The rules were not read (allow ec2:DescribeSecurityGroups)');
  });

  it('lists every check that ran as a rule although nothing was found', () => {
    const { results, tool } = read(report([]));
    expect(results).toEqual([]);
    expect(tool.driver.rules.map(({ id }) => id)).toEqual(['security-group-open-to-internet']);
  });

  it('cuts the tags of a rule to those that GitHub takes and keeps all standards in its help', () => {
    const audit = report([]);
    const standards = Array.from({ length: 30 }, (_, at) => `Standard ${at}`);
    const whole = { ...audit, checks: audit.checks.map((check) => ({ ...check, standards })) };
    expect(sarifProblems(write(whole))).toEqual([]);
    const [rule] = read(whole).tool.driver.rules;
    expect(rule?.properties.tags).toEqual(['security', 'network', 'aws', ...standards.slice(0, 17)]);
    expect(rule?.help.text).toContain('Standard 29');
  });

  it('writes the way there and back as code flows, each component in its order', () => {
    const step = (id: string, type: 'internet-gateway' | 'network-acl', sequenceNumber: number) =>
      ({ sequenceNumber, component: { id, type }, effect: 'admits' }) as const;
    const { codeFlows = [] } = onlyResult({
      ...finding(),
      path: {
        query: { from: 'internet', to: 'eni-0a1' },
        verdict: 'reachable',
        admittedTraffic: [],
        forwardPathComponents: [step('igw-0a1', 'internet-gateway', 1), step('acl-0a1', 'network-acl', 2)],
        returnPathComponents: [step('acl-0a1', 'network-acl', 1)],
        explanations: [],
      },
    });
    const ids = codeFlows.map(({ threadFlows }) =>
      threadFlows.map(({ id, locations }) => [id, locations.map(({ location }) => location.logicalLocations[0].name)]),
    );
    expect(ids).toEqual([[['forward', ['igw-0a1', 'acl-0a1']]], [['return', ['acl-0a1']]]]);
  });

  it('writes the worst 5,000 results and says how many of which kind it leaves out', () => {
    const results = Array.from({ length: 5203 }, (_, at): Result => {
      const fingerprint = at.toString(16).padStart(64, '0');
      if (at < 5100) return finding({ fingerprint, effectiveSeverity: at < 5050 ? 'high' : 'low' });
      return finding({ fingerprint, outcome: 'unknown', evidence: [] });
    });
    const run = read(report(results));
    expect(run.results).toHaveLength(5000);
    expect(sarifProblems(write(report(results)))).toEqual([]);
    const [said] = run.invocations[0].toolExecutionNotifications.filter(
      ({ descriptor }) => descriptor.id === 'results-left-out',
    );
    expect(said?.message.text).toMatch(/^203 results .*50 high, 50 low, 103 unknown/);
  });

  it('says nothing of leaving out where 5,000 are all', () => {
    const results = Array.from({ length: 5000 }, (_, at) =>
      finding({ fingerprint: at.toString(16).padStart(64, '0') }),
    );
    const ids = read(report(results)).invocations[0].toolExecutionNotifications.map(({ descriptor }) => descriptor.id);
    expect(ids).toEqual([]);
  });

  it('leaves out what is suppressed, which GitHub would show as open, and says how much', () => {
    const run = read(
      report([finding(), finding({ fingerprint: 'b'.repeat(64), effectiveSeverity: 'low', suppression })]),
    );
    expect(run.results.map(({ level }) => level)).toEqual(['error']);
    const [said] = run.invocations[0].toolExecutionNotifications;
    expect(said?.descriptor.id).toBe('results-suppressed');
    expect(said?.message.text).toMatch(/^1 suppressed result of the report is not in this file: 1 low/);
  });

  it('says when a finding was first seen', () => {
    expect(onlyResult(finding({ firstSeen: '2026-01-02T03:04:05Z' }))).toMatchObject({
      provenance: { firstDetectionTimeUtc: '2026-01-02T03:04:05.000Z' },
    });
  });

  it('is successful only where everything was read', () => {
    const whole = report([]);
    const lost = { ...whole.coverage, collected: whole.coverage.calls - 1 };
    expect(read(whole).invocations[0].executionSuccessful).toBe(true);
    expect(read({ ...whole, coverage: lost }).invocations[0].executionSuccessful).toBe(false);
    expect(
      read({ ...whole, coverage: { ...whole.coverage, calls: 0, collected: 0, ratio: 0 } }).invocations[0]
        .executionSuccessful,
    ).toBe(false);
  });

  it('tells of a denied operation once, with its permission and all its places', () => {
    const whole = report([]);
    const row = (region: string) =>
      ({
        ...whole.coverage.rows[0],
        region,
        service: 'ec2',
        operation: 'DescribeVpcEndpoints',
        iamAction: 'ec2:DescribeVpcEndpoints',
        status: 'failed',
        failure: 'denied',
        errorCode: 'UnauthorizedOperation',
      }) as AuditReport['coverage']['rows'][number];
    const rows = [row('eu-west-1'), row('eu-central-1')];
    const said = read({ ...whole, coverage: { ...whole.coverage, rows } }).invocations[0].toolExecutionNotifications;
    expect(said.map(({ descriptor }) => descriptor.id)).toEqual(['reading-missing']);
    expect(said[0]?.message.text).toContain('ec2:DescribeVpcEndpoints');
    expect(said[0]?.message.text).toContain('111122223333/eu-west-1 and 111122223333/eu-central-1');
  });

  it.each(hostileTexts)('lets no message hold a link, a placeholder or a hidden character of %j', (name) => {
    const audit = report([finding({ title: name, resource: { name, id: name } })]);
    const { text } = read(audit).results[0]?.message ?? { text: '' };
    expect(text).not.toMatch(/\]\(/);
    expect(text.replaceAll('{{', '').replaceAll('}}', '')).not.toMatch(/[{}]/);
    expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
  });
});
