import type { Check } from '../check.ts';
import { firewallPolicy } from '../firewall-examples.ts';
import { relatedChecks } from '../related-checks.ts';
import { attribute } from '../taking-part.ts';

const check: Check<'firewallPolicies'> = {
  id: 'firewall-policy-without-rule-groups',
  title: 'Firewall policy has no rule group',
  severity: 'medium',
  rationale:
    'Without rules the policy decides by its defaults alone: it lets everything through or nothing. Traffic takes the ' +
    'detour through the firewall and nothing is looked for in it.',
  remediation:
    'Add rule groups for what is to be let through, dropped and reported; managed groups of AWS are a start.',
  references: [
    'https://docs.aws.amazon.com/network-firewall/latest/developerguide/firewall-policies.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/networkfirewall-controls.html#networkfirewall-3',
  ],
  relatedChecks: relatedChecks({
    securityhub: ['NetworkFirewall.3'],
    config: ['netfw-policy-rule-group-associated'],
    prowler: ['networkfirewall_policy_rule_group_associated'],
  }),
  judges: 'firewallPolicies',
  needs: ['firewallPolicies'],
  examples: {
    fails: [
      {
        title: 'it has defaults alone',
        resources: { firewallPolicies: [firewallPolicy({ StatefulRuleGroupReferences: [] })] },
      },
    ],
    passes: [{ title: 'it has a stateful group', resources: { firewallPolicies: [firewallPolicy()] } }],
  },
  *evaluate({ firewallPolicies }) {
    for (const own of firewallPolicies) {
      const { firewallPolicyArn: id, firewallPolicyName: name, statelessRuleGroupArns, statefulRuleGroupArns } = own;
      const resource = { type: 'firewall-policy', id, name } as const;
      if (statelessRuleGroupArns.length + statefulRuleGroupArns.length > 0) yield { outcome: 'pass', resource };
      else {
        yield {
          outcome: 'fail',
          resource,
          title: 'it has no rules',
          evidence: [attribute(id, 'RuleGroupReferences', 'none')],
          fix: { summary: 'Add a stateless or stateful rule group to the policy.' },
        };
      }
    }
  },
};

export default check;
