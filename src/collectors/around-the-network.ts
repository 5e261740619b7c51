import { lowerCasePages, maxResults, type Row } from './row.ts';
import { withoutSecrets } from './secrets.ts';

/** AWS Direct Connect: a Region lists the lines and virtual interfaces that belong to it. */
export const directConnectRows: readonly Row[] = [
  { key: 'directConnectConnections', operation: 'DescribeConnections', paging: lowerCasePages('maxResults', 100) },
  {
    key: 'virtualInterfaces',
    operation: 'DescribeVirtualInterfaces',
    paging: lowerCasePages('maxResults', 100),
    redact: withoutSecrets,
  },
];

/** Route 53 Resolver: which VPCs have their DNS queries logged. */
export const resolverRows: readonly Row[] = [
  {
    key: 'resolverQueryLogConfigAssociations',
    operation: 'ListResolverQueryLogConfigAssociations',
    paging: maxResults(100),
  },
];

/** CloudWatch: how long log groups keep what flow logs write, and what raises an alarm. */
export const logRows: readonly Row[] = [
  { key: 'logGroups', operation: 'DescribeLogGroups', paging: lowerCasePages('limit', 50) },
  { key: 'metricFilters', operation: 'DescribeMetricFilters', paging: lowerCasePages('limit', 50) },
  {
    key: 'metricAlarms',
    operation: 'DescribeAlarms',
    paging: { ...maxResults(100), sizeMember: 'MaxRecords' },
    input: { AlarmTypes: ['MetricAlarm'] },
  },
];
