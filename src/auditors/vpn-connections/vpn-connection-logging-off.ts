import { nameOf } from '../../model/tag.ts';
import type { Check } from '../check.ts';
import type { Item } from '../examples.ts';
import { relatedChecks } from '../related-checks.ts';
import { attribute } from '../taking-part.ts';

const connection = (...logging: readonly boolean[]): Item => ({
  VpnConnectionId: 'vpn-0a1',
  State: 'available',
  Options: {
    TunnelOptions: logging.map((LogEnabled) => ({ LogOptions: { CloudWatchLogOptions: { LogEnabled } } })),
  },
});

const check: Check<'vpnConnections'> = {
  id: 'vpn-connection-logging-off',
  title: 'VPN connection does not log both of its tunnels',
  severity: 'low',
  rationale:
    'Without the log nobody can tell who negotiated the tunnel, why it fell, or that somebody keeps trying keys. Traffic ' +
    'moves between the tunnels, so the log of one is half a log.',
  remediation: 'Publish the logs of both tunnels to CloudWatch Logs.',
  references: ['https://docs.aws.amazon.com/vpn/latest/s2svpn/monitoring-logs.html'],
  relatedChecks: relatedChecks({
    securityhub: ['EC2.171'],
    config: ['ec2-vpn-connection-logging-enabled'],
    steampipe: ['vpc_vpn_connection_logging_enabled'],
  }),
  judges: 'vpnConnections',
  needs: ['vpnConnections'],
  examples: {
    fails: [{ title: 'one of two tunnels is logged', resources: { vpnConnections: [connection(true, false)] } }],
    passes: [{ title: 'both are logged', resources: { vpnConnections: [connection(true, true)] } }],
  },
  *evaluate({ vpnConnections }) {
    for (const own of vpnConnections) {
      const { vpnConnectionId: id, state, tunnelOptions } = own;
      const resource = { type: 'vpn-connection', id, name: nameOf(own) } as const;
      if (state !== 'available') {
        yield { outcome: 'not-applicable', resource, reason: `its state is ${state ?? 'unknown'}` };
      } else if (tunnelOptions.length === 0) {
        yield { outcome: 'unknown', resource, missing: [{ fact: `the options of the tunnels of ${id}` }] };
      } else if (tunnelOptions.every(({ logEnabled }) => logEnabled === true)) yield { outcome: 'pass', resource };
      else {
        const silent = tunnelOptions.filter(({ logEnabled }) => logEnabled !== true).length;
        yield {
          outcome: 'fail',
          resource,
          title: silent === tunnelOptions.length ? 'no tunnel is logged' : 'one tunnel is not logged',
          evidence: [attribute(id, 'CloudWatchLogOptions.LogEnabled', 'false')],
          fix: { summary: 'Modify the options of each tunnel so that its log goes to CloudWatch Logs.' },
        };
      }
    }
  },
};

export default check;
