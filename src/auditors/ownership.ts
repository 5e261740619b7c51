import type { AccountId } from '../model/id.ts';
import type { ResourceKey } from '../model/resources.ts';
import type { Collected } from '../model/snapshot/collected.ts';
import type { RegionSnapshot } from '../model/snapshot/snapshot.ts';
import type { Verdict } from '../model/verdict/verdict.ts';
import { idOf } from './hand-out.ts';

/** The owner of each resource that is not the account's own. */
export type Owners = ReadonlyMap<string, string>;

const nobodyElse: Owners = new Map();

/**
 * Whose the judged resources are. Subnets, VPCs, route tables, network ACLs and groups of another account turn up in a
 * participant's answers, and a participant's groups and interfaces in the owner's (VPC guide, sharing subnets).
 */
export function ownersOf(collected: Collected<object>, kind: ResourceKey, accountId: AccountId): Owners {
  if (collected.status !== 'collected') return nobodyElse;
  let owners: Map<string, string> | undefined;
  for (const resource of collected.resources) {
    const ownerId: unknown = Reflect.get(resource, 'ownerId');
    if (typeof ownerId !== 'string' || ownerId === accountId) continue;
    owners ??= new Map();
    owners.set(idOf(kind, resource), ownerId);
  }
  return owners ?? nobodyElse;
}

/** The verdict where the resource is the account's own; else that it is not for this account to be judged on. */
export function ownVerdict(
  verdict: Verdict,
  owners: Owners,
  { region }: RegionSnapshot,
  places: ReadonlySet<string>,
): Verdict {
  const owner = owners.get(verdict.resource.id);
  if (owner === undefined) return verdict;
  const judgedThere = places.has(`${owner} ${region}`);
  return {
    outcome: 'not-applicable',
    resource: verdict.resource,
    reason: judgedThere
      ? `belongs to account ${owner} and is judged there`
      : `belongs to account ${owner}, which alone sees all of it and can change it; audit that account`,
  };
}
