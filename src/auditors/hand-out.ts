import type { ResourceKey } from '../model/resources.ts';
import { iamActionOf, resourceKeys, resourceKinds } from '../model/resources.ts';
import type { Collected } from '../model/snapshot/collected.ts';
import type { RegionSnapshot } from '../model/snapshot/snapshot.ts';
import { type AnyCheck, readsOf } from './check.ts';

/** Everything of a Region in the form in which checks get it; whatever the kind, a list of objects. */
export type Handed = { readonly [K in ResourceKey]: Collected<object> };

/**
 * Prepares a Region for all checks at once: lists sorted by id, so that no verdict depends on the order of an answer, and
 * the same array for every check, so that facts derived from it can be kept. A kind that is assumed off is an empty list.
 */
export function handOut(region: RegionSnapshot): Handed {
  const handed: Partial<Record<ResourceKey, Collected<object>>> = {};
  for (const kind of resourceKeys) {
    const collected: Collected<object> = region.resources[kind];
    if (collected.status === 'collected') {
      handed[kind] = { ...collected, resources: sortedById(kind, collected.resources) };
    } else if (region.assumedOff.includes(kind)) {
      handed[kind] = { status: 'collected', resources: [], missing: [] };
    } else handed[kind] = collected;
  }
  return handed as Handed;
}

/** The kinds that a check reads and that this Region's folder does not hold. */
export function assumedOffKinds(check: AnyCheck, region: RegionSnapshot): readonly ResourceKey[] {
  if (region.assumedOff.length === 0) return [];
  return readsOf(check).filter((kind) => region.assumedOff.includes(kind));
}

/** The id of a resource: `GroupId` in the answer is `groupId` in the model. */
export function idReader(kind: ResourceKey): (resource: object) => string {
  const { idMember } = resourceKinds[kind];
  const member = `${idMember.charAt(0).toLowerCase()}${idMember.slice(1)}`;
  return (resource) => {
    const id: unknown = Reflect.get(resource, member);
    return typeof id === 'string' ? id : '';
  };
}

function sortedById(kind: ResourceKey, resources: readonly object[]): readonly object[] {
  const idOf = idReader(kind);
  let last: string | undefined;
  const isSorted = resources.every((resource) => {
    const id = idOf(resource);
    const follows = last === undefined || last < id;
    last = id;
    return follows;
  });
  if (isSorted) return resources;
  const texts = new Map<object, string>();
  const text = (resource: object): string => {
    const known = texts.get(resource) ?? JSON.stringify(resource);
    texts.set(resource, known);
    return known;
  };
  return resources.toSorted((a, b) => compare(idOf(a), idOf(b)) || compare(text(a), text(b)));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Why nothing is known of a kind, in one sentence, with the permission that reads it. */
export function lackOf(
  kind: ResourceKey,
  collected: Exclude<Collected<object>, { status: 'collected' }>,
): {
  readonly fact: string;
  readonly iamAction: string;
} {
  const iamAction = collected.iamAction === '' ? iamActionOf(kind) : collected.iamAction;
  if (collected.status === 'not-called') return { fact: `${collected.operation} was not called`, iamAction };
  return { fact: `${collected.operation} failed: ${collected.errorCode} ${collected.message}`.trimEnd(), iamAction };
}
