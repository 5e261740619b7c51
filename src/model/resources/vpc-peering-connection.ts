import { flag, id, items, nested, requiredId, text, type Raw } from '../decode.ts';
import type { AccountId, VpcId, VpcPeeringConnectionId } from '../id.ts';
import type { ResourceKind } from '../resource-kind.ts';
import { type Tag, tags } from '../tag.ts';

/** One side of a peering connection. AWS answers the CIDRs only while the connection is active. */
export interface VpcPeeringConnectionVpcInfo {
  readonly vpcId: VpcId | undefined;
  readonly ownerId: AccountId | undefined;
  readonly region: string | undefined;
  readonly cidrBlocks: readonly string[];
  readonly ipv6CidrBlocks: readonly string[];
  readonly allowDnsResolutionFromRemoteVpc: boolean | undefined;
}

/** A VPC peering connection: never transitive, no gateway of the peer is usable through it. */
export interface VpcPeeringConnection {
  readonly vpcPeeringConnectionId: VpcPeeringConnectionId;
  readonly requesterVpcInfo: VpcPeeringConnectionVpcInfo | undefined;
  readonly accepterVpcInfo: VpcPeeringConnectionVpcInfo | undefined;
  /** `active`, `pending-acceptance`, `expired`, `rejected`, `deleted`, `failed` … */
  readonly statusCode: string | undefined;
  readonly tags: readonly Tag[];
}

function toVpcInfo(raw: Raw): VpcPeeringConnectionVpcInfo {
  const primary = text(raw, 'CidrBlock');
  const blocks = items(raw, 'CidrBlockSet', (block) => text(block, 'CidrBlock') ?? '').filter((cidr) => cidr !== '');
  return {
    vpcId: id(raw, 'VpcId'),
    ownerId: id(raw, 'OwnerId'),
    region: text(raw, 'Region'),
    cidrBlocks: primary === undefined || blocks.includes(primary) ? blocks : [primary, ...blocks],
    ipv6CidrBlocks: items(raw, 'Ipv6CidrBlockSet', (block) => text(block, 'Ipv6CidrBlock') ?? '').filter(
      (cidr) => cidr !== '',
    ),
    allowDnsResolutionFromRemoteVpc: nested(raw, 'PeeringOptions', (options) =>
      flag(options, 'AllowDnsResolutionFromRemoteVpc'),
    ),
  };
}

export const vpcPeeringConnections: ResourceKind<VpcPeeringConnection> = {
  service: 'ec2',
  operation: 'DescribeVpcPeeringConnections',
  member: 'VpcPeeringConnections',
  idMember: 'VpcPeeringConnectionId',
  toModel: (raw) => ({
    vpcPeeringConnectionId: requiredId(raw, 'VpcPeeringConnectionId'),
    requesterVpcInfo: nested(raw, 'RequesterVpcInfo', toVpcInfo),
    accepterVpcInfo: nested(raw, 'AccepterVpcInfo', toVpcInfo),
    statusCode: nested(raw, 'Status', (status) => text(status, 'Code')),
    tags: tags(raw),
  }),
};
