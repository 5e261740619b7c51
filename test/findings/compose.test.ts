import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeReport, type DescribedCheck, type GivenVerdict } from '../../src/findings/compose.ts';
import type { AccountId, RegionName } from '../../src/model/id.ts';
import type { Manifest } from '../../src/model/snapshot/manifest.ts';
import { severities, type Severity } from '../../src/model/verdict/severity.ts';
import type { Outcome, Verdict } from '../../src/model/verdict/verdict.ts';
import { evidence } from './evidence-arbitrary.ts';

const accountId = '111122223333' as AccountId;
const region = 'eu-west-1' as RegionName;

const check = (id: string, severity: Severity): DescribedCheck => ({
  id,
  title: `Title of ${id}`,
  severity,
  rationale: 'Why.',
  remediation: 'What.',
  references: ['https://docs.aws.amazon.com/vpc/'],
  relatedChecks: [],
});
const checks = [check('network-acl-open', 'high'), check('flow-log-missing', 'medium')];

const manifest: Manifest = {
  schemaVersion: '1',
  tool: { name: 'vpc-auditor', version: '0.0.0' },
  createdAt: '2026-11-24T02:15:00.000Z',
  caller: { accountId, arn: 'arn:aws:sts::111122223333:assumed-role/audit/session' },
  scope: { accounts: [accountId], regions: ['us-east-1' as RegionName, region] },
  notVisible: [],
  calls: [],
};
const compose = (verdicts: readonly GivenVerdict[], list?: readonly Outcome[]) =>
  composeReport({
    manifest,
    snapshotFacts: { regions: [], notes: [] },
    verdicts,
    checks,
    defects: [],
    run: { startedAt: '2026-11-24T02:20:00.000Z', durationMs: 1200 },
    ...(list === undefined ? {} : { list }),
  });

const given = (checkId: string, id: string, verdict: Verdict): GivenVerdict => ({
  checkId,
  resource: { type: 'network-acl', id, arn: `arn:aws:ec2:${region}:${accountId}:network-acl/${id}`, accountId, region },
  verdict,
});
const failure = (checkId: string, id: string, ruleNumber: number, severity?: Severity): GivenVerdict =>
  given(checkId, id, {
    outcome: 'fail',
    resource: { type: 'network-acl', id },
    title: `entry ${ruleNumber} admits the world`,
    evidence: [
      {
        type: 'network-acl-entry',
        networkAclId: id,
        ruleNumber,
        egress: false,
        ruleAction: 'allow',
        protocol: 'tcp',
        cidrBlock: '0.0.0.0/0',
        fromPort: 22,
        toPort: 22,
      },
    ],
    ...(severity === undefined ? {} : { severity }),
  });
const pass = (checkId: string, id: string): GivenVerdict =>
  given(checkId, id, { outcome: 'pass', resource: { type: 'network-acl', id } });
const unknown = (checkId: string, id: string, iamAction?: string): GivenVerdict =>
  given(checkId, id, {
    outcome: 'unknown',
    resource: { type: 'network-acl', id },
    missing: [{ fact: 'something is not known', ...(iamAction === undefined ? {} : { iamAction }) }],
  });

describe('composeReport', () => {
  it('orders by outcome, effective severity, check and place', () => {
    const { results } = compose([
      unknown('network-acl-open', 'acl-1', 'ec2:DescribeSubnets'),
      failure('network-acl-open', 'acl-2', 100),
      failure('network-acl-open', 'acl-1', 100, 'low'),
      failure('flow-log-missing', 'acl-1', 100),
      failure('flow-log-missing', 'acl-9', 100, 'critical'),
    ]);
    expect(
      results.map(({ outcome, effectiveSeverity, severity, checkId, resource }) => [
        outcome,
        effectiveSeverity,
        severity,
        checkId,
        resource.id,
      ]),
    ).toEqual([
      ['fail', 'critical', 'medium', 'flow-log-missing', 'acl-9'],
      ['fail', 'high', 'high', 'network-acl-open', 'acl-2'],
      ['fail', 'medium', 'medium', 'flow-log-missing', 'acl-1'],
      ['fail', 'low', 'high', 'network-acl-open', 'acl-1'],
      ['unknown', 'high', 'high', 'network-acl-open', 'acl-1'],
    ]);
  });

  it('counts everything and lists what is asked for', () => {
    const verdicts = [
      failure('network-acl-open', 'acl-1', 100),
      failure('network-acl-open', 'acl-1', 200, 'critical'),
      pass('network-acl-open', 'acl-2'),
      unknown('flow-log-missing', 'acl-1', 'ec2:DescribeFlowLogs'),
      unknown('flow-log-missing', 'acl-2'),
      given('flow-log-missing', 'acl-3', {
        outcome: 'not-applicable',
        resource: { type: 'network-acl', id: 'acl-3' },
        reason: 'shared',
      }),
    ];
    const usual = compose(verdicts);
    expect(usual.results.map(({ outcome }) => outcome)).toEqual(['fail', 'fail', 'unknown', 'unknown']);
    expect(usual.summary).toEqual({
      failures: { critical: 1, high: 1, medium: 0, low: 0, informational: 0 },
      outcomes: { fail: 2, unknown: 2, pass: 1, 'not-applicable': 1 },
      resourcesFailing: 1,
      unread: 1,
      listed: ['fail', 'unknown'],
    });
    expect(usual.checks.map(({ id, outcomes }) => [id, outcomes.fail, outcomes.pass])).toEqual([
      ['flow-log-missing', 0, 0],
      ['network-acl-open', 2, 1],
    ]);
    const all = compose(verdicts, ['not-applicable', 'pass', 'unknown', 'fail']);
    expect(all.results.map(({ outcome }) => outcome)).toEqual([
      'fail',
      'fail',
      'unknown',
      'unknown',
      'pass',
      'not-applicable',
    ]);
    expect(all.results.at(-1)).toMatchObject({ reason: 'shared', title: 'Title of flow-log-missing' });
    expect(compose(verdicts, ['fail']).summary).toEqual({ ...usual.summary, listed: ['fail'] });
  });

  it('gives a rule that an ACL repeats a fingerprint of its own, and keeps the first one when the second goes', () => {
    const both = compose([failure('network-acl-open', 'acl-1', 200), failure('network-acl-open', 'acl-1', 100)]);
    expect(new Set(both.results.map(({ fingerprint }) => fingerprint)).size).toBe(2);
    const one = compose([failure('network-acl-open', 'acl-1', 300)]);
    expect(both.results.map(({ fingerprint }) => fingerprint)).toContain(one.results[0]?.fingerprint);
  });

  it('is the same report whatever the order of the verdicts, with no fingerprint twice', () => {
    const anyFailure = fc
      .record({
        checkId: fc.constantFrom('network-acl-open', 'flow-log-missing'),
        id: fc.constantFrom('acl-1', 'acl-2'),
        evidence: fc.tuple(evidence),
        severity: fc.constantFrom(...severities),
        title: fc.constantFrom('one', 'another'),
      })
      .map(({ checkId, id, ...rest }) =>
        given(checkId, id, { outcome: 'fail', resource: { type: 'network-acl', id }, ...rest }),
      );
    fc.assert(
      fc.property(fc.array(anyFailure, { maxLength: 12 }), fc.array(fc.nat()), (verdicts, repeats) => {
        const some = verdicts.length === 0 ? [] : repeats.map((at) => verdicts[at % verdicts.length] as GivenVerdict);
        const report = compose([...verdicts, ...some]);
        expect(compose([...some.toReversed(), ...verdicts.toReversed()])).toEqual(report);
        expect(new Set(report.results.map(({ fingerprint }) => fingerprint)).size).toBe(report.results.length);
      }),
    );
  });

  it('reads the defects after the verdicts, as a runner fills them on the way', () => {
    const defects: { checkId: string; accountId: AccountId; region: RegionName; message: string }[] = [];
    function* running(): Iterable<GivenVerdict> {
      yield pass('network-acl-open', 'acl-1');
      defects.push({ checkId: 'flow-log-missing', accountId, region, message: 'TypeError: boom' });
    }
    const report = composeReport({
      manifest,
      snapshotFacts: { regions: [], notes: [] },
      verdicts: running(),
      checks,
      defects,
      run: { startedAt: '2026-11-24T02:20:00.000Z', durationMs: 1 },
    });
    expect(report.defects).toEqual(defects);
    expect(report.results).toEqual([]);
  });

  it('counts a reading that a verdict lacks and nobody made as one that was planned', () => {
    const called = {
      accountId,
      region,
      service: 'ec2',
      operation: 'DescribeSubnets',
      input: {},
      status: 'collected',
      iamAction: 'ec2:DescribeSubnets',
      requests: 1,
      throttled: 0,
      durationMs: 1,
    } as const;
    const { coverage } = composeReport({
      manifest: { ...manifest, calls: [called] },
      snapshotFacts: { regions: [], notes: [] },
      verdicts: [
        unknown('flow-log-missing', 'acl-1', 'ec2:DescribeFlowLogs'),
        unknown('flow-log-missing', 'acl-2', 'ec2:DescribeFlowLogs'),
        unknown('network-acl-open', 'acl-1', 'ec2:DescribeSubnets'),
        unknown('network-acl-open', 'acl-1'),
      ],
      checks,
      defects: [],
      run: { startedAt: '2026-11-24T02:20:00.000Z', durationMs: 1 },
    });
    expect(coverage).toMatchObject({ calls: 2, collected: 1, ratio: 0.5, missingPermissions: [] });
    expect(coverage.rows.map(({ operation, status }) => [operation, status])).toEqual([
      ['DescribeFlowLogs', 'skipped'],
      ['DescribeSubnets', 'collected'],
    ]);
  });

  it('refuses a verdict of a check that was not run', () => {
    expect(() => compose([pass('no-such-check', 'acl-1')])).toThrow(/no-such-check/);
  });

  it('sorts the scope and leaves out what the snapshot does not say', () => {
    expect(compose([]).scope).toEqual({
      accounts: [accountId],
      regions: [region, 'us-east-1'],
      caller: manifest.caller,
      collectedAt: manifest.createdAt,
    });
    const bare = composeReport({
      manifest: { ...manifest, caller: undefined, createdAt: undefined },
      snapshotFacts: { regions: [], notes: [] },
      verdicts: [],
      checks,
      defects: [],
      run: { startedAt: '', durationMs: 0 },
    });
    expect(Object.keys(bare.scope)).toEqual(['accounts', 'regions']);
  });
});
