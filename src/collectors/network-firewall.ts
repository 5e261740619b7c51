import { type ForEach, maxResults, type Row } from './row.ts';

const arn = (resource: string): string => `arn:aws:network-firewall:us-east-1:111122223333:${resource}/none`;
const pagesOf100 = maxResults(100);

const eachFirewall: ForEach = { kind: 'firewallMetadata', input: 'FirewallArn', placeholder: arn('firewall') };

/** AWS Network Firewall: its lists hold names alone, so everything else is asked per resource. */
export const firewallRows: readonly Row[] = [
  { key: 'firewallMetadata', operation: 'ListFirewalls', paging: pagesOf100 },
  { key: 'firewalls', operation: 'DescribeFirewall', forEach: eachFirewall },
  { key: 'firewallLogging', operation: 'DescribeLoggingConfiguration', forEach: eachFirewall },
  { key: 'firewallPolicyMetadata', operation: 'ListFirewallPolicies', paging: pagesOf100 },
  {
    key: 'firewallPolicies',
    operation: 'DescribeFirewallPolicy',
    forEach: { kind: 'firewallPolicyMetadata', input: 'FirewallPolicyArn', placeholder: arn('firewall-policy') },
  },
  { key: 'ruleGroupMetadata', operation: 'ListRuleGroups', paging: pagesOf100 },
  {
    key: 'ruleGroups',
    operation: 'DescribeRuleGroup',
    forEach: { kind: 'ruleGroupMetadata', input: 'RuleGroupArn', placeholder: arn('stateless-rulegroup') },
  },
];
