import {
  decisiveFlag,
  decisiveId,
  decisiveItems,
  decisiveNumber,
  decisiveText,
  flag,
  IncompleteItem,
  id,
  nested,
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
  /** In the order of evaluation: by rule number, ingress before egress, whatever order the API answered in. */
  readonly entries: readonly NetworkAclEntry[];
  readonly tags: readonly Tag[];
}

const toNetworkAclEntry = (raw: Raw): NetworkAclEntry => ({
  ruleNumber: decisiveNumber(raw, 'RuleNumber'),
  egress: decisiveFlag(raw, 'Egress'),
  ruleAction: toRuleAction(raw),
  protocol: decisiveText(raw, 'Protocol'),
  ...toPeer(raw),
  portRange: nested(raw, 'PortRange', (range) => ({
    from: decisiveNumber(range, 'From'),
    to: decisiveNumber(range, 'To'),
  })),
  icmpTypeCode: nested(raw, 'IcmpTypeCode', (icmp) => ({
    type: decisiveNumber(icmp, 'Type'),
    code: decisiveNumber(icmp, 'Code'),
  })),
});

/** A third action would neither allow nor deny: the ACL that holds one cannot be judged. */
function toRuleAction(raw: Raw): 'allow' | 'deny' {
  const action = decisiveText(raw, 'RuleAction');
  if (action !== 'allow' && action !== 'deny') throw new IncompleteItem('RuleAction', 'is neither allow nor deny');
  return action;
}

function toPeer(raw: Raw): Pick<NetworkAclEntry, 'cidrBlock' | 'ipv6CidrBlock'> {
  const cidrBlock = text(raw, 'CidrBlock');
  const ipv6CidrBlock = text(raw, 'Ipv6CidrBlock');
  if (cidrBlock === undefined && ipv6CidrBlock === undefined) throw new IncompleteItem('CidrBlock');
  return { cidrBlock, ipv6CidrBlock };
}

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
    entries: [...decisiveItems(raw, 'Entries', toNetworkAclEntry)].sort(
      (a, b) => a.ruleNumber - b.ruleNumber || Number(a.egress) - Number(b.egress),
    ),
    tags: tags(raw),
  }),
};
