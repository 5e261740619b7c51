import type { NetworkAcl, NetworkAclEntry } from '../model/resources/network-acl.ts';
import { awsCli } from './aws-cli.ts';
import { terraformResource } from './terraform.ts';

/** The highest numbers below a rule that no entry of the direction has, lowest first; fewer where there is no room. */
export function freeRuleNumbers(acl: NetworkAcl, egress: boolean, below: number, count: number): readonly number[] {
  const taken = new Set(acl.entries.filter((entry) => entry.egress === egress).map(({ ruleNumber }) => ruleNumber));
  const free: number[] = [];
  for (let candidate = below - 1; candidate >= 1 && free.length < count; candidate--) {
    if (!taken.has(candidate)) free.unshift(candidate);
  }
  return free.length === count ? free : [];
}

/** Numbers behind all of a direction's own entries, in steps of ten; none where there is no room. */
export function nextRuleNumbers(acl: NetworkAcl, egress: boolean, count: number): readonly number[] {
  const own = acl.entries.filter((entry) => entry.egress === egress && entry.ruleNumber <= lastUserRule);
  const last = Math.max(0, ...own.map(({ ruleNumber }) => ruleNumber));
  const next = Array.from({ length: count }, (_, index) => last + 10 * (index + 1));
  return next.every((number) => number <= lastUserRule) ? next : [];
}

/** Entries with a higher number are AWS's own, the implicit denies (VPC guide, nacl-rules). */
export const lastUserRule = 32_766;

/** What an entry says, apart from its number. */
export type EntryText = Pick<
  NetworkAclEntry,
  'egress' | 'ruleAction' | 'protocol' | 'cidrBlock' | 'ipv6CidrBlock' | 'portRange' | 'icmpTypeCode'
>;

/** Makes an entry. */
export function createEntry(region: string, networkAclId: string, ruleNumber: number, entry: EntryText): string {
  const { egress, ruleAction, protocol, cidrBlock, ipv6CidrBlock, portRange, icmpTypeCode } = entry;
  return awsCli(region, 'ec2', 'create-network-acl-entry', {
    'network-acl-id': networkAclId,
    [egress ? 'egress' : 'ingress']: true,
    'rule-number': String(ruleNumber),
    protocol,
    'port-range': portRange === undefined ? undefined : `From=${portRange.from},To=${portRange.to}`,
    'icmp-type-code': icmpTypeCode === undefined ? undefined : `Type=${icmpTypeCode.type},Code=${icmpTypeCode.code}`,
    'cidr-block': cidrBlock,
    'ipv6-cidr-block': ipv6CidrBlock,
    'rule-action': ruleAction,
  });
}

/** The same entry in Terraform. */
export function entryTerraform(networkAclId: string, ruleNumber: number, entry: EntryText): string {
  const { egress, ruleAction, protocol, cidrBlock, ipv6CidrBlock, portRange, icmpTypeCode } = entry;
  return terraformResource('aws_network_acl_rule', `${networkAclId}_${egress ? 'egress' : 'ingress'}_${ruleNumber}`, {
    network_acl_id: networkAclId,
    egress,
    rule_number: ruleNumber,
    rule_action: ruleAction,
    protocol,
    cidr_block: cidrBlock,
    ipv6_cidr_block: ipv6CidrBlock,
    from_port: portRange?.from,
    to_port: portRange?.to,
    icmp_type: icmpTypeCode?.type,
    icmp_code: icmpTypeCode?.code,
  });
}

/** Takes an entry away. */
export function deleteEntry(
  region: string,
  networkAclId: string,
  { egress, ruleNumber }: Pick<NetworkAclEntry, 'egress' | 'ruleNumber'>,
): string {
  return awsCli(region, 'ec2', 'delete-network-acl-entry', {
    'network-acl-id': networkAclId,
    [egress ? 'egress' : 'ingress']: true,
    'rule-number': String(ruleNumber),
  });
}
