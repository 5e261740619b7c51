import { createHash } from 'node:crypto';
import type { AuditReport, CheckReport, CoverageRow, Result } from '../src/findings/audit-report.ts';
import { compareResults } from '../src/findings/order.ts';
import type { AccountId, RegionName } from '../src/model/id.ts';
import { severities } from '../src/model/verdict/severity.ts';

const accounts = Array.from({ length: 50 }, (_, at) => String(111_100_000_000 + at) as AccountId);
const regions = ['eu-central-1', 'eu-west-1', 'us-east-1', 'us-west-2'] as unknown as readonly RegionName[];
const ids = [
  'flow-log-missing',
  'network-acl-open',
  'security-group-open-to-internet',
  'subnet-assigns-public-addresses',
];

const at = <T>(items: readonly T[], index: number): T => {
  const item = items[index % items.length];
  if (item === undefined) throw new Error('there are no items');
  return item;
};
const hex = (prefix: string, index: number): string => `${prefix}-${index.toString(16).padStart(17, '0')}`;

/** A report of an organisation with so many results, nine of ten failures, each with the evidence that real ones have. */
export function generateReport(findings: number): AuditReport {
  const results = Array.from({ length: findings }, (_, index) => result(index)).sort(compareResults);
  const failing = results.filter(({ outcome }) => outcome === 'fail');
  const failures = Object.fromEntries(
    severities.map((severity) => [
      severity,
      failing.filter(({ effectiveSeverity }) => effectiveSeverity === severity).length,
    ]),
  ) as AuditReport['summary']['failures'];
  const outcomes = {
    fail: failing.length,
    unknown: findings - failing.length,
    pass: 12 * findings,
    'not-applicable': 0,
  };
  const rows = accounts.flatMap((accountId) => regions.map((region) => row(accountId, region)));
  return {
    schemaVersion: '1',
    tool: { name: 'vpc-auditor', version: '0.0.0' },
    run: { startedAt: '2026-01-01T00:05:00.000Z', durationMs: 300_000 },
    scope: { accounts, regions, collectedAt: '2026-01-01T00:00:00.000Z' },
    coverage: {
      ratio: 0.9,
      calls: rows.length * 10,
      collected: rows.length * 9,
      requests: rows.length * 10,
      throttled: 0,
      rows,
      notVisible: [],
      missingPermissions: [{ iamAction: 'ec2:DescribeVpcEndpoints', readings: rows.length }],
      assumedOff: [],
      notes: [],
    },
    checks: ids.map(check),
    results,
    exposures: [],
    defects: [],
    summary: {
      failures,
      outcomes,
      resourcesFailing: failing.length,
      unread: outcomes.unknown,
      listed: ['fail', 'unknown'],
    },
  };
}

const row = (accountId: AccountId, region: RegionName): CoverageRow => ({
  accountId,
  region,
  service: 'ec2',
  operation: 'DescribeVpcEndpoints',
  iamAction: 'ec2:DescribeVpcEndpoints',
  status: 'failed',
  calls: 10,
  collected: 9,
  failure: 'denied',
  errorCode: 'UnauthorizedOperation',
  message: 'You are not authorized to perform this operation.',
});

const check = (id: string): CheckReport => ({
  id,
  title: 'Something stands open that should be closed',
  severity: 'high',
  rationale:
    'Anybody on the internet may open a connection to it, and whoever scans for it finds it within minutes. '.repeat(3),
  remediation: 'Name who needs it and admit nobody else. '.repeat(3),
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-best-practices.html'],
  relatedChecks: [{ tool: 'securityhub', id: 'EC2.13' }],
  standards: ['CIS AWS 3.0.0 5.2', 'PCI DSS 4.0 1.2.1'],
  outcomes: { fail: 1, unknown: 1, pass: 1, 'not-applicable': 0 },
});

function result(index: number): Result {
  const accountId = at(accounts, index);
  const region = at(regions, Math.floor(index / accounts.length));
  const id = hex('sg', index);
  const base = {
    checkId: at(ids, index),
    severity: 'high',
    resource: {
      type: 'security-group',
      id,
      arn: `arn:aws:ec2:${region}:${accountId}:security-group/${id}`,
      accountId,
      region,
      vpcId: hex('vpc', index % 1000),
      name: `service-${index % 500} <${index}>`,
    },
    fingerprint: createHash('sha256').update(String(index)).digest('hex'),
  } as const;
  if (index % 10 === 0) {
    const missing = [{ fact: 'The endpoints of the VPC were not read', iamAction: 'ec2:DescribeVpcEndpoints' }];
    return {
      ...base,
      outcome: 'unknown',
      effectiveSeverity: 'high',
      title: 'Something stands open',
      evidence: [],
      missing,
    };
  }
  return {
    ...base,
    outcome: 'fail',
    effectiveSeverity: at(severities, index),
    title: 'the internet reaches SSH on 12 interfaces',
    evidence: [
      {
        type: 'security-group-rule',
        securityGroupId: id,
        securityGroupRuleId: hex('sgr', index),
        isEgress: false,
        protocol: 'tcp',
        fromPort: 22,
        toPort: 22,
        peer: '0.0.0.0/0',
        service: 'SSH',
      },
      { type: 'resource', resourceType: 'network-interface', resourceId: hex('eni', index), role: 'carries' },
      { type: 'resource', resourceType: 'network-interface', resourceId: hex('eni', index + 1), role: 'carries' },
    ],
    fix: {
      summary: 'Remove the rule that admits everybody.',
      cli: [
        `aws ec2 revoke-security-group-ingress --region ${region} --group-id ${id} --security-group-rule-ids ${hex('sgr', index)}`,
      ],
      terraform: `resource "aws_vpc_security_group_ingress_rule" "${id}" {\n  cidr_ipv4 = "10.0.0.0/8"\n}\n`,
    },
  };
}
