import { nameOf } from '../../model/tag.ts';
import type { Check } from '../check.ts';
import type { Item } from '../examples.ts';
import { relatedChecks } from '../related-checks.ts';
import { attribute } from '../taking-part.ts';

const connection = (...versions: readonly string[]): Item => ({
  VpnConnectionId: 'vpn-0a1',
  State: 'available',
  Options: { TunnelOptions: [0, 1].map(() => ({ IkeVersions: versions.map((Value) => ({ Value })) })) },
});

const check: Check<'vpnConnections'> = {
  id: 'vpn-connection-ikev1-allowed',
  title: 'VPN connection admits IKEv1',
  severity: 'low',
  rationale:
    'IKEv1 is deprecated (RFC 9395): it lacks the protection against floods and the algorithms of its successor, and the ' +
    'weaker of what both ends admit may be what they agree on.',
  remediation: 'Admit ikev2 alone in the options of both tunnels, after setting the customer gateway to it.',
  references: ['https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html'],
  relatedChecks: relatedChecks({ securityhub: ['EC2.183'], config: ['ec2-vpn-connection-ike-version-check'] }),
  judges: 'vpnConnections',
  needs: ['vpnConnections'],
  examples: {
    fails: [{ title: 'both versions are admitted', resources: { vpnConnections: [connection('ikev1', 'ikev2')] } }],
    passes: [{ title: 'ikev2 alone is admitted', resources: { vpnConnections: [connection('ikev2')] } }],
  },
  *evaluate({ vpnConnections }) {
    for (const own of vpnConnections) {
      const { vpnConnectionId: id, state, tunnelOptions } = own;
      const resource = { type: 'vpn-connection', id, name: nameOf(own) } as const;
      if (state !== 'available') {
        yield { outcome: 'not-applicable', resource, reason: `its state is ${state ?? 'unknown'}` };
      } else if (tunnelOptions.length === 0) {
        yield { outcome: 'unknown', resource, missing: [{ fact: `the options of the tunnels of ${id}` }] };
      } else if (tunnelOptions.some(({ ikeVersions }) => ikeVersions.length === 0 || ikeVersions.includes('ikev1'))) {
        yield {
          outcome: 'fail',
          resource,
          title: 'a tunnel may be negotiated with IKEv1',
          evidence: [attribute(id, 'IkeVersions', 'ikev1')],
          fix: { summary: 'Admit ikev2 alone in both tunnels.' },
        };
      } else yield { outcome: 'pass', resource };
    }
  },
};

export default check;
