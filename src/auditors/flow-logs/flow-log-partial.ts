import { nameOf } from '../../model/tag.ts';
import type { Check } from '../check.ts';
import { flowLog, networkInterface, subnet } from '../examples.ts';
import { leftOut, records, runningFlowLogs } from '../flow-log-coverage.ts';
import { replacedFlowLog } from '../flow-log-fix.ts';
import { attribute } from '../taking-part.ts';

const check: Check<'flowLogs' | 'subnets' | 'networkInterfaces'> = {
  id: 'flow-log-partial',
  title: 'Flow log records part of the traffic',
  severity: 'medium',
  rationale:
    'A log of accepted traffic shows neither scans nor the connections that a changed rule began to refuse; a log of ' +
    'rejected traffic shows nothing of what got through. Either way the other half is missing when it is needed.',
  remediation:
    'Record ALL traffic. A flow log cannot be changed: make a new one with the same destination, then delete this one. Two ' +
    'logs of the same resource, one for each half, are as good.',
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-basics.html'],
  relatedChecks: [],
  judges: 'flowLogs',
  needs: ['flowLogs', 'subnets', 'networkInterfaces'],
  failsOnAbsence: true,
  examples: {
    fails: [
      {
        title: 'only accepted traffic of a subnet is recorded',
        resources: {
          subnets: [subnet()],
          flowLogs: [flowLog({ ResourceId: 'subnet-0a1', TrafficType: 'ACCEPT' })],
        },
      },
    ],
    passes: [
      {
        title: 'what the log of an interface leaves out is in the log of its VPC',
        resources: {
          subnets: [subnet()],
          networkInterfaces: [networkInterface()],
          flowLogs: [flowLog({ FlowLogId: 'fl-0a2', ResourceId: 'eni-0a1', TrafficType: 'REJECT' }), flowLog()],
        },
      },
    ],
  },
  *evaluate({ flowLogs, subnets, networkInterfaces }, { region }) {
    const logs = runningFlowLogs(flowLogs);
    const around = new Map<string, string>([
      ...subnets.map(({ subnetId, vpcId }) => [subnetId, vpcId] as const),
      ...networkInterfaces.map(({ networkInterfaceId, subnetId }) => [networkInterfaceId, subnetId] as const),
    ]);
    for (const log of flowLogs) {
      const { flowLogId, flowLogStatus, resourceId, trafficType = 'ALL' } = log;
      const resource = { type: 'flow-log', id: flowLogId, name: nameOf(log) } as const;
      const missing = leftOut(log);
      const covered = (id: string | undefined): boolean =>
        id !== undefined &&
        (logs.get(id)?.some((other) => missing === undefined || records(other, missing)) === true ||
          covered(around.get(id)));
      if (flowLogStatus !== 'ACTIVE') {
        yield { outcome: 'not-applicable', resource, reason: 'it does not run' };
      } else if (missing === undefined || resourceId === undefined || covered(resourceId)) {
        yield { outcome: 'pass', resource };
      } else {
        yield {
          outcome: 'fail',
          resource,
          title: `only ${trafficType} traffic of ${resourceId} is recorded`,
          evidence: [attribute(flowLogId, 'TrafficType', trafficType), attribute(flowLogId, 'ResourceId', resourceId)],
          fix: replacedFlowLog(region, resourceId, log),
        };
      }
    }
  },
};

export default check;
