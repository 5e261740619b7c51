import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditReport, Result } from '../../../src/findings/audit-report.ts';
import type { AccountId, RegionName } from '../../../src/model/id.ts';
import type { ResourceType } from '../../../src/model/verdict/resource-reference.ts';
import { renderAsff } from '../../../src/reporters/formats/asff/asff.ts';
import { FormatUnusable } from '../../../src/reporters/formats/format-unusable.ts';
import { auditReport } from '../arbitraries.ts';
import { type AsffFinding, asffProblems } from './asff-rules.ts';
import { finding, report, suppression } from './plain-report.ts';

const batches = (audit: AuditReport): readonly string[] => [...renderAsff(audit)].join('').split('\n').slice(0, -1);
const findingsOf = (batch: string): readonly AsffFinding[] =>
  (JSON.parse(batch) as { readonly Findings: readonly AsffFinding[] }).Findings;
const only = (result: Result): AsffFinding => {
  const [written] = batches(report([result])).flatMap(findingsOf);
  if (written === undefined) throw new Error('nothing was written');
  return written;
};
const numbered = (at: number, changes: Parameters<typeof finding>[0] = {}): Result =>
  finding({ fingerprint: at.toString(16).padStart(64, '0'), ...changes });

describe('asff', () => {
  it('follows the AWS Security Finding Format, batch by batch, whatever the report says', () => {
    fc.assert(
      fc.property(auditReport(), (audit) => {
        const written = batches(audit);
        expect(written.flatMap(asffProblems)).toEqual([]);
        expect(new Set(written.flatMap(findingsOf).map(({ Id }) => Id))).toEqual(
          new Set(audit.results.map(({ fingerprint }) => fingerprint)),
        );
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    ['fail', 'FAILED', 'HIGH'],
    ['unknown', 'NOT_AVAILABLE', 'HIGH'],
    ['pass', 'PASSED', 'INFORMATIONAL'],
    ['not-applicable', 'NOT_AVAILABLE', 'INFORMATIONAL'],
  ] as const)('says of %s: %s', (outcome, status, label) => {
    const written = only(finding({ outcome, evidence: [] }));
    expect(written.Compliance.Status).toBe(status);
    expect(written.FindingProviderFields.Severity.Label).toBe(label);
  });

  it('names the permission that an unknown verdict lacks', () => {
    const missing = [
      { fact: 'The rules were not read', iamAction: 'ec2:DescribeSecurityGroups' },
      { fact: 'Not modelled' },
    ];
    expect(only(finding({ outcome: 'unknown', evidence: [], missing })).Compliance.StatusReasons).toEqual([
      { ReasonCode: 'NOT_COLLECTED', Description: 'The rules were not read (allow ec2:DescribeSecurityGroups)' },
      { ReasonCode: 'NOT_MODELLED', Description: 'Not modelled' },
    ]);
  });

  it.each([
    ['security-group', 'AwsEc2SecurityGroup'],
    ['network-acl', 'AwsEc2NetworkAcl'],
    ['vpc-peering-connection', 'AwsEc2VpcPeeringConnection'],
    ['vpc-endpoint', 'Other'],
    ['flow-log', 'Other'],
    ['region', 'Other'],
    ['nat-gateway', 'Other'],
  ] satisfies readonly (readonly [ResourceType, string])[])('calls a %s %s', (type, expected) => {
    expect(only(finding({ resource: { type } })).Resources[0].Type).toBe(expected);
  });

  it.each([
    ['app/web/50dc6c495c0c9188', 'AwsElbv2LoadBalancer'],
    ['net/web/50dc6c495c0c9188', 'AwsElbv2LoadBalancer'],
    ['web', 'AwsElbLoadBalancer'],
  ])('tells the generation of the load balancer %s', (name, expected) => {
    const arn = `arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/${name}`;
    expect(only(finding({ resource: { type: 'load-balancer', id: arn, arn } })).Resources[0].Type).toBe(expected);
  });

  it('writes the product of the partition that the resource is in', () => {
    const arn = 'arn:aws-cn:ec2:cn-north-1:111122223333:security-group/sg-0a1';
    const region = 'cn-north-1' as RegionName;
    const written = only(finding({ resource: { arn, region } }));
    expect(written.ProductArn).toBe('arn:aws-cn:securityhub:cn-north-1:111122223333:product/111122223333/default');
    expect(written.Resources[0].Partition).toBe('aws-cn');
  });

  it('leaves out a partition that Security Hub does not know', () => {
    const arn = 'arn:aws-iso:ec2:us-iso-east-1:111122223333:security-group/sg-0a1';
    expect(only(finding({ resource: { arn } })).Resources[0].Partition).toBeUndefined();
  });

  it('fills batches with a hundred findings of one account and Region', () => {
    const other = { accountId: '123456789012' as AccountId };
    const results = Array.from({ length: 350 }, (_, at) => numbered(at, at % 2 === 0 ? {} : { resource: other }));
    const written = batches(report(results)).map(findingsOf);
    expect(written.map(({ length }) => length)).toEqual([100, 75, 100, 75]);
    expect(written.map((batch) => new Set(batch.map(({ AwsAccountId }) => AwsAccountId)).size)).toEqual([1, 1, 1, 1]);
  });

  it('starts a new batch before 6 MB', () => {
    const wide = '\ufe0f'.repeat(3000);
    const evidence = Array.from(
      { length: 10 },
      () => ({ type: 'attribute', resourceId: wide, attribute: wide, value: wide }) as const,
    );
    const results = Array.from({ length: 100 }, (_, at) => numbered(at, { evidence }));
    const written = batches(report(results));
    expect(written.length).toBeGreaterThan(1);
    expect(written.flatMap(asffProblems)).toEqual([]);
    expect(written.flatMap(findingsOf)).toHaveLength(100);
  });

  it('fills Network and NetworkPath', () => {
    const arn = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/50dc6c495c0c9188';
    const written = only({
      ...finding(),
      path: {
        query: { from: 'internet', to: 'eni-0a1' },
        verdict: 'reachable',
        admittedTraffic: [
          {
            protocol: 'tcp',
            sourceAddresses: ['0.0.0.0/0'],
            destinationAddresses: ['10.0.0.1/32'],
            destinationPortRanges: [{ from: 22, to: 22 }],
          },
        ],
        forwardPathComponents: [
          {
            sequenceNumber: 1,
            component: { id: 'igw-0a1', type: 'internet-gateway' },
            effect: 'admits',
            packetDirection: 'ingress',
          },
          {
            sequenceNumber: 2,
            component: { id: arn, type: 'load-balancer' },
            effect: 'admits',
            packetDirection: 'egress',
          },
        ],
        returnPathComponents: [],
        explanations: [],
      },
    });
    expect(written.Network).toEqual({ Direction: 'IN', Protocol: 'tcp', OpenPortRange: { Begin: 22, End: 22 } });
    const header = {
      Protocol: 'tcp',
      Source: { Address: ['0.0.0.0/0'], PortRanges: [] },
      Destination: { Address: ['10.0.0.1/32'], PortRanges: [{ Begin: 22, End: 22 }] },
    };
    expect(written.NetworkPath).toEqual([
      { ComponentId: 'igw-0a1', ComponentType: 'internet-gateway', Ingress: header },
      { ComponentId: '50dc6c495c0c9188', ComponentType: 'load-balancer', Egress: header },
    ]);
  });

  it('refuses a report with a finding of no account, before it writes anything', () => {
    const resource = { accountId: 'unknown' as AccountId };
    expect(() => renderAsff(report([finding(), numbered(1, { resource })])).next()).toThrow(FormatUnusable);
  });

  it('keeps the age of a finding', () => {
    const written = only(finding({ firstSeen: '2026-01-02T03:04:05Z' }));
    expect([written.CreatedAt, written.UpdatedAt]).toEqual(['2026-01-02T03:04:05.000Z', '2026-11-24T02:00:00.000Z']);
  });

  it('suppresses what somebody answers for, and says who', () => {
    const written = only(finding({ suppression }));
    expect(written.Workflow).toEqual({ Status: 'SUPPRESSED' });
    expect(written.ProductFields['vpc-auditor/Suppression']).toBe(
      'suppressed until 2027-01-31 by network-team (NET-7): The bastion is closed in January.',
    );
    expect(only(finding()).Workflow).toBeUndefined();
  });

  it('is empty where nothing was found', () => {
    expect(batches(report([]))).toEqual([]);
  });
});
