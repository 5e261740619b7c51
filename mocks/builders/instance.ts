import {
  buildNetworkInterface,
  type NetworkInterfaceBuilder,
  type PublicIp,
  type SubnetPlace,
} from './network-interface.ts';
import {
  add,
  type Built,
  type Common,
  creationTime,
  type Item,
  newId,
  type Ref,
  type RegionState,
  tagsOf,
} from './state.ts';

export interface InstanceOptions extends Common {
  readonly securityGroups?: readonly Ref[];
  readonly privateIp?: string;
  readonly secondaryIps?: readonly string[] | number;
  /** Where absent, a public address where the subnet gives one on launch. */
  readonly publicIp?: PublicIp;
  readonly ipv6?: boolean | string;
  readonly sourceDestCheck?: boolean;
  /** `running` unless said otherwise. */
  readonly state?: string;
  readonly instanceType?: string;
  readonly iamInstanceProfileArn?: string;
  /** Can it run Nitro enclaves? */
  readonly enclaves?: boolean;
  readonly operator?: { readonly principal: string; readonly hiddenByDefault?: boolean };
}

const stateCodes: Readonly<Record<string, number>> = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
};

/** An instance with one interface; `attach` adds another, also of another subnet. */
export interface InstanceBuilder extends Built {
  readonly networkInterface: NetworkInterfaceBuilder;
  readonly privateIp: string;
  readonly publicIp: string | undefined;
  readonly ipv6: string | undefined;
  /** The reservation around the instance, as DescribeInstances answers it. */
  readonly reservation: Item;
}

/** An instance of `state`'s account in a subnet. */
export function buildInstance(state: RegionState, subnet: SubnetPlace, options: InstanceOptions = {}): InstanceBuilder {
  const id = newId(state, 'i', options);
  const running = options.state ?? 'running';
  const networkInterface = buildNetworkInterface(state, subnet, {
    name: `${id}/0`,
    tags: {},
    raw: { TagSet: tagsOf(options) },
    ...picked(options),
    publicIp: options.publicIp ?? subnet.mapPublicIp,
    description: 'Primary network interface',
    instance: { id, deviceIndex: 0 },
  });
  const nic = networkInterface.item;
  const item: Item = {
    AmiLaunchIndex: 0,
    Architecture: 'x86_64',
    EnclaveOptions: { Enabled: options.enclaves ?? false },
    ...(options.iamInstanceProfileArn === undefined
      ? {}
      : { IamInstanceProfile: { Arn: options.iamInstanceProfileArn, Id: 'AIPAEXAMPLE' } }),
    ImageId: 'ami-0123456789abcdef0',
    InstanceId: id,
    InstanceType: options.instanceType ?? 't3.micro',
    LaunchTime: creationTime,
    MetadataOptions: { HttpEndpoint: 'enabled', HttpTokens: 'required', HttpPutResponseHopLimit: 2, State: 'applied' },
    Monitoring: { State: 'disabled' },
    NetworkInterfaces: [],
    Placement: { AvailabilityZone: subnet.zone, GroupName: '', Tenancy: 'default' },
    PrivateDnsName: nic['PrivateDnsName'] ?? '',
    ...(networkInterface.privateIp === '' ? {} : { PrivateIpAddress: networkInterface.privateIp }),
    ...(networkInterface.publicIp === undefined ? {} : { PublicIpAddress: networkInterface.publicIp }),
    SecurityGroups: nic['Groups'],
    SourceDestCheck: options.sourceDestCheck ?? true,
    State: { Code: stateCodes[running] ?? 0, Name: running },
    SubnetId: subnet.id,
    Tags: tagsOf(options),
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
    ...options.raw,
  };
  const reservation = add(state, 'ec2.DescribeInstances', {
    Groups: [],
    Instances: [item],
    OwnerId: state.accountId,
    ReservationId: newId(state, 'r', { name: id }),
  });
  const { privateIp, publicIp, ipv6 } = networkInterface;
  return { id, item, networkInterface, privateIp, publicIp, ipv6, reservation };
}

const picked = (options: InstanceOptions): object =>
  Object.fromEntries(
    Object.entries(options).filter(([key]) =>
      ['securityGroups', 'privateIp', 'secondaryIps', 'ipv6', 'sourceDestCheck', 'operator'].includes(key),
    ),
  );

/** The interfaces of each instance as DescribeInstances repeats them; worked out when the world is made. */
export function repeatInterfaces(reservations: readonly Item[], interfaces: readonly Item[]): void {
  const byInstance = new Map<string, Item[]>();
  for (const item of interfaces) {
    const instanceId = (item['Attachment'] as Item | undefined)?.['InstanceId'];
    if (typeof instanceId !== 'string') continue;
    const list = byInstance.get(instanceId);
    if (list === undefined) byInstance.set(instanceId, [item]);
    else list.push(item);
  }
  for (const reservation of reservations) {
    for (const instance of reservation['Instances'] as Item[]) {
      if (!Array.isArray(instance['NetworkInterfaces']) || instance['NetworkInterfaces'].length > 0) continue;
      instance['NetworkInterfaces'] = (byInstance.get(instance['InstanceId'] as string) ?? []).map(repeated);
    }
  }
}

const repeatedMembers = [
  'Description',
  'Groups',
  'InterfaceType',
  'MacAddress',
  'NetworkInterfaceId',
  'OwnerId',
  'PrivateDnsName',
  'PrivateIpAddress',
  'SourceDestCheck',
  'Status',
  'SubnetId',
  'VpcId',
];

function repeated(item: Item): Item {
  const attachment = item['Attachment'] as Item;
  const association = item['Association'] as Item | undefined;
  const short = (of: Item): Item => ({
    IpOwnerId: of['IpOwnerId'],
    PublicDnsName: of['PublicDnsName'],
    PublicIp: of['PublicIp'],
  });
  return {
    ...(association === undefined ? {} : { Association: short(association) }),
    Attachment: {
      AttachTime: attachment['AttachTime'],
      AttachmentId: attachment['AttachmentId'],
      DeleteOnTermination: attachment['DeleteOnTermination'],
      DeviceIndex: attachment['DeviceIndex'],
      Status: attachment['Status'],
    },
    Ipv6Addresses: ((item['Ipv6Addresses'] ?? []) as Item[]).map(({ Ipv6Address }) => ({ Ipv6Address })),
    ...Object.fromEntries(
      repeatedMembers.filter((member) => item[member] !== undefined).map((member) => [member, item[member]]),
    ),
    PrivateIpAddresses: ((item['PrivateIpAddresses'] ?? []) as Item[]).map((address) => ({
      ...address,
      ...(address['Association'] === undefined ? {} : { Association: short(address['Association'] as Item) }),
    })),
  };
}
