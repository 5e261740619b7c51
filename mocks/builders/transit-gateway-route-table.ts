import { canonicalCidr } from '../cidr.ts';
import {
  add,
  type Built,
  type Common,
  creationTime,
  idOf,
  type Item,
  newId,
  type Ref,
  type RegionState,
  tagsOf,
} from './state.ts';

/** An attachment of a transit gateway. */
export interface AttachmentBuilder extends Built {
  readonly resourceId: string;
  readonly resourceType: string;
}

/** A route table of a transit gateway. Propagated routes are worked out when the world is made. */
export interface TransitGatewayRouteTableBuilder extends Built {
  /** Makes it the table of the attachments; an attachment has one at most. */
  readonly associate: (...attachments: readonly AttachmentBuilder[]) => TransitGatewayRouteTableBuilder;
  readonly propagate: (...attachments: readonly AttachmentBuilder[]) => TransitGatewayRouteTableBuilder;
  readonly route: (cidr: string, attachment: AttachmentBuilder) => TransitGatewayRouteTableBuilder;
  readonly blackhole: (cidr: string) => TransitGatewayRouteTableBuilder;
  /** Routes a prefix list to an attachment, or drops it. */
  readonly prefixList: (list: Ref, attachment: AttachmentBuilder | 'blackhole') => TransitGatewayRouteTableBuilder;
}

export const associationsKey = (table: string): string => `ec2.GetTransitGatewayRouteTableAssociations/${table}`;
export const propagationsKey = (table: string): string => `ec2.GetTransitGatewayRouteTablePropagations/${table}`;
export const transitRoutesKey = (table: string): string => `ec2.SearchTransitGatewayRoutes/${table}`;
const referencesKey = (table: string): string => `ec2.GetTransitGatewayPrefixListReferences/${table}`;
export const transitTablesKey = 'ec2.DescribeTransitGatewayRouteTables';

/** An attachment as routes name it. */
export const routeAttachment = (attachment: AttachmentBuilder): Item => ({
  ResourceId: attachment.resourceId,
  TransitGatewayAttachmentId: attachment.id,
  ResourceType: attachment.resourceType,
});

/** A route table of a transit gateway; only the gateway's owner can read it. */
export function buildTransitGatewayRouteTable(
  state: RegionState,
  gatewayId: string,
  options: Common & { readonly isDefault?: boolean } = {},
): TransitGatewayRouteTableBuilder {
  const id = newId(state, 'tgw-rtb', options);
  const item = add(
    state,
    transitTablesKey,
    {
      TransitGatewayRouteTableId: id,
      TransitGatewayId: gatewayId,
      State: 'available',
      DefaultAssociationRouteTable: options.isDefault ?? false,
      DefaultPropagationRouteTable: options.isDefault ?? false,
      CreationTime: creationTime,
      Tags: tagsOf(options),
    },
    options.raw,
  );
  const builder: TransitGatewayRouteTableBuilder = {
    id,
    item,
    associate: (...attachments) => {
      for (const attachment of attachments) associate(state, id, attachment);
      return builder;
    },
    propagate: (...attachments) => {
      for (const attachment of attachments) {
        add(state, propagationsKey(id), { ...routeAttachment(attachment), State: 'enabled' });
      }
      return builder;
    },
    route: (cidr, attachment) => {
      add(state, transitRoutesKey(id), {
        DestinationCidrBlock: canonicalCidr(cidr),
        TransitGatewayAttachments: [routeAttachment(attachment)],
        Type: 'static',
        State: 'active',
      });
      return builder;
    },
    blackhole: (cidr) => {
      add(state, transitRoutesKey(id), {
        DestinationCidrBlock: canonicalCidr(cidr),
        Type: 'static',
        State: 'blackhole',
      });
      return builder;
    },
    prefixList: (list, attachment) => {
      const dropped = attachment === 'blackhole';
      add(state, referencesKey(id), {
        TransitGatewayRouteTableId: id,
        PrefixListId: idOf(list),
        PrefixListOwnerId: state.accountId,
        State: 'available',
        Blackhole: dropped,
        ...(dropped ? {} : { TransitGatewayAttachment: routeAttachment(attachment) }),
      });
      return builder;
    },
  };
  return builder;
}

function associate(state: RegionState, table: string, attachment: AttachmentBuilder): void {
  for (const [key, list] of state.lists) {
    if (!key.startsWith('ec2.GetTransitGatewayRouteTableAssociations/')) continue;
    const index = list.findIndex((item) => item['TransitGatewayAttachmentId'] === attachment.id);
    if (index >= 0) list.splice(index, 1);
  }
  add(state, associationsKey(table), { ...routeAttachment(attachment), State: 'associated' });
  attachment.item['Association'] = { TransitGatewayRouteTableId: table, State: 'associated' };
}
