import type { IpPermission } from '../../model/resources/security-group.ts';
import { resourcesOf } from '../../model/snapshot/collected.ts';
import type { SecurityGroupClause } from '../../network/filters/security-group-clause.ts';
import { rulesOfGroup } from '../../network/hops/security-group.ts';
import { boxWithin } from '../../network/sets/box.ts';
import type { Check } from '../check.ts';
import { permission, securityGroup } from '../examples.ts';
import { relatedChecks } from '../related-checks.ts';
import { type RuleKind, ruleKinds } from '../rule-kinds.ts';
import { revokeRules } from '../security-group-fix.ts';

const check: Check<'securityGroups', RuleKind> = {
  id: 'security-group-rule-redundant',
  title: 'Rule admits nothing that another rule of the group does not',
  severity: 'informational',
  rationale:
    'Whoever revokes the narrow rule believes a door to be shut that the wide one holds open, and whoever revokes the wide ' +
    'one finds half of it still there.',
  remediation: 'Revoke the narrow rule; where it is the one that was meant, revoke the wide one instead.',
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html'],
  relatedChecks: relatedChecks({ cloudsploit: ['overlappingSecurityGroups'] }),
  judges: 'securityGroups',
  needs: ['securityGroups'],
  uses: ruleKinds,
  examples: {
    fails: [
      {
        title: 'a part of a network that is admitted as a whole',
        resources: {
          securityGroups: [
            securityGroup([permission('tcp', [20, 30], '10.1.0.0/16'), permission('tcp', 22, '10.1.7.0/24')]),
          ],
        },
      },
    ],
    passes: [
      {
        title: 'other ports of the same network',
        resources: {
          securityGroups: [
            securityGroup([permission('tcp', 22, '10.1.7.0/24'), permission('tcp', 443, '10.1.0.0/16')]),
          ],
        },
      },
    ],
  },
  *evaluate({ securityGroups, managedPrefixListEntries, managedPrefixLists, prefixLists }, { region, snapshot }) {
    const listsRead = [managedPrefixListEntries, managedPrefixLists, prefixLists].every(
      (lists) => resourcesOf<object>(lists) !== undefined,
    );
    for (const { groupId, groupName, vpcId, ipPermissions, ipPermissionsEgress } of securityGroups) {
      const resource = { type: 'security-group', id: groupId, vpcId, name: groupName } as const;
      const found = ([false, true] as const).flatMap((isEgress) =>
        mayOverlap(isEgress ? ipPermissionsEgress : ipPermissions)
          ? redundant(rulesOfGroup(snapshot, groupId, isEgress).clauses)
          : [],
      );
      for (const { narrow, wide } of found) {
        yield {
          outcome: 'fail',
          resource,
          title: `the rule for ${narrow.peer.text} is part of the one for ${wide.peer.text}`,
          evidence: [narrow.evidence, wide.evidence],
          fix: { summary: 'Revoke the narrow rule.', cli: revokeRules(region, [narrow]) },
        };
      }
      if (found.length > 0) continue;
      const lists = [...ipPermissions, ...ipPermissionsEgress].some(({ prefixListIds }) => prefixListIds.length > 0);
      if (lists && !listsRead)
        yield {
          outcome: 'unknown',
          resource,
          missing: [{ fact: 'the entries of the prefix lists that its rules name' }],
        };
      else yield { outcome: 'pass', resource };
    }
  },
};

/** Have two rules for addresses a port in common? Those of most groups have not, and need not be taken apart. */
function mayOverlap(permissions: readonly IpPermission[]): boolean {
  const spans = permissions
    .flatMap(({ ipProtocol, fromPort = -1, toPort = -1, ipRanges, ipv6Ranges, prefixListIds }) => {
      const ported = /^(tcp|udp|6|17)$/.test(ipProtocol);
      const span = { from: ported ? fromPort : -1, to: ported ? toPort : 65_535 };
      return [...ipRanges, ...ipv6Ranges, ...prefixListIds].map(() => span);
    })
    .toSorted((a, b) => a.from - b.from);
  return spans.some(({ from }, index) => spans.slice(0, index).some((before) => before.to >= from));
}

interface Pair {
  readonly narrow: SecurityGroupClause;
  readonly wide: SecurityGroupClause;
}

/** Each rule that one other rule holds; of two that say the same the later is the redundant one. */
function redundant(clauses: readonly SecurityGroupClause[]): readonly Pair[] {
  const plain = clauses.filter(
    ({ peer, missing, boxes }) => peer.kind !== 'security-group' && missing === undefined && boxes.length > 0,
  );
  const pairs: Pair[] = [];
  for (const [index, narrow] of plain.entries()) {
    for (const [place, wide] of plain.entries()) {
      if (place === index || !isPartOf(narrow, wide) || (place > index && isPartOf(wide, narrow))) continue;
      pairs.push({ narrow, wide });
      break;
    }
  }
  return pairs;
}

/** Does one clause hold all of another? Each has one box for each family, so a box lies in the one of its family or in none. */
function isPartOf(narrow: SecurityGroupClause, wide: SecurityGroupClause): boolean {
  for (const box of narrow.boxes) {
    let held = false;
    for (const other of wide.boxes) held ||= boxWithin(box, other);
    if (!held) return false;
  }
  return true;
}

export default check;
