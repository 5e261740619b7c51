import { id, items, requiredId, text, type Raw } from '../decode.ts';
import type { AccountId } from '../id.ts';
import type { ResourceKind } from '../resource-kind.ts';
import type { Tag } from '../tag.ts';

/** Direct Connect spells the members of its tags in lower case. */
const toTags = (raw: Raw): readonly Tag[] =>
  items(raw, 'tags', (tag) => ({ key: text(tag, 'key') ?? '', value: text(tag, 'value') ?? '' }));

/** A Direct Connect connection: a line from a Direct Connect location, listed in the Region it belongs to. */
export interface DirectConnectConnection {
  readonly connectionId: string;
  readonly ownerId: AccountId | undefined;
  readonly connectionName: string | undefined;
  /** `ordering`, `requested`, `pending`, `available`, `down`, `deleting`, `deleted`, `rejected` or `unknown`. */
  readonly connectionState: string | undefined;
  /** The code of the location, such as `EqDC2`. */
  readonly location: string | undefined;
  /** The device at AWS's end. */
  readonly awsLogicalDeviceId: string | undefined;
  readonly tags: readonly Tag[];
}

export const directConnectConnections: ResourceKind<DirectConnectConnection> = {
  service: 'directconnect',
  operation: 'DescribeConnections',
  member: 'connections',
  idMember: 'connectionId',
  toModel: (raw) => ({
    connectionId: requiredId(raw, 'connectionId'),
    ownerId: id(raw, 'ownerAccount'),
    connectionName: text(raw, 'connectionName'),
    connectionState: text(raw, 'connectionState'),
    location: text(raw, 'location'),
    awsLogicalDeviceId: text(raw, 'awsLogicalDeviceId'),
    tags: toTags(raw),
  }),
};

/** A virtual interface on a connection, without the BGP keys and router configuration that AWS answers. */
export interface VirtualInterface {
  readonly virtualInterfaceId: string;
  readonly ownerId: AccountId | undefined;
  readonly connectionId: string | undefined;
  readonly location: string | undefined;
  readonly virtualInterfaceName: string | undefined;
  /** `private`, `public` or `transit`. */
  readonly virtualInterfaceType: string | undefined;
  /** `available` and `down` once it is set up; `confirming`, `verifying`, `pending` … before, `deleted` after. */
  readonly virtualInterfaceState: string | undefined;
  readonly virtualGatewayId: string | undefined;
  readonly directConnectGatewayId: string | undefined;
  readonly bgpPeers: readonly {
    readonly addressFamily: string | undefined;
    /** `up`, `down` or `unknown`. */
    readonly bgpStatus: string | undefined;
  }[];
  readonly tags: readonly Tag[];
}

export const virtualInterfaces: ResourceKind<VirtualInterface> = {
  service: 'directconnect',
  operation: 'DescribeVirtualInterfaces',
  member: 'virtualInterfaces',
  idMember: 'virtualInterfaceId',
  toModel: (raw) => ({
    virtualInterfaceId: requiredId(raw, 'virtualInterfaceId'),
    ownerId: id(raw, 'ownerAccount'),
    connectionId: text(raw, 'connectionId'),
    location: text(raw, 'location'),
    virtualInterfaceName: text(raw, 'virtualInterfaceName'),
    virtualInterfaceType: text(raw, 'virtualInterfaceType'),
    virtualInterfaceState: text(raw, 'virtualInterfaceState'),
    virtualGatewayId: text(raw, 'virtualGatewayId'),
    directConnectGatewayId: text(raw, 'directConnectGatewayId'),
    bgpPeers: items(raw, 'bgpPeers', (peer) => ({
      addressFamily: text(peer, 'addressFamily'),
      bgpStatus: text(peer, 'bgpStatus'),
    })),
    tags: toTags(raw),
  }),
};
