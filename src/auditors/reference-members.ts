import { iamActionOf } from '../model/resources.ts';
import type { Snapshot } from '../model/snapshot/snapshot.ts';
import { memberAddressesSeenFrom } from '../network/facts/group-members.ts';
import { securityGroupById } from '../network/facts/resources-by-id.ts';
import type { ReferenceResolver } from '../network/filters/security-group-decision.ts';
import { noAddresses } from '../network/sets/address-set.ts';

/**
 * What references to groups stand for on interfaces of a VPC: the private addresses of the members that can be recognised
 * there. The members of a group that no account of the snapshot has are unknown; a deleted group has none.
 */
export function membersSeenFrom(snapshot: Snapshot, vpcId: string): ReferenceResolver {
  return ({ peer }) => {
    if (peer.kind !== 'security-group' || peer.pair.groupId === undefined) {
      return { kind: 'members', addresses: noAddresses };
    }
    const { groupId, userId } = peer.pair;
    if (userId !== undefined && !securityGroupById(snapshot).has(groupId)) {
      const fact = `the members of ${groupId} of account ${userId}`;
      return { kind: 'unknown', missing: { fact, iamAction: iamActionOf('networkInterfaces') } };
    }
    return { kind: 'members', addresses: memberAddressesSeenFrom(snapshot, groupId, vpcId) };
  };
}
