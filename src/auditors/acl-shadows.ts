import { type CompiledAclEntry, type CompiledNetworkAcl, decidedByEntry } from '../network/filters/network-acl.ts';
import { type Box, boxWithin } from '../network/sets/box.ts';
import { intervalsWithin } from '../network/sets/intervals.ts';
import { lastUserRule } from './network-acl-fix.ts';
import {
  everyIpv4Packet,
  everyIpv6Packet,
  intersectTraffic,
  subtractTraffic,
  type Traffic,
} from '../network/sets/traffic.ts';

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

/** A deny of a network that earlier rules for wider networks have let in already, in part. */
export interface UndoneDeny {
  readonly deny: CompiledAclEntry;
  readonly allows: readonly CompiledAclEntry[];
}

/**
 * The denies that still decide something and of which an earlier allow took a part. An allow for fewer addresses than the
 * deny names is an exception to it, and one for the same addresses the usual list of open ports: neither is meant here.
 */
export function undoneDenies({ ingress, egress }: CompiledNetworkAcl): readonly UndoneDeny[] {
  return [ingress, egress].flatMap((entries) =>
    decidedByEntry(entries).flatMap(({ entry, decides }, index): readonly UndoneDeny[] => {
      const deny = entries[index];
      const before = entries.slice(0, index);
      if (deny?.box === undefined || entry.ruleAction !== 'deny' || entry.ruleNumber > lastUserRule) return [];
      if (decides.length === 0 || before.some(({ missing }) => missing !== undefined)) return [];
      const allows = takersOf(deny, before).filter(
        ({ entry: own, box }) => own.ruleAction === 'allow' && box !== undefined && isWider(box, deny.box as Box),
      );
      return allows.length === 0 ? [] : [{ deny, allows }];
    }),
  );
}

/** Is the allow for all addresses of the deny and for more? */
const isWider = (allow: Box, deny: Box): boolean =>
  intervalsWithin(deny.sources, allow.sources) &&
  intervalsWithin(deny.destinations, allow.destinations) &&
  !(intervalsWithin(allow.sources, deny.sources) && intervalsWithin(allow.destinations, deny.destinations));

/** The denies of an ACL that the owner wrote about some network, port or protocol, and that decide something. */
export const ownDenies = ({
  ingress,
  egress,
}: CompiledNetworkAcl): readonly (CompiledAclEntry & { readonly box: Box })[] =>
  [ingress, egress].flatMap((entries) =>
    decidedByEntry(entries).flatMap(({ entry, decides }, index) => {
      const own = entries[index];
      if (own?.box === undefined || entry.ruleAction !== 'deny' || entry.ruleNumber > lastUserRule) return [];
      const everything = own.box.family === 4 ? everyIpv4Packet : everyIpv6Packet;
      return decides.length === 0 || boxWithin(everything, own.box) ? [] : [{ ...own, box: own.box }];
    }),
  );
