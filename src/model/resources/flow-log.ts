import { nested, number, requiredId, text, flag, type Raw } from '../decode.ts';
import type { ResourceKind } from '../resource-kind.ts';
import { type Tag, tags } from '../tag.ts';

/** A flow log of a VPC, subnet, interface, transit gateway or attachment. Its configuration can never be changed. */
export interface FlowLog {
  readonly flowLogId: string;
  /** The id of what is logged. */
  readonly resourceId: string | undefined;
  /** `ACTIVE` while it runs. */
  readonly flowLogStatus: string | undefined;
  /** `ACCEPT`, `REJECT` or `ALL`; absent for transit gateways, which log all. */
  readonly trafficType: string | undefined;
  /** `SUCCESS` or `FAILED`; absent before the first delivery. */
  readonly deliverLogsStatus: string | undefined;
  readonly deliverLogsErrorMessage: string | undefined;
  /** `cloud-watch-logs`, `s3` or `kinesis-data-firehose`. */
  readonly logDestinationType: string | undefined;
  readonly logDestination: string | undefined;
  readonly logGroupName: string | undefined;
  /** The fields, in order: `${version} ${account-id} …`. */
  readonly logFormat: string | undefined;
  /** Seconds: 60 or 600. */
  readonly maxAggregationInterval: number | undefined;
  readonly destinationOptions:
    | {
        readonly fileFormat: string | undefined;
        readonly hiveCompatiblePartitions: boolean | undefined;
        readonly perHourPartition: boolean | undefined;
      }
    | undefined;
  readonly creationTime: string | undefined;
  readonly tags: readonly Tag[];
}

export const flowLogs: ResourceKind<FlowLog> = {
  service: 'ec2',
  operation: 'DescribeFlowLogs',
  member: 'FlowLogs',
  idMember: 'FlowLogId',
  toModel: (raw: Raw) => ({
    flowLogId: requiredId(raw, 'FlowLogId'),
    resourceId: text(raw, 'ResourceId'),
    flowLogStatus: text(raw, 'FlowLogStatus'),
    trafficType: text(raw, 'TrafficType'),
    deliverLogsStatus: text(raw, 'DeliverLogsStatus'),
    deliverLogsErrorMessage: text(raw, 'DeliverLogsErrorMessage'),
    logDestinationType: text(raw, 'LogDestinationType'),
    logDestination: text(raw, 'LogDestination'),
    logGroupName: text(raw, 'LogGroupName'),
    logFormat: text(raw, 'LogFormat'),
    maxAggregationInterval: number(raw, 'MaxAggregationInterval'),
    destinationOptions: nested(raw, 'DestinationOptions', (options) => ({
      fileFormat: text(options, 'FileFormat'),
      hiveCompatiblePartitions: flag(options, 'HiveCompatiblePartitions'),
      perHourPartition: flag(options, 'PerHourPartition'),
    })),
    creationTime: text(raw, 'CreationTime'),
    tags: tags(raw),
  }),
};
