import type { NetworkInterface } from '../../model/resources/network-interface.ts';
import { nameOf } from '../../model/tag.ts';
import type { RouteEvidence } from '../../model/verdict/evidence.ts';
import type { Check } from '../check.ts';
import { isClient } from '../client-interfaces.ts';
import { type Item, networkInterface, routeTable, subnet, vpc, vpcEndpoint } from '../examples.ts';
import { awsServiceOf, serviceNameOf } from '../gateway-services.ts';
import { groupBy } from '../group-by.ts';
import { serviceNeeds } from '../interface-services.ts';
import { privateSubnetsByTable, wayToInternet } from '../internet-routes.ts';
import { relatedChecks } from '../related-checks.ts';
import { type PrefixListKind, prefixListKinds } from '../rule-kinds.ts';
import { attribute, takingPart } from '../taking-part.ts';

const hosts = {
  vpcs: [vpc()],
  subnets: [subnet()],
  networkInterfaces: [networkInterface({ Attachment: { InstanceId: 'i-0a1' } })],
  routeTables: [routeTable([])],
};
const endpoint = (service: string, members: Item = {}): Item =>
  vpcEndpoint({
    VpcEndpointId: `vpce-${service}`,
    VpcEndpointType: 'Interface',
    ServiceName: serviceNameOf(service, 'eu-west-1'),
    ...members,
  });

const check: Check<'vpcs' | 'subnets' | 'networkInterfaces' | 'routeTables' | 'vpcEndpoints', PrefixListKind> = {
  id: 'vpc-endpoint-interface-missing',
  title: 'VPC has no interface endpoint for a service that its private hosts need',
  severity: 'low',
  rationale:
    'Hosts without a way to the internet cannot be managed, patched or fed with images unless the service has an endpoint ' +
    'here. Where they have a way out, their calls take it, past any endpoint policy.',
  remediation:
    'Make the interface endpoints, all that belong together, with private DNS and a security group that admits HTTPS from ' +
    'the hosts.',
  references: [
    'https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html',
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html',
  ],
  relatedChecks: relatedChecks({
    securityhub: ['EC2.10', 'EC2.55', 'EC2.56', 'EC2.57'],
    config: ['service-vpc-endpoint-enabled', 'vpc-endpoint-enabled'],
    prowler: ['vpc_endpoint_for_ec2_enabled'],
    steampipe: ['vpc_configured_to_use_vpc_endpoints'],
  }),
  judges: 'vpcs',
  needs: ['vpcs', 'subnets', 'networkInterfaces', 'routeTables', 'vpcEndpoints'],
  uses: prefixListKinds,
  failsOnAbsence: true,
  examples: {
    fails: [
      {
        title: 'an isolated instance and half of what Systems Manager needs',
        resources: { ...hosts, vpcEndpoints: [endpoint('ssm'), endpoint('ssmmessages', { State: 'failed' })] },
      },
    ],
    passes: [
      {
        title: 'both endpoints are there',
        resources: { ...hosts, vpcEndpoints: [endpoint('ssm'), endpoint('ssmmessages')] },
      },
    ],
  },
  *evaluate({ vpcs, subnets, networkInterfaces, vpcEndpoints }, { region, snapshot }) {
    const clients = groupBy(networkInterfaces.filter(isClient), ({ subnetId }) => subnetId);
    const served = groupBy(
      vpcEndpoints.filter(({ state, vpcEndpointType }) => state === 'available' && vpcEndpointType === 'Interface'),
      ({ vpcId = '' }) => vpcId,
    );
    const tables = groupBy(
      privateSubnetsByTable(
        subnets.filter(({ subnetId }) => clients.has(subnetId)),
        snapshot,
      ).values(),
      ({ table }) => table.vpcId ?? '',
    );
    for (const own of vpcs) {
      const { vpcId } = own;
      const resource = { type: 'vpc', id: vpcId, vpcId, name: nameOf(own) } as const;
      const placed = (tables.get(vpcId) ?? []).flatMap(({ table, subnetIds }): readonly Placed[] =>
        subnetIds.map((subnetId) => ({ way: wayToInternet(table)?.evidence, hosts: clients.get(subnetId) ?? [] })),
      );
      const missing = (tables.get(vpcId) ?? []).flatMap((entry) => entry.missing);
      if (placed.length === 0 && missing.length === 0) {
        yield { outcome: 'not-applicable', resource, reason: 'no private subnet has clients' };
        continue;
      }
      const there = new Set((served.get(vpcId) ?? []).map(({ serviceName }) => awsServiceOf(serviceName, region)));
      let gaps = 0;
      for (const { name, services, isNeededBy } of serviceNeeds) {
        const needing = placed.flatMap((one) => one.hosts.filter(isNeededBy).map((host) => ({ host, way: one.way })));
        const lacking = services.filter((service) => !there.has(service));
        if (needing.length === 0 || lacking.length === 0) continue;
        gaps += 1;
        const cutOff = needing.filter(({ way }) => way === undefined);
        const shown = cutOff.length > 0 ? cutOff : needing;
        yield {
          outcome: 'fail',
          resource,
          title: `${name} has no endpoint here for ${lacking.join(' and ')}${cutOff.length > 0 ? ', and hosts have no other way to it' : ''}`,
          severity: cutOff.length > 0 ? 'low' : 'informational',
          evidence: [
            attribute(vpcId, 'InterfaceEndpoints', `none for ${lacking.join(', ')}`),
            ...takingPart('subnet', [...new Set(shown.map(({ host }) => host.subnetId))], 'client'),
            ...[...new Set(shown.flatMap(({ way }) => way ?? []))].slice(0, 1),
          ],
          fix: { summary: `Make interface endpoints with private DNS for ${lacking.join(' and ')}.` },
        };
      }
      if (gaps > 0) continue;
      if (missing.length > 0) yield { outcome: 'unknown', resource, missing };
      else yield { outcome: 'pass', resource };
    }
  },
};

interface Placed {
  readonly way: RouteEvidence | undefined;
  readonly hosts: readonly NetworkInterface[];
}

export default check;
