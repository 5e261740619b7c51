import { id, nested, requiredId, text, texts, type Raw } from '../decode.ts';
import type { AccountId, Arn, SubnetId, TransitGatewayAttachmentId, TransitGatewayId, VpcId } from '../id.ts';
import type { ResourceKind } from '../resource-kind.ts';
import { type Tag, tags } from '../tag.ts';

/** A transit gateway, the caller's own or shared through RAM. */
export interface TransitGateway {
  readonly transitGatewayId: TransitGatewayId;
  readonly transitGatewayArn: Arn | undefined;
  readonly ownerId: AccountId | undefined;
  readonly state: string | undefined;
  /** `enable` or `disable`; off unless switched on (VPC guide, security-group referencing). */
  readonly securityGroupReferencingSupport: string | undefined;
  readonly autoAcceptSharedAttachments: string | undefined;
  readonly defaultRouteTableAssociation: string | undefined;
  readonly defaultRouteTablePropagation: string | undefined;
  readonly associationDefaultRouteTableId: string | undefined;
  readonly propagationDefaultRouteTableId: string | undefined;
  readonly vpnEcmpSupport: string | undefined;
  readonly tags: readonly Tag[];
}

export const transitGateways: ResourceKind<TransitGateway> = {
  service: 'ec2',
  operation: 'DescribeTransitGateways',
  member: 'TransitGateways',
  idMember: 'TransitGatewayId',
  toModel: (raw) => {
    const option = (key: string): string | undefined => nested(raw, 'Options', (options) => text(options, key));
    return {
      transitGatewayId: requiredId(raw, 'TransitGatewayId'),
      transitGatewayArn: id(raw, 'TransitGatewayArn'),
      ownerId: id(raw, 'OwnerId'),
      state: text(raw, 'State'),
      securityGroupReferencingSupport: option('SecurityGroupReferencingSupport'),
      autoAcceptSharedAttachments: option('AutoAcceptSharedAttachments'),
      defaultRouteTableAssociation: option('DefaultRouteTableAssociation'),
      defaultRouteTablePropagation: option('DefaultRouteTablePropagation'),
      associationDefaultRouteTableId: option('AssociationDefaultRouteTableId'),
      propagationDefaultRouteTableId: option('PropagationDefaultRouteTableId'),
      vpnEcmpSupport: option('VpnEcmpSupport'),
      tags: tags(raw),
    };
  },
};

/** Any attachment: VPC, VPN, Direct Connect gateway, Connect, peering, network function, Client VPN. */
export interface TransitGatewayAttachment {
  readonly transitGatewayAttachmentId: TransitGatewayAttachmentId;
  readonly transitGatewayId: TransitGatewayId | undefined;
  readonly transitGatewayOwnerId: AccountId | undefined;
  readonly resourceOwnerId: AccountId | undefined;
  /** `vpc`, `vpn`, `direct-connect-gateway`, `connect`, `peering`, `network-function` … */
  readonly resourceType: string | undefined;
  readonly resourceId: string | undefined;
  readonly state: string | undefined;
  /** The one route table that decides where packets from this attachment go. */
  readonly associationRouteTableId: string | undefined;
  readonly associationState: string | undefined;
  readonly tags: readonly Tag[];
}

export const transitGatewayAttachments: ResourceKind<TransitGatewayAttachment> = {
  service: 'ec2',
  operation: 'DescribeTransitGatewayAttachments',
  member: 'TransitGatewayAttachments',
  idMember: 'TransitGatewayAttachmentId',
  toModel: (raw) => ({
    transitGatewayAttachmentId: requiredId(raw, 'TransitGatewayAttachmentId'),
    transitGatewayId: id(raw, 'TransitGatewayId'),
    transitGatewayOwnerId: id(raw, 'TransitGatewayOwnerId'),
    resourceOwnerId: id(raw, 'ResourceOwnerId'),
    resourceType: text(raw, 'ResourceType'),
    resourceId: text(raw, 'ResourceId'),
    state: text(raw, 'State'),
    associationRouteTableId: nested(raw, 'Association', (association) =>
      text(association, 'TransitGatewayRouteTableId'),
    ),
    associationState: nested(raw, 'Association', (association) => text(association, 'State')),
    tags: tags(raw),
  }),
};

/** A VPC's attachment: its subnets decide from which Availability Zones the transit gateway is reached. */
export interface TransitGatewayVpcAttachment {
  readonly transitGatewayAttachmentId: TransitGatewayAttachmentId;
  readonly transitGatewayId: TransitGatewayId | undefined;
  readonly vpcId: VpcId | undefined;
  readonly vpcOwnerId: AccountId | undefined;
  readonly subnetIds: readonly SubnetId[];
  readonly state: string | undefined;
  /** `enable` or `disable`. */
  readonly applianceModeSupport: string | undefined;
  readonly securityGroupReferencingSupport: string | undefined;
  readonly tags: readonly Tag[];
}

export const transitGatewayVpcAttachments: ResourceKind<TransitGatewayVpcAttachment> = {
  service: 'ec2',
  operation: 'DescribeTransitGatewayVpcAttachments',
  member: 'TransitGatewayVpcAttachments',
  idMember: 'TransitGatewayAttachmentId',
  toModel: (raw) => {
    const option = (key: string): string | undefined => nested(raw, 'Options', (options) => text(options, key));
    return {
      transitGatewayAttachmentId: requiredId(raw, 'TransitGatewayAttachmentId'),
      transitGatewayId: id(raw, 'TransitGatewayId'),
      vpcId: id(raw, 'VpcId'),
      vpcOwnerId: id(raw, 'VpcOwnerId'),
      subnetIds: texts(raw, 'SubnetIds'),
      state: text(raw, 'State'),
      applianceModeSupport: option('ApplianceModeSupport'),
      securityGroupReferencingSupport: option('SecurityGroupReferencingSupport'),
      tags: tags(raw),
    };
  },
};

/** One side of a peering between transit gateways. */
export interface PeeringTransitGatewayInfo {
  readonly transitGatewayId: TransitGatewayId | undefined;
  readonly ownerId: AccountId | undefined;
  readonly region: string | undefined;
}

/** A peering between two transit gateways, also of other Regions: only static routes cross it. */
export interface TransitGatewayPeeringAttachment {
  readonly transitGatewayAttachmentId: TransitGatewayAttachmentId;
  readonly accepterTransitGatewayAttachmentId: TransitGatewayAttachmentId | undefined;
  readonly requesterTgwInfo: PeeringTransitGatewayInfo | undefined;
  readonly accepterTgwInfo: PeeringTransitGatewayInfo | undefined;
  readonly state: string | undefined;
  readonly tags: readonly Tag[];
}

const toPeeringTgwInfo = (raw: Raw): PeeringTransitGatewayInfo => ({
  transitGatewayId: id(raw, 'TransitGatewayId'),
  ownerId: id(raw, 'OwnerId'),
  region: text(raw, 'Region'),
});

export const transitGatewayPeeringAttachments: ResourceKind<TransitGatewayPeeringAttachment> = {
  service: 'ec2',
  operation: 'DescribeTransitGatewayPeeringAttachments',
  member: 'TransitGatewayPeeringAttachments',
  idMember: 'TransitGatewayAttachmentId',
  toModel: (raw) => ({
    transitGatewayAttachmentId: requiredId(raw, 'TransitGatewayAttachmentId'),
    accepterTransitGatewayAttachmentId: id(raw, 'AccepterTransitGatewayAttachmentId'),
    requesterTgwInfo: nested(raw, 'RequesterTgwInfo', toPeeringTgwInfo),
    accepterTgwInfo: nested(raw, 'AccepterTgwInfo', toPeeringTgwInfo),
    state: text(raw, 'State'),
    tags: tags(raw),
  }),
};
