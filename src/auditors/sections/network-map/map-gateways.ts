import type { VpcPeeringConnection } from '../../../model/resources/vpc-peering-connection.ts';
import type { Snapshot } from '../../../model/snapshot/snapshot.ts';
import { nameOf } from '../../../model/tag.ts';
import type { MapEndpoint, MapGateway } from '../../../model/verdict/network-map.ts';
import { derive, type Derived } from '../../../network/facts/derive.ts';
import { compareText } from '../../../network/facts/inventory.ts';
import {
  egressOnlyInternetGatewayById,
  internetGatewayById,
  natGatewayById,
  peeringById,
  transitGatewayVpcAttachmentById,
  vpcEndpointById,
  vpnGatewayById,
} from '../../../network/facts/resources-by-id.ts';
import { groupBy } from '../../group-by.ts';

type OfVpc<T> = readonly (readonly [vpcId: string, item: T])[];

const named = (resource: Parameters<typeof nameOf>[0]): { readonly name?: string } => {
  const name = nameOf(resource);
  return name === undefined ? {} : { name };
};
const stated = (state: string | undefined): { readonly state?: string } => (state === undefined ? {} : { state });

const attached = (
  type: MapGateway['type'],
  id: string,
  attachments: readonly { readonly vpcId: string | undefined; readonly state: string | undefined }[],
  resource: Parameters<typeof nameOf>[0] | undefined,
): OfVpc<MapGateway> =>
  attachments.flatMap(({ vpcId, state }) =>
    vpcId === undefined
      ? []
      : [[vpcId, { id, type, ...(resource === undefined ? {} : named(resource)), ...stated(state), subnetIds: [] }]],
  );

/** The gateways of each VPC, and what joins it with others; what is deleted for good is left out. */
export const gatewaysOfVpcs: Derived<Snapshot, ReadonlyMap<string, readonly MapGateway[]>> = derive((snapshot) => {
  const found: OfVpc<MapGateway> = [
    ...[...internetGatewayById(snapshot).values()].flatMap(({ resource }) =>
      attached('internet-gateway', resource.internetGatewayId, resource.attachments, resource),
    ),
    ...[...egressOnlyInternetGatewayById(snapshot).values()].flatMap(({ resource }) =>
      attached('egress-only-internet-gateway', resource.egressOnlyInternetGatewayId, resource.attachments, undefined),
    ),
    ...[...vpnGatewayById(snapshot).values()].flatMap(({ resource }) =>
      attached('vpn-gateway', resource.vpnGatewayId, resource.vpcAttachments, resource),
    ),
    ...natGateways(snapshot),
    ...attachments(snapshot),
    ...[...peeringById(snapshot).values()].flatMap(({ resource }) => peering(resource)),
  ];
  return byVpc(found, ({ type, id }) => `${type} ${id}`);
});

function byVpc<T>(found: OfVpc<T>, keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = groupBy(found, ([vpcId]) => vpcId);
  return new Map(
    [...groups].map(([vpcId, items]) => [
      vpcId,
      items.map(([, item]) => item).sort((a, b) => compareText(keyOf(a), keyOf(b))),
    ]),
  );
}

const natGateways = (snapshot: Snapshot): OfVpc<MapGateway> =>
  [...natGatewayById(snapshot).values()].flatMap(({ resource }): OfVpc<MapGateway> => {
    const { natGatewayId: id, vpcId, subnetId, state } = resource;
    if (vpcId === undefined || state === 'deleted') return [];
    const subnetIds = subnetId === undefined ? [] : [subnetId];
    return [[vpcId, { id, type: 'nat-gateway', ...named(resource), ...stated(state), subnetIds }]];
  });

const attachments = (snapshot: Snapshot): OfVpc<MapGateway> =>
  [...transitGatewayVpcAttachmentById(snapshot).values()].flatMap(({ resource }): OfVpc<MapGateway> => {
    const { transitGatewayAttachmentId: id, transitGatewayId, vpcId, state, subnetIds } = resource;
    if (vpcId === undefined || state === 'deleted') return [];
    const peer = transitGatewayId === undefined ? {} : { peer: { id: transitGatewayId, cidrBlocks: [] } };
    const sorted = subnetIds.toSorted(compareText);
    return [
      [
        vpcId,
        { id, type: 'transit-gateway-attachment', ...named(resource), ...stated(state), subnetIds: sorted, ...peer },
      ],
    ];
  });

function peering(own: VpcPeeringConnection): OfVpc<MapGateway> {
  const { vpcPeeringConnectionId: id, requesterVpcInfo: one, accepterVpcInfo: other, statusCode } = own;
  if (statusCode === 'deleted') return [];
  return [
    [one, other],
    [other, one],
  ].flatMap(([here, there]): OfVpc<MapGateway> => {
    if (here?.vpcId === undefined || there?.vpcId === undefined) return [];
    const peer = {
      id: there.vpcId,
      ...(there.ownerId === undefined ? {} : { accountId: there.ownerId }),
      ...(there.region === undefined ? {} : { region: there.region }),
      cidrBlocks: [...there.cidrBlocks, ...there.ipv6CidrBlocks],
    };
    return [
      [here.vpcId, { id, type: 'vpc-peering-connection', ...named(own), ...stated(statusCode), subnetIds: [], peer }],
    ];
  });
}

/** The endpoints of each VPC. */
export const endpointsOfVpcs: Derived<Snapshot, ReadonlyMap<string, readonly MapEndpoint[]>> = derive((snapshot) =>
  byVpc(
    [...vpcEndpointById(snapshot).values()].flatMap(({ resource }): OfVpc<MapEndpoint> => {
      const { vpcEndpointId, vpcEndpointType, vpcId, serviceName, state, subnetIds, routeTableIds } = resource;
      if (vpcId === undefined || state === 'deleted') return [];
      return [
        [
          vpcId,
          {
            vpcEndpointId,
            ...named(resource),
            vpcEndpointType,
            ...(serviceName === undefined ? {} : { serviceName }),
            state,
            subnetIds: subnetIds.toSorted(compareText),
            routeTableIds: routeTableIds.toSorted(compareText),
          },
        ],
      ];
    }),
    ({ vpcEndpointId }) => vpcEndpointId,
  ),
);
