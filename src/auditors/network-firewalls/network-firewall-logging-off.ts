import type { Check } from '../check.ts';
import { firewallArn } from '../firewall-examples.ts';
import { relatedChecks } from '../related-checks.ts';
import { attribute } from '../taking-part.ts';

const logging = (...types: readonly string[]): Readonly<Record<string, unknown>> => ({
  FirewallArn: firewallArn,
  LoggingConfiguration: {
    LogDestinationConfigs: types.map((LogType) => ({ LogType, LogDestinationType: 'S3', LogDestination: {} })),
  },
});

const check: Check<'firewallLogging'> = {
  id: 'network-firewall-logging-off',
  title: 'Network Firewall writes no logs',
  severity: 'medium',
  rationale:
    'The firewall drops and alerts and nobody hears of it: an attack that it stops is not noticed, and one that it lets ' +
    'through cannot be traced.',
  remediation:
    'Write the alert log, and the flow log where the firewall is the only place that sees traffic, to a destination of your own.',
  references: [
    'https://docs.aws.amazon.com/network-firewall/latest/developerguide/firewall-logging.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/networkfirewall-controls.html#networkfirewall-2',
  ],
  relatedChecks: relatedChecks({
    securityhub: ['NetworkFirewall.2'],
    config: ['netfw-logging-enabled'],
    prowler: ['networkfirewall_logging_enabled'],
  }),
  judges: 'firewallLogging',
  needs: ['firewallLogging'],
  examples: {
    fails: [
      { title: 'no destination is set', resources: { firewallLogging: [logging()] } },
      { title: 'flows are logged and alerts are not', resources: { firewallLogging: [logging('FLOW')] } },
    ],
    passes: [{ title: 'alerts go to S3', resources: { firewallLogging: [logging('ALERT')] } }],
  },
  *evaluate({ firewallLogging }) {
    for (const { firewallArn: id, logDestinationConfigs } of firewallLogging) {
      const resource = { type: 'network-firewall', id, name: id.split('/').at(-1) } as const;
      const types = [...new Set(logDestinationConfigs.map(({ logType }) => logType ?? 'unknown'))].sort();
      if (types.includes('ALERT')) yield { outcome: 'pass', resource };
      else {
        yield {
          outcome: 'fail',
          resource,
          title: types.length === 0 ? 'it writes no log' : `it writes ${types.join(' and ')} logs and no alerts`,
          severity: types.length === 0 ? 'medium' : 'low',
          evidence: [attribute(id, 'LogDestinationConfigs', types.join(', ') || 'none')],
          fix: { summary: 'Add a destination for the alert log to the logging configuration of the firewall.' },
        };
      }
    }
  },
};

export default check;
