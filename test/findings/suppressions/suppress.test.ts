import { beforeAll, describe, expect, it } from 'vitest';
import { allow, allTraffic, region, tcp } from '../../../mocks/builders.ts';
import { snapshotOf } from '../../../mocks/snapshot.ts';
import type { World } from '../../../mocks/world.ts';
import type { AnyCheck } from '../../../src/auditors/check.ts';
import type { SuppressionEntry } from '../../../src/findings/suppressions/suppressions-report.ts';
import {
  allChecks,
  type AuditReport,
  auditSnapshot,
  exitStatus,
  needsOf,
  readSuppressions,
  type Result,
} from '../../../src/index.ts';
import type { AccountId, RegionName } from '../../../src/model/id.ts';
import { iamActionOf, resourceKinds } from '../../../src/model/resources.ts';
import type { Snapshot } from '../../../src/model/snapshot/snapshot.ts';

const account = '111122223333';
const here = 'eu-west-1';

function world(): World {
  const net = region(account, here);
  const vpc = net.vpc({ name: 'prod' });
  const subnet = vpc.publicSubnet();
  const web = vpc.securityGroup('web', {
    tags: { Environment: 'sandbox' },
    ingress: [tcp(22, '0.0.0.0/0'), tcp(3389, '0.0.0.0/0')],
  });
  const other = vpc.securityGroup('other', {
    tags: { Environment: 'prod' },
    ingress: [tcp(22, '0.0.0.0/1'), allTraffic('::/0')],
  });
  subnet.instance({ securityGroups: [web, other] });
  vpc.networkAcl({ ingress: [allow(100, tcp(22, '0.0.0.0/0'))], subnets: [subnet] });
  return net.toWorld();
}

describe('suppressions', () => {
  let checks: readonly AnyCheck[];
  let snapshot: Snapshot;
  let plain: AuditReport;
  let web = '';

  const audited = (yaml: string, today = '2026-06-15', of: Snapshot = snapshot, these = checks): AuditReport =>
    auditSnapshot(of, {
      checks: these,
      suppressions: readSuppressions(
        yaml,
        'ours.yaml',
        checks.map(({ id }) => id),
      ),
      run: () => ({ startedAt: `${today}T23:59:59.999Z`, durationMs: 1 }),
    });
  const entry = (selectors: string, changes: { id?: string; expires?: string } = {}): string => `
  - id: ${changes.id ?? 'one'}
    ${selectors}
    owner: network team
    reason: Meant to be so.
    expires: ${changes.expires ?? '2026-06-30'}`;
  const file = (...entries: readonly string[]): string => `suppressions:${entries.join('')}`;
  const hidden = ({ results }: AuditReport): readonly Result[] =>
    results.filter(({ suppression }) => suppression !== undefined);
  const states = ({ suppressions }: AuditReport): readonly (readonly [string, SuppressionEntry['state'], number])[] =>
    (suppressions?.entries ?? []).map(({ id, state, findings }) => [id, state, findings]);

  beforeAll(async () => {
    checks = await allChecks();
    snapshot = snapshotOf(world());
    plain = audited('suppressions: []');
    web = plain.results.find(({ resource }) => resource.name === 'web')?.resource.id ?? '';
  });

  it('that are none change nothing but what is said of them', () => {
    expect(hidden(plain)).toEqual([]);
    expect(plain.summary.suppressed).toEqual({ critical: 0, high: 0, medium: 0, low: 0, informational: 0 });
    expect(plain.summary.outcomes.fail).toBeGreaterThan(8);
    expect(states(plain)).toEqual([]);
  });

  it('leave the finding in the report and take it out of what counts', () => {
    const report = audited(
      file(entry(`check: security-group-open-to-internet\n    match: {resource: ${web}}\n    ticket: NET-7`)),
    );
    const of = hidden(report);
    expect(of.length).toBeGreaterThan(0);
    for (const { checkId, resource, outcome, suppression, fingerprint } of of) {
      expect([checkId, resource.id, outcome]).toEqual(['security-group-open-to-internet', web, 'fail']);
      expect(suppression).toEqual({
        id: 'one',
        owner: 'network team',
        reason: 'Meant to be so.',
        ticket: 'NET-7',
        expires: '2026-06-30',
      });
      expect(plain.results.map((result) => result.fingerprint)).toContain(fingerprint);
    }
    expect(report.results).toHaveLength(plain.results.length);
    expect(report.summary.outcomes).toEqual(plain.summary.outcomes);
    const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0);
    expect(sum(report.summary.suppressed ?? {})).toBe(of.length);
    expect(sum(report.summary.failures)).toBe(sum(plain.summary.failures) - of.length);
    expect(states(report)).toEqual([['one', 'matched', of.length]]);
  });

  it('decide the exit code by what is left, whatever is listed', () => {
    const everything = audited(file(entry(`check: "*"\n    match: {account: "${account}"}`)));
    expect(hidden(everything)).toHaveLength(everything.summary.outcomes.fail);
    const policy = { failOn: 'informational', minCoverage: 0 } as const;
    expect(exitStatus({ ...everything, coverage: { ...everything.coverage, calls: 1 } }, policy).code).toBe(0);
    expect(exitStatus({ ...plain, coverage: { ...plain.coverage, calls: 1 } }, policy).code).toBe(1);
    expect(everything.summary.resourcesFailing).toBe(0);
  });

  it.each<[string, string, (result: Result) => boolean]>([
    [
      'a pattern of checks',
      'check: security-group-*\n    match: {region: eu-west-1}',
      ({ checkId }) => checkId.startsWith('security-group-'),
    ],
    ['a tag', 'check: "*"\n    match: {tags: {Environment: sandbox}}', ({ resource }) => resource.name === 'web'],
    ['two tags of which one is missing', 'check: "*"\n    match: {tags: {Environment: sandbox, Team: x}}', () => false],
    [
      'a pattern of resources',
      'check: "*"\n    match: {resource_glob: acl-*}',
      ({ resource }) => resource.id.startsWith('acl-'),
    ],
    ['another account', 'check: "*"\n    match: {account: "444455556666"}', () => false],
    ['another Region', 'check: "*"\n    match: {region: us-east-1}', () => false],
    ['the beginning of an id', 'check: "*"\n    match: {resource: sg-}', () => false],
  ])('match %s and nothing else', (_, selectors, meant) => {
    const report = audited(file(entry(selectors)));
    const failures = report.results.filter(({ outcome }) => outcome === 'fail');
    expect(hidden(report).map(({ fingerprint }) => fingerprint)).toEqual(
      failures.filter(meant).map(({ fingerprint }) => fingerprint),
    );
  });

  it('match one finding by its fingerprint, a resource by its ARN, and a VPC', () => {
    const [finding] = plain.results;
    const { fingerprint = '', resource } = finding ?? {};
    expect(
      hidden(audited(file(entry(`match: {fingerprint: ${fingerprint}}`)))).map((result) => result.fingerprint),
    ).toEqual([fingerprint]);
    for (const { resource: of } of hidden(
      audited(file(entry(`check: "*"\n    match: {resource: "${resource?.arn}"}`))),
    )) {
      expect(of.arn).toBe(resource?.arn);
    }
    const byVpc = hidden(audited(file(entry(`check: "*"\n    match: {vpc: ${resource?.vpcId}}`))));
    expect(byVpc.length).toBeGreaterThan(0);
    for (const { resource: of } of byVpc) expect(of.vpcId).toBe(resource?.vpcId);
  });

  it('let a rule come back that leaves its ports or its blocks', () => {
    const bound = (bounds: string): string =>
      file(entry(`check: security-group-open-to-internet\n    match: {resource: ${web}, ${bounds}}`));
    const ports = (report: AuditReport): readonly unknown[] =>
      hidden(report).flatMap(({ evidence }) => evidence.flatMap((item) => ('fromPort' in item ? [item.fromPort] : [])));
    expect(new Set(ports(audited(bound('ports: [22]'))))).toEqual(new Set([22]));
    expect(new Set(ports(audited(bound('ports: [1-4000]'))))).toEqual(new Set([22, 3389]));
    expect(ports(audited(bound('ports: [23-4000]')))).not.toContain(22);
    expect(hidden(audited(bound('cidrs: [0.0.0.0/1]')))).toEqual([]);
    expect(hidden(audited(bound('cidrs: [0.0.0.0/0]'))).length).toBeGreaterThan(1);
    expect(hidden(audited(bound('ports: [22], cidrs: ["::/0"]')))).toEqual([]);
  });

  it('hold through their last day and then end, with a word about it', () => {
    const yaml = file(entry(`check: "*"\n    match: {resource: ${web}}`, { expires: '2026-06-15' }));
    const last = audited(yaml, '2026-06-15');
    expect(hidden(last).length).toBeGreaterThan(0);
    expect(last.suppressions?.entries[0]).toMatchObject({ state: 'matched', expiresSoon: true });
    const after = audited(yaml, '2026-06-16');
    expect(hidden(after)).toEqual([]);
    expect(states(after)).toEqual([['one', 'expired', hidden(last).length]]);
    expect(after.summary.failures).toEqual(plain.summary.failures);
    expect(audited(yaml, '2026-06-01').suppressions?.entries[0]?.expiresSoon).toBeUndefined();
    expect(audited(yaml, '2026-06-02').suppressions?.entries[0]?.expiresSoon).toBe(true);
  });

  it('name the first of the file that still holds', () => {
    const selectors = `check: "*"\n    match: {resource: ${web}}`;
    const report = audited(
      file(
        entry(selectors, { id: 'old', expires: '2026-01-01' }),
        entry('check: security-*\n    match: {region: eu-west-1}', { id: 'wide' }),
        entry(selectors, { id: 'narrow' }),
      ),
    );
    const notes = hidden(report).filter(({ resource }) => resource.id === web);
    expect(new Set(notes.map(({ suppression }) => suppression?.id))).toEqual(new Set(['wide']));
    expect(states(report).map(([id, state]) => [id, state])).toEqual([
      ['old', 'expired'],
      ['wide', 'matched'],
      ['narrow', 'matched'],
    ]);
  });

  it('never cover what is unknown', () => {
    const [first] = snapshot.regions;
    if (first === undefined) throw new Error('there is a Region');
    const refused: Snapshot = {
      ...snapshot,
      regions: [
        {
          ...first,
          resources: {
            ...first.resources,
            securityGroups: {
              status: 'failed',
              operation: 'DescribeSecurityGroups',
              iamAction: 'ec2:DescribeSecurityGroups',
              failure: 'denied',
              errorCode: 'UnauthorizedOperation',
              message: 'no',
            },
          },
        },
      ],
    };
    const report = audited(file(entry(`check: "*"\n    match: {account: "${account}"}`)), '2026-06-15', refused);
    const unknown = report.results.filter(({ outcome }) => outcome === 'unknown');
    expect(unknown.length).toBeGreaterThan(0);
    expect(unknown.filter(({ suppression }) => suppression !== undefined)).toEqual([]);
  });

  it('are called unused only where everything was asked that they could match', () => {
    const unused = entry(`check: security-group-open-to-internet\n    match: {resource: sg-00000000000000000}`);
    const elsewhere = entry('check: "*"\n    match: {account: "444455556666"}', { id: 'two' });
    const covered: Snapshot = { ...snapshot, manifest: { ...snapshot.manifest, calls: callsOf(checks) } };
    expect(states(audited(file(unused, elsewhere), '2026-06-15', covered))).toEqual([
      ['one', 'unused', 0],
      ['two', 'not-tested', 0],
    ]);
    // Nothing is on record as read
    expect(states(audited(file(unused)))).toEqual([['one', 'not-tested', 0]]);
    // The check did not run
    const others = checks.filter(({ id }) => id === 'flow-log-missing');
    expect(states(audited(file(unused), '2026-06-15', covered, others))).toEqual([['one', 'not-tested', 0]]);
  });
});

/** A record that everything was read that the checks read. */
function callsOf(checks: readonly AnyCheck[]): Snapshot['manifest']['calls'] {
  return needsOf(checks).map((key) => ({
    accountId: account as AccountId,
    region: here as RegionName,
    service: resourceKinds[key].service,
    operation: resourceKinds[key].operation,
    input: {},
    status: 'collected',
    iamAction: iamActionOf(key),
    requests: 1,
    throttled: 0,
    durationMs: 1,
  }));
}
