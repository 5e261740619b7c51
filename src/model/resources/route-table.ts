import {
  decisiveItems,
  decisiveText,
  flag,
  id,
  IncompleteItem,
  items,
  nested,
  requiredId,
  text,
  type Raw,
} from '../decode.ts';
import type { AccountId, PrefixListId, RouteTableId, SubnetId, VpcId } from '../id.ts';
import type { ResourceKind } from '../resource-kind.ts';
import { type Tag, tags } from '../tag.ts';

/**
 * What a route sends packets to. EC2 answers a dozen optional target ids, of which one is set; `kind` says which.
 * `unknown` is a target that this program does not know: packets to it are never "not routed".
 */
export interface RouteTarget {
  readonly kind:
    | 'local'
    | 'internet-gateway'
    | 'egress-only-internet-gateway'
    | 'nat-gateway'
    | 'vpn-gateway'
    | 'vpc-endpoint'
    | 'network-interface'
    | 'instance'
    | 'vpc-peering-connection'
    | 'transit-gateway'
    | 'local-gateway'
    | 'carrier-gateway'
    | 'core-network'
    | 'odb-network'
    | 'unknown';
  /** The target's id; `local` for the local route; empty where AWS named none. */
  readonly id: string;
  /** The interface that an instance target means. */
  readonly networkInterfaceId?: string;
}

/** One route; exactly one of the three destinations is set. */
export interface Route {
  readonly destinationCidrBlock: string | undefined;
  readonly destinationIpv6CidrBlock: string | undefined;
  readonly destinationPrefixListId: PrefixListId | undefined;
  readonly target: RouteTarget;
  /** `active`, `blackhole` (matching packets are dropped, nothing shorter is tried) or `filtered` (not installed). */
  readonly state: string;
  /** `CreateRouteTable`, `CreateRoute`, `EnableVgwRoutePropagation` or `Advertisement`. */
  readonly origin: string | undefined;
}

/** Which subnet or gateway uses the table. The main association carries neither. */
export interface RouteTableAssociation {
  readonly routeTableAssociationId: string | undefined;
  readonly main: boolean;
  readonly subnetId: SubnetId | undefined;
  /** An internet or virtual private gateway, or a public IPv4 pool: an edge association. */
  readonly gatewayId: string | undefined;
  readonly state: string | undefined;
}

export interface RouteTable {
  readonly routeTableId: RouteTableId;
  readonly vpcId: VpcId | undefined;
  readonly ownerId: AccountId | undefined;
  readonly routes: readonly Route[];
  readonly associations: readonly RouteTableAssociation[];
  readonly propagatingVgwIds: readonly string[];
  readonly tags: readonly Tag[];
}

/** Which kind a `GatewayId` is, by its prefix: EC2 puts five kinds of target into that one member. */
const gatewayKinds: readonly (readonly [prefix: string, kind: RouteTarget['kind']])[] = [
  ['igw-', 'internet-gateway'],
  ['vgw-', 'vpn-gateway'],
  ['vpce-', 'vpc-endpoint'],
  ['eigw-', 'egress-only-internet-gateway'],
  ['nat-', 'nat-gateway'],
  ['pcx-', 'vpc-peering-connection'],
  ['tgw-', 'transit-gateway'],
  ['eni-', 'network-interface'],
];

const targetMembers: readonly (readonly [member: string, kind: RouteTarget['kind']])[] = [
  ['NatGatewayId', 'nat-gateway'],
  ['TransitGatewayId', 'transit-gateway'],
  ['VpcPeeringConnectionId', 'vpc-peering-connection'],
  ['EgressOnlyInternetGatewayId', 'egress-only-internet-gateway'],
  ['LocalGatewayId', 'local-gateway'],
  ['CarrierGatewayId', 'carrier-gateway'],
  ['CoreNetworkArn', 'core-network'],
  ['OdbNetworkArn', 'odb-network'],
  ['NetworkInterfaceId', 'network-interface'],
];

function toRouteTarget(raw: Raw): RouteTarget {
  const instanceId = text(raw, 'InstanceId');
  if (instanceId !== undefined) {
    const networkInterfaceId = text(raw, 'NetworkInterfaceId');
    return { kind: 'instance', id: instanceId, ...(networkInterfaceId === undefined ? {} : { networkInterfaceId }) };
  }
  for (const [member, kind] of targetMembers) {
    const target = text(raw, member);
    if (target !== undefined) return { kind, id: target };
  }
  const gatewayId = text(raw, 'GatewayId');
  if (gatewayId === undefined) return { kind: 'unknown', id: '' };
  if (gatewayId === 'local') return { kind: 'local', id: 'local' };
  return { kind: gatewayKinds.find(([prefix]) => gatewayId.startsWith(prefix))?.[1] ?? 'unknown', id: gatewayId };
}

function toRoute(raw: Raw): Route {
  const destinationCidrBlock = text(raw, 'DestinationCidrBlock');
  const destinationIpv6CidrBlock = text(raw, 'DestinationIpv6CidrBlock');
  const destinationPrefixListId = id<PrefixListId>(raw, 'DestinationPrefixListId');
  if ((destinationCidrBlock ?? destinationIpv6CidrBlock ?? destinationPrefixListId) === undefined)
    throw new IncompleteItem('DestinationCidrBlock');
  return {
    destinationCidrBlock,
    destinationIpv6CidrBlock,
    destinationPrefixListId,
    target: toRouteTarget(raw),
    state: decisiveText(raw, 'State'),
    origin: text(raw, 'Origin'),
  };
}

export const routeTables: ResourceKind<RouteTable> = {
  service: 'ec2',
  operation: 'DescribeRouteTables',
  member: 'RouteTables',
  idMember: 'RouteTableId',
  toModel: (raw) => ({
    routeTableId: requiredId(raw, 'RouteTableId'),
    vpcId: id(raw, 'VpcId'),
    ownerId: id(raw, 'OwnerId'),
    routes: decisiveItems(raw, 'Routes', toRoute),
    associations: decisiveItems(raw, 'Associations', (association) => ({
      routeTableAssociationId: text(association, 'RouteTableAssociationId'),
      main: flag(association, 'Main') ?? false,
      subnetId: id<SubnetId>(association, 'SubnetId'),
      gatewayId: text(association, 'GatewayId'),
      state: nested(association, 'AssociationState', (state) => text(state, 'State')),
    })),
    propagatingVgwIds: items(raw, 'PropagatingVgws', (vgw) => text(vgw, 'GatewayId') ?? ''),
    tags: tags(raw),
  }),
};
