import type { FlowLog } from '../../model/resources/flow-log.ts';
import { nameOf } from '../../model/tag.ts';
import { awsCli } from '../aws-cli.ts';
import type { Check } from '../check.ts';
import { flowLog, type Item } from '../examples.ts';
import { attribute } from '../taking-part.ts';

/** So many days of records are at hand when an intrusion is found late; PCI DSS asks for as many (requirement 10.5.1). */
const enoughDays = 365;

/** Below this, records are gone before most intrusions are noticed. */
const tooFewDays = 30;

const toCloudWatch = flowLog({
  LogDestinationType: 'cloud-watch-logs',
  LogDestination: 'arn:aws:logs:eu-west-1:111122223333:log-group:flow-logs',
  LogGroupName: 'flow-logs',
});
const group = (retentionInDays?: number): Item => ({
  logGroupName: 'flow-logs',
  ...(retentionInDays === undefined ? {} : { retentionInDays }),
});

const check: Check<'flowLogs' | 'logGroups'> = {
  id: 'flow-log-retention-short',
  title: 'Records of the flow log are deleted before they are needed',
  severity: 'low',
  rationale:
    'Intrusions are found weeks or months after they began. Records that the log group has deleted by then cannot be looked ' +
    'up, and nobody can tell what was reached and what was taken.',
  remediation:
    'Keep the records for a year. CloudWatch Logs is a dear place for that: S3, with a rule that moves old records to a ' +
    'cheaper class, costs a fraction.',
  references: [
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-16',
  ],
  relatedChecks: [{ tool: 'securityhub', id: 'CloudWatch.16' }],
  judges: 'flowLogs',
  needs: ['flowLogs', 'logGroups'],
  examples: {
    fails: [
      { title: 'records are kept for two weeks', resources: { flowLogs: [toCloudWatch], logGroups: [group(14)] } },
      { title: 'records are kept for half a year', resources: { flowLogs: [toCloudWatch], logGroups: [group(180)] } },
    ],
    passes: [
      { title: 'they are kept for ever', resources: { flowLogs: [toCloudWatch], logGroups: [group()] } },
      { title: 'a bucket keeps them, by rules of its own', resources: { flowLogs: [flowLog()] } },
    ],
  },
  *evaluate({ flowLogs, logGroups }, { accountId, region }) {
    const groups = new Map(logGroups.map((own) => [own.logGroupName, own]));
    for (const log of flowLogs) {
      const { flowLogId, flowLogStatus, logDestinationType } = log;
      const resource = { type: 'flow-log', id: flowLogId, name: nameOf(log) } as const;
      const destination = logGroupOf(log);
      if (flowLogStatus !== 'ACTIVE' || (logDestinationType ?? 'cloud-watch-logs') !== 'cloud-watch-logs') {
        const reason =
          flowLogStatus === 'ACTIVE' ? 'its destination keeps records by rules of its own' : 'it does not run';
        yield { outcome: 'not-applicable', resource, reason };
      } else if (destination === undefined) {
        yield { outcome: 'unknown', resource, missing: [{ fact: `the log group of ${flowLogId}` }] };
      } else if ((destination.accountId ?? accountId) !== accountId || (destination.region ?? region) !== region) {
        const fact = `the log group ${destination.name} of account ${destination.accountId ?? ''} in ${destination.region ?? ''}`;
        yield { outcome: 'unknown', resource, missing: [{ fact, iamAction: 'logs:DescribeLogGroups' }] };
      } else {
        const found = groups.get(destination.name);
        if (found === undefined) {
          yield { outcome: 'not-applicable', resource, reason: 'its log group is made with the first records' };
        } else if (found.retentionInDays === undefined || found.retentionInDays >= enoughDays) {
          yield { outcome: 'pass', resource };
        } else {
          yield {
            outcome: 'fail',
            resource,
            title: `its records are deleted after ${found.retentionInDays} days`,
            severity: found.retentionInDays < tooFewDays ? 'medium' : 'low',
            evidence: [attribute(destination.name, 'retentionInDays', String(found.retentionInDays))],
            fix: {
              summary: `Keep the records for ${enoughDays} days.`,
              cli: [
                awsCli(region, 'logs', 'put-retention-policy', {
                  'log-group-name': destination.name,
                  'retention-in-days': String(enoughDays),
                }),
              ],
            },
          };
        }
      }
    }
  },
};

interface Destination {
  readonly name: string;
  readonly accountId?: string;
  readonly region?: string;
}

/** The log group that a flow log names, by its ARN where there is one. */
function logGroupOf({ logDestination, logGroupName }: FlowLog): Destination | undefined {
  const [, region, accountId, name] =
    /^arn:[^:]+:logs:([^:]*):([^:]*):log-group:([^:]+)/.exec(logDestination ?? '') ?? [];
  if (name !== undefined && region !== undefined && accountId !== undefined) return { name, region, accountId };
  return logGroupName === undefined ? undefined : { name: logGroupName };
}

export default check;
