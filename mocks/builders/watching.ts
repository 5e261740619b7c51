import { add, arnOf, type Built, creationTime, digest, idOf, type Ref, type RegionState } from './state.ts';

/** Has the DNS queries of VPCs logged. */
export function buildQueryLogging(state: RegionState, vpcs: readonly Ref[], status = 'ACTIVE'): void {
  for (const vpc of vpcs) {
    const resourceId = idOf(vpc);
    add(state, 'route53resolver.ListResolverQueryLogConfigAssociations', {
      Id: `rqlca-${digest(resourceId, 17)}`,
      ResolverQueryLogConfigId: `rqlc-${digest(`${state.accountId}/${state.region}`, 17)}`,
      ResourceId: resourceId,
      Status: status,
      Error: 'NONE',
      ErrorMessage: '',
      CreationTime: creationTime,
    });
  }
}

/** A log group, kept for ever unless said otherwise. */
export function buildLogGroup(
  state: RegionState,
  name: string,
  options: { readonly retentionInDays?: number } = {},
): Built {
  const item = add(state, 'logs.DescribeLogGroups', {
    logGroupName: name,
    creationTime: Date.parse(creationTime),
    ...(options.retentionInDays === undefined ? {} : { retentionInDays: options.retentionInDays }),
    metricFilterCount: 0,
    arn: arnOf(state, 'logs', `log-group:${name}:*`),
    logGroupArn: arnOf(state, 'logs', `log-group:${name}`),
    logGroupClass: 'STANDARD',
    storedBytes: 0,
  });
  return { id: name, item };
}

/** The calls of the CIS AWS Foundations Benchmark for which alarms are raised, by what they change. */
export const changingCalls: Readonly<Record<string, readonly string[]>> = {
  'security-group': [
    'AuthorizeSecurityGroupIngress',
    'AuthorizeSecurityGroupEgress',
    'RevokeSecurityGroupIngress',
    'RevokeSecurityGroupEgress',
    'CreateSecurityGroup',
    'DeleteSecurityGroup',
  ],
  'network-acl': [
    'CreateNetworkAcl',
    'CreateNetworkAclEntry',
    'DeleteNetworkAcl',
    'DeleteNetworkAclEntry',
    'ReplaceNetworkAclEntry',
    'ReplaceNetworkAclAssociation',
  ],
  gateway: [
    'CreateCustomerGateway',
    'DeleteCustomerGateway',
    'AttachInternetGateway',
    'CreateInternetGateway',
    'DeleteInternetGateway',
    'DetachInternetGateway',
  ],
  'route-table': [
    'CreateRoute',
    'CreateRouteTable',
    'ReplaceRoute',
    'ReplaceRouteTableAssociation',
    'DeleteRouteTable',
    'DeleteRoute',
    'DisassociateRouteTable',
  ],
  vpc: [
    'CreateVpc',
    'DeleteVpc',
    'ModifyVpcAttribute',
    'AcceptVpcPeeringConnection',
    'CreateVpcPeeringConnection',
    'DeleteVpcPeeringConnection',
    'RejectVpcPeeringConnection',
  ],
};

/** Alarms on changes of the network, over metric filters on the log group of CloudTrail; of all kinds unless some are named. */
export function buildChangeAlarms(state: RegionState, subjects: readonly string[] = Object.keys(changingCalls)): void {
  const logGroup = buildLogGroup(state, 'cloudtrail', { retentionInDays: 3653 });
  for (const subject of subjects) {
    const pattern = (changingCalls[subject] ?? []).map((call) => `($.eventName = ${call})`).join(' || ');
    const metric = { metricName: `${subject}-changes`, metricNamespace: 'CloudTrail' };
    add(state, 'logs.DescribeMetricFilters', {
      filterName: `${subject}-changes`,
      filterPattern: `{ ${pattern} }`,
      metricTransformations: [{ ...metric, metricValue: '1' }],
      creationTime: Date.parse(creationTime),
      logGroupName: logGroup.id,
    });
    add(state, 'cloudwatch.DescribeAlarms', {
      AlarmName: `${subject}-changes`,
      AlarmArn: arnOf(state, 'cloudwatch', `alarm:${subject}-changes`),
      ActionsEnabled: true,
      AlarmActions: [arnOf(state, 'sns', 'security')],
      OKActions: [],
      InsufficientDataActions: [],
      StateValue: 'OK',
      MetricName: metric.metricName,
      Namespace: metric.metricNamespace,
      Statistic: 'Sum',
      Dimensions: [],
      Period: 300,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    });
  }
}
