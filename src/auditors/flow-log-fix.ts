import type { FlowLog } from '../model/resources/flow-log.ts';
import type { Fix } from '../model/verdict/verdict.ts';
import { awsCli } from './aws-cli.ts';
import { terraformResource } from './terraform.ts';

/** What a flow log can be made for, with the words of the CLI and of Terraform. */
const kinds = [
  { prefix: 'vpc-', cli: 'VPC', terraform: 'vpc_id' },
  { prefix: 'subnet-', cli: 'Subnet', terraform: 'subnet_id' },
  { prefix: 'eni-', cli: 'NetworkInterface', terraform: 'eni_id' },
] as const;

/**
 * The commands that make a flow log of all traffic which writes where `like` writes. Without such a log, or where it
 * writes to CloudWatch Logs by a role that DescribeFlowLogs does not tell, there are none.
 */
export function newFlowLog(
  region: string,
  resourceId: string,
  like: FlowLog | undefined,
): Pick<Fix, 'cli' | 'terraform'> {
  const kind = kinds.find(({ prefix }) => resourceId.startsWith(prefix));
  if (kind === undefined || like?.logDestination === undefined || like.logDestinationType === 'cloud-watch-logs') {
    return {};
  }
  const { logDestination, logDestinationType, logFormat, maxAggregationInterval } = like;
  return {
    cli: [
      awsCli(region, 'ec2', 'create-flow-logs', {
        'resource-type': kind.cli,
        'resource-ids': [resourceId],
        'traffic-type': 'ALL',
        'log-destination-type': logDestinationType,
        'log-destination': logDestination,
        'log-format': logFormat,
        'max-aggregation-interval': maxAggregationInterval?.toString(),
      }),
    ],
    terraform: terraformResource('aws_flow_log', resourceId, {
      [kind.terraform]: resourceId,
      traffic_type: 'ALL',
      log_destination_type: logDestinationType,
      log_destination: logDestination,
      log_format: logFormat,
      max_aggregation_interval: maxAggregationInterval,
    }),
  };
}

/** The change from one flow log to another: the new one first, so that there is no time without one. */
export function replacedFlowLog(region: string, resourceId: string, log: FlowLog, like: FlowLog = log): Fix {
  const { cli, ...rest } = newFlowLog(region, resourceId, like);
  const removal = awsCli(region, 'ec2', 'delete-flow-logs', { 'flow-log-ids': [log.flowLogId] });
  return {
    summary: 'Make a flow log of all traffic with the same destination, then delete this one.',
    ...rest,
    ...(cli === undefined ? {} : { cli: [...cli, removal] }),
  };
}
