import type { Fix } from '../model/verdict/verdict.ts';
import type { SecurityGroupClause } from '../network/filters/security-group-clause.ts';
import { parseIpAddress } from '../network/sets/ip-address.ts';
import { awsCli } from './aws-cli.ts';
import { terraformResource } from './terraform.ts';

/** Commands that take rules out of their groups: by rule id where it is known, else by what the rule says. */
export function revokeRules(region: string, clauses: readonly SecurityGroupClause[]): readonly string[] {
  const commands = new Map<string, { ids: string[]; permissions: object[] }>();
  for (const { securityGroupId, isEgress, evidence, permission, peer } of clauses) {
    const key = `${isEgress ? 'egress' : 'ingress'} ${securityGroupId}`;
    const command = commands.get(key) ?? { ids: [], permissions: [] };
    commands.set(key, command);
    if (evidence.securityGroupRuleId !== undefined) command.ids.push(evidence.securityGroupRuleId);
    else {
      const { ipProtocol, fromPort, toPort } = permission;
      const ports = ipProtocol === '-1' || fromPort === undefined ? {} : { FromPort: fromPort, ToPort: toPort };
      command.permissions.push({ IpProtocol: ipProtocol, ...ports, ...peerMember(peer) });
    }
  }
  return [...commands].flatMap(([key, { ids, permissions }]) => {
    const [direction, groupId] = key.split(' ', 2);
    const revoke = (options: Parameters<typeof awsCli>[3]): string =>
      awsCli(region, 'ec2', `revoke-security-group-${direction}`, { 'group-id': groupId, ...options });
    return [
      ...(ids.length === 0 ? [] : [revoke({ 'security-group-rule-ids': ids.toSorted() })]),
      ...(permissions.length === 0 ? [] : [revoke({ 'ip-permissions': permissions })]),
    ];
  });
}

function peerMember({ kind, text }: SecurityGroupClause['peer']): object {
  if (kind === 'prefix-list') return { PrefixListIds: [{ PrefixListId: text }] };
  if (kind === 'security-group') return { UserIdGroupPairs: [{ GroupId: text }] };
  const ipv6 = parseIpAddress(text.split('/', 1)[0] ?? '').value?.family === 6;
  return ipv6 ? { Ipv6Ranges: [{ CidrIpv6: text }] } : { IpRanges: [{ CidrIp: text }] };
}

/** Takes every rule out of a default group, which cannot be deleted. */
export function closeDefaultGroup(
  region: string,
  vpcId: string | undefined,
  clauses: readonly SecurityGroupClause[],
): Fix {
  return {
    summary: 'Remove every rule of the default group.',
    cli: revokeRules(region, clauses),
    terraform: terraformResource('aws_default_security_group', vpcId ?? 'default', { vpc_id: vpcId }),
  };
}
