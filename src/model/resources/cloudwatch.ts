import { decisiveText, flag, items, nested, number, requiredText, text, texts } from '../decode.ts';
import type { ResourceKind } from '../resource-kind.ts';

/** A log group of CloudWatch Logs. */
export interface LogGroup {
  readonly logGroupName: string;
  /** Days after which events are deleted; absent where they are kept for ever. */
  readonly retentionInDays: number | undefined;
  readonly kmsKeyId: string | undefined;
}

export const logGroups: ResourceKind<LogGroup> = {
  service: 'logs',
  operation: 'DescribeLogGroups',
  member: 'logGroups',
  idMember: 'logGroupName',
  toModel: (raw) => ({
    logGroupName: requiredText(raw, 'logGroupName'),
    retentionInDays: number(raw, 'retentionInDays'),
    kmsKeyId: text(raw, 'kmsKeyId'),
  }),
};

/** A filter that counts log events of a log group in a metric. */
export interface MetricFilter {
  readonly filterName: string;
  readonly logGroupName: string | undefined;
  /** CloudWatch Logs filter pattern syntax, such as `{ ($.eventName = CreateVpc) }`. */
  readonly filterPattern: string;
  readonly metrics: readonly { readonly namespace: string | undefined; readonly name: string | undefined }[];
}

export const metricFilters: ResourceKind<MetricFilter> = {
  service: 'logs',
  operation: 'DescribeMetricFilters',
  member: 'metricFilters',
  idMember: 'filterName',
  repeats: true,
  toModel: (raw) => ({
    filterName: requiredText(raw, 'filterName'),
    logGroupName: text(raw, 'logGroupName'),
    filterPattern: text(raw, 'filterPattern') ?? '',
    metrics: items(raw, 'metricTransformations', (metric) => ({
      namespace: text(metric, 'metricNamespace'),
      name: text(metric, 'metricName'),
    })),
  }),
};

/** An alarm on one metric or on an expression over several. */
export interface MetricAlarm {
  readonly alarmName: string;
  readonly actionsEnabled: boolean | undefined;
  readonly alarmActions: readonly string[];
  /** The metrics that it watches. */
  readonly metrics: readonly { readonly namespace: string | undefined; readonly name: string | undefined }[];
}

export const metricAlarms: ResourceKind<MetricAlarm> = {
  service: 'cloudwatch',
  operation: 'DescribeAlarms',
  member: 'MetricAlarms',
  idMember: 'AlarmName',
  toModel: (raw) => {
    const name = text(raw, 'MetricName');
    const own = name === undefined ? [] : [{ namespace: text(raw, 'Namespace'), name }];
    const several = items(raw, 'Metrics', (query) =>
      nested(query, 'MetricStat', (stat) =>
        nested(stat, 'Metric', (metric) => ({
          namespace: text(metric, 'Namespace'),
          name: text(metric, 'MetricName'),
        })),
      ),
    ).filter((metric) => metric !== undefined);
    return {
      alarmName: decisiveText(raw, 'AlarmName'),
      actionsEnabled: flag(raw, 'ActionsEnabled'),
      alarmActions: texts(raw, 'AlarmActions'),
      metrics: [...own, ...several],
    };
  },
};
