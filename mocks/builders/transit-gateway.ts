import { buildNetworkInterface, type SubnetPlace } from './network-interface.ts';
import type { VpcSide } from './peering.ts';
import {
  add,
  arnOf,
  type Built,
  type Common,
  creationTime,
  type Item,
  newId,
  type RegionState,
  tagsOf,
} from './state.ts';
import {
  type AttachmentBuilder,
  buildTransitGatewayRouteTable,
  type TransitGatewayRouteTableBuilder,
} from './transit-gateway-route-table.ts';

export interface TransitGatewayOptions extends Common {
  readonly description?: string;
  /** Whether new attachments use, and propagate into, the default route table; both on unless said otherwise. */
  readonly defaultAssociation?: boolean;
  readonly defaultPropagation?: boolean;
  readonly autoAcceptSharedAttachments?: boolean;
  readonly securityGroupReferencing?: boolean;
  /** Accounts with which the gateway is shared through Resource Access Manager. */
  readonly sharedWith?: readonly { readonly state: RegionState }[];
}

/** A VPC that can be attached: a VPC builder. */
export interface AttachableVpc extends VpcSide {
  readonly subnets: readonly { readonly id: string; readonly place: SubnetPlace }[];
}

export interface VpcAttachmentOptions extends Common {
  /** Where absent, the first subnet of each zone. */
  readonly subnets?: readonly { readonly id: string; readonly place: SubnetPlace }[];
  readonly applianceMode?: boolean;
  readonly securityGroupReferencing?: boolean;
  readonly state?: string;
}

/** A transit gateway. */
export interface TransitGatewayBuilder extends Built {
  readonly state: RegionState;
  /** The table of attachments that are given no other. */
  readonly defaultRouteTable: TransitGatewayRouteTableBuilder;
  readonly routeTable: (options?: Common) => TransitGatewayRouteTableBuilder;
  readonly attachVpc: (vpc: AttachableVpc, options?: VpcAttachmentOptions) => AttachmentBuilder;
  /** Any other attachment: `vpn`, `direct-connect-gateway`, `connect`; `learned` are the routes that it propagates. */
  readonly attach: (
    resourceType: string,
    resourceId: string,
    options?: Common & { readonly learned?: readonly string[] },
  ) => AttachmentBuilder;
  /** A peering with a transit gateway of any account or Region: an attachment on each side, static routes only. */
  readonly peer: (
    other: TransitGatewayBuilder,
    options?: Common,
  ) => readonly [here: AttachmentBuilder, there: AttachmentBuilder];
}

const gatewaysKey = 'ec2.DescribeTransitGateways';
export const attachmentsKey = 'ec2.DescribeTransitGatewayAttachments';
export const vpcAttachmentsKey = 'ec2.DescribeTransitGatewayVpcAttachments';

const onOff = (on: boolean): string => (on ? 'enable' : 'disable');

/** A transit gateway with its default route table. */
export function buildTransitGateway(state: RegionState, options: TransitGatewayOptions = {}): TransitGatewayBuilder {
  const id = newId(state, 'tgw', options);
  const { defaultAssociation = true, defaultPropagation = true } = options;
  const defaultRouteTable = buildTransitGatewayRouteTable(state, id, {
    name: `${id}/default`,
    isDefault: true,
    raw: { Tags: [] },
  });
  const gateway: Item = {
    TransitGatewayId: id,
    TransitGatewayArn: arnOf(state, 'ec2', `transit-gateway/${id}`),
    State: 'available',
    OwnerId: state.accountId,
    Description: options.description ?? '',
    CreationTime: creationTime,
    Options: {
      AmazonSideAsn: 64512,
      AutoAcceptSharedAttachments: onOff(options.autoAcceptSharedAttachments ?? false),
      DefaultRouteTableAssociation: onOff(defaultAssociation),
      ...(defaultAssociation ? { AssociationDefaultRouteTableId: defaultRouteTable.id } : {}),
      DefaultRouteTablePropagation: onOff(defaultPropagation),
      ...(defaultPropagation ? { PropagationDefaultRouteTableId: defaultRouteTable.id } : {}),
      VpnEcmpSupport: 'enable',
      DnsSupport: 'enable',
      SecurityGroupReferencingSupport: onOff(options.securityGroupReferencing ?? false),
      MulticastSupport: 'disable',
    },
    Tags: tagsOf(options),
  };
  const item = add(state, gatewaysKey, gateway, options.raw);
  for (const participant of options.sharedWith ?? []) {
    add(participant.state, gatewaysKey, { ...structuredClone(gateway), Tags: [] }, options.raw);
  }
  const attach = (resourceType: string, resourceId: string, ownerId: string, given: Common): AttachmentBuilder => {
    const attachment = add(state, attachmentsKey, {
      TransitGatewayAttachmentId: newId(state, 'tgw-attach', { ...given, name: given.name ?? `${id}/${resourceId}` }),
      TransitGatewayId: id,
      TransitGatewayOwnerId: state.accountId,
      ResourceOwnerId: ownerId,
      ResourceType: resourceType,
      ResourceId: resourceId,
      State: 'available',
      CreationTime: creationTime,
      Tags: tagsOf(given),
    });
    const built = {
      id: attachment['TransitGatewayAttachmentId'] as string,
      item: attachment,
      resourceId,
      resourceType,
    };
    if (resourceType === 'peering') return built;
    if (defaultAssociation) defaultRouteTable.associate(built);
    if (defaultPropagation) defaultRouteTable.propagate(built);
    return built;
  };
  const builder: TransitGatewayBuilder = {
    id,
    item,
    state,
    defaultRouteTable,
    routeTable: (given) => buildTransitGatewayRouteTable(state, id, given),
    attachVpc: (vpc, given = {}) => {
      const attachment = attach('vpc', vpc.id, vpc.state.accountId, given);
      if (given.state !== undefined) attachment.item['State'] = given.state;
      addVpcAttachment(state, id, attachment, vpc, given);
      return attachment;
    },
    attach: (resourceType, resourceId, given = {}) => {
      state.account.estate.learned.set(resourceId, given.learned ?? []);
      return attach(resourceType, resourceId, state.accountId, given);
    },
    peer: (other, given = {}) => {
      const here = attach('peering', other.id, other.state.accountId, given);
      const there = addFarSide(state, id, here, other);
      addPeering(state, id, here, other, given);
      return [here, there];
    },
  };
  return builder;
}

function addVpcAttachment(
  state: RegionState,
  gatewayId: string,
  attachment: AttachmentBuilder,
  vpc: AttachableVpc,
  options: VpcAttachmentOptions,
): void {
  const firstOfZone = vpc.subnets.filter(
    ({ place }, index) => vpc.subnets.findIndex((other) => other.place.zone === place.zone) === index,
  );
  const subnets = options.subnets ?? firstOfZone;
  for (const { place } of subnets) {
    buildNetworkInterface(vpc.state, place, {
      name: `${attachment.id}/${place.id}`,
      raw: { TagSet: [] },
      description: `Network Interface for Transit Gateway Attachment ${attachment.id}`,
      interfaceType: 'transit_gateway',
      requesterManaged: false,
      securityGroups: [],
      sourceDestCheck: true,
      attachedBy: 'amazon-aws',
      ipv6: false,
    });
  }
  const item: Item = {
    TransitGatewayAttachmentId: attachment.id,
    TransitGatewayId: gatewayId,
    VpcId: vpc.id,
    VpcOwnerId: vpc.state.accountId,
    State: attachment.item['State'],
    SubnetIds: subnets.map((subnet) => subnet.id),
    CreationTime: creationTime,
    Options: {
      DnsSupport: 'enable',
      SecurityGroupReferencingSupport: onOff(options.securityGroupReferencing ?? false),
      Ipv6Support: onOff(vpc.ipv6Cidr !== undefined),
      ApplianceModeSupport: onOff(options.applianceMode ?? false),
    },
    Tags: tagsOf(options),
  };
  add(state, vpcAttachmentsKey, item, options.raw);
  if (vpc.state === state) return;
  add(vpc.state, vpcAttachmentsKey, structuredClone(item), options.raw);
  // The association is known to the gateway's owner alone
  add(vpc.state, attachmentsKey, { ...structuredClone(attachment.item) });
  delete vpc.state.lists.get(attachmentsKey)?.at(-1)?.['Association'];
}

function addFarSide(
  state: RegionState,
  gatewayId: string,
  here: AttachmentBuilder,
  other: TransitGatewayBuilder,
): AttachmentBuilder {
  const item = add(other.state, attachmentsKey, {
    TransitGatewayAttachmentId: here.id,
    TransitGatewayId: other.id,
    TransitGatewayOwnerId: other.state.accountId,
    ResourceOwnerId: state.accountId,
    ResourceType: 'peering',
    ResourceId: gatewayId,
    State: 'available',
    CreationTime: creationTime,
    Tags: [],
  });
  return { id: here.id, item, resourceId: gatewayId, resourceType: 'peering' };
}

function addPeering(
  state: RegionState,
  gatewayId: string,
  here: AttachmentBuilder,
  other: TransitGatewayBuilder,
  options: Common,
): void {
  const item = {
    TransitGatewayAttachmentId: here.id,
    RequesterTgwInfo: { TransitGatewayId: gatewayId, OwnerId: state.accountId, Region: state.region },
    AccepterTgwInfo: { TransitGatewayId: other.id, OwnerId: other.state.accountId, Region: other.state.region },
    Status: { Code: 'available', Message: 'Available' },
    State: 'available',
    CreationTime: creationTime,
  };
  const key = 'ec2.DescribeTransitGatewayPeeringAttachments';
  add(state, key, { ...structuredClone(item), Tags: tagsOf(options) });
  if (other.state !== state) add(other.state, key, { ...structuredClone(item), Tags: [] });
}
