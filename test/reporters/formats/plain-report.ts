import type { AuditReport, Result } from '../../../src/findings/audit-report.ts';
import type { SuppressionNote } from '../../../src/findings/suppressions/suppressions-report.ts';
import { countBySeverity } from '../../../src/findings/tally.ts';
import type { AccountId, RegionName } from '../../../src/model/id.ts';
import type { Severity } from '../../../src/model/verdict/severity.ts';

const accountId = '111122223333' as AccountId;
const region = 'eu-west-1' as RegionName;

type Changes = Partial<Omit<Result, 'resource'>> & { readonly resource?: Partial<Result['resource']> };

/** An open SSH port, or what the changes make of it. */
export function finding(changes: Changes = {}): Result {
  const { resource: resourceChanges, ...others } = changes;
  const resource = {
    type: 'security-group',
    id: 'sg-0a1',
    accountId,
    region,
    vpcId: 'vpc-0a1',
    ...resourceChanges,
  } as const;
  return {
    checkId: 'security-group-open-to-internet',
    outcome: 'fail',
    severity: 'high',
    effectiveSeverity: 'high',
    resource: {
      ...resource,
      arn:
        resourceChanges?.arn ?? `arn:aws:ec2:${resource.region}:${resource.accountId}:${resource.type}/${resource.id}`,
    },
    fingerprint: 'a'.repeat(64),
    title: 'the internet reaches SSH',
    evidence: [
      {
        type: 'security-group-rule',
        securityGroupId: 'sg-0a1',
        securityGroupRuleId: 'sgr-0a1',
        isEgress: false,
        protocol: 'tcp',
        fromPort: 22,
        toPort: 22,
        peer: '0.0.0.0/0',
        service: 'SSH',
      },
    ],
    ...others,
  };
}

/** A report of one check that read everything; `results` must be in the order of a report. */
export function report(results: readonly Result[], severity: Severity = 'high'): AuditReport {
  const of = (outcome: Result['outcome']): readonly Result[] => results.filter((result) => result.outcome === outcome);
  const open = of('fail').filter(({ suppression }) => suppression === undefined);
  const suppressed = of('fail').filter(({ suppression }) => suppression !== undefined);
  const news = open.filter(({ sinceBaseline }) => sinceBaseline === 'new' || sinceBaseline === 'worse');
  const outcomes = {
    fail: of('fail').length,
    unknown: of('unknown').length,
    pass: of('pass').length,
    'not-applicable': of('not-applicable').length,
  };
  return {
    schemaVersion: '1',
    tool: { name: 'vpc-auditor', version: '0.1.0' },
    run: { startedAt: '2026-11-24T02:15:00.000Z', durationMs: 1500 },
    scope: { accounts: [accountId], regions: [region], collectedAt: '2026-11-24T02:00:00.000Z' },
    coverage: {
      ratio: 1,
      calls: 2,
      collected: 2,
      requests: 2,
      throttled: 0,
      rows: [
        {
          accountId,
          region,
          service: 'ec2',
          operation: 'DescribeSecurityGroups',
          iamAction: 'ec2:DescribeSecurityGroups',
          status: 'collected',
          calls: 2,
          collected: 2,
        },
      ],
      notVisible: [],
      missingPermissions: [],
      assumedOff: [],
      notes: [],
    },
    checks: [
      {
        id: 'security-group-open-to-internet',
        title: 'Security group admits the internet',
        severity,
        rationale: 'Anybody may open a connection.',
        remediation: 'Name who needs the port.',
        references: ['https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html'],
        relatedChecks: [{ tool: 'securityhub', id: 'EC2.13' }],
        standards: ['CIS AWS 3.0.0 5.2'],
        outcomes,
      },
    ],
    results,
    exposures: [],
    defects: [],
    summary: {
      failures: countBySeverity(open),
      ...(suppressed.length === 0 ? {} : { suppressed: countBySeverity(suppressed) }),
      ...(news.length === 0 ? {} : { new: countBySeverity(news) }),
      outcomes,
      resourcesFailing: new Set(open.map(({ resource }) => resource.arn)).size,
      unread: 0,
      listed: ['fail', 'unknown', 'pass', 'not-applicable'],
    },
  };
}

/** Somebody answers for a finding. */
export const suppression: SuppressionNote = {
  id: 'bastion',
  owner: 'network-team',
  reason: 'The bastion is closed in January.',
  expires: '2027-01-31',
  ticket: 'NET-7',
};
