import { flag, items, nested, number, requiredId, text } from '../decode.ts';
import type { ResourceKind } from '../resource-kind.ts';
import { type Tag, tags } from '../tag.ts';
import { type GatewayAttachment, toGatewayAttachment } from './internet-gateway.ts';

/** A virtual private gateway. */
export interface VpnGateway {
  readonly vpnGatewayId: string;
  readonly state: string | undefined;
  readonly vpcAttachments: readonly GatewayAttachment[];
  readonly tags: readonly Tag[];
}

export const vpnGateways: ResourceKind<VpnGateway> = {
  service: 'ec2',
  operation: 'DescribeVpnGateways',
  member: 'VpnGateways',
  idMember: 'VpnGatewayId',
  toModel: (raw) => ({
    vpnGatewayId: requiredId(raw, 'VpnGatewayId'),
    state: text(raw, 'State'),
    vpcAttachments: items(raw, 'VpcAttachments', toGatewayAttachment),
    tags: tags(raw),
  }),
};

/** A customer gateway: the far end of a Site-to-Site VPN. */
export interface CustomerGateway {
  readonly customerGatewayId: string;
  readonly ipAddress: string | undefined;
  readonly state: string | undefined;
  readonly tags: readonly Tag[];
}

export const customerGateways: ResourceKind<CustomerGateway> = {
  service: 'ec2',
  operation: 'DescribeCustomerGateways',
  member: 'CustomerGateways',
  idMember: 'CustomerGatewayId',
  toModel: (raw) => ({
    customerGatewayId: requiredId(raw, 'CustomerGatewayId'),
    ipAddress: text(raw, 'IpAddress'),
    state: text(raw, 'State'),
    tags: tags(raw),
  }),
};

/** One of the two tunnels of a VPN connection. */
export interface VpnTunnel {
  readonly outsideIpAddress: string | undefined;
  readonly status: string | undefined;
  readonly acceptedRouteCount: number | undefined;
}

/** A Site-to-Site VPN connection, without the pre-shared keys and device configuration that AWS answers. */
export interface VpnConnection {
  readonly vpnConnectionId: string;
  readonly customerGatewayId: string | undefined;
  readonly vpnGatewayId: string | undefined;
  readonly transitGatewayId: string | undefined;
  readonly state: string | undefined;
  readonly staticRoutesOnly: boolean | undefined;
  readonly routes: readonly { readonly destinationCidrBlock: string | undefined; readonly state: string | undefined }[];
  readonly tunnels: readonly VpnTunnel[];
  /** For each tunnel option set: logging to CloudWatch on, and the IKE versions admitted. */
  readonly tunnelOptions: readonly {
    readonly logEnabled: boolean | undefined;
    readonly ikeVersions: readonly string[];
  }[];
  readonly tags: readonly Tag[];
}

export const vpnConnections: ResourceKind<VpnConnection> = {
  service: 'ec2',
  operation: 'DescribeVpnConnections',
  member: 'VpnConnections',
  idMember: 'VpnConnectionId',
  toModel: (raw) => ({
    vpnConnectionId: requiredId(raw, 'VpnConnectionId'),
    customerGatewayId: text(raw, 'CustomerGatewayId'),
    vpnGatewayId: text(raw, 'VpnGatewayId'),
    transitGatewayId: text(raw, 'TransitGatewayId'),
    state: text(raw, 'State'),
    staticRoutesOnly: nested(raw, 'Options', (options) => flag(options, 'StaticRoutesOnly')),
    routes: items(raw, 'Routes', (route) => ({
      destinationCidrBlock: text(route, 'DestinationCidrBlock'),
      state: text(route, 'State'),
    })),
    tunnels: items(raw, 'VgwTelemetry', (tunnel) => ({
      outsideIpAddress: text(tunnel, 'OutsideIpAddress'),
      status: text(tunnel, 'Status'),
      acceptedRouteCount: number(tunnel, 'AcceptedRouteCount'),
    })),
    tunnelOptions:
      nested(raw, 'Options', (options) =>
        items(options, 'TunnelOptions', (tunnel) => ({
          logEnabled: nested(tunnel, 'LogOptions', (log) =>
            nested(log, 'CloudWatchLogOptions', (cloudWatch) => flag(cloudWatch, 'LogEnabled')),
          ),
          ikeVersions: items(tunnel, 'IkeVersions', (version) => text(version, 'Value') ?? ''),
        })),
      ) ?? [],
    tags: tags(raw),
  }),
};
