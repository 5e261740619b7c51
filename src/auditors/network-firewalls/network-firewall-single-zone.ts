import type { Check } from '../check.ts';
import { firewall } from '../firewall-examples.ts';
import { relatedChecks } from '../related-checks.ts';
import { attribute } from '../taking-part.ts';

const check: Check<'firewalls'> = {
  id: 'network-firewall-single-zone',
  title: 'Network Firewall stands in one Availability Zone',
  severity: 'medium',
  rationale:
    'All traffic that has to pass the firewall crosses to that zone, and stops when the zone fails. What is then routed ' +
    'around the firewall in haste is not inspected any more.',
  remediation:
    'Associate the firewall with a subnet in every zone whose traffic it inspects, and route each zone to its own.',
  references: [
    'https://docs.aws.amazon.com/network-firewall/latest/developerguide/arch-two-zone-igw.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/networkfirewall-controls.html#networkfirewall-1',
  ],
  relatedChecks: relatedChecks({
    securityhub: ['NetworkFirewall.1'],
    config: ['netfw-multi-az-enabled'],
    prowler: ['networkfirewall_multi_az'],
  }),
  judges: 'firewalls',
  needs: ['firewalls'],
  examples: {
    fails: [{ title: 'one subnet only', resources: { firewalls: [firewall({}, ['a'])] } }],
    passes: [{ title: 'a subnet in each of two zones', resources: { firewalls: [firewall()] } }],
  },
  *evaluate({ firewalls }) {
    for (const own of firewalls) {
      const { firewallArn: id, vpcId, firewallName: name, subnetIds, availabilityZones, endpoints } = own;
      const resource = { type: 'network-firewall', id, vpcId, name } as const;
      // AWS admits one subnet a zone, so subnets count as zones also before an endpoint stands in them
      const zones = Math.max(subnetIds.length, availabilityZones.length);
      if (zones > 1) yield { outcome: 'pass', resource };
      else {
        const zone = endpoints[0]?.availabilityZone ?? availabilityZones[0] ?? subnetIds[0] ?? 'none';
        yield {
          outcome: 'fail',
          resource,
          title: zones === 0 ? 'it stands in no zone' : `it stands in ${zone} alone`,
          evidence: [attribute(id, 'AvailabilityZones', zone)],
          fix: { summary: 'Associate a subnet in a second zone with the firewall.' },
        };
      }
    }
  },
};

export default check;
