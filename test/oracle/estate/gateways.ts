import { type Draft, nextId, show } from './draft.ts';
import { addNic, type DraftNic } from './hosts.ts';
import type { DraftSubnet, DraftVpc } from './vpc.ts';

export function addInternetGateway(draft: Draft, vpc: DraftVpc, state = 'available'): string {
  const id = nextId(draft, 'igw');
  show(draft, vpc.viewers, 'internetGateways', {
    InternetGatewayId: id,
    OwnerId: vpc.owner.accountId,
    Attachments: state === 'detached' ? [] : [{ VpcId: vpc.id, State: state }],
  });
  return id;
}

export function addEgressOnlyGateway(draft: Draft, vpc: DraftVpc): string {
  const id = nextId(draft, 'eigw');
  show(draft, [vpc.owner], 'egressOnlyInternetGateways', {
    EgressOnlyInternetGatewayId: id,
    Attachments: [{ VpcId: vpc.id, State: 'attached' }],
  });
  return id;
}

/** A zonal NAT gateway of a draft, with its interface. */
export interface DraftNat {
  readonly id: string;
  readonly nic: DraftNic;
}

export function addNatGateway(
  draft: Draft,
  subnet: DraftSubnet,
  options: {
    readonly address: string;
    readonly publicAddress?: string | undefined;
    readonly state?: string;
    /** Further addresses, each with its public one. */
    readonly more?: readonly { readonly address: string; readonly publicAddress: string }[];
  },
): DraftNat {
  const id = nextId(draft, 'nat');
  const { address, publicAddress, state = 'available', more = [] } = options;
  const nic = addNic(draft, subnet, {
    addresses: [address, ...more.map((one) => one.address)],
    publicAddresses: [publicAddress, ...more.map((one) => one.publicAddress)],
    groups: [],
    type: 'nat_gateway',
    description: `Interface for NAT Gateway ${id}`,
    sourceDestCheck: false,
  });
  show(draft, [subnet.vpc.owner], 'natGateways', {
    NatGatewayId: id,
    VpcId: subnet.vpc.id,
    SubnetId: subnet.id,
    State: state,
    ConnectivityType: publicAddress === undefined ? 'private' : 'public',
    AvailabilityMode: 'zonal',
    NatGatewayAddresses: [
      {
        NetworkInterfaceId: nic.id,
        PrivateIp: address,
        ...(publicAddress === undefined ? {} : { PublicIp: publicAddress }),
        IsPrimary: true,
        Status: 'succeeded',
      },
      ...more.map((one) => ({
        NetworkInterfaceId: nic.id,
        PrivateIp: one.address,
        PublicIp: one.publicAddress,
        IsPrimary: false,
        Status: 'succeeded',
      })),
    ],
  });
  return { id, nic };
}

/** A regional NAT gateway: no subnet, addresses per zone, a route table of its own. */
export function addRegionalNatGateway(
  draft: Draft,
  vpc: DraftVpc,
  options: { readonly routeTableId: string; readonly addresses: readonly { zone: string; publicAddress: string }[] },
): string {
  const id = nextId(draft, 'nat');
  show(draft, [vpc.owner], 'natGateways', {
    NatGatewayId: id,
    VpcId: vpc.id,
    State: 'available',
    ConnectivityType: 'public',
    AvailabilityMode: 'regional',
    RouteTableId: options.routeTableId,
    NatGatewayAddresses: options.addresses.map(({ zone, publicAddress }) => ({
      PublicIp: publicAddress,
      AvailabilityZoneId: zone,
      Status: 'succeeded',
    })),
  });
  return id;
}

export function addPeering(draft: Draft, requester: DraftVpc, accepter: DraftVpc, status = 'active'): string {
  const id = nextId(draft, 'pcx');
  const side = (vpc: DraftVpc): object => ({
    VpcId: vpc.id,
    OwnerId: vpc.owner.accountId,
    Region: vpc.owner.region,
    ...(status === 'active'
      ? {
          CidrBlock: vpc.cidrs[0],
          CidrBlockSet: vpc.cidrs.map((CidrBlock) => ({ CidrBlock })),
          Ipv6CidrBlockSet: vpc.ipv6Cidrs.map((Ipv6CidrBlock) => ({ Ipv6CidrBlock })),
        }
      : {}),
  });
  const same =
    requester.owner.accountId === accepter.owner.accountId && requester.owner.region === accepter.owner.region;
  show(draft, same ? [requester.owner] : [requester.owner, accepter.owner], 'vpcPeeringConnections', {
    VpcPeeringConnectionId: id,
    RequesterVpcInfo: side(requester),
    AccepterVpcInfo: side(accepter),
    Status: { Code: status },
  });
  return id;
}

/** A virtual private gateway with one VPN connection; `tunnels` are the states of its tunnels. */
export function addVpnGateway(draft: Draft, vpc: DraftVpc, tunnels: readonly ('UP' | 'DOWN')[] = []): string {
  const id = nextId(draft, 'vgw');
  show(draft, [vpc.owner], 'vpnGateways', {
    VpnGatewayId: id,
    State: 'available',
    VpcAttachments: [{ VpcId: vpc.id, State: 'attached' }],
  });
  if (tunnels.length > 0) {
    show(draft, [vpc.owner], 'vpnConnections', {
      VpnConnectionId: nextId(draft, 'vpn'),
      CustomerGatewayId: nextId(draft, 'cgw'),
      VpnGatewayId: id,
      State: 'available',
      VgwTelemetry: tunnels.map((Status, index) => ({ OutsideIpAddress: `203.0.113.${index + 250}`, Status })),
    });
  }
  return id;
}

/** A gateway endpoint; its routes are added to the tables by `to: pl-…, via: vpce-…`. */
export function addGatewayEndpoint(draft: Draft, vpc: DraftVpc, serviceName: string, state = 'available'): string {
  const id = nextId(draft, 'vpce');
  show(draft, [vpc.owner], 'vpcEndpoints', {
    VpcEndpointId: id,
    VpcEndpointType: 'Gateway',
    VpcId: vpc.id,
    OwnerId: vpc.owner.accountId,
    ServiceName: serviceName,
    State: state,
    RouteTableIds: [],
  });
  return id;
}

/** An interface endpoint with one interface per subnet. */
export function addInterfaceEndpoint(
  draft: Draft,
  vpc: DraftVpc,
  options: {
    readonly serviceName: string;
    readonly groups: readonly string[];
    readonly places: readonly { readonly subnet: DraftSubnet; readonly address: string }[];
    readonly state?: string;
  },
): { readonly id: string; readonly nics: readonly DraftNic[] } {
  const id = nextId(draft, 'vpce');
  const nics = options.places.map(({ subnet, address }) =>
    addNic(draft, subnet, {
      addresses: [address],
      groups: options.groups,
      type: 'vpc_endpoint',
      description: `VPC Endpoint Interface ${id}`,
    }),
  );
  show(draft, [vpc.owner], 'vpcEndpoints', {
    VpcEndpointId: id,
    VpcEndpointType: 'Interface',
    VpcId: vpc.id,
    OwnerId: vpc.owner.accountId,
    ServiceName: options.serviceName,
    State: options.state ?? 'available',
    SubnetIds: options.places.map(({ subnet }) => subnet.id),
    Groups: options.groups.map((GroupId) => ({ GroupId, GroupName: GroupId })),
    NetworkInterfaceIds: nics.map((nic) => nic.id),
  });
  return { id, nics };
}

/** An endpoint of a gateway load balancer: a bump in the wire. */
export function addInspectionEndpoint(draft: Draft, subnet: DraftSubnet, address: string): string {
  const id = nextId(draft, 'vpce');
  const nic = addNic(draft, subnet, {
    addresses: [address],
    groups: [],
    type: 'gateway_load_balancer_endpoint',
    description: `VPC Endpoint Interface ${id}`,
    sourceDestCheck: false,
  });
  show(draft, [subnet.vpc.owner], 'vpcEndpoints', {
    VpcEndpointId: id,
    VpcEndpointType: 'GatewayLoadBalancer',
    VpcId: subnet.vpc.id,
    OwnerId: subnet.vpc.owner.accountId,
    ServiceName: 'com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0',
    State: 'available',
    SubnetIds: [subnet.id],
    NetworkInterfaceIds: [nic.id],
  });
  return id;
}
