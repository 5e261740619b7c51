import {
  buildAddress,
  buildNetworkInterface,
  interfacesKey,
  type NetworkInterfaceBuilder,
  type SubnetPlace,
} from './network-interface.ts';
import type { VpcPlace } from './security-group.ts';
import { add, type Built, type Common, creationTime, type Item, newId, type RegionState, tagsOf } from './state.ts';
import { zoneOf } from './zones.ts';

export interface NatGatewayOptions extends Common {
  readonly connectivityType?: 'public' | 'private';
  readonly state?: string;
  readonly privateIp?: string;
}

/** A NAT gateway. A deleted one lingers in the answers, and routes to it are black holes. */
export interface NatGatewayBuilder extends Built {
  readonly networkInterface: NetworkInterfaceBuilder;
  readonly delete: () => NatGatewayBuilder;
}

const natGatewaysKey = 'ec2.DescribeNatGateways';

/** A zonal NAT gateway: its address lies in the subnet, its interface is managed and has no security group. */
export function buildNatGateway(
  state: RegionState,
  subnet: SubnetPlace,
  options: NatGatewayOptions = {},
): NatGatewayBuilder {
  const id = newId(state, 'nat', options);
  const isPublic = options.connectivityType !== 'private';
  const address = isPublic ? buildAddress(state, { name: id, raw: { Tags: [] } }) : undefined;
  const networkInterface = buildNetworkInterface(state, subnet, {
    name: id,
    raw: { TagSet: [] },
    description: `Interface for NAT Gateway ${id}`,
    interfaceType: 'nat_gateway',
    requesterManaged: true,
    requesterId: state.accountId,
    sourceDestCheck: false,
    securityGroups: [],
    attachedBy: 'amazon-aws',
    ...(options.privateIp === undefined ? {} : { privateIp: options.privateIp }),
    ...(address === undefined ? {} : { publicIp: address }),
  });
  const item = add(
    state,
    natGatewaysKey,
    {
      CreateTime: creationTime,
      NatGatewayAddresses: [
        {
          ...(address === undefined
            ? {}
            : { AllocationId: address.id, AssociationId: address.item['AssociationId'], PublicIp: address.publicIp }),
          NetworkInterfaceId: networkInterface.id,
          PrivateIp: networkInterface.privateIp,
          IsPrimary: true,
          Status: 'succeeded',
        },
      ],
      NatGatewayId: id,
      State: options.state ?? 'available',
      SubnetId: subnet.id,
      VpcId: subnet.vpcId,
      Tags: tagsOf(options),
      ConnectivityType: isPublic ? 'public' : 'private',
      AvailabilityMode: 'zonal',
    },
    options.raw,
  );
  const builder: NatGatewayBuilder = {
    id,
    item,
    networkInterface,
    delete: () => {
      item['State'] = 'deleted';
      item['DeleteTime'] = creationTime;
      state.account.estate.gone.add(id);
      remove(state, interfacesKey, networkInterface.item);
      subnet.used.delete(networkInterface.privateIp);
      for (const member of ['AssociationId', 'NetworkInterfaceId', 'NetworkInterfaceOwnerId', 'PrivateIpAddress']) {
        if (address !== undefined) delete address.item[member];
      }
      return builder;
    },
  };
  return builder;
}

function remove(state: RegionState, key: string, item: Item): void {
  const list = state.lists.get(key);
  const index = list?.indexOf(item) ?? -1;
  if (index >= 0) list?.splice(index, 1);
}

/** A regional NAT gateway: no subnet, a route table of its own, one address per Availability Zone that it serves. */
export function buildRegionalNatGateway(
  state: RegionState,
  vpc: VpcPlace,
  routeTableId: string,
  options: Common & { readonly azs?: readonly string[] } = {},
): Built {
  const id = newId(state, 'nat', options);
  const item = add(
    state,
    natGatewaysKey,
    {
      CreateTime: creationTime,
      NatGatewayAddresses: (options.azs ?? ['a', 'b', 'c']).map((az) => {
        const { zone, zoneId } = zoneOf(state, az);
        const address = buildAddress(state, { name: `${id}/${az}`, raw: { ServiceManaged: 'rnat', Tags: [] } });
        return {
          AllocationId: address.id,
          PublicIp: address.publicIp,
          Status: 'succeeded',
          AvailabilityZone: zone,
          AvailabilityZoneId: zoneId,
        };
      }),
      NatGatewayId: id,
      State: 'available',
      VpcId: vpc.id,
      Tags: tagsOf(options),
      ConnectivityType: 'public',
      AvailabilityMode: 'regional',
      AutoScalingIps: 'enabled',
      AutoProvisionZones: 'enabled',
      RouteTableId: routeTableId,
    },
    options.raw,
  );
  return { id, item };
}
