import type { MetricAlarm, MetricFilter } from '../model/resources/cloudwatch.ts';

/** Something of a network whose changes are watched, with the calls that change it. */
export interface Watched {
  /** As evidence names it, and as standards refer to it. */
  readonly attribute: string;
  /** In words, for a title. */
  readonly words: string;
  readonly calls: readonly string[];
}

/** What the CIS AWS Foundations Benchmark wants watched, and by which calls (Security Hub user guide, CloudWatch.10 to .14). */
export const watchedChanges: readonly Watched[] = [
  {
    attribute: 'SecurityGroupChanges',
    words: 'security groups',
    calls: [
      'AuthorizeSecurityGroupEgress',
      'AuthorizeSecurityGroupIngress',
      'CreateSecurityGroup',
      'DeleteSecurityGroup',
      'RevokeSecurityGroupEgress',
      'RevokeSecurityGroupIngress',
    ],
  },
  {
    attribute: 'NetworkAclChanges',
    words: 'network ACLs',
    calls: [
      'CreateNetworkAcl',
      'CreateNetworkAclEntry',
      'DeleteNetworkAcl',
      'DeleteNetworkAclEntry',
      'ReplaceNetworkAclAssociation',
      'ReplaceNetworkAclEntry',
    ],
  },
  {
    attribute: 'GatewayChanges',
    words: 'gateways',
    calls: [
      'AttachInternetGateway',
      'CreateCustomerGateway',
      'CreateInternetGateway',
      'DeleteCustomerGateway',
      'DeleteInternetGateway',
      'DetachInternetGateway',
    ],
  },
  {
    attribute: 'RouteTableChanges',
    words: 'route tables',
    calls: [
      'CreateRoute',
      'CreateRouteTable',
      'DeleteRoute',
      'DeleteRouteTable',
      'DisassociateRouteTable',
      'ReplaceRoute',
      'ReplaceRouteTableAssociation',
    ],
  },
  {
    attribute: 'VpcChanges',
    words: 'VPCs and peerings',
    calls: [
      'AcceptVpcPeeringConnection',
      'CreateVpc',
      'CreateVpcPeeringConnection',
      'DeleteVpc',
      'DeleteVpcPeeringConnection',
      'ModifyVpcAttribute',
      'RejectVpcPeeringConnection',
    ],
  },
];

const named = (metric: { readonly namespace: string | undefined; readonly name: string | undefined }): string =>
  JSON.stringify([metric.namespace, metric.name]);

/** The filters of one Region whose metric raises an alarm that tells somebody. */
export function alarmedFilters(
  filters: readonly MetricFilter[],
  alarms: readonly MetricAlarm[],
): readonly MetricFilter[] {
  const watched = new Set(
    alarms
      .filter(({ actionsEnabled, alarmActions }) => actionsEnabled !== false && alarmActions.length > 0)
      .flatMap(({ metrics }) => metrics.map(named)),
  );
  return filters.filter(({ metrics }) => metrics.some((metric) => watched.has(named(metric))));
}

/** `$.eventName = CreateVpc`, with the name bare or quoted, and `*` for anything (CloudWatch Logs, filter pattern syntax). */
const eventNameTerm = /\$\.eventName\s*=\s*(?:"([^"]*)"|([A-Za-z*]+))/g;

/** Which calls a filter counts: those that its pattern names. Terms that narrow it further are not read. */
export function countsCall({ filterPattern }: MetricFilter, call: string): boolean {
  for (const [, quoted, bare] of filterPattern.matchAll(eventNameTerm)) {
    const parts = (quoted ?? bare ?? '').split('*');
    if (matches(parts, call)) return true;
  }
  return false;
}

/** Does the text consist of these parts in their order, with anything between them? */
function matches(parts: readonly string[], text: string): boolean {
  const [first = '', ...others] = parts;
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of others) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}
