import {
  decisiveFlag,
  decisiveId,
  decisiveItems,
  decisiveNumber,
  decisiveText,
  flag,
  id,
  nested,
  number,
  requiredId,
  text,
  type Raw,
} from '../decode.ts';
import type { AccountId, NetworkAclId, SubnetId, VpcId } from '../id.ts';
import type { ResourceKind } from '../resource-kind.ts';
import { type Tag, tags } from '../tag.ts';

/**
 * One numbered rule. `protocol` is always a decimal string (`6` TCP, `17` UDP, `1` ICMP, `58` ICMPv6, `-1` all); the
 * implicit deny is a real entry, 32767 for IPv4 and 32768 for IPv6 (VPC guide, nacl-rules).
 */
export interface NetworkAclEntry {
  readonly ruleNumber: number;
  readonly egress: boolean;
  readonly ruleAction: 'allow' | 'deny';
  readonly protocol: string;
  readonly cidrBlock: string | undefined;
  readonly ipv6CidrBlock: string | undefined;
  readonly portRange: { readonly from: number; readonly to: number } | undefined;
  /** -1 stands for all. */
  readonly icmpTypeCode: { readonly type: number; readonly code: number } | undefined;
}

/** A network ACL: stateless, numbered, first match wins; it meets a packet only at the border of a subnet. */
export interface NetworkAcl {
  readonly networkAclId: NetworkAclId;
  readonly vpcId: VpcId | undefined;
  readonly ownerId: AccountId | undefined;
  readonly isDefault: boolean | undefined;
  /** The subnets whose ACL this is. */
  readonly subnetIds: readonly SubnetId[];
  /** In the order of evaluation: by rule number, whatever order the API answered in. */
  readonly entries: readonly NetworkAclEntry[];
  readonly tags: readonly Tag[];
}

const toNetworkAclEntry = (raw: Raw): NetworkAclEntry => ({
  ruleNumber: decisiveNumber(raw, 'RuleNumber'),
  egress: decisiveFlag(raw, 'Egress'),
  ruleAction: decisiveText(raw, 'RuleAction') === 'allow' ? 'allow' : 'deny',
  protocol: decisiveText(raw, 'Protocol'),
  cidrBlock: text(raw, 'CidrBlock'),
  ipv6CidrBlock: text(raw, 'Ipv6CidrBlock'),
  portRange: nested(raw, 'PortRange', (range) => ({
    from: number(range, 'From') ?? 0,
    to: number(range, 'To') ?? 65535,
  })),
  icmpTypeCode: nested(raw, 'IcmpTypeCode', (icmp) => ({
    type: number(icmp, 'Type') ?? -1,
    code: number(icmp, 'Code') ?? -1,
  })),
});

export const networkAcls: ResourceKind<NetworkAcl> = {
  service: 'ec2',
  operation: 'DescribeNetworkAcls',
  member: 'NetworkAcls',
  idMember: 'NetworkAclId',
  toModel: (raw) => ({
    networkAclId: requiredId(raw, 'NetworkAclId'),
    vpcId: id(raw, 'VpcId'),
    ownerId: id(raw, 'OwnerId'),
    isDefault: flag(raw, 'IsDefault'),
    subnetIds: decisiveItems(raw, 'Associations', (association) => decisiveId<SubnetId>(association, 'SubnetId')),
    entries: [...decisiveItems(raw, 'Entries', toNetworkAclEntry)].sort((a, b) => a.ruleNumber - b.ruleNumber),
    tags: tags(raw),
  }),
};
