import type { Check } from '../check.ts';
import { firewallPolicy } from '../firewall-examples.ts';
import { relatedChecks } from '../related-checks.ts';
import { attribute } from '../taking-part.ts';

/** The two defaults, for whole packets and for fragments of UDP. */
const defaults = [
  { member: 'statelessDefaultActions', attribute: 'StatelessDefaultActions', words: 'packets' },
  { member: 'statelessFragmentDefaultActions', attribute: 'StatelessFragmentDefaultActions', words: 'fragments' },
] as const;

const check: Check<'firewallPolicies'> = {
  id: 'firewall-policy-passes-by-default',
  title: 'Firewall policy lets through what no stateless rule matches',
  severity: 'medium',
  rationale:
    'Passed by default is passed for good: the stateful rules, where domains and signatures are looked for, never see it. ' +
    'For fragments it means that whoever cuts packets small goes past them.',
  remediation:
    'Forward what no stateless rule matches to the stateful rules, or drop it, whole packets and fragments alike.',
  references: [
    'https://docs.aws.amazon.com/network-firewall/latest/developerguide/stateless-default-actions.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/networkfirewall-controls.html#networkfirewall-4',
  ],
  relatedChecks: relatedChecks({
    securityhub: ['NetworkFirewall.4', 'NetworkFirewall.5'],
    config: ['netfw-policy-default-action-full-packets', 'netfw-policy-default-action-fragment-packets'],
    prowler: [
      'networkfirewall_policy_default_action_full_packets',
      'networkfirewall_policy_default_action_fragmented_packets',
    ],
  }),
  judges: 'firewallPolicies',
  needs: ['firewallPolicies'],
  examples: {
    fails: [
      {
        title: 'whole packets pass',
        resources: { firewallPolicies: [firewallPolicy({ StatelessDefaultActions: ['aws:pass'] })] },
      },
      {
        title: 'fragments pass',
        resources: { firewallPolicies: [firewallPolicy({ StatelessFragmentDefaultActions: ['aws:pass', 'count'] })] },
      },
    ],
    passes: [
      { title: 'everything is forwarded to the stateful rules', resources: { firewallPolicies: [firewallPolicy()] } },
    ],
  },
  *evaluate({ firewallPolicies }) {
    for (const own of firewallPolicies) {
      const { firewallPolicyArn: id, firewallPolicyName: name } = own;
      const resource = { type: 'firewall-policy', id, name } as const;
      const passing = defaults.filter(({ member }) => own[member].includes('aws:pass'));
      const silent = defaults.filter(({ member }) => own[member].length === 0);
      for (const { member, attribute: setting, words } of passing) {
        yield {
          outcome: 'fail',
          resource,
          title: `${words} that no stateless rule matches pass uninspected`,
          evidence: [attribute(id, setting, own[member].toSorted().join(', '))],
          fix: { summary: `Set ${setting} to aws:forward_to_sfe or aws:drop.` },
        };
      }
      if (silent.length > 0) {
        const missing = silent.map(({ attribute: setting }) => ({ fact: `${setting} of ${name ?? id}` }));
        yield { outcome: 'unknown', resource, missing };
      } else if (passing.length === 0) yield { outcome: 'pass', resource };
    }
  },
};

export default check;
