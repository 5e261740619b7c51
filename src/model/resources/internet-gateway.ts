import { id, items, requiredId, text, type Raw } from '../decode.ts';
import type { AccountId, InternetGatewayId, VpcId } from '../id.ts';
import type { ResourceKind } from '../resource-kind.ts';
import { type Tag, tags } from '../tag.ts';

/** The attachment of a gateway to a VPC. On the wire the state of an internet gateway is `available`. */
export interface GatewayAttachment {
  readonly vpcId: VpcId | undefined;
  readonly state: string | undefined;
}

export const toGatewayAttachment = (raw: Raw): GatewayAttachment => ({
  vpcId: id(raw, 'VpcId'),
  state: text(raw, 'State'),
});

/** An internet gateway: one-to-one NAT between private IPv4 addresses and their public ones; IPv6 untranslated. */
export interface InternetGateway {
  readonly internetGatewayId: InternetGatewayId;
  readonly ownerId: AccountId | undefined;
  readonly attachments: readonly GatewayAttachment[];
  readonly tags: readonly Tag[];
}

export const internetGateways: ResourceKind<InternetGateway> = {
  service: 'ec2',
  operation: 'DescribeInternetGateways',
  member: 'InternetGateways',
  idMember: 'InternetGatewayId',
  toModel: (raw) => ({
    internetGatewayId: requiredId(raw, 'InternetGatewayId'),
    ownerId: id(raw, 'OwnerId'),
    attachments: items(raw, 'Attachments', toGatewayAttachment),
    tags: tags(raw),
  }),
};

/** An egress-only internet gateway: IPv6, outbound-initiated traffic only, stateful. */
export interface EgressOnlyInternetGateway {
  readonly egressOnlyInternetGatewayId: string;
  readonly attachments: readonly GatewayAttachment[];
  readonly tags: readonly Tag[];
}

export const egressOnlyInternetGateways: ResourceKind<EgressOnlyInternetGateway> = {
  service: 'ec2',
  operation: 'DescribeEgressOnlyInternetGateways',
  member: 'EgressOnlyInternetGateways',
  idMember: 'EgressOnlyInternetGatewayId',
  toModel: (raw) => ({
    egressOnlyInternetGatewayId: requiredId(raw, 'EgressOnlyInternetGatewayId'),
    attachments: items(raw, 'Attachments', toGatewayAttachment),
    tags: tags(raw),
  }),
};

/** A carrier gateway of a Wavelength Zone. */
export interface CarrierGateway {
  readonly carrierGatewayId: string;
  readonly vpcId: VpcId | undefined;
  readonly state: string | undefined;
  readonly tags: readonly Tag[];
}

export const carrierGateways: ResourceKind<CarrierGateway> = {
  service: 'ec2',
  operation: 'DescribeCarrierGateways',
  member: 'CarrierGateways',
  idMember: 'CarrierGatewayId',
  toModel: (raw) => ({
    carrierGatewayId: requiredId(raw, 'CarrierGatewayId'),
    vpcId: id(raw, 'VpcId'),
    state: text(raw, 'State'),
    tags: tags(raw),
  }),
};
