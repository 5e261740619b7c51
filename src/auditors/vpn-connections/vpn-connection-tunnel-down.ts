import { nameOf } from '../../model/tag.ts';
import type { Check } from '../check.ts';
import type { Item } from '../examples.ts';
import { relatedChecks } from '../related-checks.ts';
import { attribute } from '../taking-part.ts';

const connection = (...states: readonly string[]): Item => ({
  VpnConnectionId: 'vpn-0a1',
  State: 'available',
  VgwTelemetry: states.map((Status, index) => ({ OutsideIpAddress: `198.51.100.${index + 1}`, Status })),
});

const check: Check<'vpnConnections'> = {
  id: 'vpn-connection-tunnel-down',
  title: 'VPN connection has a tunnel that is down',
  severity: 'low',
  rationale:
    'A connection has two tunnels because AWS takes one down for maintenance. With one left the next maintenance is an ' +
    'outage; with none, traffic either stops or finds another way that nobody chose.',
  remediation: 'Configure both tunnels on the customer gateway and see that both stay up.',
  references: ['https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html'],
  relatedChecks: relatedChecks({
    securityhub: ['EC2.20'],
    config: ['vpc-vpn-2-tunnels-up'],
    prowler: ['vpc_vpn_connection_tunnels_up'],
    cloudsploit: ['vpnTunnelState'],
    steampipe: ['vpc_vpn_tunnel_up'],
  }),
  judges: 'vpnConnections',
  needs: ['vpnConnections'],
  examples: {
    fails: [{ title: 'one of two is down', resources: { vpnConnections: [connection('UP', 'DOWN')] } }],
    passes: [{ title: 'both are up', resources: { vpnConnections: [connection('UP', 'UP')] } }],
  },
  *evaluate({ vpnConnections }) {
    for (const own of vpnConnections) {
      const { vpnConnectionId: id, state, tunnels } = own;
      const resource = { type: 'vpn-connection', id, name: nameOf(own) } as const;
      if (state !== 'available') {
        yield { outcome: 'not-applicable', resource, reason: `its state is ${state ?? 'unknown'}` };
        continue;
      }
      if (tunnels.length === 0) {
        yield { outcome: 'unknown', resource, missing: [{ fact: `the telemetry of ${id}` }] };
        continue;
      }
      const down = tunnels
        .filter(({ status }) => status !== 'UP')
        .map(({ outsideIpAddress }) => outsideIpAddress ?? '');
      const [first, ...rest] = down
        .toSorted()
        .map((address) => attribute(address || id, 'VgwTelemetry.Status', 'DOWN'));
      if (first === undefined) yield { outcome: 'pass', resource };
      else {
        yield {
          outcome: 'fail',
          resource,
          title: down.length === tunnels.length ? 'no tunnel is up' : 'one tunnel carries everything',
          severity: down.length === tunnels.length ? 'medium' : 'low',
          evidence: [first, ...rest],
          fix: { summary: 'Bring the tunnel up on the customer gateway.' },
        };
      }
    }
  },
};

export default check;
