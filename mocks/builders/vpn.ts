import { nextPublicIp } from './network-interface.ts';
import { add, type Built, type Common, type Item, newId, type RegionState, tagsOf } from './state.ts';

/**
 * The secret in every VPN connection, recognisable, so that a test can prove that it reaches no file, log or report.
 */
export const fakePreSharedKey = 'MOCK.pre-shared-key.must-never-leak';

export interface CustomerGatewayOptions extends Common {
  readonly ipAddress?: string;
  readonly bgpAsn?: number;
}

/** A customer gateway: the far end of a VPN. */
export interface CustomerGatewayBuilder extends Built {
  readonly ipAddress: string;
}

export function buildCustomerGateway(state: RegionState, options: CustomerGatewayOptions = {}): CustomerGatewayBuilder {
  const id = newId(state, 'cgw', options);
  const ipAddress = options.ipAddress ?? nextPublicIp(state.account.estate);
  const item = {
    BgpAsn: String(options.bgpAsn ?? 65000),
    CustomerGatewayId: id,
    IpAddress: ipAddress,
    State: 'available',
    Type: 'ipsec.1',
    Tags: tagsOf(options),
  };
  return { id, item: add(state, 'ec2.DescribeCustomerGateways', item, options.raw), ipAddress };
}

export interface VpnConnectionOptions extends Common {
  readonly customerGateway: CustomerGatewayBuilder;
  /** A virtual private gateway; for a transit gateway see `transitGateway`. */
  readonly vpnGateway?: Built;
  readonly transitGateway?: {
    readonly id: string;
    readonly attach: (type: string, id: string, options: { readonly learned: readonly string[] }) => Built;
  };
  /** With static routes the connection does not use BGP. */
  readonly staticRoutes?: readonly string[];
  /** What the connection learns through BGP; EC2 answers no list of it. */
  readonly learned?: readonly string[];
  readonly tunnelLogging?: boolean;
  readonly ikeVersions?: readonly string[];
  /** How many of the two tunnels are up. */
  readonly tunnelsUp?: 0 | 1 | 2;
}

/** A Site-to-Site VPN connection, with its secrets as AWS answers them. */
export interface VpnConnectionBuilder extends Built {
  /** Its attachment, where it ends on a transit gateway. */
  readonly attachment: Built | undefined;
}

const connectionsKey = 'ec2.DescribeVpnConnections';

/** A VPN connection from a customer gateway to a virtual private or transit gateway. */
export function buildVpnConnection(state: RegionState, options: VpnConnectionOptions): VpnConnectionBuilder {
  const id = newId(state, 'vpn', options);
  const isStatic = options.staticRoutes !== undefined;
  const learned = options.staticRoutes ?? options.learned ?? [];
  const outside = [nextPublicIp(state.account.estate), nextPublicIp(state.account.estate)];
  const tunnelsUp = options.tunnelsUp ?? 2;
  const item: Item = {
    Category: 'VPN',
    CustomerGatewayConfiguration: configurationOf(id, outside),
    CustomerGatewayId: options.customerGateway.id,
    ...(options.vpnGateway === undefined ? {} : { VpnGatewayId: options.vpnGateway.id }),
    ...(options.transitGateway === undefined ? {} : { TransitGatewayId: options.transitGateway.id }),
    Options: {
      EnableAcceleration: false,
      StaticRoutesOnly: isStatic,
      LocalIpv4NetworkCidr: '0.0.0.0/0',
      RemoteIpv4NetworkCidr: '0.0.0.0/0',
      OutsideIpAddressType: 'PublicIpv4',
      TunnelInsideIpVersion: 'ipv4',
      TunnelOptions: outside.map((address, index) => ({
        OutsideIpAddress: address,
        TunnelInsideCidr: `169.254.${100 + index}.0/30`,
        PreSharedKey: fakePreSharedKey,
        IkeVersions: (options.ikeVersions ?? ['ikev2']).map((Value) => ({ Value })),
        StartupAction: 'add',
        LogOptions: { CloudWatchLogOptions: { LogEnabled: options.tunnelLogging ?? false } },
      })),
    },
    Routes: (options.staticRoutes ?? []).map((cidr) => ({
      DestinationCidrBlock: cidr,
      Source: 'Static',
      State: 'available',
    })),
    State: 'available',
    Tags: tagsOf(options),
    Type: 'ipsec.1',
    VgwTelemetry: outside.map((address, index) => ({
      AcceptedRouteCount: isStatic ? 0 : learned.length,
      OutsideIpAddress: address,
      Status: index < tunnelsUp ? 'UP' : 'DOWN',
      StatusMessage: '',
    })),
    VpnConnectionId: id,
  };
  add(state, connectionsKey, item, options.raw);
  state.account.estate.learned.set(id, learned);
  return { id, item, attachment: options.transitGateway?.attach('vpn', id, { learned }) };
}

function configurationOf(id: string, outside: readonly string[]): string {
  const tunnels = outside.map(
    (address) =>
      `<ipsec_tunnel><vpn_gateway><tunnel_outside_address><ip_address>${address}</ip_address></tunnel_outside_address></vpn_gateway>` +
      `<ike><pre_shared_key>${fakePreSharedKey}</pre_shared_key></ike></ipsec_tunnel>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<vpn_connection id="${id}">${tunnels.join('')}</vpn_connection>`;
}
