import { nameOf } from '../../model/tag.ts';
import type { Check } from '../check.ts';
import { flowLog, networkInterface, subnet, vpc } from '../examples.ts';
import { runningFlowLogs, subnetsWithoutLog } from '../flow-log-coverage.ts';
import { newFlowLog } from '../flow-log-fix.ts';
import { relatedChecks } from '../related-checks.ts';
import { attribute, takingPart } from '../taking-part.ts';

const check: Check<'vpcs' | 'subnets' | 'networkInterfaces' | 'flowLogs'> = {
  id: 'flow-log-missing',
  title: 'VPC has no flow log for part or all of it',
  severity: 'medium',
  rationale:
    'Without flow logs nobody can tell afterwards who talked to whom: an intrusion cannot be traced, and a rule cannot be ' +
    'narrowed to what is really used. Records cannot be made for the past.',
  remediation:
    'Make a flow log of the whole VPC that records ALL traffic, so that subnets and interfaces made later are covered too. ' +
    'S3 with Parquet files is the cheapest destination to keep and to query.',
  references: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-6',
  ],
  relatedChecks: relatedChecks({
    securityhub: ['EC2.6'],
    config: ['vpc-flow-logs-enabled'],
    prowler: ['vpc_flow_logs_enabled'],
    cloudsploit: ['flowLogsEnabled'],
    scoutsuite: ['vpc-subnet-without-flow-log'],
    steampipe: ['vpc_flow_logs_enabled'],
  }),
  judges: 'vpcs',
  needs: ['vpcs', 'subnets', 'networkInterfaces', 'flowLogs'],
  failsOnAbsence: true,
  examples: {
    fails: [
      {
        title: 'the only flow log has stopped',
        resources: {
          vpcs: [vpc()],
          subnets: [subnet()],
          networkInterfaces: [networkInterface()],
          flowLogs: [flowLog({ FlowLogStatus: 'INACTIVE' })],
        },
      },
    ],
    passes: [
      {
        title: 'a flow log for each subnet that holds interfaces',
        resources: {
          vpcs: [vpc()],
          subnets: [subnet(), subnet({ SubnetId: 'subnet-0a2' })],
          networkInterfaces: [networkInterface()],
          flowLogs: [flowLog({ ResourceId: 'subnet-0a1' })],
        },
      },
    ],
  },
  *evaluate({ vpcs, subnets, networkInterfaces, flowLogs }, { region }) {
    const logs = runningFlowLogs(flowLogs);
    const unlogged = subnetsWithoutLog(networkInterfaces, logs);
    const like = [...logs.values()].flat().find(({ logDestinationType }) => logDestinationType === 's3');
    const inhabited = new Set(networkInterfaces.map(({ vpcId }) => vpcId));
    for (const one of vpcs) {
      const { vpcId } = one;
      const resource = { type: 'vpc', id: vpcId, vpcId, name: nameOf(one) } as const;
      const own = subnets.filter((candidate) => candidate.vpcId === vpcId);
      const gaps = own.map(({ subnetId }) => subnetId).filter((subnetId) => unlogged.has(subnetId));
      if (logs.has(vpcId) || (gaps.length === 0 && inhabited.has(vpcId))) {
        yield { outcome: 'pass', resource };
        continue;
      }
      const partly = own.some(({ subnetId }) => logs.has(subnetId));
      yield {
        outcome: 'fail',
        resource,
        title: partly ? `no flow log covers ${gaps.length} of ${own.length} subnets` : 'no flow log covers the VPC',
        severity: inhabited.has(vpcId) ? 'medium' : 'low',
        evidence: [
          attribute(vpcId, 'FlowLogs', partly ? 'part' : 'none'),
          ...takingPart('subnet', gaps, 'not-covered'),
        ],
        fix: { summary: 'Make a flow log of all traffic of the VPC.', ...newFlowLog(region, vpcId, like) },
      };
    }
  },
};

export default check;
