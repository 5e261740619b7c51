import type { AccountId } from '../model/id.ts';
import type { ResourceKey } from '../model/resources.ts';
import type { Collected } from '../model/snapshot/collected.ts';
import type { RegionSnapshot } from '../model/snapshot/snapshot.ts';
import type { Verdict } from '../model/verdict/verdict.ts';
import { idReader } from './hand-out.ts';

/** The owner of each resource that is not the account's own. */
export type Owners = ReadonlyMap<string, string>;

const nobodyElse: Owners = new Map();

/**
 * Whose the judged resources are. Subnets, VPCs, route tables, network ACLs and groups of another account turn up in a
 * participant's answers, and a participant's groups and interfaces in the owner's (VPC guide, sharing subnets).
 */
export function ownersOf(collected: Collected<object>, kind: ResourceKey, accountId: AccountId): Owners {
  if (collected.status !== 'collected') return nobodyElse;
  const idOf = idReader(kind);
  let owners: Map<string, string> | undefined;
  for (const resource of collected.resources) {
    const ownerId: unknown = Reflect.get(resource, 'ownerId');
    if (typeof ownerId !== 'string' || ownerId === accountId) continue;
    owners ??= new Map();
    owners.set(idOf(resource), ownerId);
  }
  return owners ?? nobodyElse;
}

/**
 * The verdict as far as it is for this account to be judged on. What belongs to another account of the snapshot is judged
 * there. What belongs to one outside it may pass on what can be seen from here, and never fails: the owner may see more,
 * such as its own flow logs, and alone can change it.
 */
export function ownVerdict(
  verdict: Verdict,
  owners: Owners,
  { region }: RegionSnapshot,
  places: ReadonlySet<string>,
): Verdict {
  const owner = owners.get(verdict.resource.id);
  if (owner === undefined) return verdict;
  const { outcome, resource } = verdict;
  const notHere = (reason: string): Verdict => ({ outcome: 'not-applicable', resource, reason });
  if (places.has(`${owner} ${region}`)) return notHere(`belongs to account ${owner} and is judged there`);
  const elsewhere = `belongs to account ${owner}, which is not part of this audit and alone can change it`;
  if (outcome === 'fail') return notHere(`${elsewhere}; seen from here: ${verdict.title}`);
  return outcome === 'unknown' ? notHere(elsewhere) : verdict;
}
