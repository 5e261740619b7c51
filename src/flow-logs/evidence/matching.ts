import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import { memberAddressesSeenFrom } from '../../network/facts/group-members.ts';
import type { SecurityGroupClause } from '../../network/filters/security-group-clause.ts';
import type { CompiledAclEntry } from '../../network/filters/network-acl.ts';
import { hasAddress } from '../../network/sets/address-set.ts';
import type { Box } from '../../network/sets/box.ts';
import { intervalsHave } from '../../network/sets/intervals.ts';
import { hasPorts } from '../../network/sets/protocol.ts';
import type { Use } from './uses.ts';

/** Does the box name the packets of a use? Types of ICMP are not recorded, so any type matches. */
export function boxMatches(box: Box, { direction, protocol, peer, port }: Use): boolean {
  const peers = direction === 'ingress' ? box.sources : box.destinations;
  return (
    box.family === peer.family &&
    intervalsHave(box.protocols, protocol) &&
    intervalsHave(peers, peer.value) &&
    (!hasPorts(protocol) || intervalsHave(box.destinationPorts, port))
  );
}

/** Does a rule of a security group admit the use? Rules that could not be read in full may admit it. */
export function clauseMatches(snapshot: Snapshot, clause: SecurityGroupClause, use: Use): boolean {
  if (clause.isEgress !== (use.direction === 'egress')) return false;
  if (!clause.boxes.some((box) => boxMatches(box, use))) return false;
  if (clause.missing !== undefined || clause.peer.kind !== 'security-group') return true;
  const { groupId } = clause.peer.pair;
  return (
    groupId !== undefined &&
    hasAddress(memberAddressesSeenFrom(snapshot, groupId, use.located.resource.vpcId), use.peer)
  );
}

/** The entries that a use may have matched: the first that names it; of ICMP, whose types are not recorded, all. */
export function entriesMatched(entries: readonly CompiledAclEntry[], use: Use): readonly CompiledAclEntry[] {
  const named = entries.filter(({ box }) => box !== undefined && boxMatches(box, use));
  return use.protocol === 1 || use.protocol === 58 ? named : named.slice(0, 1);
}
