import * as fc from 'fast-check';
import type { AuditReport, CheckReport, CoverageRow, Result } from '../../src/findings/audit-report.ts';
import { compareResults, outcomes } from '../../src/findings/order.ts';
import type { SuppressionNote, SuppressionsReport } from '../../src/findings/suppressions/suppressions-report.ts';
import { countBySeverity } from '../../src/findings/tally.ts';
import type { ExposedClass } from '../../src/model/verdict/exposure.ts';
import type { AccountId, RegionName } from '../../src/model/id.ts';
import type { Evidence } from '../../src/model/verdict/evidence.ts';
import type { PathComponent, TraceResult } from '../../src/model/verdict/path.ts';
import type { ResourceType } from '../../src/model/verdict/resource-reference.ts';
import { severities } from '../../src/model/verdict/severity.ts';
import type { Fix, Missing, Outcome } from '../../src/model/verdict/verdict.ts';
import { evidence as plainEvidence } from '../findings/evidence-arbitrary.ts';

/** What somebody would call a resource who wants more than a name: each attacks a format, a terminal or a reader. */
export const hostileTexts = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'; DROP TABLE findings; --",
  '=HYPERLINK("https://evil.example","click")',
  "@SUM(1+9)*cmd|' /C calc'!A0",
  '+1+1',
  '-2+3',
  '\t=1+1',
  '\r=1+1',
  '＝1+1',
  '[click](https://evil.example)',
  '![pixel](https://evil.example/p.png)',
  '{0} {{1}} ](https://evil.example)',
  '| a | b |\n| - | - |',
  '\\| \\\\|',
  '`` ` ``` code',
  '# heading\n\n- item\n> quote',
  '@everyone @octocat #1 GH-2 :tada: www.evil.example https://evil.example',
  '**bold** __bold__ ~~gone~~ $x$',
  '\u001b[31mred\u001b[0m\u009b31m',
  '\u202egnp.exe\u202c',
  'zero\u200bwidth\ufeff\u2060',
  'nul\u0000 bell\u0007 delete\u007f',
  ']]> --> <!-- <![CDATA[',
  '&amp; &#60; &lt;',
  '{{report}} {{{results}}} {{#each x}}',
  'label="x"} 1\n# HELP evil',
  'lone \ud800 and \udc00',
  '💥 ünïcode 汉字 \u2028 \u2029',
  ' leading and trailing ',
  '../../etc/passwd',
  '',
  'x'.repeat(3000),
  '\ufe0f'.repeat(3000),
  '💥'.repeat(1500),
] as const;

/** Hostile text, and any text at all. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.tuple(fc.constantFrom(...hostileTexts), fc.constantFrom(...hostileTexts)).map((pair) => pair.join('')),
);

/** Text as AWS and the checks write it. */
export const tameText: fc.Arbitrary<string> = fc.constantFrom(
  'web servers',
  'Security group admits the internet',
  'default',
  'ec2:DescribeSubnets',
  'vpc-0123456789abcdef0',
);

export const accountIds = ['111122223333', '123456789012', '444455556666'] as unknown as readonly AccountId[];
export const regionNames = ['eu-west-1', 'us-gov-west-1', 'cn-north-1'] as unknown as readonly RegionName[];

const place = fc.record({ accountId: fc.constantFrom(...accountIds), region: fc.constantFrom(...regionNames) });
const severity = fc.constantFrom(...severities);

const resourceTypes: readonly ResourceType[] = [
  'region',
  'vpc',
  'subnet',
  'security-group',
  'network-acl',
  'route-table',
  'network-interface',
  'vpc-endpoint',
  'flow-log',
  'load-balancer',
  'transit-gateway-attachment',
  'vpc-peering-connection',
];

/** Evidence whose every free text comes from `text`. */
const evidenceOf = (text: fc.Arbitrary<string>): fc.Arbitrary<Evidence> =>
  fc.oneof(
    plainEvidence,
    fc.tuple(plainEvidence, text).map(([evidence, words]): Evidence => {
      switch (evidence.type) {
        case 'security-group-rule':
          return { ...evidence, securityGroupId: words, securityGroupRuleId: words, peer: words, service: words };
        case 'network-acl-entry':
          return { ...evidence, networkAclId: words, cidrBlock: words, service: words };
        case 'traffic':
          return { ...evidence, protocol: words, cidrBlocks: [words, words], service: words };
        case 'route':
          return { ...evidence, routeTableId: words, destination: words, target: words, state: words };
        case 'policy-statement':
          return { ...evidence, sid: words, effect: words, principal: words, actions: [words] };
        case 'attribute':
          return { ...evidence, resourceId: words, attribute: words, value: words };
        case 'resource':
          return { ...evidence, resourceType: words, resourceId: words, role: words };
        default:
          return evidence satisfies never;
      }
    }),
  );

const componentOf = (text: fc.Arbitrary<string>): fc.Arbitrary<PathComponent> =>
  fc.record(
    {
      sequenceNumber: fc.nat({ max: 40 }),
      component: fc.record({
        id: fc.oneof(
          fc.constantFrom(
            'eni-0a1',
            'acl-0a1',
            'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/50dc6c495c0c9188',
          ),
          text,
        ),
        type: fc.constantFrom(
          'internet' as const,
          'network-acl' as const,
          'network-interface' as const,
          'load-balancer' as const,
        ),
      }),
      effect: fc.constantFrom('admits' as const, 'limits' as const, 'blocks' as const, 'unknown' as const),
      packetDirection: fc.constantFrom('ingress' as const, 'egress' as const),
      rule: fc.record({
        type: fc.constant('route' as const),
        routeTableId: text,
        destination: text,
        target: text,
        state: fc.constant('active'),
      }),
    },
    { requiredKeys: ['sequenceNumber', 'component', 'effect'] },
  );

const pathsOf = (text: fc.Arbitrary<string>): fc.Arbitrary<TraceResult> =>
  fc.record({
    query: fc.record({ from: text, to: text }),
    verdict: fc.constantFrom('reachable' as const, 'unknown' as const),
    admittedTraffic: fc.array(
      fc.record({
        protocol: fc.constantFrom('tcp', 'all', '47'),
        sourceAddresses: fc.constant(['0.0.0.0/0']),
        destinationAddresses: fc.array(fc.constant('10.0.0.1/32'), { minLength: 1, maxLength: 30 }),
        destinationPortRanges: fc.constant([{ from: 22, to: 22 }]),
      }),
      { maxLength: 2 },
    ),
    forwardPathComponents: fc.array(componentOf(text), { maxLength: 4 }),
    returnPathComponents: fc.array(componentOf(text), { maxLength: 4 }),
    explanations: fc.constant([]),
  });

const standings = ['new', 'worse', 'changed', 'unchanged', 'incomparable'] as const;

const suppressionOf = (text: fc.Arbitrary<string>): fc.Arbitrary<SuppressionNote> =>
  fc.record(
    { id: text, owner: text, reason: text, expires: fc.constant('2027-01-01'), ticket: text },
    { requiredKeys: ['id', 'owner', 'reason', 'expires'] },
  );

const suppressionsOf = (text: fc.Arbitrary<string>): fc.Arbitrary<SuppressionsReport> =>
  fc.record({
    asOf: fc.constant('2026-11-24'),
    entries: fc.array(
      fc
        .record({
          note: suppressionOf(text),
          state: fc.constantFrom('matched' as const, 'expired' as const, 'unused' as const, 'not-tested' as const),
          findings: fc.nat({ max: 9 }),
          soon: fc.boolean(),
        })
        .map(({ note, state, findings, soon }) => ({
          ...note,
          state,
          findings,
          ...(soon ? { expiresSoon: true as const } : {}),
        })),
      { maxLength: 4 },
    ),
  });

const exposureOf = (text: fc.Arbitrary<string>): fc.Arbitrary<ExposedClass> =>
  fc
    .record({
      place,
      id: text,
      addresses: fc.array(
        fc.record(
          { networkInterfaceId: text, instanceId: text, privateAddress: text, publicAddress: text },
          { requiredKeys: ['networkInterfaceId', 'privateAddress'] },
        ),
        { maxLength: 2 },
      ),
      admitted: fc.array(text, { maxLength: 2 }),
    })
    .map(({ place, id, addresses, admitted }) => ({
      kind: 'public-ipv4',
      ...place,
      vpcId: id,
      subnetId: id,
      securityGroupIds: [id],
      addresses,
      admittedTraffic: admitted.map((protocol) => ({
        protocol,
        sourceAddresses: [protocol],
        destinationAddresses: ['all'],
      })),
      possibleTraffic: [],
      deliveredTraffic: [],
      rules: [],
      targets: [],
      missing: [],
      example: { from: 'internet', to: id },
    }));

const missingOf = (text: fc.Arbitrary<string>): fc.Arbitrary<Missing> =>
  fc.record({ fact: text, iamAction: text }, { requiredKeys: ['fact'] });

const fixOf = (text: fc.Arbitrary<string>): fc.Arbitrary<Fix> =>
  fc.record({ summary: text, cli: fc.array(text, { maxLength: 2 }), terraform: text }, { requiredKeys: ['summary'] });

const checkOf = (id: string, text: fc.Arbitrary<string>): fc.Arbitrary<Omit<CheckReport, 'outcomes'>> =>
  fc.record({
    id: fc.constant(id),
    title: text,
    severity,
    rationale: text,
    remediation: text,
    references: fc
      .tuple(
        fc.oneof(fc.constant('https://docs.aws.amazon.com/vpc/latest/userguide/'), text),
        fc.array(text, { maxLength: 1 }),
      )
      .map(([first, rest]): readonly [string, ...string[]] => [first, ...rest]),
    relatedChecks: fc.array(
      fc.record({ tool: fc.constantFrom('prowler' as const, 'securityhub' as const), id: text }),
      { maxLength: 2 },
    ),
    standards: fc.array(text, { maxLength: 30 }),
  });

const fingerprint = fc.stringMatching(/^[0-9a-f]{64}$/);

const resultOf = (checks: readonly Omit<CheckReport, 'outcomes'>[], text: fc.Arbitrary<string>): fc.Arbitrary<Result> =>
  fc
    .record({
      check: fc.constantFrom(...checks),
      outcome: fc.constantFrom(...outcomes),
      effectiveSeverity: severity,
      place,
      resource: fc.record(
        {
          type: fc.constantFrom(...resourceTypes),
          id: fc.oneof(fc.constantFrom('sg-0a1', 'vpc-0a1'), text),
          arn: fc.oneof(
            fc.constantFrom(
              'arn:aws:ec2:eu-west-1:111122223333:security-group/sg-0a1',
              'arn:aws-iso:ec2:us-iso-east-1:111122223333:vpc/vpc-0a1',
            ),
            text,
          ),
          vpcId: text,
          name: text,
        },
        { requiredKeys: ['type', 'id', 'arn'] },
      ),
      fingerprint,
      title: text,
      evidence: fc.array(evidenceOf(text), { minLength: 1, maxLength: 3 }),
      missing: fc.array(missingOf(text), { minLength: 1, maxLength: 3 }),
      reason: text,
      assumedOff: fc.option(fc.array(text, { minLength: 1, maxLength: 2 }), { nil: undefined }),
      fix: fc.option(fixOf(text), { nil: undefined }),
      path: fc.option(pathsOf(text), { nil: undefined }),
      suppression: fc.option(suppressionOf(text), { nil: undefined }),
      sinceBaseline: fc.option(fc.constantFrom(...standings), { nil: undefined }),
      firstSeen: fc.option(fc.constantFrom('2026-01-02T03:04:05Z', '2026-11-24T02:00:00.000Z'), { nil: undefined }),
    })
    .map(
      ({
        check,
        outcome,
        effectiveSeverity,
        place,
        resource,
        title,
        evidence,
        missing,
        reason,
        assumedOff,
        fix,
        path,
        suppression,
        sinceBaseline,
        firstSeen,
        ...rest
      }): Result => ({
        ...rest,
        checkId: check.id,
        outcome,
        severity: check.severity,
        effectiveSeverity: outcome === 'fail' ? effectiveSeverity : check.severity,
        resource: { ...resource, ...place },
        title,
        evidence: outcome === 'fail' ? evidence : [],
        ...(outcome === 'unknown' ? { missing } : {}),
        ...(outcome === 'not-applicable' ? { reason } : {}),
        ...(assumedOff === undefined ? {} : { assumedOff }),
        ...(outcome === 'fail' && fix !== undefined ? { fix } : {}),
        ...(outcome === 'fail' && path !== undefined ? { path } : {}),
        ...(outcome === 'fail' && suppression !== undefined ? { suppression } : {}),
        ...(outcome === 'fail' && suppression === undefined && sinceBaseline !== undefined ? { sinceBaseline } : {}),
        ...(outcome === 'fail' && firstSeen !== undefined ? { firstSeen } : {}),
      }),
    );

const rowOf = (text: fc.Arbitrary<string>): fc.Arbitrary<CoverageRow> =>
  fc
    .record({
      place,
      service: fc.constant('ec2'),
      operation: fc.constantFrom('DescribeSubnets', 'DescribeVpcs'),
      iamAction: fc.oneof(fc.constant('ec2:DescribeSubnets'), text),
      status: fc.constantFrom('collected' as const, 'failed' as const, 'skipped' as const),
      errorCode: text,
      message: text,
    })
    .map(({ place, errorCode, message, ...row }) => ({
      ...place,
      ...row,
      calls: 1,
      collected: row.status === 'collected' ? 1 : 0,
      ...(row.status === 'failed' ? { failure: 'denied' as const, errorCode, message } : {}),
    }));

/** A report that could have been composed, with every free text from `text`. */
export const auditReport = (text: fc.Arbitrary<string> = hostileText): fc.Arbitrary<AuditReport> =>
  fc
    .uniqueArray(fc.constantFrom('security-group-open-to-internet', 'flow-log-missing', 'vpc-endpoint-missing'), {
      minLength: 1,
    })
    .chain((ids) => fc.tuple(...ids.map((id) => checkOf(id, text))))
    .chain((checks) =>
      fc
        .record({
          version: fc.constantFrom('0.1.0', '1.2.3-rc.1'),
          run: fc.record({
            startedAt: fc.constantFrom('2026-11-24T02:15:00.000Z', '2026-11-25T02:15:09Z'),
            durationMs: fc.nat({ max: 1e7 }),
          }),
          collectedAt: fc.constantFrom('2026-11-24T02:00:00.000Z', undefined),
          caller: fc.option(fc.record({ accountId: fc.constantFrom(...accountIds), arn: text }), { nil: undefined }),
          rows: fc.array(rowOf(text), { maxLength: 5 }),
          notVisible: fc.array(fc.record({ accountId: fc.constantFrom(...accountIds), reason: text }), {
            maxLength: 2,
          }),
          missingPermissions: fc.array(fc.record({ iamAction: text, readings: fc.nat() }), { maxLength: 3 }),
          assumedOff: fc.array(
            fc.tuple(place, fc.array(text, { maxLength: 2 })).map(([where, kinds]) => ({ ...where, kinds })),
            { maxLength: 2 },
          ),
          notes: fc.array(fc.record({ file: text, reason: text }), { maxLength: 2 }),
          results: fc.uniqueArray(resultOf(checks, text), { maxLength: 12, selector: (result) => result.fingerprint }),
          suppressions: suppressionsOf(text),
          exposures: fc.array(exposureOf(text), { maxLength: 3 }),
          defects: fc.array(
            fc.tuple(place, text).map(([where, message]) => ({ ...where, checkId: checks[0]?.id ?? '', message })),
            { maxLength: 2 },
          ),
        })
        .map((parts) => assembled(checks, parts)),
    );

interface Parts {
  readonly version: string;
  readonly run: AuditReport['run'];
  readonly collectedAt: string | undefined;
  readonly caller: AuditReport['scope']['caller'] | undefined;
  readonly rows: readonly CoverageRow[];
  readonly notVisible: AuditReport['coverage']['notVisible'];
  readonly missingPermissions: AuditReport['coverage']['missingPermissions'];
  readonly assumedOff: AuditReport['coverage']['assumedOff'];
  readonly notes: AuditReport['coverage']['notes'];
  readonly results: readonly Result[];
  readonly defects: AuditReport['defects'];
  readonly exposures: AuditReport['exposures'];
  readonly suppressions: SuppressionsReport;
}

function assembled(checks: readonly Omit<CheckReport, 'outcomes'>[], parts: Parts): AuditReport {
  const { rows, results } = parts;
  const count = (these: readonly Result[], outcome: Outcome): number =>
    these.filter((result) => result.outcome === outcome).length;
  const outcomesOf = (these: readonly Result[]): Record<Outcome, number> => ({
    fail: count(these, 'fail'),
    unknown: count(these, 'unknown'),
    pass: count(these, 'pass'),
    'not-applicable': count(these, 'not-applicable'),
  });
  const suppressed = results.filter(({ suppression }) => suppression !== undefined);
  const open = results.filter(({ outcome, suppression }) => outcome === 'fail' && suppression === undefined);
  const news = open.filter(({ sinceBaseline }) => sinceBaseline === 'new' || sinceBaseline === 'worse');
  const standing = (wanted: string): number => open.filter(({ sinceBaseline }) => sinceBaseline === wanted).length;
  const collected = rows.filter(({ status }) => status === 'collected').length;
  return {
    schemaVersion: '1',
    tool: { name: 'vpc-auditor', version: parts.version },
    run: parts.run,
    scope: {
      accounts: accountIds,
      regions: regionNames,
      ...(parts.caller === undefined ? {} : { caller: parts.caller }),
      ...(parts.collectedAt === undefined ? {} : { collectedAt: parts.collectedAt }),
    },
    coverage: {
      ratio: rows.length === 0 ? 0 : collected / rows.length,
      calls: rows.length,
      collected,
      requests: rows.length,
      throttled: 0,
      rows,
      notVisible: parts.notVisible,
      missingPermissions: parts.missingPermissions,
      assumedOff: parts.assumedOff,
      notes: parts.notes,
    },
    checks: checks
      .map((check) => ({ ...check, outcomes: outcomesOf(results.filter(({ checkId }) => checkId === check.id)) }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    results: [...results].sort(compareResults),
    exposures: parts.exposures,
    defects: parts.defects,
    ...(suppressed.length === 0 ? {} : { suppressions: parts.suppressions }),
    ...(news.length === 0
      ? {}
      : {
          baseline: {
            counts: {
              new: standing('new'),
              worse: standing('worse'),
              changed: standing('changed'),
              unchanged: standing('unchanged'),
              incomparable: standing('incomparable'),
              resolved: 1,
              unproven: 2,
            },
            resolved: [],
            unproven: [],
          },
        }),
    summary: {
      failures: countBySeverity(open),
      ...(suppressed.length === 0 ? {} : { suppressed: countBySeverity(suppressed) }),
      ...(news.length === 0 ? {} : { new: countBySeverity(news) }),
      outcomes: outcomesOf(results),
      resourcesFailing: new Set(open.map(({ resource }) => resource.arn)).size,
      unread: count(results, 'unknown'),
      listed: [...outcomes],
    },
  };
}
