import { flag, id, items, requiredId, text } from '../decode.ts';
import type { NatGatewayId, NetworkInterfaceId, RouteTableId, SubnetId, VpcId } from '../id.ts';
import type { ResourceKind } from '../resource-kind.ts';
import { type Tag, tags } from '../tag.ts';

export interface NatGatewayAddress {
  readonly allocationId: string | undefined;
  readonly networkInterfaceId: NetworkInterfaceId | undefined;
  readonly privateIp: string | undefined;
  readonly publicIp: string | undefined;
  readonly isPrimary: boolean | undefined;
  readonly availabilityZoneId: string | undefined;
  readonly status: string | undefined;
}

/**
 * A NAT gateway. A zonal one stands in a subnet; a regional one (`availabilityMode` `regional`) has no subnet and a
 * route table of its own. Deleted ones linger in answers, so the state counts.
 */
export interface NatGateway {
  readonly natGatewayId: NatGatewayId;
  readonly vpcId: VpcId | undefined;
  readonly subnetId: SubnetId | undefined;
  /** `public` or `private`. */
  readonly connectivityType: string;
  /** `zonal` or `regional`. */
  readonly availabilityMode: string;
  readonly routeTableId: RouteTableId | undefined;
  /** `pending`, `failed`, `available`, `deleting` or `deleted`. */
  readonly state: string | undefined;
  readonly natGatewayAddresses: readonly NatGatewayAddress[];
  /** `enabled` where a regional gateway grows into zones by itself, and serves them from others meanwhile. */
  readonly autoProvisionZones: string | undefined;
  /** Network Firewall proxies that may filter what the gateway sends. */
  readonly hasAttachedAppliances: boolean;
  readonly tags: readonly Tag[];
}

export const natGateways: ResourceKind<NatGateway> = {
  service: 'ec2',
  operation: 'DescribeNatGateways',
  member: 'NatGateways',
  idMember: 'NatGatewayId',
  toModel: (raw) => ({
    natGatewayId: requiredId(raw, 'NatGatewayId'),
    vpcId: id(raw, 'VpcId'),
    subnetId: id(raw, 'SubnetId'),
    connectivityType: text(raw, 'ConnectivityType') ?? 'public',
    availabilityMode: text(raw, 'AvailabilityMode') ?? 'zonal',
    routeTableId: id(raw, 'RouteTableId'),
    state: text(raw, 'State'),
    natGatewayAddresses: items(raw, 'NatGatewayAddresses', (address) => ({
      allocationId: text(address, 'AllocationId'),
      networkInterfaceId: id<NetworkInterfaceId>(address, 'NetworkInterfaceId'),
      privateIp: text(address, 'PrivateIp'),
      publicIp: text(address, 'PublicIp'),
      isPrimary: flag(address, 'IsPrimary'),
      availabilityZoneId: text(address, 'AvailabilityZoneId'),
      status: text(address, 'Status'),
    })),
    autoProvisionZones: text(raw, 'AutoProvisionZones'),
    hasAttachedAppliances: items(raw, 'AttachedAppliances', () => true).length > 0,
    tags: tags(raw),
  }),
};
