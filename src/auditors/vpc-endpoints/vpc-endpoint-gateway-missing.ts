import { nameOf } from '../../model/tag.ts';
import type { Check } from '../check.ts';
import { isClient } from '../client-interfaces.ts';
import { networkInterface, route, routeTable, subnet, vpcEndpoint } from '../examples.ts';
import { gatewayEndpointFix } from '../gateway-endpoint-fix.ts';
import { awsServiceOf, gatewayServices, serviceNameOf } from '../gateway-services.ts';
import { privateSubnetsByTable, wayToInternet } from '../internet-routes.ts';
import { type PrefixListKind, prefixListKinds } from '../rule-kinds.ts';
import { attribute, takingPart } from '../taking-part.ts';

const throughNat = {
  subnets: [subnet()],
  networkInterfaces: [networkInterface()],
  routeTables: [routeTable([route('0.0.0.0/0', { NatGatewayId: 'nat-0a1' })])],
};
const endpoint = (
  service: string,
  members: object = { RouteTableIds: ['rtb-0a1'] },
): Readonly<Record<string, unknown>> =>
  vpcEndpoint({ VpcEndpointId: `vpce-${service}`, ServiceName: serviceNameOf(service, 'eu-west-1'), ...members });

const check: Check<'routeTables' | 'subnets' | 'networkInterfaces' | 'vpcEndpoints', PrefixListKind> = {
  id: 'vpc-endpoint-gateway-missing',
  title: 'Private subnet has no gateway endpoint for S3 or DynamoDB',
  severity: 'medium',
  rationale:
    'Gateway endpoints cost nothing and keep traffic to S3 and DynamoDB off the internet. Without one, a private subnet ' +
    'reaches them through a NAT gateway, which charges for every gigabyte and which no endpoint policy bounds, or not at all.',
  remediation:
    'Make a gateway endpoint in the VPC and associate it with the route table of every private subnet. Security groups and ' +
    'network ACLs must admit the addresses of the service, which are public ones.',
  references: [
    'https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-pricing.html',
  ],
  relatedChecks: [],
  judges: 'routeTables',
  needs: ['routeTables', 'subnets', 'networkInterfaces', 'vpcEndpoints'],
  uses: prefixListKinds,
  failsOnAbsence: true,
  examples: {
    fails: [
      {
        title: 'S3 is reached through a NAT gateway',
        resources: { ...throughNat, vpcEndpoints: [endpoint('dynamodb')] },
      },
      {
        title: 'the endpoint for S3 is there and not associated with this table',
        resources: {
          ...throughNat,
          vpcEndpoints: [endpoint('dynamodb'), endpoint('s3', { RouteTableIds: ['rtb-0a2'] })],
        },
      },
    ],
    passes: [
      {
        title: 'both are associated',
        resources: { ...throughNat, vpcEndpoints: [endpoint('dynamodb'), endpoint('s3')] },
      },
    ],
  },
  *evaluate({ routeTables, subnets, networkInterfaces, vpcEndpoints }, { region, snapshot }) {
    const inhabited = new Set(networkInterfaces.filter(isClient).map(({ subnetId }) => subnetId));
    const served = privateSubnetsByTable(
      subnets.filter(({ subnetId }) => inhabited.has(subnetId)),
      snapshot,
    );
    for (const own of routeTables) {
      const { routeTableId, vpcId } = own;
      const resource = { type: 'route-table', id: routeTableId, vpcId, name: nameOf(own) } as const;
      const { table, subnetIds, missing } = served.get(routeTableId) ?? { subnetIds: [], missing: [] };
      if (missing.length > 0) yield { outcome: 'unknown', resource, missing };
      if (table === undefined || subnetIds.length === 0) {
        if (missing.length > 0) continue;
        yield { outcome: 'not-applicable', resource, reason: 'no private subnet with clients uses it' };
        continue;
      }
      const way = wayToInternet(table);
      const gaps = gatewayServices.flatMap(({ service, name }) => {
        const candidates = vpcEndpoints.filter(
          (candidate) =>
            candidate.vpcId === vpcId &&
            candidate.state === 'available' &&
            awsServiceOf(candidate.serviceName, region) === service,
        );
        const gateways = candidates.filter(({ vpcEndpointType }) => vpcEndpointType === 'Gateway');
        if (gateways.some(({ routeTableIds }) => routeTableIds.includes(routeTableId))) return [];
        return [
          {
            service,
            name,
            gateway: gateways[0],
            nat: way?.kind === 'nat-gateway' && candidates.length === gateways.length,
          },
        ];
      });
      for (const { service, name, gateway, nat } of gaps) {
        const serviceName = serviceNameOf(service, region);
        yield {
          outcome: 'fail',
          resource,
          title: `${name} ${nat ? 'is reached through a NAT gateway, which charges for every gigabyte' : 'has no gateway endpoint here'}`,
          severity: service === 's3' ? (nat ? 'medium' : 'low') : nat ? 'low' : 'informational',
          evidence: [
            attribute(routeTableId, 'GatewayEndpoint', `none for ${serviceName}`),
            ...(way === undefined ? [] : [way.evidence]),
            ...takingPart('subnet', subnetIds, 'client'),
          ],
          fix: gatewayEndpointFix(region, { vpcId, routeTableId, serviceName }, gateway),
        };
      }
      if (gaps.length === 0 && missing.length === 0) yield { outcome: 'pass', resource };
    }
  },
};

export default check;
