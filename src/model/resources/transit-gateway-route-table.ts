import { id, IncompleteItem, items, nested, requiredId, text, flag, type Raw } from '../decode.ts';
import type {
  PrefixListId,
  TransitGatewayAttachmentId,
  TransitGatewayId,
  TransitGatewayPolicyTableId,
  TransitGatewayRouteTableId,
} from '../id.ts';
import type { ResourceKind } from '../resource-kind.ts';
import { type Tag, tags } from '../tag.ts';

/** A route table of a transit gateway; only the gateway's owner can read it. */
export interface TransitGatewayRouteTable {
  readonly transitGatewayRouteTableId: TransitGatewayRouteTableId;
  readonly transitGatewayId: TransitGatewayId | undefined;
  readonly state: string | undefined;
  readonly defaultAssociationRouteTable: boolean | undefined;
  readonly defaultPropagationRouteTable: boolean | undefined;
  readonly tags: readonly Tag[];
}

export const transitGatewayRouteTables: ResourceKind<TransitGatewayRouteTable> = {
  service: 'ec2',
  operation: 'DescribeTransitGatewayRouteTables',
  member: 'TransitGatewayRouteTables',
  idMember: 'TransitGatewayRouteTableId',
  toModel: (raw) => ({
    transitGatewayRouteTableId: requiredId(raw, 'TransitGatewayRouteTableId'),
    transitGatewayId: id(raw, 'TransitGatewayId'),
    state: text(raw, 'State'),
    defaultAssociationRouteTable: flag(raw, 'DefaultAssociationRouteTable'),
    defaultPropagationRouteTable: flag(raw, 'DefaultPropagationRouteTable'),
    tags: tags(raw),
  }),
};

/** Which attachment uses, or propagates its routes into, a route table. */
export interface TransitGatewayRouteTableLink {
  readonly transitGatewayRouteTableId: TransitGatewayRouteTableId;
  readonly transitGatewayAttachmentId: TransitGatewayAttachmentId | undefined;
  readonly resourceId: string | undefined;
  readonly resourceType: string | undefined;
  readonly state: string | undefined;
}

const toLink = (raw: Raw, of: string): TransitGatewayRouteTableLink => ({
  transitGatewayRouteTableId: of as TransitGatewayRouteTableId,
  transitGatewayAttachmentId: id(raw, 'TransitGatewayAttachmentId'),
  resourceId: text(raw, 'ResourceId'),
  resourceType: text(raw, 'ResourceType'),
  state: text(raw, 'State'),
});

const perRouteTable: { readonly kind: string; readonly input: string } = {
  kind: 'transitGatewayRouteTables',
  input: 'TransitGatewayRouteTableId',
};

export const transitGatewayRouteTableAssociations: ResourceKind<TransitGatewayRouteTableLink> = {
  service: 'ec2',
  operation: 'GetTransitGatewayRouteTableAssociations',
  member: 'Associations',
  idMember: 'TransitGatewayAttachmentId',
  per: perRouteTable,
  toModel: toLink,
};

export const transitGatewayRouteTablePropagations: ResourceKind<TransitGatewayRouteTableLink> = {
  service: 'ec2',
  operation: 'GetTransitGatewayRouteTablePropagations',
  member: 'TransitGatewayRouteTablePropagations',
  idMember: 'TransitGatewayAttachmentId',
  per: perRouteTable,
  toModel: toLink,
};

/** The target of a transit gateway route. */
export interface TransitGatewayRouteAttachment {
  readonly transitGatewayAttachmentId: TransitGatewayAttachmentId | undefined;
  readonly resourceId: string | undefined;
  readonly resourceType: string | undefined;
}

/** One route of a transit gateway route table; a blackhole route has no attachment. */
export interface TransitGatewayRoute {
  readonly transitGatewayRouteTableId: TransitGatewayRouteTableId;
  readonly destinationCidrBlock: string | undefined;
  readonly prefixListId: PrefixListId | undefined;
  /** `static`, `propagated` or `system`. */
  readonly type: string | undefined;
  /** `active`, `blackhole`, `pending`, `deleting`, `deleted`. */
  readonly state: string | undefined;
  /** Several where equal-cost paths share the route. */
  readonly transitGatewayAttachments: readonly TransitGatewayRouteAttachment[];
}

export const transitGatewayRoutes: ResourceKind<TransitGatewayRoute> = {
  service: 'ec2',
  operation: 'SearchTransitGatewayRoutes',
  member: 'Routes',
  idMember: 'DestinationCidrBlock',
  repeats: true,
  per: perRouteTable,
  toModel: (raw, of) => ({
    transitGatewayRouteTableId: of as TransitGatewayRouteTableId,
    destinationCidrBlock: text(raw, 'DestinationCidrBlock'),
    prefixListId: id(raw, 'PrefixListId'),
    type: text(raw, 'Type'),
    state: text(raw, 'State'),
    transitGatewayAttachments: items(raw, 'TransitGatewayAttachments', (attachment) => ({
      transitGatewayAttachmentId: id<TransitGatewayAttachmentId>(attachment, 'TransitGatewayAttachmentId'),
      resourceId: text(attachment, 'ResourceId'),
      resourceType: text(attachment, 'ResourceType'),
    })),
  }),
};

/** A prefix list routed to an attachment, or dropped, by a transit gateway route table. */
export interface TransitGatewayPrefixListReference {
  readonly transitGatewayRouteTableId: TransitGatewayRouteTableId;
  readonly prefixListId: PrefixListId;
  readonly state: string | undefined;
  readonly blackhole: boolean | undefined;
  readonly transitGatewayAttachmentId: TransitGatewayAttachmentId | undefined;
}

export const transitGatewayPrefixListReferences: ResourceKind<TransitGatewayPrefixListReference> = {
  service: 'ec2',
  operation: 'GetTransitGatewayPrefixListReferences',
  member: 'TransitGatewayPrefixListReferences',
  idMember: 'PrefixListId',
  per: perRouteTable,
  toModel: (raw, of) => ({
    transitGatewayRouteTableId: of as TransitGatewayRouteTableId,
    prefixListId: requiredId(raw, 'PrefixListId'),
    state: text(raw, 'State'),
    blackhole: flag(raw, 'Blackhole'),
    transitGatewayAttachmentId: nested(raw, 'TransitGatewayAttachment', (attachment) =>
      id<TransitGatewayAttachmentId>(attachment, 'TransitGatewayAttachmentId'),
    ),
  }),
};

/** A policy table: 5-tuple rules consulted before the route table. */
export interface TransitGatewayPolicyTable {
  readonly transitGatewayPolicyTableId: TransitGatewayPolicyTableId;
  readonly transitGatewayId: TransitGatewayId | undefined;
  readonly state: string | undefined;
  readonly tags: readonly Tag[];
}

export const transitGatewayPolicyTables: ResourceKind<TransitGatewayPolicyTable> = {
  service: 'ec2',
  operation: 'DescribeTransitGatewayPolicyTables',
  member: 'TransitGatewayPolicyTables',
  idMember: 'TransitGatewayPolicyTableId',
  toModel: (raw) => ({
    transitGatewayPolicyTableId: requiredId(raw, 'TransitGatewayPolicyTableId'),
    transitGatewayId: id(raw, 'TransitGatewayId'),
    state: text(raw, 'State'),
    tags: tags(raw),
  }),
};

const perPolicyTable: { readonly kind: string; readonly input: string } = {
  kind: 'transitGatewayPolicyTables',
  input: 'TransitGatewayPolicyTableId',
};

/** An attachment whose packets a policy table judges. */
export interface TransitGatewayPolicyTableAssociation {
  readonly transitGatewayPolicyTableId: TransitGatewayPolicyTableId;
  readonly transitGatewayAttachmentId: TransitGatewayAttachmentId | undefined;
  readonly state: string | undefined;
}

export const transitGatewayPolicyTableAssociations: ResourceKind<TransitGatewayPolicyTableAssociation> = {
  service: 'ec2',
  operation: 'GetTransitGatewayPolicyTableAssociations',
  member: 'Associations',
  idMember: 'TransitGatewayAttachmentId',
  per: perPolicyTable,
  toModel: (raw, of) => ({
    transitGatewayPolicyTableId: of as TransitGatewayPolicyTableId,
    transitGatewayAttachmentId: id(raw, 'TransitGatewayAttachmentId'),
    state: text(raw, 'State'),
  }),
};

/** One rule of a policy table. */
export interface TransitGatewayPolicyTableEntry {
  readonly transitGatewayPolicyTableId: TransitGatewayPolicyTableId;
  readonly policyRuleNumber: string | undefined;
  readonly sourceCidrBlock: string | undefined;
  readonly destinationCidrBlock: string | undefined;
  readonly sourcePortRange: string | undefined;
  readonly destinationPortRange: string | undefined;
  readonly protocol: string | undefined;
  readonly targetRouteTableId: string | undefined;
  /** Rules on more than the five-tuple, which this program does not evaluate. */
  readonly hasMetaData: boolean;
  readonly state: string | undefined;
}

export const transitGatewayPolicyTableEntries: ResourceKind<TransitGatewayPolicyTableEntry> = {
  service: 'ec2',
  operation: 'GetTransitGatewayPolicyTableEntries',
  member: 'TransitGatewayPolicyTableEntries',
  idMember: 'PolicyRuleNumber',
  per: perPolicyTable,
  toModel: (raw, of) => {
    const rule = nested(raw, 'PolicyRule', (policyRule) => ({
      sourceCidrBlock: text(policyRule, 'SourceCidrBlock'),
      destinationCidrBlock: text(policyRule, 'DestinationCidrBlock'),
      sourcePortRange: text(policyRule, 'SourcePortRange'),
      destinationPortRange: text(policyRule, 'DestinationPortRange'),
      protocol: text(policyRule, 'Protocol'),
      hasMetaData: nested(policyRule, 'MetaData', () => true) ?? false,
    }));
    if (rule === undefined) throw new IncompleteItem('PolicyRule');
    return {
      transitGatewayPolicyTableId: of as TransitGatewayPolicyTableId,
      policyRuleNumber: text(raw, 'PolicyRuleNumber'),
      ...rule,
      targetRouteTableId: text(raw, 'TargetRouteTableId'),
      state: text(raw, 'State'),
    };
  },
};
