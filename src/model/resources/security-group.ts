import {
  decisiveFlag,
  decisiveId,
  decisiveItems,
  decisiveText,
  id,
  IncompleteItem,
  items,
  nested,
  number,
  requiredId,
  text,
  texts,
  type Raw,
} from '../decode.ts';
import type { AccountId, PrefixListId, SecurityGroupId, VpcId, VpcPeeringConnectionId } from '../id.ts';
import type { ResourceKind } from '../resource-kind.ts';
import { type Tag, tags } from '../tag.ts';

export interface IpRange {
  readonly cidrIp: string;
  readonly description: string | undefined;
}

export interface Ipv6Range {
  readonly cidrIpv6: string;
  readonly description: string | undefined;
}

export interface PrefixListReference {
  readonly prefixListId: PrefixListId;
  readonly description: string | undefined;
}

/** A reference to a security group; `userId` and `groupName` vanish when the referenced group is deleted. */
export interface UserIdGroupPair {
  readonly groupId: SecurityGroupId | undefined;
  readonly groupName: string | undefined;
  readonly userId: AccountId | undefined;
  readonly vpcId: VpcId | undefined;
  readonly vpcPeeringConnectionId: VpcPeeringConnectionId | undefined;
  readonly peeringStatus: string | undefined;
  readonly description: string | undefined;
}

/**
 * One protocol and port range with all its peers, as EC2 merges the rules of a group.
 * `ipProtocol` is `-1`, `tcp`, `udp`, `icmp`, `icmpv6` or a number; for ICMP, the type and code stand in `fromPort` and
 * `toPort` (-1 for all); for `-1` and other numbers the ports say nothing (EC2 API, IpPermission).
 */
export interface IpPermission {
  readonly ipProtocol: string;
  readonly fromPort: number | undefined;
  readonly toPort: number | undefined;
  readonly ipRanges: readonly IpRange[];
  readonly ipv6Ranges: readonly Ipv6Range[];
  readonly prefixListIds: readonly PrefixListReference[];
  readonly userIdGroupPairs: readonly UserIdGroupPair[];
}

/** A security group: stateful, allow-only; all rules of all groups of an interface are combined. */
export interface SecurityGroup {
  readonly groupId: SecurityGroupId;
  readonly groupName: string;
  readonly description: string | undefined;
  /** The primary VPC; the group may be associated with others. */
  readonly vpcId: VpcId | undefined;
  readonly ownerId: AccountId | undefined;
  readonly ipPermissions: readonly IpPermission[];
  readonly ipPermissionsEgress: readonly IpPermission[];
  readonly tags: readonly Tag[];
}

/** The members in which a permission names its peers; EC2 prints all of them, empty or not. */
const peerMembers = ['IpRanges', 'Ipv6Ranges', 'PrefixListIds', 'UserIdGroupPairs'] as const;

function toIpPermission(raw: Raw): IpPermission {
  if (peerMembers.every((member) => raw[member] === undefined || raw[member] === null))
    throw new IncompleteItem('IpRanges');
  return {
    ipProtocol: decisiveText(raw, 'IpProtocol'),
    fromPort: number(raw, 'FromPort'),
    toPort: number(raw, 'ToPort'),
    ipRanges: items(raw, 'IpRanges', (range) => ({
      cidrIp: decisiveText(range, 'CidrIp'),
      description: text(range, 'Description'),
    })),
    ipv6Ranges: items(raw, 'Ipv6Ranges', (range) => ({
      cidrIpv6: decisiveText(range, 'CidrIpv6'),
      description: text(range, 'Description'),
    })),
    prefixListIds: items(raw, 'PrefixListIds', (reference) => ({
      prefixListId: decisiveId(reference, 'PrefixListId'),
      description: text(reference, 'Description'),
    })),
    userIdGroupPairs: items(raw, 'UserIdGroupPairs', toUserIdGroupPair),
  };
}

const toUserIdGroupPair = (raw: Raw): UserIdGroupPair => ({
  groupId: id(raw, 'GroupId'),
  groupName: text(raw, 'GroupName'),
  userId: id(raw, 'UserId'),
  vpcId: id(raw, 'VpcId'),
  vpcPeeringConnectionId: id(raw, 'VpcPeeringConnectionId'),
  peeringStatus: text(raw, 'PeeringStatus'),
  description: text(raw, 'Description'),
});

export const securityGroups: ResourceKind<SecurityGroup> = {
  service: 'ec2',
  operation: 'DescribeSecurityGroups',
  member: 'SecurityGroups',
  idMember: 'GroupId',
  toModel: (raw) => ({
    groupId: requiredId(raw, 'GroupId'),
    groupName: text(raw, 'GroupName') ?? '',
    description: text(raw, 'Description'),
    vpcId: id(raw, 'VpcId'),
    ownerId: id(raw, 'OwnerId'),
    ipPermissions: decisiveItems(raw, 'IpPermissions', toIpPermission),
    ipPermissionsEgress: decisiveItems(raw, 'IpPermissionsEgress', toIpPermission),
    tags: tags(raw),
  }),
};

/** A rule by its own id: the anchor of evidence and of fixes, never part of a fingerprint. */
export interface SecurityGroupRule {
  readonly securityGroupRuleId: string;
  readonly groupId: SecurityGroupId;
  readonly isEgress: boolean;
  readonly ipProtocol: string;
  readonly fromPort: number | undefined;
  readonly toPort: number | undefined;
  readonly cidrIpv4: string | undefined;
  readonly cidrIpv6: string | undefined;
  readonly prefixListId: PrefixListId | undefined;
  readonly referencedGroupId: SecurityGroupId | undefined;
  readonly description: string | undefined;
  readonly tags: readonly Tag[];
}

export const securityGroupRules: ResourceKind<SecurityGroupRule> = {
  service: 'ec2',
  operation: 'DescribeSecurityGroupRules',
  member: 'SecurityGroupRules',
  idMember: 'SecurityGroupRuleId',
  toModel: (raw) => ({
    securityGroupRuleId: requiredId(raw, 'SecurityGroupRuleId'),
    groupId: decisiveId(raw, 'GroupId'),
    isEgress: decisiveFlag(raw, 'IsEgress'),
    ipProtocol: decisiveText(raw, 'IpProtocol'),
    fromPort: number(raw, 'FromPort'),
    toPort: number(raw, 'ToPort'),
    cidrIpv4: text(raw, 'CidrIpv4'),
    cidrIpv6: text(raw, 'CidrIpv6'),
    prefixListId: id(raw, 'PrefixListId'),
    referencedGroupId: nested(raw, 'ReferencedGroupInfo', (info) => id<SecurityGroupId>(info, 'GroupId')),
    description: text(raw, 'Description'),
    tags: tags(raw),
  }),
};

/** A group made usable in a second VPC; only state `associated` counts. */
export interface SecurityGroupVpcAssociation {
  readonly groupId: SecurityGroupId;
  readonly vpcId: VpcId;
  readonly state: string | undefined;
}

export const securityGroupVpcAssociations: ResourceKind<SecurityGroupVpcAssociation> = {
  service: 'ec2',
  operation: 'DescribeSecurityGroupVpcAssociations',
  member: 'SecurityGroupVpcAssociations',
  idMember: 'GroupId',
  repeats: true,
  toModel: (raw) => ({
    groupId: requiredId(raw, 'GroupId'),
    vpcId: decisiveId(raw, 'VpcId'),
    state: text(raw, 'State'),
  }),
};

/** A group with a rule whose referenced group, peering connection or attachment is gone. */
export interface StaleSecurityGroup {
  readonly groupId: SecurityGroupId;
  readonly groupName: string | undefined;
  readonly vpcId: VpcId | undefined;
  readonly staleIpPermissions: readonly IpPermission[];
  readonly staleIpPermissionsEgress: readonly IpPermission[];
}

/** Stale permissions list their CIDRs and prefix lists as plain strings, unlike every other answer of EC2. */
const toStaleIpPermission = (raw: Raw): IpPermission => ({
  ipProtocol: decisiveText(raw, 'IpProtocol'),
  fromPort: number(raw, 'FromPort'),
  toPort: number(raw, 'ToPort'),
  ipRanges: texts(raw, 'IpRanges').map((cidrIp) => ({ cidrIp, description: undefined })),
  ipv6Ranges: [],
  prefixListIds: texts<PrefixListId>(raw, 'PrefixListIds').map((prefixListId) => ({
    prefixListId,
    description: undefined,
  })),
  userIdGroupPairs: items(raw, 'UserIdGroupPairs', toUserIdGroupPair),
});

export const staleSecurityGroups: ResourceKind<StaleSecurityGroup> = {
  service: 'ec2',
  operation: 'DescribeStaleSecurityGroups',
  member: 'StaleSecurityGroupSet',
  idMember: 'GroupId',
  per: { kind: 'vpcs', input: 'VpcId' },
  toModel: (raw) => ({
    groupId: requiredId(raw, 'GroupId'),
    groupName: text(raw, 'GroupName'),
    vpcId: id(raw, 'VpcId'),
    staleIpPermissions: items(raw, 'StaleIpPermissions', toStaleIpPermission),
    staleIpPermissionsEgress: items(raw, 'StaleIpPermissionsEgress', toStaleIpPermission),
  }),
};
