import type { AccountId } from '../model/id.ts';
import type { ResourceKey, Resources } from '../model/resources.ts';
import type { Collected } from '../model/snapshot/collected.ts';
import type { Snapshot } from '../model/snapshot/snapshot.ts';
import type { Missing } from '../model/verdict/verdict.ts';
import { lackOf } from './hand-out.ts';

/**
 * What an account has of a kind in all Regions that were read, for what works across Regions; with what could not be
 * read, for whoever would conclude something from an absence.
 */
export function acrossRegions<K extends ResourceKey>(
  snapshot: Snapshot,
  accountId: AccountId,
  kind: K,
): { readonly resources: readonly Resources[K][]; readonly missing: readonly Missing[] } {
  const resources: Resources[K][] = [];
  const missing: Missing[] = [];
  for (const region of snapshot.regions) {
    if (region.accountId !== accountId) continue;
    const collected: Collected<Resources[K]> = region.resources[kind];
    if (collected.status !== 'collected') {
      const { fact, iamAction } = lackOf(kind, collected);
      missing.push({ fact: `in ${region.region} ${fact}`, iamAction });
      continue;
    }
    resources.push(...collected.resources);
    for (const { resourceId, reason, iamAction } of collected.missing)
      missing.push({ fact: `in ${region.region} ${resourceId}: ${reason}`, iamAction });
  }
  return { resources, missing };
}
