import type { VpcEndpoint } from '../../../model/resources/vpc-endpoint.ts';
import type { Snapshot } from '../../../model/snapshot/snapshot.ts';
import type { Advice } from '../../../model/verdict/advice.ts';
import type { Evidence } from '../../../model/verdict/evidence.ts';
import { derive, type Derived } from '../../../network/facts/derive.ts';
import { compareText } from '../../../network/facts/inventory.ts';
import { vpcEndpointById } from '../../../network/facts/resources-by-id.ts';
import { awsServiceOf, type GatewayService } from '../../gateway-services.ts';
import { groupBy } from '../../group-by.ts';
import { serviceNeeds } from '../../interface-services.ts';
import { takingPart } from '../../taking-part.ts';
import { type ClientTable, metOf, needers, presentOf, wayEvidence, waysOf } from './private-clients.ts';

/** Where a need arises. */
export interface Place {
  readonly accountId: string;
  readonly region: string;
  readonly vpcId: string;
}

/** The endpoints of a VPC that work. */
const endpointsOf: Derived<Snapshot, ReadonlyMap<string, readonly VpcEndpoint[]>> = derive((snapshot) =>
  groupBy(
    [...vpcEndpointById(snapshot).values()]
      .map(({ resource }) => resource)
      .filter(({ state }) => state === 'available')
      .sort((a, b) => compareText(a.vpcEndpointId, b.vpcEndpointId)),
    ({ vpcId = '' }) => vpcId,
  ),
);

const pages = {
  s3: 'https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html',
  dynamodb: 'https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-ddb.html',
  interface: 'https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html',
} as const;

/** Is a service of AWS used privately by some VPC of the account and Region? */
function usedBy(snapshot: Snapshot, { accountId, region }: Place, service: string): readonly VpcEndpoint[] {
  return [...vpcEndpointById(snapshot).values()]
    .filter((located) => located.region.accountId === accountId && located.region.region === region)
    .map(({ resource }) => resource)
    .filter((own) => own.state === 'available' && awsServiceOf(own.serviceName, region) === service);
}

/**
 * S3 and DynamoDB for private clients. S3 is what every host needs for packages and images; DynamoDB is a need only where
 * an endpoint of the account and Region shows that it is used.
 */
export function gatewayAdvice(
  snapshot: Snapshot,
  place: Place,
  tables: readonly ClientTable[],
  need: GatewayService,
): readonly Advice[] {
  const elsewhere = need === 's3' ? [] : usedBy(snapshot, place, need).slice(0, 1);
  if (tables.length === 0 || (need !== 's3' && elsewhere.length === 0)) return [];
  const own = (endpointsOf(snapshot).get(place.vpcId) ?? []).filter(
    ({ serviceName }) => awsServiceOf(serviceName, place.region) === need,
  );
  const gateways = own.filter(({ vpcEndpointType }) => vpcEndpointType === 'Gateway');
  const covers = ({ routeTableId }: ClientTable): boolean =>
    gateways.some(({ routeTableIds }) => routeTableIds.some((id) => id === routeTableId));
  const uncovered = tables.filter((table) => !covers(table));
  const interfaces = own.filter(({ vpcEndpointType }) => vpcEndpointType === 'Interface');
  const name = need === 's3' ? 'S3' : 'DynamoDB';
  return [
    {
      ...place,
      need,
      services: [need],
      ...needers(tables.flatMap(({ subnets }) => subnets.map(({ subnetId }) => subnetId))),
      present: [
        ...presentOf([
          ...gateways
            .filter(({ routeTableIds }) =>
              tables.some(({ routeTableId }) => routeTableIds.some((id) => id === routeTableId)),
            )
            .map(({ vpcEndpointId: id }) => ({ mechanism: 'gateway-endpoint' as const, id })),
          ...interfaces.map(({ vpcEndpointId: id }) => ({ mechanism: 'interface-endpoint' as const, id })),
        ]),
        ...waysOf(uncovered),
      ],
      recommended: 'gateway-endpoint',
      met: metOf(tables.length, tables.length - uncovered.length),
      why: `A gateway endpoint takes packets for ${name} off the NAT gateway, costs nothing, and its policy says which buckets or tables may be used.`,
      reference: pages[need],
      evidence: evidenceOf(uncovered.length > 0 ? uncovered : tables, gateways, elsewhere),
    },
  ];
}

/** How the clients reach the service: by their routes, or the endpoint that is there; and who else uses it. */
const evidenceOf = (
  tables: readonly ClientTable[],
  gateways: readonly VpcEndpoint[],
  elsewhere: readonly VpcEndpoint[],
): readonly Evidence[] => [
  ...wayEvidence(tables),
  ...takingPart('route-table', tables.map(({ routeTableId }) => routeTableId).slice(0, 5), 'of-clients'),
  ...takingPart(
    'vpc-endpoint',
    gateways.map(({ vpcEndpointId }) => vpcEndpointId),
    'serves',
  ),
  ...takingPart(
    'vpc-endpoint',
    elsewhere.map(({ vpcEndpointId }) => vpcEndpointId),
    'shows-use',
  ),
];

/** Services that hosts of a recognisable kind cannot do without. */
export function interfaceAdvice(snapshot: Snapshot, place: Place, tables: readonly ClientTable[]): readonly Advice[] {
  const interfaces = (endpointsOf(snapshot).get(place.vpcId) ?? []).filter(
    ({ vpcEndpointType }) => vpcEndpointType === 'Interface',
  );
  return serviceNeeds.flatMap(({ name, services, isNeededBy }): readonly Advice[] => {
    const own = tables
      .map((table) => ({ table, hosts: table.hosts.filter(isNeededBy) }))
      .filter(({ hosts }) => hosts.length > 0);
    if (own.length === 0) return [];
    const serving = services.flatMap((service): readonly string[] => {
      const endpoint = interfaces.find(({ serviceName }) => awsServiceOf(serviceName, place.region) === service);
      return endpoint === undefined ? [] : [endpoint.vpcEndpointId];
    });
    return [
      {
        ...place,
        need: 'aws-service',
        services,
        ...needers(own.flatMap(({ hosts }) => [...new Set(hosts.map(({ subnetId }): string => subnetId))])),
        present: [
          ...presentOf(serving.map((id) => ({ mechanism: 'interface-endpoint', id }))),
          ...(serving.length === services.length ? [] : waysOf(own.map(({ table }) => table))),
        ],
        recommended: 'interface-endpoint',
        met: metOf(services.length, serving.length),
        why: `Hosts here need ${name}. Interface endpoints keep the calls inside the VPC, so that they work without a way to the internet.`,
        reference: pages.interface,
        evidence: [
          ...wayEvidence(own.map(({ table }) => table)),
          ...takingPart(
            'network-interface',
            own
              .flatMap(({ hosts }) => hosts.slice(0, 3).map(({ networkInterfaceId }): string => networkInterfaceId))
              .slice(0, 3),
            'needs',
          ),
        ],
      },
    ];
  });
}
