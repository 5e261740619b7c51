import { flag, id, items, nested, requiredId, text, wrapped, type Raw } from '../decode.ts';
import type { AccountId, VpcId } from '../id.ts';
import type { ResourceKind } from '../resource-kind.ts';
import { type Tag, tags } from '../tag.ts';

/** What VPC Block Public Access does to a VPC or subnet, with exclusions taken in. */
export interface BlockPublicAccessStates {
  /** `off`, `block-bidirectional` or `block-ingress`. */
  readonly internetGatewayBlockMode: string | undefined;
}

export const toBlockPublicAccessStates = (raw: Raw): BlockPublicAccessStates => ({
  internetGatewayBlockMode: text(raw, 'InternetGatewayBlockMode'),
});

/** A VPC, the caller's own or one whose subnets are shared with the caller. */
export interface Vpc {
  readonly vpcId: VpcId;
  readonly ownerId: AccountId | undefined;
  readonly isDefault: boolean | undefined;
  readonly state: string | undefined;
  /** Every associated IPv4 block, the primary one first. */
  readonly cidrBlocks: readonly string[];
  readonly ipv6CidrBlocks: readonly string[];
  readonly dhcpOptionsId: string | undefined;
  readonly blockPublicAccessStates: BlockPublicAccessStates | undefined;
  readonly tags: readonly Tag[];
}

const toVpc = (raw: Raw): Vpc => {
  const primary = text(raw, 'CidrBlock');
  const associated = associatedBlocks(raw, 'CidrBlockAssociationSet', 'CidrBlock', 'CidrBlockState');
  return {
    vpcId: requiredId(raw, 'VpcId'),
    ownerId: id(raw, 'OwnerId'),
    isDefault: flag(raw, 'IsDefault'),
    state: text(raw, 'State'),
    cidrBlocks: primary === undefined ? associated : [primary, ...associated.filter((cidr) => cidr !== primary)],
    ipv6CidrBlocks: associatedBlocks(raw, 'Ipv6CidrBlockAssociationSet', 'Ipv6CidrBlock', 'Ipv6CidrBlockState'),
    dhcpOptionsId: text(raw, 'DhcpOptionsId'),
    blockPublicAccessStates: nested(raw, 'BlockPublicAccessStates', toBlockPublicAccessStates),
    tags: tags(raw),
  };
};

function associatedBlocks(raw: Raw, list: string, block: string, state: string): readonly string[] {
  return items(raw, list, (association) => ({
    cidr: text(association, block),
    state: nested(association, state, (value) => text(value, 'State')),
  })).flatMap(({ cidr, state }) =>
    cidr !== undefined && (state === undefined || state === 'associated') ? [cidr] : [],
  );
}

export const vpcs: ResourceKind<Vpc> = {
  service: 'ec2',
  operation: 'DescribeVpcs',
  member: 'Vpcs',
  idMember: 'VpcId',
  toModel: toVpc,
};

/** One attribute of one VPC; EC2 answers only one attribute per call. */
export interface VpcAttribute {
  readonly vpcId: VpcId;
  readonly enableDnsSupport: boolean | undefined;
  readonly enableDnsHostnames: boolean | undefined;
}

export const vpcAttributes: ResourceKind<VpcAttribute> = {
  service: 'ec2',
  operation: 'DescribeVpcAttribute',
  idMember: 'VpcId',
  repeats: true,
  per: { kind: 'vpcs', input: 'VpcId' },
  toModel: (raw) => ({
    vpcId: requiredId(raw, 'VpcId'),
    enableDnsSupport: wrapped(raw, 'EnableDnsSupport'),
    enableDnsHostnames: wrapped(raw, 'EnableDnsHostnames'),
  }),
};
