import type { Snapshot } from '../model/snapshot/snapshot.ts';
import { rulesOfSecurityGroup } from '../network/facts/resources-by-id.ts';
import type { SecurityGroupClause } from '../network/filters/security-group-clause.ts';
import { rulesOfGroup } from '../network/hops/security-group.ts';
import { terraformResource } from './terraform.ts';

/** A group with more rules besides gets no Terraform: the list would be longer than anybody reads. */
const mostKept = 20;

/**
 * Terraform that takes inbound rules out of a group, given all of its inbound clauses. Terraform declares what there is:
 * so every other rule is listed, and the provider revokes the rest (`aws_vpc_security_group_rules_exclusive`). Nothing
 * where a rule of the group is not known by its id: the list would revoke that one too.
 */
export function revokingTerraform(
  snapshot: Snapshot,
  groupId: string,
  inbound: readonly SecurityGroupClause[],
): (revoked: readonly SecurityGroupClause[]) => string | undefined {
  const idsOf = (clauses: readonly SecurityGroupClause[]): readonly (string | undefined)[] =>
    clauses.map(({ evidence }) => evidence.securityGroupRuleId);
  const ingress = idsOf(inbound);
  const egress = idsOf(rulesOfGroup(snapshot, groupId, true).clauses);
  const own = new Set(ingress.concat(egress));
  // Between the two answers a rule may have come or gone
  const listed = (rulesOfSecurityGroup(snapshot).get(groupId) ?? []).map(
    ({ resource }) => resource.securityGroupRuleId,
  );
  const isExact = !own.has(undefined) && own.size === listed.length && listed.every((id) => own.has(id));
  return (revoked) => {
    const gone = new Set(idsOf(revoked));
    if (!isExact || own.size - gone.size > mostKept) return undefined;
    const kept = (ids: readonly (string | undefined)[]): readonly string[] =>
      ids.flatMap((id) => (id === undefined || gone.has(id) ? [] : [id])).toSorted();
    return [
      '# From here on every rule of the group that is not listed is revoked.',
      terraformResource('aws_vpc_security_group_rules_exclusive', groupId, {
        security_group_id: groupId,
        ingress_rule_ids: kept(ingress),
        egress_rule_ids: kept(egress),
      }),
    ].join('\n');
  };
}
