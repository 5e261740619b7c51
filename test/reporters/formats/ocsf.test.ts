import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditReport } from '../../../src/findings/audit-report.ts';
import { renderOcsf } from '../../../src/reporters/formats/ocsf/ocsf.ts';
import { auditReport } from '../arbitraries.ts';
import { type OcsfEvent, ocsfProblems } from './ocsf-rules.ts';
import { finding, report, suppression } from './plain-report.ts';

const lines = (audit: AuditReport): readonly string[] => [...renderOcsf(audit)].join('').split('\n').slice(0, -1);
const events = (audit: AuditReport): readonly OcsfEvent[] => lines(audit).map((line) => JSON.parse(line) as OcsfEvent);

describe('ocsf', () => {
  it('follows OCSF 1.8.0, line by line, whatever the report says', () => {
    fc.assert(
      fc.property(auditReport(), (audit) => {
        expect(lines(audit).flatMap(ocsfProblems)).toEqual([]);
        expect(events(audit).map(({ finding_info }) => finding_info.uid)).toEqual(
          audit.results.map(({ fingerprint }) => fingerprint),
        );
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    ['fail', 3, 'Fail', 1],
    ['unknown', 2, 'Warning', 1],
    ['pass', 1, 'Pass', undefined],
    ['not-applicable', 99, 'Not Applicable', undefined],
  ] as const)('says of %s the compliance status %i', (outcome, status_id, status, lifecycle) => {
    const [event] = events(report([finding({ outcome, evidence: [] })]));
    expect(event?.compliance).toMatchObject({
      status_id,
      status,
      checks: [{ uid: 'security-group-open-to-internet', status_id }],
    });
    expect(event?.status_id).toBe(lifecycle);
  });

  it.each([
    ['informational', 1],
    ['low', 2],
    ['medium', 3],
    ['high', 4],
    ['critical', 5],
  ] as const)('says %s as %i', (effectiveSeverity, severity_id) => {
    expect(events(report([finding({ effectiveSeverity })]))[0]?.severity_id).toBe(severity_id);
  });

  it('says that a finding is suppressed', () => {
    expect(events(report([finding({ suppression })]))[0]).toMatchObject({ status_id: 3, status: 'Suppressed' });
  });

  it.each([
    ['2026-01-02T03:04:05Z', 2, Date.UTC(2026, 0, 2, 3, 4, 5)],
    ['2026-11-24T02:00:00.000Z', 1, Date.UTC(2026, 10, 24, 2, 0)],
    [undefined, 1, undefined],
  ])('calls a finding first seen %s activity %i', (firstSeen, activity_id, first_seen_time) => {
    const [event] = events(report([finding(firstSeen === undefined ? {} : { firstSeen })]));
    expect(event?.activity_id).toBe(activity_id);
    expect(event?.finding_info.first_seen_time).toBe(first_seen_time);
  });

  it('gives the time of collecting in milliseconds, and the start of the run where there is none', () => {
    const audit = report([finding()]);
    const { collectedAt: _, ...scope } = audit.scope;
    expect(events(audit)[0]?.time).toBe(Date.UTC(2026, 10, 24, 2, 0));
    expect(events({ ...audit, scope })[0]?.time).toBe(Date.UTC(2026, 10, 24, 2, 15));
  });

  it('names the ends of a connection with its port, its protocol and its direction', () => {
    const [event] = events(report([finding()]));
    expect(event?.evidences?.[0]).toMatchObject({
      connection_info: { direction_id: 1, protocol_name: 'tcp', protocol_num: 6 },
      src_endpoint: { name: '0.0.0.0/0' },
      dst_endpoint: { uid: 'sg-0a1', port: 22, svc_name: 'SSH' },
      data: { securityGroupRuleId: 'sgr-0a1' },
    });
  });

  it('leaves a range of ports to the data', () => {
    const [evidence] = finding().evidence;
    if (evidence?.type !== 'security-group-rule') throw new Error('the finding rests on a rule');
    const [event] = events(report([finding({ evidence: [{ ...evidence, toPort: 80 }] })]));
    expect(event?.evidences?.[0]?.['dst_endpoint']).toEqual({ uid: 'sg-0a1', svc_name: 'SSH' });
    expect(event?.evidences?.[0]?.['data']).toMatchObject({ fromPort: 22, toPort: 80 });
  });

  it('says what would settle an unknown verdict', () => {
    const missing = [{ fact: 'The rules were not read', iamAction: 'ec2:DescribeSecurityGroups' }];
    const [event] = events(report([finding({ outcome: 'unknown', evidence: [], missing })]));
    expect(event?.compliance.status_details).toEqual(['The rules were not read (allow ec2:DescribeSecurityGroups)']);
  });

  it('names the partition of the resource', () => {
    const arn = 'arn:aws-us-gov:ec2:us-gov-west-1:111122223333:security-group/sg-0a1';
    expect(events(report([finding({ resource: { arn } })]))[0]?.cloud).toMatchObject({
      account: { uid: '111122223333' },
      region: 'eu-west-1',
      cloud_partition: 'aws-us-gov',
    });
  });
});
