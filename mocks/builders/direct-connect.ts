import { add, type Built, type Common, digest, type RegionState } from './state.ts';

export interface DirectConnectOptions extends Common {
  /** The code of the Direct Connect location. */
  readonly location?: string;
  readonly state?: string;
}

export interface VirtualInterfaceOptions extends Common {
  readonly connection: Built;
  readonly state?: string;
  readonly bgpStatus?: 'up' | 'down';
  readonly virtualGateway?: Built;
  /** The id of a Direct Connect gateway. */
  readonly directConnectGatewayId?: string;
}

/** The BGP key of every virtual interface: what must never get into a snapshot. */
export const fakeBgpKey = 'bgp-key-that-is-a-secret';

const tagsOf = ({ name, tags = {} }: Common): readonly object[] =>
  Object.entries({ ...(name === undefined ? {} : { Name: name }), ...tags }).map(([key, value]) => ({ key, value }));

const idOf = (state: RegionState, prefix: string, { id, name }: Common): string =>
  id ?? `${prefix}-${digest(`${state.accountId}/${state.region}/${prefix}/${name ?? ''}`, 8)}`;

/** A line from a Direct Connect location. */
export function buildDirectConnect(state: RegionState, options: DirectConnectOptions = {}): Built {
  const id = idOf(state, 'dxcon', options);
  const location = options.location ?? 'EqDB1';
  const item = add(
    state,
    'directconnect.DescribeConnections',
    {
      ownerAccount: state.accountId,
      connectionId: id,
      connectionName: options.name ?? id,
      connectionState: options.state ?? 'available',
      region: state.region,
      location,
      bandwidth: '1Gbps',
      awsDeviceV2: `${location}-1`,
      awsLogicalDeviceId: `${location}-1`,
      tags: tagsOf(options),
    },
    options.raw,
  );
  return { id, item };
}

/** A virtual interface on such a line. */
export function buildVirtualInterface(state: RegionState, options: VirtualInterfaceOptions): Built {
  const id = idOf(state, 'dxvif', options);
  const item = add(
    state,
    'directconnect.DescribeVirtualInterfaces',
    {
      ownerAccount: state.accountId,
      virtualInterfaceId: id,
      location: options.connection.item['location'],
      connectionId: options.connection.id,
      virtualInterfaceType: 'private',
      virtualInterfaceName: options.name ?? id,
      vlan: 101,
      asn: 65_000,
      authKey: fakeBgpKey,
      addressFamily: 'ipv4',
      virtualInterfaceState: options.state ?? 'available',
      customerRouterConfig: `<bgp_auth_key>${fakeBgpKey}</bgp_auth_key>`,
      ...(options.virtualGateway === undefined ? {} : { virtualGatewayId: options.virtualGateway.id }),
      ...(options.directConnectGatewayId === undefined
        ? {}
        : { directConnectGatewayId: options.directConnectGatewayId }),
      bgpPeers: [
        {
          bgpPeerId: `dxpeer-${digest(id, 8)}`,
          asn: 65_000,
          authKey: fakeBgpKey,
          addressFamily: 'ipv4',
          bgpPeerState: 'available',
          bgpStatus: options.bgpStatus ?? 'up',
        },
      ],
      region: state.region,
      tags: tagsOf(options),
    },
    options.raw,
  );
  return { id, item };
}
