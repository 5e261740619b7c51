import type { ResourceKey, Resources } from '../../../../src/model/resources.ts';
import type { RegionSnapshot } from '../../../../src/model/snapshot/snapshot.ts';
import type { Home } from './coverage.ts';

/** A resource together with the account and Region whose answer showed it. */
export interface Seen<T> {
  readonly noun: T;
  readonly home: Home;
}

/** Every resource of one kind in all answers, what two accounts both see listed twice. */
export function gather<K extends ResourceKey>(
  regions: readonly RegionSnapshot[],
  kind: K,
): readonly Seen<Resources[K]>[] {
  return regions.flatMap((snapshot) => {
    const collected = snapshot.resources[kind];
    if (collected.status !== 'collected') return [];
    const home = { accountId: snapshot.accountId, region: snapshot.region };
    return collected.resources.map((noun) => ({ noun, home }));
  });
}

/** The same, by id; the owner's own answer counts more than that of an account the resource is shared with. */
export function gatherById<K extends ResourceKey>(
  regions: readonly RegionSnapshot[],
  kind: K,
  idOf: (noun: Resources[K]) => string,
  ownerOf?: (noun: Resources[K]) => string | undefined,
): Map<string, Seen<Resources[K]>> {
  const byId = new Map<string, Seen<Resources[K]>>();
  for (const seen of gather(regions, kind)) {
    const id = idOf(seen.noun);
    if (!byId.has(id) || ownerOf?.(seen.noun) === seen.home.accountId) byId.set(id, seen);
  }
  return byId;
}
