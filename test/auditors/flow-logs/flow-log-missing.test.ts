import { describe, expect, it } from 'vitest';
import check from '../../../src/auditors/flow-logs/flow-log-missing.ts';
import type { ExampleResources } from '../../../src/auditors/check.ts';
import { exampleRegion } from '../../../src/auditors/example-region.ts';
import { flowLog, type Item, networkInterface, subnet, vpc } from '../../../src/auditors/examples.ts';
import { judge, judgeRegion, withGap } from '../judge.ts';

const two: ExampleResources = {
  vpcs: [vpc()],
  subnets: [subnet(), subnet({ SubnetId: 'subnet-0a2' })],
  networkInterfaces: [networkInterface(), networkInterface({ NetworkInterfaceId: 'eni-0a2', SubnetId: 'subnet-0a2' })],
};
const outcome = (...logs: readonly Item[]) =>
  judge(check, { ...two, flowLogs: logs }).all.map(({ verdict }) => verdict.outcome);
const of = (resource: string, members: Item = {}): Item =>
  flowLog({ FlowLogId: `fl-${resource}`, ResourceId: resource, ...members });

describe('F20 a record of a flow log is not a flow log', () => {
  it('unless it runs', () => {
    expect(outcome(of('vpc-0a1'))).toEqual(['pass']);
    expect(outcome(of('vpc-0a1', { FlowLogStatus: undefined }))).toEqual(['fail']);
    expect(outcome(of('vpc-0a2'))).toEqual(['fail']);
  });
});

describe('coverage', () => {
  it('is put together from subnets and interfaces', () => {
    expect(outcome(of('subnet-0a1'), of('eni-0a2'))).toEqual(['pass']);
    expect(outcome(of('eni-0a1'), of('eni-0a2'))).toEqual(['pass']);
  });

  it('names the subnets that are left out', () => {
    const [failure] = judge(check, { ...two, flowLogs: [of('subnet-0a1')] }).failures;
    expect(failure?.evidence).toEqual([
      { type: 'attribute', resourceId: 'vpc-0a1', attribute: 'FlowLogs', value: 'part' },
      { type: 'resource', resourceType: 'subnet', resourceId: 'subnet-0a2', role: 'not-covered' },
    ]);
  });

  it('is missed less where nothing is, and never by a list with a gap', () => {
    expect(judge(check, { vpcs: [vpc()] }).failures[0]?.severity).toBe('low');
    const judged = judgeRegion(check, withGap(exampleRegion(two), 'flowLogs', 'fl-0a9'));
    expect([judged.failures.length, judged.unknowns.length]).toEqual([0, 1]);
  });
});

describe('the fix', () => {
  it('writes where the account’s other logs write, and invents no destination', () => {
    const s3 = of('vpc-0a9', { LogDestination: "arn:aws:s3:::o'brien-logs" });
    expect(judge(check, { ...two, flowLogs: [s3] }).failures[0]?.fix?.cli).toEqual([
      String.raw`aws ec2 create-flow-logs --region eu-west-1 --resource-type VPC --resource-ids vpc-0a1 --traffic-type ALL --log-destination-type s3 --log-destination 'arn:aws:s3:::o'\''brien-logs'`,
    ]);
    expect(judge(check, two).failures[0]?.fix?.cli).toBeUndefined();
  });
});
