import { buildNetworkInterface, type NetworkInterfaceBuilder, type SubnetPlace } from './network-interface.ts';
import {
  add,
  arnOf,
  type Built,
  type Common,
  creationTime,
  idOf,
  newId,
  type Ref,
  type RegionState,
  tagsOf,
} from './state.ts';

export interface ClientVpnOptions extends Common {
  /** The addresses of the clients. */
  readonly clientCidr: string;
  readonly subnets: readonly { readonly id: string; readonly place: SubnetPlace }[];
  readonly securityGroups?: readonly Ref[];
  /** Who may reach what: everybody unless a group is named. */
  readonly authorize?: readonly { readonly cidr: string; readonly groupId?: string }[];
  readonly splitTunnel?: boolean;
  readonly connectionLog?: boolean;
}

export interface ClientVpnBuilder extends Built {
  readonly networkInterfaces: readonly NetworkInterfaceBuilder[];
}

/** A Client VPN endpoint: clients enter through an interface in each of its subnets. */
export function buildClientVpn(
  state: RegionState,
  vpc: Built,
  defaultGroup: Ref,
  options: ClientVpnOptions,
): ClientVpnBuilder {
  const id = newId(state, 'cvpn-endpoint', options);
  const groups = options.securityGroups ?? [defaultGroup];
  const networkInterfaces = options.subnets.map(({ place }) =>
    buildNetworkInterface(state, place, {
      name: `${id}/${place.id}`,
      raw: { TagSet: [] },
      description: `ClientVPN Endpoint resource ${id}`,
      requesterManaged: true,
      attachedBy: 'amazon-aws',
      securityGroups: groups,
      sourceDestCheck: false,
      ipv6: false,
    }),
  );
  const connectionLog = options.connectionLog ?? false;
  const item = add(
    state,
    'ec2.DescribeClientVpnEndpoints',
    {
      ClientVpnEndpointId: id,
      Description: '',
      Status: { Code: options.subnets.length === 0 ? 'pending-associate' : 'available' },
      CreationTime: creationTime,
      DnsName: `*.${id}.clientvpn.${state.region}.example.com`,
      ClientCidrBlock: options.clientCidr,
      DnsServers: [],
      SplitTunnel: options.splitTunnel ?? true,
      VpnProtocol: 'openvpn',
      TransportProtocol: 'udp',
      VpnPort: 443,
      ServerCertificateArn: arnOf(state, 'acm', 'certificate/01234567-89ab-cdef-0123-456789abcdef'),
      AuthenticationOptions: [{ Type: 'certificate-authentication' }],
      ConnectionLogOptions: {
        Enabled: connectionLog,
        ...(connectionLog ? { CloudwatchLogGroup: '/vpn/clients' } : {}),
      },
      Tags: tagsOf(options),
      SecurityGroupIds: groups.map(idOf),
      VpcId: vpc.id,
      SessionTimeoutHours: 24,
    },
    options.raw,
  );
  state.lists.set(
    `ec2.DescribeClientVpnAuthorizationRules/${id}`,
    (options.authorize ?? []).map(({ cidr, groupId }) => ({
      ClientVpnEndpointId: id,
      Description: '',
      GroupId: groupId ?? '',
      AccessAll: groupId === undefined,
      DestinationCidr: cidr,
      Status: { Code: 'active' },
    })),
  );
  state.lists.set(
    `ec2.DescribeClientVpnTargetNetworks/${id}`,
    options.subnets.map((subnet) => ({
      AssociationId: newId(state, 'cvpn-assoc', { name: `${id}/${subnet.id}` }),
      VpcId: vpc.id,
      TargetNetworkId: subnet.id,
      ClientVpnEndpointId: id,
      Status: { Code: 'associated' },
      SecurityGroups: groups.map(idOf),
    })),
  );
  return { id, item, networkInterfaces };
}
