import {
  add,
  arnOf,
  type Built,
  type Common,
  creationTime,
  idOf,
  newId,
  type Ref,
  type RegionState,
  tagsOf,
} from './state.ts';
import { buildLogGroup } from './watching.ts';

export interface FlowLogOptions extends Common {
  /** `ALL` unless said otherwise. */
  readonly trafficType?: string;
  readonly destinationType?: 'cloud-watch-logs' | 's3' | 'kinesis-data-firehose';
  /** `FAILED` comes with the message `Access error` unless another is given. */
  readonly deliverLogsStatus?: 'SUCCESS' | 'FAILED';
  readonly errorMessage?: string;
  readonly maxAggregationInterval?: 60 | 600;
  readonly logFormat?: string;
  /** How long the log group keeps the records; for ever where absent. */
  readonly retentionInDays?: number;
}

/** The fields of a record where none are chosen (VPC guide, flow log records). */
export const defaultLogFormat =
  '${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}';

/** With the fields that tell who called whom, and who was behind a NAT gateway or load balancer. */
export const tellingLogFormat: string = `${defaultLogFormat} \${tcp-flags} \${pkt-srcaddr} \${pkt-dstaddr} \${flow-direction}`;

/** A flow log of a VPC, subnet, interface, transit gateway or attachment. */
export function buildFlowLog(state: RegionState, resource: Ref, options: FlowLogOptions = {}): Built {
  const resourceId = idOf(resource);
  const id = newId(state, 'fl', { ...options, name: options.name ?? resourceId });
  const destinationType = options.destinationType ?? 'cloud-watch-logs';
  const status = options.deliverLogsStatus ?? 'SUCCESS';
  const isTransit = resourceId.startsWith('tgw-');
  const logGroupName = `/vpc/flow-logs/${resourceId}`;
  if (destinationType === 'cloud-watch-logs' && !hasLogGroup(state, logGroupName)) {
    const { retentionInDays } = options;
    buildLogGroup(state, logGroupName, retentionInDays === undefined ? {} : { retentionInDays });
  }
  const item = add(
    state,
    'ec2.DescribeFlowLogs',
    {
      CreationTime: creationTime,
      ...(status === 'FAILED' ? { DeliverLogsErrorMessage: options.errorMessage ?? 'Access error' } : {}),
      ...(destinationType === 'cloud-watch-logs'
        ? {
            DeliverLogsPermissionArn: `arn:aws:iam::${state.accountId}:role/flow-logs`,
            LogGroupName: logGroupName,
            LogDestination: arnOf(state, 'logs', `log-group:${logGroupName}`),
          }
        : destinationType === 's3'
          ? { LogDestination: `arn:aws:s3:::flow-logs-${state.accountId}`, ...s3Options }
          : { LogDestination: arnOf(state, 'firehose', 'deliverystream/flow-logs') }),
      DeliverLogsStatus: status,
      FlowLogId: id,
      FlowLogStatus: 'ACTIVE',
      ResourceId: resourceId,
      ...(isTransit ? {} : { TrafficType: options.trafficType ?? 'ALL' }),
      LogDestinationType: destinationType,
      LogFormat: options.logFormat ?? defaultLogFormat,
      Tags: tagsOf(options),
      MaxAggregationInterval: options.maxAggregationInterval ?? (isTransit ? 60 : 600),
    },
    options.raw,
  );
  return { id, item };
}

const s3Options = {
  DestinationOptions: { FileFormat: 'plain-text', HiveCompatiblePartitions: false, PerHourPartition: false },
};

const hasLogGroup = (state: RegionState, name: string): boolean =>
  state.lists.get('logs.DescribeLogGroups')?.some(({ logGroupName }) => logGroupName === name) === true;
