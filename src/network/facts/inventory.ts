import { iamActionOf, type ResourceKey, type Resources } from '../../model/resources.ts';
import type { RegionSnapshot, Snapshot } from '../../model/snapshot/snapshot.ts';
import type { Missing } from '../../model/verdict/verdict.ts';
import { derive, type Derived } from './derive.ts';

/** A resource with the account and Region whose answer holds it. */
export interface Located<T> {
  readonly resource: T;
  readonly region: RegionSnapshot;
}

/** The Regions of a snapshot in an order that does not depend on how they were read. */
export const regionsInOrder: Derived<Snapshot, readonly RegionSnapshot[]> = derive((snapshot) =>
  [...snapshot.regions].sort((a, b) => compareText(`${a.accountId}/${a.region}`, `${b.accountId}/${b.region}`)),
);

/** Plain order of code units, the same on every machine. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * All resources of one kind over every account and Region, by id. One that several accounts see (a shared subnet, a
 * peering of two Regions) counts once: the owner's own answer is preferred, for a participant sees less.
 */
export function byId<K extends ResourceKey>(
  kind: K,
  idOf: (resource: Resources[K]) => string | undefined,
  ownerOf: (resource: Resources[K]) => string | undefined = () => undefined,
): Derived<Snapshot, ReadonlyMap<string, Located<Resources[K]>>> {
  const all = everywhere(kind);
  return derive((snapshot) => {
    const found = new Map<string, Located<Resources[K]>>();
    for (const located of all(snapshot)) {
      const id = idOf(located.resource);
      if (id === undefined) continue;
      const known = found.get(id);
      if (known === undefined || ownerOf(located.resource) === located.region.accountId) found.set(id, located);
    }
    return found;
  });
}

/** All resources of one kind over every account and Region, as answered. */
export function everywhere<K extends ResourceKey>(kind: K): Derived<Snapshot, readonly Located<Resources[K]>[]> {
  return derive((snapshot) =>
    regionsInOrder(snapshot).flatMap((region) => {
      const collected = region.resources[kind];
      return collected.status === 'collected' ? collected.resources.map((resource) => ({ resource, region })) : [];
    }),
  );
}

/** Groups what `everywhere` gives by a key; what has none is left out. */
export function groupedBy<K extends ResourceKey>(
  kind: K,
  keyOf: (resource: Resources[K]) => string | undefined,
): Derived<Snapshot, ReadonlyMap<string, readonly Located<Resources[K]>[]>> {
  const all = everywhere(kind);
  return derive((snapshot) => {
    const groups = new Map<string, Located<Resources[K]>[]>();
    for (const located of all(snapshot)) {
      const key = keyOf(located.resource);
      if (key === undefined) continue;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [located]);
      else group.push(located);
    }
    return groups;
  });
}

/** Why nothing can be said of a kind of resource in one account and Region, or `undefined` where the list is complete. */
export function gapIn(region: RegionSnapshot, kind: ResourceKey): Missing | undefined {
  const collected = region.resources[kind];
  const where = `account ${region.accountId}, ${region.region}`;
  if (collected.status === 'failed') {
    return {
      fact: `${collected.operation} failed in ${where}: ${collected.errorCode}`,
      iamAction: collected.iamAction,
    };
  }
  if (collected.status === 'not-called') {
    return { fact: `${collected.operation} was not called in ${where}`, iamAction: collected.iamAction };
  }
  const [part] = collected.missing;
  return part === undefined
    ? undefined
    : { fact: `${part.resourceId} could not be read in ${where}: ${part.reason}`, iamAction: part.iamAction };
}

/** Was the kind never asked for, and is taken as off because it seldom is in force? */
export const isAssumedOff = (region: RegionSnapshot, kind: ResourceKey): boolean => region.assumedOff.includes(kind);

/**
 * Why a resource that something names is not to be found: a list that was not read, a part that could not be read, or an
 * account or Region outside the snapshot.
 */
export function missingResource(
  snapshot: Snapshot,
  kind: ResourceKey,
  id: string,
  near: { readonly accountId?: string | undefined; readonly region?: string | undefined },
): Missing {
  const iamAction = iamActionOf(kind);
  const candidates = regionsInOrder(snapshot).filter(
    (region) =>
      (near.accountId === undefined || region.accountId === near.accountId) &&
      (near.region === undefined || region.region === near.region),
  );
  for (const region of candidates) {
    const collected = region.resources[kind];
    if (collected.status !== 'collected') return gapIn(region, kind) as Missing;
    const part = collected.missing.find(({ resourceId }) => resourceId === id);
    if (part !== undefined) return { fact: `${id} could not be read: ${part.reason}`, iamAction: part.iamAction };
  }
  const where =
    near.accountId === undefined
      ? ''
      : ` (account ${near.accountId}${near.region === undefined ? '' : `, ${near.region}`})`;
  return { fact: `${id} is not in the snapshot${where}`, iamAction };
}
