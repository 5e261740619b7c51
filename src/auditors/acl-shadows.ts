import { type CompiledAclEntry, type CompiledNetworkAcl, decidedByEntry } from '../network/filters/network-acl.ts';
import { lastUserRule } from './network-acl-fix.ts';
import { intersectTraffic, subtractTraffic, type Traffic } from '../network/sets/traffic.ts';

/** A deny that decides nothing, with the earlier entries that decide all it names, in order. */
export interface DeadDeny {
  readonly deny: CompiledAclEntry;
  readonly takers: readonly CompiledAclEntry[];
}

/** The denies of an ACL that can never match. Behind an entry that cannot be read nothing is known, so none is named there. */
export function deadDenies({ ingress, egress }: CompiledNetworkAcl): readonly DeadDeny[] {
  return [ingress, egress].flatMap((entries) =>
    decidedByEntry(entries).flatMap(({ entry, decides }, index): readonly DeadDeny[] => {
      const deny = entries[index];
      const before = entries.slice(0, index);
      if (deny === undefined || entry.ruleAction !== 'deny' || entry.ruleNumber > lastUserRule) return [];
      if (decides.length > 0 || [...before, deny].some(({ missing }) => missing !== undefined)) return [];
      return [{ deny, takers: takersOf(deny, before) }];
    }),
  );
}

/** Who takes the packets that the deny names, until none is left. */
function takersOf(deny: CompiledAclEntry, before: readonly CompiledAclEntry[]): readonly CompiledAclEntry[] {
  let rest: Traffic = deny.box === undefined ? [] : [deny.box];
  return before.filter(({ box }) => {
    if (box === undefined || intersectTraffic(rest, [box]).length === 0) return false;
    rest = subtractTraffic(rest, [box]);
    return true;
  });
}
