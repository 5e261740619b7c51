import { pages, type Paging, type RuleTable } from './rules.ts';

const upTo = (max: number, sizeInput: Paging['sizeInput'] = 'MaxResults'): Paging => pages(1, max, { sizeInput });
const lowerCase = (max: number, sizeInput: 'maxResults' | 'limit'): Paging =>
  pages(1, max, { sizeInput, tokenInput: 'nextToken', tokenOutput: 'nextToken' });

const perFirewall = {
  input: 'FirewallArn',
  parents: 'network-firewall.ListFirewalls',
  parentMember: 'FirewallArn',
  code: 'ResourceNotFound',
};

/** The services around a network: firewalls, lines, DNS and what watches. Sizes: their API references. */
export const aroundTheNetwork: RuleTable = {
  'network-firewall.ListFirewalls': { list: 'Firewalls', paging: upTo(100) },
  'network-firewall.DescribeFirewall': { per: perFirewall },
  'network-firewall.DescribeLoggingConfiguration': { per: perFirewall },
  'network-firewall.ListFirewallPolicies': { list: 'FirewallPolicies', paging: upTo(100) },
  'network-firewall.DescribeFirewallPolicy': {
    per: {
      input: 'FirewallPolicyArn',
      parents: 'network-firewall.ListFirewallPolicies',
      parentMember: 'Arn',
      code: 'ResourceNotFound',
    },
  },
  'network-firewall.ListRuleGroups': { list: 'RuleGroups', paging: upTo(100) },
  'network-firewall.DescribeRuleGroup': {
    per: {
      input: 'RuleGroupArn',
      parents: 'network-firewall.ListRuleGroups',
      parentMember: 'Arn',
      code: 'ResourceNotFound',
    },
  },
  'directconnect.DescribeConnections': { list: 'connections', paging: lowerCase(100, 'maxResults') },
  'directconnect.DescribeVirtualInterfaces': { list: 'virtualInterfaces', paging: lowerCase(100, 'maxResults') },
  'route53resolver.ListResolverQueryLogConfigAssociations': {
    list: 'ResolverQueryLogConfigAssociations',
    paging: upTo(100),
  },
  'cloudwatch.DescribeAlarms': { list: 'MetricAlarms', paging: upTo(100, 'MaxRecords') },
  'logs.DescribeLogGroups': { list: 'logGroups', paging: lowerCase(50, 'limit') },
  'logs.DescribeMetricFilters': { list: 'metricFilters', paging: lowerCase(50, 'limit') },
};
