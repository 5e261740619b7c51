import { nameOf } from '../../model/tag.ts';
import { interfacesOfInstance } from '../../network/facts/resources-by-id.ts';
import type { Check } from '../check.ts';
import { instance, networkInterface, route, routeTable, subnet } from '../examples.ts';
import { publicIpsOf, waysOfInterface } from '../public-addresses.ts';
import { relatedChecks } from '../related-checks.ts';
import { type PrefixListKind, prefixListKinds } from '../rule-kinds.ts';
import { attribute } from '../taking-part.ts';

const mapped = networkInterface({
  Attachment: { InstanceId: 'i-0a1', DeviceIndex: 0 },
  PrivateIpAddresses: [
    { PrivateIpAddress: '10.0.1.10', Primary: true, Association: { PublicIp: '198.51.100.7', IpOwnerId: 'amazon' } },
  ],
});
const rest = { instances: [instance()], subnets: [subnet()] };
const toInternet = [routeTable([route('0.0.0.0/0', { GatewayId: 'igw-0a1' })])];

const check: Check<'instances' | 'networkInterfaces' | 'subnets' | 'routeTables', PrefixListKind> = {
  id: 'instance-public-ip',
  title: 'Instance has a public address and a route to the internet',
  severity: 'low',
  rationale:
    'The security group alone stands between this host and everybody. A rule that is opened for an hour and forgotten ' +
    'exposes it at once, with nothing in front.',
  remediation:
    'Take the public address away and reach the host through a load balancer, Session Manager or EC2 Instance Connect ' +
    'Endpoint; let it out through a NAT gateway.',
  references: ['https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html'],
  relatedChecks: relatedChecks({
    securityhub: ['EC2.9'],
    config: ['ec2-instance-no-public-ip'],
    prowler: ['ec2_instance_public_ip'],
    cloudsploit: ['publicIpAddress'],
    scoutsuite: ['ec2-instance-with-public-ip'],
    steampipe: ['ec2_instance_not_publicly_accessible'],
  }),
  judges: 'instances',
  needs: ['instances', 'networkInterfaces', 'subnets', 'routeTables'],
  uses: prefixListKinds,
  examples: {
    fails: [
      {
        title: 'a public address behind an internet gateway',
        resources: { ...rest, networkInterfaces: [mapped], routeTables: toInternet },
      },
    ],
    passes: [
      {
        title: 'the subnet has no route to the internet gateway',
        resources: { ...rest, networkInterfaces: [mapped], routeTables: [routeTable([])] },
      },
      {
        title: 'there is no public address',
        resources: {
          ...rest,
          networkInterfaces: [networkInterface({ Attachment: { InstanceId: 'i-0a1' } })],
          routeTables: toInternet,
        },
      },
    ],
  },
  *evaluate({ instances }, { snapshot }) {
    for (const own of instances) {
      const { instanceId, vpcId, state } = own;
      const resource = { type: 'instance', id: instanceId, vpcId, name: nameOf(own) } as const;
      if (state === 'terminated') {
        yield { outcome: 'not-applicable', resource, reason: 'it is terminated' };
        continue;
      }
      const held = (interfacesOfInstance(snapshot).get(instanceId) ?? [])
        .map(({ resource: card }) => ({ card, addresses: publicIpsOf(card) }))
        .filter(({ addresses }) => addresses.length > 0)
        .map((one) => ({ ...one, ways: waysOfInterface(snapshot, one.card) }));
      const open = held.filter(({ ways }) => ways.routes.length > 0);
      for (const { card, addresses, ways } of open) {
        yield {
          outcome: 'fail',
          resource,
          title: `${addresses.join(', ')} leads to it`,
          evidence: [attribute(card.networkInterfaceId, 'PublicIp', addresses.join(', ')), ...ways.routes],
          fix: {
            summary: 'Take the public address off the interface and put a load balancer or an endpoint in front.',
          },
        };
      }
      const missing = held.flatMap(({ ways }) => ways.missing);
      if (open.length > 0) continue;
      if (missing.length > 0) yield { outcome: 'unknown', resource, missing };
      else yield { outcome: 'pass', resource };
    }
  },
};

export default check;
