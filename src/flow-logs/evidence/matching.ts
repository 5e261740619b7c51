import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import { derive, type Derived } from '../../network/facts/derive.ts';
import { interfacesOfGroup, privateAddressesOf } from '../../network/facts/group-members.ts';
import { securityGroupById } from '../../network/facts/resources-by-id.ts';
import type { SecurityGroupClause } from '../../network/filters/security-group-clause.ts';
import type { CompiledAclEntry } from '../../network/filters/network-acl.ts';
import { type AddressSet, hasAddress, uniteAllAddresses } from '../../network/sets/address-set.ts';
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

/**
 * May a rule of a security group have admitted the use? Rules that could not be read in full may, and so may references to
 * groups whose members are not in the snapshot; members count wherever they are, for transit gateways can carry groups too.
 */
export function clauseMatches(snapshot: Snapshot, clause: SecurityGroupClause, use: Use): boolean {
  if (clause.isEgress !== (use.direction === 'egress')) return false;
  if (!clause.boxes.some((box) => boxMatches(box, use))) return false;
  if (clause.missing !== undefined || clause.peer.kind !== 'security-group') return true;
  const { groupId } = clause.peer.pair;
  if (groupId === undefined) return false;
  const members = addressesByGroup(snapshot).get(groupId);
  if (members !== undefined) return hasAddress(members, use.peer);
  return !securityGroupById(snapshot).has(groupId) && !use.isClass;
}

const addressesByGroup: Derived<Snapshot, ReadonlyMap<string, AddressSet>> = derive(
  (snapshot) =>
    new Map(
      [...interfacesOfGroup(snapshot)].map(([groupId, members]) => [
        groupId,
        uniteAllAddresses(members.map(({ resource }) => privateAddressesOf(resource))),
      ]),
    ),
);

/** The entries that a use may have matched: the first that names it; of ICMP, whose types are not recorded, all. */
export function entriesMatched(entries: readonly CompiledAclEntry[], use: Use): readonly CompiledAclEntry[] {
  const named = entries.filter(({ box }) => box !== undefined && boxMatches(box, use));
  return use.protocol === 1 || use.protocol === 58 ? named : named.slice(0, 1);
}
