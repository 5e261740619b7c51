import { nthAddress } from '../cidr.ts';
import {
  add,
  type Built,
  type Common,
  count,
  creationTime,
  digest,
  type EstateState,
  idOf,
  type Item,
  newId,
  type Ref,
  type RegionState,
  tagsOf,
} from './state.ts';

/** What a subnet gives to those who build in it; a participant of a shared subnet has a place of its own. */
export interface SubnetPlace {
  readonly id: string;
  readonly vpcId: string;
  readonly cidr: string | undefined;
  readonly ipv6Cidr: string | undefined;
  readonly zone: string;
  readonly zoneId: string;
  readonly mapPublicIp: boolean;
  readonly assignIpv6: boolean;
  /** Every private address handed out, whoever owns the interface. */
  readonly used: Set<string>;
  /** The group that interfaces get where none is named. */
  readonly defaultGroup: Ref;
}

/** A public address: a fresh one, a given one (both assigned by AWS), or an Elastic IP address. */
export type PublicIp = boolean | string | AddressBuilder;

export interface NetworkInterfaceOptions extends Common {
  /** Where absent, the default group of the VPC; `[]` for none. */
  readonly securityGroups?: readonly Ref[];
  readonly privateIp?: string;
  /** Secondary private addresses, or how many. */
  readonly secondaryIps?: readonly string[] | number;
  readonly publicIp?: PublicIp;
  /** `true` for the next address of the subnet's block. */
  readonly ipv6?: boolean | string;
  readonly description?: string;
  readonly interfaceType?: string;
  readonly requesterId?: string;
  readonly requesterManaged?: boolean;
  readonly sourceDestCheck?: boolean;
  /** `in-use` where the interface belongs to something, else `available`. */
  readonly status?: string;
  /** The instance it is attached to. */
  readonly instance?: { readonly id: string; readonly deviceIndex: number };
  readonly operator?: { readonly principal: string; readonly hiddenByDefault?: boolean };
  /** The account that owns what is attached, such as `amazon-elb`. */
  readonly attachedBy?: string;
}

export interface NetworkInterfaceBuilder extends Built {
  /** Empty for an interface of an IPv6-only subnet. */
  readonly privateIp: string;
  readonly publicIp: string | undefined;
  readonly ipv6: string | undefined;
}

/** An Elastic IP address. */
export interface AddressBuilder extends Built {
  readonly publicIp: string;
}

export const interfacesKey = 'ec2.DescribeNetworkInterfaces';
const addressesKey = 'ec2.DescribeAddresses';

/**
 * The next public address: the documentation blocks of RFC 5737, then the benchmarking block of RFC 2544, so that no
 * scenario ever names an address that somebody owns.
 */
export function nextPublicIp(estate: EstateState): string {
  const n = count(estate, 'public-ip');
  if (n < 254) return nthAddress('203.0.113.0/24', n + 1);
  if (n < 508) return nthAddress('198.51.100.0/24', n - 253);
  return nthAddress('198.18.0.0/15', n - 507);
}

/** An Elastic IP address, not yet associated. */
export function buildAddress(
  state: RegionState,
  options: Common & { readonly publicIp?: string } = {},
): AddressBuilder {
  const publicIp = options.publicIp ?? nextPublicIp(state.account.estate);
  const allocationId = newId(state, 'eipalloc', { ...options, name: options.name ?? publicIp });
  const item = add(
    state,
    addressesKey,
    {
      PublicIp: publicIp,
      AllocationId: allocationId,
      Domain: 'vpc',
      PublicIpv4Pool: 'amazon',
      NetworkBorderGroup: state.region,
      Tags: tagsOf(options),
    },
    options.raw,
  );
  return { id: allocationId, item, publicIp };
}

/** The next free address of the subnet, counted from the first that AWS does not reserve (VPC guide, subnet sizing). */
export function nextPrivateIp(subnet: SubnetPlace): string {
  if (subnet.cidr === undefined) return '';
  for (let n = 4; ; n++) {
    const address = nthAddress(subnet.cidr, n);
    if (!subnet.used.has(address)) {
      subnet.used.add(address);
      return address;
    }
  }
}

function nextIpv6(subnet: SubnetPlace): string {
  if (subnet.ipv6Cidr === undefined) throw new Error(`${subnet.id} has no IPv6 block`);
  for (let n = 16; ; n++) {
    const address = nthAddress(subnet.ipv6Cidr, n);
    if (!subnet.used.has(address)) {
      subnet.used.add(address);
      return address;
    }
  }
}

const dnsName = (state: RegionState, privateIp: string): string =>
  `ip-${privateIp.replaceAll('.', '-')}.${state.region === 'us-east-1' ? 'ec2' : `${state.region}.compute`}.internal`;

const publicDnsName = (state: RegionState, publicIp: string): string =>
  `ec2-${publicIp.replaceAll('.', '-')}.${state.region === 'us-east-1' ? 'compute-1' : `${state.region}.compute`}.amazonaws.com`;

/** Binds an Elastic IP address to an interface; returns what the interface says of it. */
function associate(
  state: RegionState,
  publicIp: PublicIp,
  networkInterfaceId: string,
  privateIp: string,
  options: NetworkInterfaceOptions,
): Item | undefined {
  if (publicIp === false) return undefined;
  if (typeof publicIp === 'object') {
    const associationId = newId(state, 'eipassoc', { name: publicIp.publicIp });
    Object.assign(publicIp.item, {
      AssociationId: associationId,
      NetworkInterfaceId: networkInterfaceId,
      NetworkInterfaceOwnerId: state.accountId,
      PrivateIpAddress: privateIp,
      ...(options.instance === undefined ? {} : { InstanceId: options.instance.id }),
    });
    return {
      AllocationId: publicIp.id,
      AssociationId: associationId,
      IpOwnerId: state.accountId,
      PublicDnsName: publicDnsName(state, publicIp.publicIp),
      PublicIp: publicIp.publicIp,
    };
  }
  const address = publicIp === true ? nextPublicIp(state.account.estate) : publicIp;
  return { IpOwnerId: 'amazon', PublicDnsName: publicDnsName(state, address), PublicIp: address };
}

const groupsOf = (state: RegionState, groups: readonly Ref[]): Item[] =>
  groups.map((group) => {
    const id = idOf(group);
    const item = state.lists.get('ec2.DescribeSecurityGroups')?.find((candidate) => candidate['GroupId'] === id);
    return {
      GroupId: id,
      GroupName: item?.['GroupName'] ?? (typeof group === 'object' && 'groupName' in group ? group.groupName : id),
    };
  });

/** An elastic network interface of `state`'s account in a subnet. */
export function buildNetworkInterface(
  state: RegionState,
  subnet: SubnetPlace,
  options: NetworkInterfaceOptions = {},
): NetworkInterfaceBuilder {
  const id = newId(state, 'eni', options);
  const privateIp = options.privateIp ?? nextPrivateIp(subnet);
  subnet.used.add(privateIp);
  const { secondaryIps = [] } = options;
  const secondary =
    typeof secondaryIps === 'number' ? Array.from({ length: secondaryIps }, () => nextPrivateIp(subnet)) : secondaryIps;
  const wantsIpv6 = options.ipv6 ?? (subnet.ipv6Cidr !== undefined && subnet.assignIpv6);
  const ipv6 = wantsIpv6 === false ? undefined : wantsIpv6 === true ? nextIpv6(subnet) : wantsIpv6;
  const association = associate(state, options.publicIp ?? false, id, privateIp, options);
  const addressItem = (address: string, primary: boolean): Item => ({
    Primary: primary,
    PrivateDnsName: dnsName(state, address),
    PrivateIpAddress: address,
    ...(primary && association !== undefined ? { Association: association } : {}),
  });
  const attached = options.instance !== undefined || options.attachedBy !== undefined;
  const item: Item = {
    ...(association === undefined ? {} : { Association: { ...association } }),
    ...(attached ? { Attachment: attachmentOf(state, id, options) } : {}),
    AvailabilityZone: subnet.zone,
    AvailabilityZoneId: subnet.zoneId,
    Description: options.description ?? '',
    Groups: groupsOf(state, options.securityGroups ?? [subnet.defaultGroup]),
    InterfaceType: options.interfaceType ?? 'interface',
    Ipv6Addresses: ipv6 === undefined ? [] : [{ Ipv6Address: ipv6, IsPrimaryIpv6: false }],
    ...(ipv6 === undefined ? {} : { Ipv6Address: ipv6 }),
    MacAddress: `02${digest(id, 10).replace(/../g, ':$&')}`,
    NetworkInterfaceId: id,
    OwnerId: state.accountId,
    ...(privateIp === ''
      ? { PrivateIpAddresses: [] }
      : {
          PrivateDnsName: dnsName(state, privateIp),
          PrivateIpAddress: privateIp,
          PrivateIpAddresses: [
            addressItem(privateIp, true),
            ...secondary.map((address) => addressItem(address, false)),
          ],
        }),
    ...(options.requesterId === undefined ? {} : { RequesterId: options.requesterId }),
    RequesterManaged: options.requesterManaged ?? false,
    SourceDestCheck: options.sourceDestCheck ?? true,
    Status: options.status ?? (attached || options.requesterManaged === true ? 'in-use' : 'available'),
    SubnetId: subnet.id,
    TagSet: tagsOf(options),
    VpcId: subnet.vpcId,
    ...(options.operator === undefined
      ? {}
      : {
          Operator: {
            Managed: true,
            Principal: options.operator.principal,
            HiddenByDefault: options.operator.hiddenByDefault ?? false,
          },
        }),
  };
  add(state, interfacesKey, item, options.raw);
  return { id, item, privateIp, publicIp: association?.['PublicIp'] as string | undefined, ipv6 };
}

function attachmentOf(state: RegionState, id: string, options: NetworkInterfaceOptions): Item {
  return {
    AttachTime: creationTime,
    AttachmentId: newId(state, 'eni-attach', { name: id }),
    DeleteOnTermination: options.instance?.deviceIndex === 0,
    DeviceIndex: options.instance?.deviceIndex ?? 1,
    ...(options.instance === undefined
      ? { InstanceOwnerId: options.attachedBy }
      : { InstanceId: options.instance.id, InstanceOwnerId: state.accountId }),
    Status: 'attached',
  };
}
