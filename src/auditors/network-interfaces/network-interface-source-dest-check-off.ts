import { resourcesOf } from '../../model/snapshot/collected.ts';
import { nameOf } from '../../model/tag.ts';
import { interfaceRole } from '../../network/facts/interface-role.ts';
import { awsCli } from '../aws-cli.ts';
import type { Check } from '../check.ts';
import { networkInterface, route, routeTable } from '../examples.ts';
import { routeTargets } from '../nat-routing.ts';
import { relatedChecks } from '../related-checks.ts';
import { attribute } from '../taking-part.ts';

const off = networkInterface({ SourceDestCheck: false });

const check: Check<'networkInterfaces' | 'routeTables', 'targetHealth'> = {
  id: 'network-interface-source-dest-check-off',
  title: 'Host that routes for nobody may send and take packets of other addresses',
  severity: 'low',
  rationale:
    'With the check off the host may send with any source address and receive what is not for it. That is what routers ' +
    'and firewalls need; on any other host it only helps whoever has broken in.',
  remediation:
    'Switch the check on, unless the host is a router, NAT instance or firewall that traffic is about to be sent to.',
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/work-with-nat-instances.html'],
  relatedChecks: relatedChecks({
    securityhub: ['EC2.180'],
    config: ['ec2-enis-source-destination-check-enabled'],
    steampipe: ['ec2_network_inteface_source_destination_check_enabled'],
  }),
  judges: 'networkInterfaces',
  needs: ['networkInterfaces', 'routeTables'],
  uses: ['targetHealth'],
  failsOnAbsence: true,
  examples: {
    fails: [
      {
        title: 'the check is off and no route leads to the interface',
        resources: { networkInterfaces: [off], routeTables: [routeTable([])] },
      },
    ],
    passes: [
      {
        title: 'a route leads to it',
        resources: {
          networkInterfaces: [off],
          routeTables: [routeTable([route('0.0.0.0/0', { NetworkInterfaceId: 'eni-0a1' })])],
        },
      },
    ],
  },
  *evaluate({ networkInterfaces, targetHealth }, { region, snapshot }) {
    const routed = routeTargets(snapshot);
    // Appliances behind a gateway load balancer take packets for others too
    const targets = new Set<string>((resourcesOf(targetHealth) ?? []).map(({ targetId }) => targetId));
    for (const own of networkInterfaces) {
      const { networkInterfaceId: id, vpcId, sourceDestCheck, attachment, privateIpAddresses } = own;
      const resource = { type: 'network-interface', id, vpcId, name: nameOf(own) } as const;
      const names = [id, attachment?.instanceId, privateIpAddresses[0]?.privateIpAddress].flatMap((name) => name ?? []);
      if (interfaceRole(own) !== 'plain' || own.requesterManaged === true) {
        yield { outcome: 'not-applicable', resource, reason: 'a service of AWS manages it' };
      } else if (sourceDestCheck !== false || names.some((name) => routed.has(name) || targets.has(name))) {
        yield { outcome: 'pass', resource };
      } else {
        yield {
          outcome: 'fail',
          resource,
          title: 'the check is off and nothing is routed to it',
          evidence: [attribute(id, 'SourceDestCheck', 'false')],
          fix: {
            summary: 'Switch the check on.',
            cli: [
              awsCli(region, 'ec2', 'modify-network-interface-attribute', {
                'network-interface-id': id,
                'source-dest-check': true,
              }),
            ],
          },
        };
      }
    }
  },
};

export default check;
