import type { Check } from '../check.ts';
import { statelessGroupArn } from '../firewall-examples.ts';
import { relatedChecks } from '../related-checks.ts';
import { attribute } from '../taking-part.ts';

const group = (rules: number): Readonly<Record<string, unknown>> => ({
  RuleGroupArn: statelessGroupArn,
  RuleGroupResponse: { RuleGroupName: 'block', RuleGroupArn: statelessGroupArn, Type: 'STATELESS' },
  RuleGroup: {
    RulesSource: {
      StatelessRulesAndCustomActions: {
        StatelessRules: Array.from({ length: rules }, (_, index) => ({ Priority: index + 1 })),
      },
    },
  },
});

const check: Check<'ruleGroups'> = {
  id: 'firewall-rule-group-empty',
  title: 'Stateless rule group of Network Firewall is empty',
  severity: 'medium',
  rationale:
    'The group takes its place in policies and matches nothing, so what its name promises to block is not blocked. Whoever ' +
    'reads the policy believes that it is.',
  remediation: 'Write the rules that the group was made for, or take it out of its policies and delete it.',
  references: [
    'https://docs.aws.amazon.com/network-firewall/latest/developerguide/stateless-rule-groups-5-tuple.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/networkfirewall-controls.html#networkfirewall-6',
  ],
  relatedChecks: relatedChecks({
    securityhub: ['NetworkFirewall.6'],
    config: ['netfw-stateless-rule-group-not-empty'],
  }),
  judges: 'ruleGroups',
  needs: ['ruleGroups'],
  examples: {
    fails: [{ title: 'it holds no rule', resources: { ruleGroups: [group(0)] } }],
    passes: [{ title: 'it holds a rule', resources: { ruleGroups: [group(1)] } }],
  },
  *evaluate({ ruleGroups }) {
    for (const { ruleGroupArn: id, ruleGroupName: name, statelessRules } of ruleGroups) {
      const resource = { type: 'firewall-rule-group', id, name } as const;
      if (statelessRules === undefined) {
        yield { outcome: 'unknown', resource, missing: [{ fact: `the stateless rules of ${name ?? id}` }] };
      } else if (statelessRules > 0) yield { outcome: 'pass', resource };
      else {
        yield {
          outcome: 'fail',
          resource,
          title: 'it holds no rule',
          evidence: [attribute(id, 'StatelessRules', 'none')],
          fix: { summary: 'Write rules into the group, or delete it.' },
        };
      }
    }
  },
};

export default check;
