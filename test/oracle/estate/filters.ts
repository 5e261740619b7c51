import { type Draft, nextId, type Place, show } from './draft.ts';
import type { DraftSubnet, DraftVpc } from './vpc.ts';

/** One entry of a network ACL: `[rule number, action, protocol, CIDR, ports or ICMP type and code]`. */
export type DraftEntry = readonly [
  ruleNumber: number,
  action: 'allow' | 'deny',
  protocol: number,
  cidr: string,
  from?: number,
  to?: number,
];

function toEntry([ruleNumber, action, protocol, cidr, from, to]: DraftEntry, egress: boolean): object {
  const icmp = protocol === 1 || protocol === 58;
  const given = from !== undefined;
  return {
    RuleNumber: ruleNumber,
    Egress: egress,
    RuleAction: action,
    Protocol: String(protocol),
    ...(cidr.includes(':') ? { Ipv6CidrBlock: cidr } : { CidrBlock: cidr }),
    ...(given && icmp ? { IcmpTypeCode: { Type: from, Code: to ?? from } } : {}),
    ...(given && !icmp ? { PortRange: { From: from, To: to ?? from } } : {}),
  };
}

/** The two rules that AWS appends: they deny what no other rule matched. */
const implicitDenies = (ipv6: boolean): readonly DraftEntry[] => [
  [32767, 'deny', -1, '0.0.0.0/0'],
  ...(ipv6 ? [[32768, 'deny', -1, '::/0'] as const] : []),
];

/** Everything, both families. */
export const allowAll: readonly DraftEntry[] = [
  [100, 'allow', -1, '0.0.0.0/0'],
  [101, 'allow', -1, '::/0'],
];

export function addAcl(
  draft: Draft,
  vpc: DraftVpc,
  subnets: readonly DraftSubnet[],
  entries: {
    readonly ingress: readonly DraftEntry[];
    readonly egress: readonly DraftEntry[];
    readonly isDefault?: boolean;
  },
  order: <T>(list: readonly T[]) => readonly T[] = (list) => list,
): string {
  const id = nextId(draft, 'acl');
  const denies = implicitDenies(vpc.ipv6Cidrs.length > 0);
  show(draft, vpc.viewers, 'networkAcls', {
    NetworkAclId: id,
    VpcId: vpc.id,
    OwnerId: vpc.owner.accountId,
    IsDefault: entries.isDefault ?? false,
    Associations: subnets.map((subnet) => ({ SubnetId: subnet.id, NetworkAclId: id })),
    Entries: order([
      ...[...entries.ingress, ...denies].map((entry) => toEntry(entry, false)),
      ...[...entries.egress, ...denies].map((entry) => toEntry(entry, true)),
    ]),
  });
  return id;
}

/** A peer of a security-group rule: a CIDR, `pl-…` or `sg-…`. */
export interface DraftRule {
  readonly protocol: string;
  readonly from?: number;
  readonly to?: number;
  readonly peers: readonly string[];
}

export const everything: DraftRule = { protocol: '-1', peers: ['0.0.0.0/0', '::/0'] };

/** The account that owns a group, and its VPC, as references tell them. */
export type GroupOwner = (groupId: string) => { readonly UserId: string; readonly VpcId?: string };

function toPermission({ protocol, from, to, peers }: DraftRule, ownerOf: GroupOwner): object {
  return {
    IpProtocol: protocol,
    ...(from === undefined ? {} : { FromPort: from, ToPort: to ?? from }),
    IpRanges: peers.filter((peer) => peer.includes('.')).map((CidrIp) => ({ CidrIp })),
    Ipv6Ranges: peers.filter((peer) => peer.includes(':')).map((CidrIpv6) => ({ CidrIpv6 })),
    PrefixListIds: peers.filter((peer) => peer.startsWith('pl-')).map((PrefixListId) => ({ PrefixListId })),
    UserIdGroupPairs: peers
      .filter((peer) => peer.startsWith('sg-'))
      .map((GroupId) => ({ GroupId, ...ownerOf(GroupId) })),
  };
}

/** The id of a group that `addGroup` shall use, so that groups can refer to each other before they exist. */
export function reserveGroup(draft: Draft): string {
  return nextId(draft, 'sg');
}

export function addGroup(
  draft: Draft,
  vpc: DraftVpc,
  rules: { readonly ingress?: readonly DraftRule[]; readonly egress?: readonly DraftRule[] },
  options: { readonly id?: string; readonly owner?: Place; readonly ownerOf?: GroupOwner } = {},
): string {
  const id = options.id ?? reserveGroup(draft);
  const owner = options.owner ?? vpc.owner;
  const viewers = owner.accountId === vpc.owner.accountId ? [owner] : [owner, vpc.owner];
  const ownerOf = options.ownerOf ?? ((): { UserId: string } => ({ UserId: owner.accountId }));
  const ingress = (rules.ingress ?? []).map((rule) => toPermission(rule, ownerOf));
  const egress = (rules.egress ?? [everything]).map((rule) => toPermission(rule, ownerOf));
  show(draft, viewers, 'securityGroups', {
    GroupId: id,
    GroupName: id,
    Description: id,
    VpcId: vpc.id,
    OwnerId: owner.accountId,
    IpPermissions: ingress,
    IpPermissionsEgress: egress,
  });
  return id;
}

/** A customer's prefix list; without CIDRs it exists and its entries could not be read (see `miss`). */
export function addPrefixList(draft: Draft, place: Place, cidrs: readonly string[]): string {
  const id = nextId(draft, 'pl');
  show(draft, [place], 'managedPrefixLists', {
    PrefixListId: id,
    PrefixListName: id,
    AddressFamily: cidrs[0]?.includes(':') === true ? 'IPv6' : 'IPv4',
    OwnerId: place.accountId,
    MaxEntries: Math.max(cidrs.length, 1),
    Version: 1,
    State: 'create-complete',
  });
  for (const Cidr of cidrs) show(draft, [place], 'managedPrefixListEntries', { Cidr }, id);
  return id;
}

/** A list of an AWS service, as gateway endpoints use it. */
export function addServicePrefixList(draft: Draft, place: Place, name: string, cidrs: readonly string[]): string {
  const id = nextId(draft, 'pl');
  show(draft, [place], 'prefixLists', { PrefixListId: id, PrefixListName: name, Cidrs: cidrs });
  return id;
}
