import type { NetworkInterface } from '../model/resources/network-interface.ts';
import type { Snapshot } from '../model/snapshot/snapshot.ts';
import type { Missing } from '../model/verdict/verdict.ts';
import { interfacesOfInstance } from '../network/facts/resources-by-id.ts';
import type { SecurityGroupClause } from '../network/filters/security-group-clause.ts';
import { groupRules } from '../network/hops/security-group.ts';
import { internetClauses } from './open-ports.ts';
import { publicIpsOf, waysOfInterface } from './public-addresses.ts';

/** An interface of a host that has a public address, with the routes and rules by which the internet gets to it. */
export interface FacingInternet {
  readonly card: NetworkInterface;
  readonly ways: ReturnType<typeof waysOfInterface>;
  /** The rules that admit the internet. */
  readonly rules: readonly SecurityGroupClause[];
  readonly missing: readonly Missing[];
}

/** The interfaces of an instance with a public address of either family. */
export function facingInternet(snapshot: Snapshot, instanceId: string): readonly FacingInternet[] {
  return (interfacesOfInstance(snapshot).get(instanceId) ?? [])
    .map(({ resource: card }) => card)
    .filter((card) => publicIpsOf(card).length > 0 || card.ipv6Addresses.length > 0)
    .map((card) => {
      const { clauses, missing } = groupRules(snapshot, card.groupIds, false);
      return {
        card,
        ways: waysOfInterface(snapshot, card),
        rules: internetClauses(clauses),
        missing: [...missing, ...clauses.flatMap((clause) => clause.missing ?? [])],
      };
    });
}
