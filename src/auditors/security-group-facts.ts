import type { Resources } from '../model/resources.ts';
import type { SecurityGroupRule } from '../model/resources/security-group.ts';
import type { Collected } from '../model/snapshot/collected.ts';
import type { Snapshot } from '../model/snapshot/snapshot.ts';
import { derive, type Derived } from '../network/facts/derive.ts';
import { prefixListAddresses } from '../network/facts/prefix-lists.ts';
import type { ClauseFacts } from '../network/filters/security-group-clause.ts';

/** The kinds that complete the rules of groups: their own ids, and the addresses of prefix lists. */
export type ClauseKind = 'securityGroupRules' | 'managedPrefixLists' | 'managedPrefixListEntries' | 'prefixLists';

/** The same as a list, for `uses`. */
export const clauseKinds: readonly ClauseKind[] = [
  'securityGroupRules',
  'managedPrefixLists',
  'managedPrefixListEntries',
  'prefixLists',
];

/** What the rules of groups refer to, as far as it was collected. Rule ids adorn the evidence; addresses decide. */
export function clauseFacts(
  { securityGroupRules }: { readonly securityGroupRules: Collected<Resources['securityGroupRules']> },
  snapshot: Snapshot,
): ClauseFacts {
  const rules = rulesByGroup(securityGroupRules);
  return {
    rulesOf: (groupId) => rules.get(groupId) ?? [],
    prefixList: (id) => prefixListAddresses(snapshot, id),
  };
}

const rulesByGroup: Derived<Collected<SecurityGroupRule>, ReadonlyMap<string, readonly SecurityGroupRule[]>> = derive(
  (collected) => {
    const groups = new Map<string, SecurityGroupRule[]>();
    for (const rule of collected.status === 'collected' ? collected.resources : []) {
      const own = groups.get(rule.groupId);
      if (own === undefined) groups.set(rule.groupId, [rule]);
      else own.push(rule);
    }
    return groups;
  },
);
