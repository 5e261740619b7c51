import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { AuditReport, Result } from '../../../src/findings/audit-report.ts';
import type { RegionName } from '../../../src/model/id.ts';
import { loadReporter, outputFormats } from '../../../src/reporters/formats/formats.ts';
import { finding, report, suppression } from './plain-report.ts';

const reachable: Result = {
  ...finding({
    effectiveSeverity: 'critical',
    sinceBaseline: 'new',
    firstSeen: '2026-11-23T02:00:00.000Z',
    resource: { name: 'web | <b>' },
    fix: {
      summary: 'Remove the rule that admits everybody.',
      cli: ['aws ec2 revoke-security-group-ingress --group-id sg-0a1 --security-group-rule-ids sgr-0a1'],
    },
  }),
  path: {
    query: { from: 'internet', to: 'eni-0a1', protocol: 'tcp', port: 22 },
    verdict: 'reachable',
    admittedTraffic: [
      {
        protocol: 'tcp',
        sourceAddresses: ['0.0.0.0/0'],
        destinationAddresses: ['10.0.1.10/32'],
        destinationPortRanges: [{ from: 22, to: 22 }],
      },
    ],
    forwardPathComponents: [
      { sequenceNumber: 1, component: { id: 'igw-0a1', type: 'internet-gateway' }, effect: 'admits' },
      {
        sequenceNumber: 2,
        component: { id: 'acl-0a1', type: 'network-acl' },
        effect: 'admits',
        packetDirection: 'ingress',
        rule: {
          type: 'network-acl-entry',
          networkAclId: 'acl-0a1',
          ruleNumber: 100,
          egress: false,
          ruleAction: 'allow',
          protocol: 'all',
          cidrBlock: '0.0.0.0/0',
        },
      },
    ],
    returnPathComponents: [],
    explanations: [],
  },
};

/** A new reachable finding, a suppressed one, one that nobody reaches, and one that cannot be told because of a denied call. */
function sample(): AuditReport {
  const results = [
    reachable,
    finding({
      effectiveSeverity: 'medium',
      fingerprint: 'd'.repeat(64),
      title: 'the partners reach SSH',
      resource: { id: 'sg-0a3' },
      suppression,
    }),
    finding({
      effectiveSeverity: 'low',
      fingerprint: 'b'.repeat(64),
      title: 'the internet would reach SSH if a route led here',
      resource: { id: 'sg-0a2' },
    }),
    finding({
      outcome: 'unknown',
      evidence: [],
      title: 'Security group admits the internet',
      fingerprint: 'c'.repeat(64),
      resource: { type: 'region', id: 'eu-central-1', region: 'eu-central-1' as RegionName },
      missing: [{ fact: 'The security groups were not read', iamAction: 'ec2:DescribeSecurityGroups' }],
    }),
  ];
  const plain = report(results);
  const [row] = plain.coverage.rows;
  if (row === undefined) throw new Error('the report has a row');
  const denied = {
    ...row,
    region: 'eu-central-1' as RegionName,
    status: 'failed',
    calls: 1,
    collected: 0,
    failure: 'denied',
    errorCode: 'UnauthorizedOperation',
    message: 'You are not authorized to perform this operation.',
  } as const;
  return {
    ...plain,
    coverage: {
      ...plain.coverage,
      ratio: 2 / 3,
      calls: 3,
      rows: [denied, row],
      missingPermissions: [{ iamAction: 'ec2:DescribeSecurityGroups', readings: 1 }],
    },
  };
}

describe('what a reader sees', () => {
  it.each(outputFormats.filter(({ format }) => format !== 'html' && format !== 'json'))(
    '$format is as it was read and found good',
    async ({ format, defaultFile }) => {
      const { render } = await loadReporter(format);
      const golden = fileURLToPath(new URL(`golden/${defaultFile}`, import.meta.url));
      await expect([...render(sample())].join('')).toMatchFileSnapshot(golden);
    },
  );
});
