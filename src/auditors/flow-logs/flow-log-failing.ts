import { nameOf } from '../../model/tag.ts';
import type { AttributeEvidence } from '../../model/verdict/evidence.ts';
import type { Check } from '../check.ts';
import { flowLog } from '../examples.ts';
import { attribute } from '../taking-part.ts';

const check: Check<'flowLogs'> = {
  id: 'flow-log-failing',
  title: 'Flow log does not deliver',
  severity: 'high',
  rationale:
    'The flow log exists, so everybody believes that traffic is recorded, and nothing arrives at its destination: the ' +
    'role or bucket policy no longer lets it in, the destination is gone, or it is throttled. What happens meanwhile ' +
    'cannot be looked up afterwards.',
  remediation:
    'Read the delivery error, mend the role, key or bucket policy of the destination, and see that records arrive. The ' +
    'configuration of a flow log cannot be changed: where the destination itself is wrong, make a new one and delete this.',
  references: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-troubleshooting.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_FlowLog.html',
  ],
  relatedChecks: [],
  judges: 'flowLogs',
  needs: ['flowLogs'],
  examples: {
    fails: [
      {
        title: 'the destination refuses the records',
        resources: {
          flowLogs: [flowLog({ DeliverLogsStatus: 'FAILED', DeliverLogsErrorMessage: 'Access error' })],
        },
      },
    ],
    passes: [{ title: 'records are delivered', resources: { flowLogs: [flowLog()] } }],
  },
  *evaluate({ flowLogs }) {
    for (const log of flowLogs) {
      const { flowLogId, flowLogStatus, deliverLogsStatus, deliverLogsErrorMessage } = log;
      const resource = { type: 'flow-log', id: flowLogId, name: nameOf(log) } as const;
      const said = (name: string, value: string): AttributeEvidence => attribute(flowLogId, name, value);
      const stopped = flowLogStatus !== undefined && flowLogStatus !== 'ACTIVE';
      if (stopped || deliverLogsStatus === 'FAILED') {
        yield {
          outcome: 'fail',
          resource,
          title: stopped
            ? `the flow log is ${flowLogStatus}`
            : `delivery fails: ${deliverLogsErrorMessage ?? 'no reason given'}`,
          evidence: [
            stopped ? said('FlowLogStatus', flowLogStatus) : said('DeliverLogsStatus', 'FAILED'),
            ...(deliverLogsErrorMessage === undefined
              ? []
              : [said('DeliverLogsErrorMessage', deliverLogsErrorMessage)]),
            ...(log.logDestination === undefined ? [] : [said('LogDestination', log.logDestination)]),
          ],
          fix: { summary: 'Let the flow log write to its destination, or make one with a destination that takes it.' },
        };
      } else if (deliverLogsStatus === undefined) {
        yield { outcome: 'not-applicable', resource, reason: 'it has not tried to deliver anything yet' };
      } else yield { outcome: 'pass', resource };
    }
  },
};

export default check;
