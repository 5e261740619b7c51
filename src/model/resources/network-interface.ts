import {
  decisiveId,
  decisiveItems,
  decisiveText,
  flag,
  id,
  items,
  nested,
  number,
  requiredId,
  text,
  type Raw,
} from '../decode.ts';
import type { AccountId, InstanceId, NetworkInterfaceId, SecurityGroupId, SubnetId, VpcId } from '../id.ts';
import type { ResourceKind } from '../resource-kind.ts';
import { type Tag, tags } from '../tag.ts';

/** The service that runs a managed resource; `hiddenByDefault` ones are left out of a plain Describe call. */
export interface Operator {
  readonly managed: boolean | undefined;
  readonly principal: string | undefined;
  readonly hiddenByDefault: boolean | undefined;
}

export const toOperator = (raw: Raw): Operator => ({
  managed: flag(raw, 'Managed'),
  principal: text(raw, 'Principal'),
  hiddenByDefault: flag(raw, 'HiddenByDefault'),
});

/** A public IPv4 address that an internet (or carrier) gateway maps one to one onto a private one. */
export interface NetworkInterfaceAssociation {
  readonly publicIp: string | undefined;
  readonly carrierIp: string | undefined;
  readonly ipOwnerId: string | undefined;
  readonly allocationId: string | undefined;
}

export interface NetworkInterfacePrivateIpAddress {
  readonly privateIpAddress: string;
  readonly primary: boolean;
  readonly association: NetworkInterfaceAssociation | undefined;
}

export interface NetworkInterfaceAttachment {
  readonly instanceId: InstanceId | undefined;
  readonly instanceOwnerId: string | undefined;
  readonly deviceIndex: number | undefined;
  readonly status: string | undefined;
}

/**
 * An elastic network interface. Its subnet, VPC and security groups are those that count, never those of the instance.
 * `interfaceType` is an open word and comes in two spellings for NAT gateways (`nat_gateway`, `natGateway`).
 */
export interface NetworkInterface {
  readonly networkInterfaceId: NetworkInterfaceId;
  readonly subnetId: SubnetId;
  readonly vpcId: VpcId;
  readonly ownerId: AccountId | undefined;
  readonly availabilityZone: string | undefined;
  readonly interfaceType: string;
  /** `available` (not attached), `attaching`, `in-use`, `detaching`, `associated`. */
  readonly status: string;
  readonly description: string;
  readonly groupIds: readonly SecurityGroupId[];
  /** The primary address first. */
  readonly privateIpAddresses: readonly NetworkInterfacePrivateIpAddress[];
  readonly ipv6Addresses: readonly string[];
  /** Delegated prefixes, as CIDRs. */
  readonly ipv4Prefixes: readonly string[];
  readonly ipv6Prefixes: readonly string[];
  readonly attachment: NetworkInterfaceAttachment | undefined;
  readonly sourceDestCheck: boolean | undefined;
  readonly denyAllIgwTraffic: boolean | undefined;
  readonly requesterId: string | undefined;
  readonly requesterManaged: boolean | undefined;
  readonly operator: Operator | undefined;
  readonly tags: readonly Tag[];
}

const toAssociation = (raw: Raw): NetworkInterfaceAssociation => ({
  publicIp: text(raw, 'PublicIp'),
  carrierIp: text(raw, 'CarrierIp'),
  ipOwnerId: text(raw, 'IpOwnerId'),
  allocationId: text(raw, 'AllocationId'),
});

function toPrivateIpAddresses(raw: Raw): readonly NetworkInterfacePrivateIpAddress[] {
  const addresses = decisiveItems(raw, 'PrivateIpAddresses', (address) => ({
    privateIpAddress: decisiveText(address, 'PrivateIpAddress'),
    primary: flag(address, 'Primary') ?? false,
    association: nested(address, 'Association', toAssociation),
  }));
  const sorted =
    addresses.length < 2 ? addresses : [...addresses].sort((a, b) => Number(b.primary) - Number(a.primary));
  // AWS tells the association of the primary address twice, once here and once with the address; some answers only here
  const association = nested(raw, 'Association', toAssociation);
  const [first, ...others] = sorted;
  if (association === undefined || first === undefined || sorted.some((one) => one.association !== undefined))
    return sorted;
  return [{ ...first, association }, ...others];
}

export const networkInterfaces: ResourceKind<NetworkInterface> = {
  service: 'ec2',
  operation: 'DescribeNetworkInterfaces',
  member: 'NetworkInterfaces',
  idMember: 'NetworkInterfaceId',
  toModel: (raw) => ({
    networkInterfaceId: requiredId(raw, 'NetworkInterfaceId'),
    subnetId: decisiveId(raw, 'SubnetId'),
    vpcId: decisiveId(raw, 'VpcId'),
    ownerId: id(raw, 'OwnerId'),
    availabilityZone: text(raw, 'AvailabilityZone'),
    interfaceType: text(raw, 'InterfaceType') ?? 'interface',
    status: decisiveText(raw, 'Status'),
    description: text(raw, 'Description') ?? '',
    groupIds: decisiveItems(raw, 'Groups', (group) => decisiveId<SecurityGroupId>(group, 'GroupId')),
    privateIpAddresses: toPrivateIpAddresses(raw),
    ipv6Addresses: items(raw, 'Ipv6Addresses', (address) => decisiveText(address, 'Ipv6Address')),
    ipv4Prefixes: items(raw, 'Ipv4Prefixes', (prefix) => decisiveText(prefix, 'Ipv4Prefix')),
    ipv6Prefixes: items(raw, 'Ipv6Prefixes', (prefix) => decisiveText(prefix, 'Ipv6Prefix')),
    attachment: nested(raw, 'Attachment', (attachment) => ({
      instanceId: id<InstanceId>(attachment, 'InstanceId'),
      instanceOwnerId: text(attachment, 'InstanceOwnerId'),
      deviceIndex: number(attachment, 'DeviceIndex'),
      status: text(attachment, 'Status'),
    })),
    sourceDestCheck: flag(raw, 'SourceDestCheck'),
    denyAllIgwTraffic: flag(raw, 'DenyAllIgwTraffic'),
    requesterId: text(raw, 'RequesterId'),
    requesterManaged: flag(raw, 'RequesterManaged'),
    operator: nested(raw, 'Operator', toOperator),
    tags: tags(raw, 'TagSet'),
  }),
};
