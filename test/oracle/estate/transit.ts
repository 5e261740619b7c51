import { type Draft, nextId, type Place, show } from './draft.ts';
import { addNic } from './hosts.ts';
import type { DraftSubnet, DraftVpc } from './vpc.ts';

/** A transit gateway of a draft, with its tables. */
export interface DraftTransitGateway {
  readonly id: string;
  readonly owner: Place;
}

export function addTransitGateway(
  draft: Draft,
  owner: Place,
  options: { readonly referencing?: boolean; readonly sharedWith?: readonly Place[] } = {},
): DraftTransitGateway {
  const id = nextId(draft, 'tgw');
  show(draft, [owner, ...(options.sharedWith ?? [])], 'transitGateways', {
    TransitGatewayId: id,
    OwnerId: owner.accountId,
    State: 'available',
    Options: { SecurityGroupReferencingSupport: options.referencing === true ? 'enable' : 'disable' },
  });
  return { id, owner };
}

export interface DraftAttachment {
  readonly id: string;
  readonly gateway: DraftTransitGateway;
  readonly vpc: DraftVpc | undefined;
}

const placesOf = (...places: readonly Place[]): readonly Place[] =>
  places.filter(
    (place, index) =>
      places.findIndex(({ accountId, region }) => accountId === place.accountId && region === place.region) === index,
  );

/** Attaches a VPC by one subnet per zone, each with the gateway's own interface. */
export function addVpcAttachment(
  draft: Draft,
  gateway: DraftTransitGateway,
  vpc: DraftVpc,
  options: {
    readonly places: readonly { readonly subnet: DraftSubnet; readonly address: string }[];
    readonly tableId?: string | undefined;
    readonly state?: string;
    readonly applianceMode?: boolean;
    readonly referencing?: boolean;
  },
): DraftAttachment {
  const id = nextId(draft, 'tgw-attach');
  const { places, tableId, state = 'available' } = options;
  const viewers = placesOf(gateway.owner, vpc.owner);
  const common = {
    TransitGatewayAttachmentId: id,
    TransitGatewayId: gateway.id,
    State: state,
  };
  show(draft, viewers, 'transitGatewayVpcAttachments', {
    ...common,
    VpcId: vpc.id,
    VpcOwnerId: vpc.owner.accountId,
    SubnetIds: places.map(({ subnet }) => subnet.id),
    Options: {
      ApplianceModeSupport: options.applianceMode === true ? 'enable' : 'disable',
      SecurityGroupReferencingSupport: options.referencing === false ? 'disable' : 'enable',
    },
  });
  show(draft, viewers, 'transitGatewayAttachments', {
    ...common,
    TransitGatewayOwnerId: gateway.owner.accountId,
    ResourceOwnerId: vpc.owner.accountId,
    ResourceType: 'vpc',
    ResourceId: vpc.id,
    ...(tableId === undefined ? {} : { Association: { TransitGatewayRouteTableId: tableId, State: 'associated' } }),
  });
  if (tableId !== undefined) associate(draft, gateway, tableId, id, vpc.id, 'vpc');
  for (const { subnet, address } of places) {
    addNic(draft, subnet, {
      addresses: [address],
      groups: [],
      type: 'transit_gateway',
      description: `Network Interface for Transit Gateway Attachment ${id}`,
      sourceDestCheck: false,
    });
  }
  return { id, gateway, vpc };
}

function associate(
  draft: Draft,
  gateway: DraftTransitGateway,
  tableId: string,
  attachmentId: string,
  resourceId: string,
  resourceType: string,
): void {
  show(
    draft,
    [gateway.owner],
    'transitGatewayRouteTableAssociations',
    {
      TransitGatewayAttachmentId: attachmentId,
      ResourceId: resourceId,
      ResourceType: resourceType,
      State: 'associated',
    },
    tableId,
  );
}

/** One route of a transit gateway: a CIDR to an attachment, or to nowhere. */
export interface DraftTransitRoute {
  readonly to: string;
  readonly via: DraftAttachment | { readonly id: string; readonly type: string } | undefined;
  readonly propagated?: boolean;
  readonly prefixListId?: string;
}

/** A route table of a transit gateway; attachments name it by `reserveTransitTable`. */
export function reserveTransitTable(draft: Draft, gateway: DraftTransitGateway): string {
  const id = nextId(draft, 'tgw-rtb');
  show(draft, [gateway.owner], 'transitGatewayRouteTables', {
    TransitGatewayRouteTableId: id,
    TransitGatewayId: gateway.id,
    State: 'available',
  });
  return id;
}

const typeOf = (via: NonNullable<DraftTransitRoute['via']>): string => ('type' in via ? via.type : 'vpc');

export function addTransitRoutes(
  draft: Draft,
  gateway: DraftTransitGateway,
  tableId: string,
  routes: readonly DraftTransitRoute[],
): void {
  for (const { to, via, propagated, prefixListId } of routes) {
    show(
      draft,
      [gateway.owner],
      'transitGatewayRoutes',
      {
        DestinationCidrBlock: to,
        ...(prefixListId === undefined ? {} : { PrefixListId: prefixListId }),
        Type: propagated === true ? 'propagated' : 'static',
        State: via === undefined ? 'blackhole' : 'active',
        TransitGatewayAttachments:
          via === undefined ? [] : [{ TransitGatewayAttachmentId: via.id, ResourceType: typeOf(via) }],
      },
      tableId,
    );
  }
}

/** A reference to a prefix list; AWS lists its routes among the others too. */
export function addTransitPrefixListReference(
  draft: Draft,
  gateway: DraftTransitGateway,
  tableId: string,
  prefixListId: string,
  cidrs: readonly string[],
  via: DraftTransitRoute['via'],
): void {
  show(
    draft,
    [gateway.owner],
    'transitGatewayPrefixListReferences',
    {
      PrefixListId: prefixListId,
      State: 'available',
      Blackhole: via === undefined,
      ...(via === undefined ? {} : { TransitGatewayAttachment: { TransitGatewayAttachmentId: via.id } }),
    },
    tableId,
  );
  addTransitRoutes(
    draft,
    gateway,
    tableId,
    cidrs.map((to) => ({ to, via, prefixListId })),
  );
}

/** Joins two transit gateways. Both sides call the attachment by the same id; each has a table of its own for it. */
export function addTransitPeering(
  draft: Draft,
  requester: { readonly gateway: DraftTransitGateway; readonly tableId: string | undefined },
  accepter: { readonly gateway: DraftTransitGateway; readonly tableId: string | undefined },
  state = 'available',
): { readonly id: string; readonly type: 'peering' } {
  const id = nextId(draft, 'tgw-attach');
  const info = ({ gateway }: typeof requester): object => ({
    TransitGatewayId: gateway.id,
    OwnerId: gateway.owner.accountId,
    Region: gateway.owner.region,
  });
  show(draft, placesOf(requester.gateway.owner, accepter.gateway.owner), 'transitGatewayPeeringAttachments', {
    TransitGatewayAttachmentId: id,
    RequesterTgwInfo: info(requester),
    AccepterTgwInfo: info(accepter),
    State: state,
  });
  for (const [near, far] of [
    [requester, accepter],
    [accepter, requester],
  ] as const) {
    show(draft, [near.gateway.owner], 'transitGatewayAttachments', {
      TransitGatewayAttachmentId: id,
      TransitGatewayId: near.gateway.id,
      TransitGatewayOwnerId: near.gateway.owner.accountId,
      ResourceOwnerId: far.gateway.owner.accountId,
      ResourceType: 'peering',
      ResourceId: far.gateway.id,
      State: state,
      ...(near.tableId === undefined
        ? {}
        : { Association: { TransitGatewayRouteTableId: near.tableId, State: 'associated' } }),
    });
    if (near.tableId !== undefined) associate(draft, near.gateway, near.tableId, id, far.gateway.id, 'peering');
  }
  return { id, type: 'peering' };
}

/** A policy table for one attachment: entries `[rule number, protocol, source, destination, destination ports, table]`. */
export function addPolicyTable(
  draft: Draft,
  gateway: DraftTransitGateway,
  attachmentId: string,
  entries: readonly (readonly [number, string, string, string, string, string])[],
): string {
  const id = nextId(draft, 'tgw-ptb');
  show(draft, [gateway.owner], 'transitGatewayPolicyTables', {
    TransitGatewayPolicyTableId: id,
    TransitGatewayId: gateway.id,
    State: 'available',
  });
  show(
    draft,
    [gateway.owner],
    'transitGatewayPolicyTableAssociations',
    { TransitGatewayPolicyTableId: id, TransitGatewayAttachmentId: attachmentId, State: 'associated' },
    id,
  );
  for (const [number, Protocol, SourceCidrBlock, DestinationCidrBlock, DestinationPortRange, target] of entries) {
    show(
      draft,
      [gateway.owner],
      'transitGatewayPolicyTableEntries',
      {
        PolicyRuleNumber: String(number),
        PolicyRule: { Protocol, SourceCidrBlock, DestinationCidrBlock, SourcePortRange: '*', DestinationPortRange },
        TargetRouteTableId: target,
      },
      id,
    );
  }
  return id;
}
