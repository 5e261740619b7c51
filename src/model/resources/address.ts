import { id, text } from '../decode.ts';
import type { NetworkInterfaceId } from '../id.ts';
import type { ResourceKind } from '../resource-kind.ts';
import { type Tag, tags } from '../tag.ts';

/** An Elastic IP address. */
export interface Address {
  readonly allocationId: string | undefined;
  readonly publicIp: string | undefined;
  readonly associationId: string | undefined;
  readonly instanceId: string | undefined;
  readonly networkInterfaceId: NetworkInterfaceId | undefined;
  readonly privateIpAddress: string | undefined;
  readonly publicIpv4Pool: string | undefined;
  /** The service that manages the address: `alb`, `nlb`, `rnat`, `rds`. */
  readonly serviceManaged: string | undefined;
  readonly tags: readonly Tag[];
}

export const addresses: ResourceKind<Address> = {
  service: 'ec2',
  operation: 'DescribeAddresses',
  member: 'Addresses',
  idMember: 'PublicIp',
  toModel: (raw) => ({
    allocationId: text(raw, 'AllocationId'),
    publicIp: text(raw, 'PublicIp') ?? text(raw, 'CarrierIp'),
    associationId: text(raw, 'AssociationId'),
    instanceId: text(raw, 'InstanceId'),
    networkInterfaceId: id(raw, 'NetworkInterfaceId'),
    privateIpAddress: text(raw, 'PrivateIpAddress'),
    publicIpv4Pool: text(raw, 'PublicIpv4Pool'),
    serviceManaged: text(raw, 'ServiceManaged'),
    tags: tags(raw),
  }),
};
