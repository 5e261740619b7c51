import type { NetworkInterface } from '../../../model/resources/network-interface.ts';
import type { SecurityGroup } from '../../../model/resources/security-group.ts';
import type { Snapshot } from '../../../model/snapshot/snapshot.ts';
import type { TierLink, TierRule } from '../../../model/verdict/tier-chain.ts';
import { interfacesOfGroup, privateAddressesOf } from '../../../network/facts/group-members.ts';
import { gapIn, regionsInOrder } from '../../../network/facts/inventory.ts';
import { securityGroupById } from '../../../network/facts/resources-by-id.ts';
import type { SecurityGroupClause } from '../../../network/filters/security-group-clause.ts';
import { rulesOfGroup } from '../../../network/hops/security-group.ts';
import { addressesWithin, disjointAddresses, uniteAllAddresses } from '../../../network/sets/address-set.ts';
import { internetSize } from '../../internet-share.ts';
import { clauseAddresses } from '../../open-ports.ts';
import { referenceWays } from '../../reference-ways.ts';

/** The rules of a tier that admit the tier before it, and how. */
export interface Admission {
  readonly by: TierLink['by'];
  readonly clauses: readonly SecurityGroupClause[];
}

/** How some groups admit the interfaces of the tier before: by reference where any does, else by address. */
export function admissionOf(clauses: readonly SecurityGroupClause[], before: readonly NetworkInterface[]): Admission {
  const groupIds = new Set<string>(before.flatMap((own) => own.groupIds));
  const addresses = uniteAllAddresses(before.map(privateAddressesOf));
  const byReference = clauses.filter(({ peer }) => peer.kind === 'security-group' && groupIds.has(peer.text));
  if (byReference.length > 0) return { by: 'reference', clauses: byReference };
  const byAddress = clauses.filter(
    (clause) =>
      clause.missing === undefined &&
      clause.peer.kind !== 'security-group' &&
      !disjointAddresses(clauseAddresses(clause), addresses),
  );
  return byAddress.length > 0 ? { by: 'address', clauses: byAddress } : { by: 'nothing', clauses: [] };
}

/** The inbound rules of some groups. */
export const ingressOf = (snapshot: Snapshot, groupIds: readonly string[]): readonly SecurityGroupClause[] =>
  groupIds.flatMap((groupId) => rulesOfGroup(snapshot, groupId, false).clauses);

/** Rules by which the tier before is admitted by addresses of the network, where its group would do. */
export function rangesForReference(
  { by, clauses }: Admission,
  before: readonly NetworkInterface[],
): readonly TierRule[] {
  if (by !== 'address') return [];
  const [first, ...others] = before;
  const common = first?.groupIds.filter((id) => others.every((own) => own.groupIds.includes(id))).toSorted()[0];
  if (common === undefined) return [];
  const own = uniteAllAddresses(before.map(privateAddressesOf));
  return clauses
    .filter((clause) => {
      const addresses = clauseAddresses(clause);
      return internetSize(addresses) === 0 && !addressesWithin(addresses, own);
    })
    .map(({ securityGroupId, evidence }) => ({
      problem: 'range-for-reference',
      securityGroupId,
      evidence,
      groupId: common,
    }));
}

/** Rules of some groups that name a group and match nobody. */
export function vainReferences(snapshot: Snapshot, clauses: readonly SecurityGroupClause[]): readonly TierRule[] {
  return clauses.flatMap((clause): readonly TierRule[] => {
    const { peer, securityGroupId, evidence } = clause;
    if (peer.kind !== 'security-group') return [];
    const problem = problemOf(snapshot, clause, securityGroupById(snapshot).get(peer.text)?.resource);
    return problem === undefined ? [] : [{ problem, securityGroupId, evidence, groupId: peer.text }];
  });
}

function problemOf(
  snapshot: Snapshot,
  { peer, securityGroupId }: SecurityGroupClause,
  named: SecurityGroup | undefined,
): TierRule['problem'] | undefined {
  if (peer.kind !== 'security-group') return undefined;
  const own = securityGroupById(snapshot).get(securityGroupId);
  if (named === undefined) {
    // The group of an account or Region that was not read may well be there
    const { userId, vpcId } = peer.pair;
    const elsewhere = userId !== undefined && userId !== own?.region.accountId;
    return elsewhere ||
      vpcId !== own?.resource.vpcId ||
      own === undefined ||
      gapIn(own.region, 'securityGroups') !== undefined
      ? undefined
      : 'stale';
  }
  if (!referenceWays(snapshot)(securityGroupId, own?.resource.vpcId, named, false)) return 'lost';
  const complete = regionsInOrder(snapshot).every((region) => gapIn(region, 'networkInterfaces') === undefined);
  return complete && (interfacesOfGroup(snapshot).get(named.groupId) ?? []).length === 0 ? 'uncarried' : undefined;
}
