import { type Draft, nextId, type Place, show } from './draft.ts';
import type { DraftSubnet } from './vpc.ts';

/** A network interface of a draft. */
export interface DraftNic {
  readonly id: string;
  readonly subnet: DraftSubnet;
  readonly addresses: readonly string[];
  readonly ipv6Addresses: readonly string[];
  readonly publicAddresses: readonly (string | undefined)[];
  readonly instanceId: string | undefined;
}

export interface NicOptions {
  readonly addresses: readonly string[];
  readonly ipv6Addresses?: readonly string[];
  /** Public address of each private one, in the same order. */
  readonly publicAddresses?: readonly (string | undefined)[];
  readonly groups: readonly string[];
  readonly owner?: Place;
  readonly type?: string;
  readonly description?: string;
  readonly status?: string;
  readonly instanceId?: string | undefined;
  readonly deviceIndex?: number;
  readonly sourceDestCheck?: boolean;
  readonly denyAllIgwTraffic?: boolean;
  readonly ipv4Prefixes?: readonly string[];
}

/** An Elastic IP address out of a customer's own range. */
export function addOwnRangeAddress(draft: Draft, place: Place, publicAddress: string): void {
  show(draft, [place], 'addresses', {
    AllocationId: nextId(draft, 'eipalloc'),
    PublicIp: publicAddress,
    PublicIpv4Pool: 'ipv4pool-ec2-00000000000000001',
  });
}

export function addNic(draft: Draft, subnet: DraftSubnet, options: NicOptions): DraftNic {
  const id = nextId(draft, 'eni');
  const owner = options.owner ?? subnet.vpc.owner;
  const viewers = owner.accountId === subnet.vpc.owner.accountId ? [owner] : [owner, subnet.vpc.owner];
  const { addresses, ipv6Addresses = [], publicAddresses = [], groups, instanceId, status = 'in-use' } = options;
  show(draft, viewers, 'networkInterfaces', {
    NetworkInterfaceId: id,
    SubnetId: subnet.id,
    VpcId: subnet.vpc.id,
    OwnerId: owner.accountId,
    AvailabilityZone: subnet.zoneName,
    InterfaceType: options.type ?? 'interface',
    Status: status,
    Description: options.description ?? '',
    Groups: groups.map((GroupId) => ({ GroupId, GroupName: GroupId })),
    PrivateIpAddresses: addresses.map((PrivateIpAddress, index) => ({
      PrivateIpAddress,
      Primary: index === 0,
      ...(publicAddresses[index] === undefined
        ? {}
        : { Association: { PublicIp: publicAddresses[index], IpOwnerId: owner.accountId } }),
    })),
    Ipv6Addresses: ipv6Addresses.map((Ipv6Address) => ({ Ipv6Address })),
    Ipv4Prefixes: (options.ipv4Prefixes ?? []).map((Ipv4Prefix) => ({ Ipv4Prefix })),
    ...(status === 'available'
      ? {}
      : {
          Attachment: {
            ...(instanceId === undefined ? {} : { InstanceId: instanceId, DeviceIndex: options.deviceIndex ?? 0 }),
            Status: 'attached',
          },
        }),
    SourceDestCheck: options.sourceDestCheck ?? true,
    ...(options.denyAllIgwTraffic === undefined ? {} : { DenyAllIgwTraffic: options.denyAllIgwTraffic }),
  });
  return { id, subnet, addresses, ipv6Addresses, publicAddresses, instanceId };
}

/** An instance; its interfaces name it by `instanceId`. */
export function addInstance(draft: Draft, place: Place, state = 'running'): string {
  const id = nextId(draft, 'i');
  show(draft, [place], 'instances', { InstanceId: id, State: { Name: state } });
  return id;
}

/** An instance with one interface. */
export function addHost(
  draft: Draft,
  subnet: DraftSubnet,
  options: NicOptions & { readonly state?: string },
): DraftNic {
  const instanceId = addInstance(draft, options.owner ?? subnet.vpc.owner, options.state);
  return addNic(draft, subnet, { ...options, instanceId });
}
