import type { NetworkAcl, NetworkAclEntry } from '../../../../src/model/resources/network-acl.ts';
import type { IpPermission, SecurityGroup } from '../../../../src/model/resources/security-group.ts';
import type { RegionSnapshot } from '../../../../src/model/snapshot/snapshot.ts';
import { type Cidr, parseCidr } from '../address.ts';
import { gatherById } from './gather.ts';

/** What a rule says of protocol and ports; `from` and `to` are ports, or ICMP type and code; `undefined` is "any". */
export interface Traffic {
  readonly protocol: number;
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/** One permission of a security group. */
export interface GroupRule extends Traffic {
  readonly cidrs: readonly Cidr[];
  readonly prefixListIds: readonly string[];
  readonly groupIds: readonly string[];
}

export interface Group {
  readonly id: string;
  readonly ingress: readonly GroupRule[];
  readonly egress: readonly GroupRule[];
}

export interface AclEntry extends Traffic {
  readonly ruleNumber: number;
  readonly egress: boolean;
  readonly allow: boolean;
  readonly cidr: Cidr;
}

/** A network ACL, its entries by rule number. */
export interface Acl {
  readonly id: string;
  readonly entries: readonly AclEntry[];
}

const protocolNumbers: Readonly<Record<string, number>> = { tcp: 6, udp: 17, icmp: 1, icmpv6: 58 };

const orAny = (value: number | undefined): number | undefined => (value === -1 ? undefined : value);

function toGroupRule(permission: IpPermission): GroupRule {
  return {
    protocol: protocolNumbers[permission.ipProtocol] ?? Number(permission.ipProtocol),
    from: orAny(permission.fromPort),
    to: orAny(permission.toPort),
    cidrs: [
      ...permission.ipRanges.map(({ cidrIp }) => cidrIp),
      ...permission.ipv6Ranges.map(({ cidrIpv6 }) => cidrIpv6),
    ].map(parseCidr),
    prefixListIds: permission.prefixListIds.map(({ prefixListId }) => prefixListId),
    groupIds: permission.userIdGroupPairs.flatMap(({ groupId }) => (groupId === undefined ? [] : [groupId])),
  };
}

const toGroup = (group: SecurityGroup): Group => ({
  id: group.groupId,
  ingress: group.ipPermissions.map(toGroupRule),
  egress: group.ipPermissionsEgress.map(toGroupRule),
});

function toAclEntry(entry: NetworkAclEntry): AclEntry {
  const protocol = Number(entry.protocol);
  const icmp = protocol === 1 || protocol === 58;
  return {
    ruleNumber: entry.ruleNumber,
    egress: entry.egress,
    allow: entry.ruleAction === 'allow',
    cidr: parseCidr(entry.cidrBlock ?? entry.ipv6CidrBlock ?? ''),
    protocol,
    from: icmp ? orAny(entry.icmpTypeCode?.type) : entry.portRange?.from,
    to: icmp ? orAny(entry.icmpTypeCode?.code) : entry.portRange?.to,
  };
}

const toAcl = (acl: NetworkAcl): Acl => ({
  id: acl.networkAclId,
  entries: acl.entries.map(toAclEntry).sort((a, b) => a.ruleNumber - b.ruleNumber),
});

export function groupsOf(regions: readonly RegionSnapshot[]): Map<string, Group> {
  const seen = gatherById(
    regions,
    'securityGroups',
    ({ groupId }) => groupId,
    ({ ownerId }) => ownerId,
  );
  return new Map([...seen].map(([id, { noun }]) => [id, toGroup(noun)]));
}

/** The ACL of each subnet, and the default ACL of each VPC for a subnet that no ACL names. */
export interface Acls {
  readonly bySubnet: ReadonlyMap<string, Acl>;
  readonly defaultByVpc: ReadonlyMap<string, Acl>;
  readonly all: readonly Acl[];
}

export function aclsOf(regions: readonly RegionSnapshot[]): Acls {
  const bySubnet = new Map<string, Acl>();
  const defaultByVpc = new Map<string, Acl>();
  const all: Acl[] = [];
  for (const { noun } of gatherById(regions, 'networkAcls', ({ networkAclId }) => networkAclId).values()) {
    const acl = toAcl(noun);
    all.push(acl);
    for (const subnetId of noun.subnetIds) bySubnet.set(subnetId, acl);
    if (noun.isDefault === true && noun.vpcId !== undefined) defaultByVpc.set(noun.vpcId, acl);
  }
  return { bySubnet, defaultByVpc, all };
}
