import { isAskedOf } from '../asked-per-resource.ts';
import type { AccountId, RegionName } from '../id.ts';
import { iamActionOf, resourceKeys, resourceKinds, type ResourceKey } from '../resources.ts';
import type { Collected, MissingPart } from './collected.ts';
import type { Gathered, GatheredKinds } from './gathered.ts';
import type { MappedItems } from './map-answer.ts';
import type { RegionSnapshot } from './snapshot.ts';

/** The kinds for each of whose resources another operation is called. */
const parentKinds: ReadonlySet<string> = new Set(resourceKeys.map((key) => resourceKinds[key].per?.kind ?? ''));

/** A resource of such a kind; one that cannot be judged has an id and no noun. */
interface Parent {
  readonly id: string;
  readonly resource?: object;
}

/** For each such kind that was collected, its resources, those that cannot be judged too. */
type KnownParents = Map<ResourceKey, readonly Parent[]>;

/** One and the same for every Region: an organisation has thousands in which most kinds were never called. */
const notCalled: ReadonlyMap<ResourceKey, Collected<never>> = new Map(
  resourceKeys.map((key) => [
    key,
    { status: 'not-called', operation: resourceKinds[key].operation, iamAction: iamActionOf(key) },
  ]),
);

/** What a Region is in which nothing was called. */
const nothing: Readonly<Record<string, Collected<unknown>>> = Object.fromEntries(notCalled);

/** What one Region amounts to, kind by kind. */
export function settleRegion(
  accountId: AccountId,
  region: RegionName,
  kinds: GatheredKinds,
  assumedOff: readonly ResourceKey[] = [],
): RegionSnapshot {
  const known: KnownParents = new Map();
  const resources =
    kinds.size === 0
      ? nothing
      : Object.fromEntries(resourceKeys.map((key) => [key, settle(key, kinds.get(key), known)]));
  return { accountId, region, resources: resources as RegionSnapshot['resources'], assumedOff };
}

/**
 * One kind as the model states it. A kind that is read per resource is complete only when it was asked for each of
 * them: where there are none, there is nothing to ask, and where one was left out, that one is missing.
 */
function settle(key: ResourceKey, gathered: Gathered | undefined, known: KnownParents): Collected<unknown> {
  const { operation, per } = resourceKinds[key];
  const iamAction = iamActionOf(key);
  if (gathered?.failure !== undefined) return { status: 'failed', operation, iamAction, ...gathered.failure };
  const parents = per === undefined ? undefined : askedOf(key, known.get(per.kind as ResourceKey));
  const untouched = notCalled.get(key);
  if (gathered === undefined && parents?.length !== 0 && untouched !== undefined) return untouched;

  const ordered = inOrder(key, gathered);
  const missing: MissingPart[] = [...ordered.incomplete, ...(gathered?.failedParts ?? [])].map((part) => ({
    ...part,
    iamAction,
  }));
  for (const parent of parents ?? []) {
    if (gathered?.asked.has(parent) === false)
      missing.push({ resourceId: parent, reason: `${operation} was not called for it`, iamAction });
  }
  missing.sort((a, b) => compare(a.resourceId, b.resourceId) || compare(a.reason, b.reason));
  if (parentKinds.has(key)) {
    const nouns = ordered.ids.map((id, index) => ({ id, resource: ordered.resources[index] as object }));
    known.set(key, [...nouns, ...missing.map(({ resourceId }) => ({ id: resourceId }))]);
  }
  return { status: 'collected', resources: ordered.resources, missing };
}

/** The ids of those that a kind is read for. */
function askedOf(key: ResourceKey, parents: readonly Parent[] | undefined): readonly string[] | undefined {
  return parents?.filter(({ resource }) => resource === undefined || isAskedOf(key, resource)).map(({ id }) => id);
}

/** All nouns of a kind, in the order of what they were asked for and then of their ids: no API promises an order. */
function inOrder(key: ResourceKey, gathered: Gathered | undefined): MappedItems<unknown> {
  const batches = [...(gathered?.items ?? [])]
    .sort(([a], [b]) => compare(a, b))
    .map(([, items]) => distinct(key, items));
  const [only] = batches;
  if (only !== undefined && batches.length === 1) return only;
  return {
    ids: batches.flatMap(({ ids }) => ids),
    resources: batches.flatMap(({ resources }) => resources),
    incomplete: batches.flatMap(({ incomplete }) => incomplete),
  };
}

/**
 * The same nouns ordered by id. One that two pages repeat counts once; one that is described twice and differently
 * cannot be judged, since nothing says which description holds.
 */
function distinct(key: ResourceKey, items: MappedItems<unknown>): MappedItems<unknown> {
  const { ids, resources } = items;
  if (isAscending(ids)) return items;
  const order = ids.map((_, index) => index).sort((a, b) => compare(ids[a] ?? '', ids[b] ?? '') || a - b);
  const result: MappedItems<unknown> = { ids: [], resources: [], incomplete: [...items.incomplete] };
  for (let start = 0; start < order.length; ) {
    const id = ids[order[start] ?? 0] ?? '';
    let end = start + 1;
    while (end < order.length && ids[order[end] ?? 0] === id) end += 1;
    addGroup(
      key,
      id,
      order.slice(start, end).map((index) => resources[index]),
      result,
    );
    start = end;
  }
  return result;
}

function addGroup(key: ResourceKey, id: string, group: readonly unknown[], into: MappedItems<unknown>): void {
  const different =
    group.length === 1
      ? group
      : [...new Map(group.map((resource) => [JSON.stringify(resource), resource])).entries()]
          .sort(([a], [b]) => compare(a, b))
          .map(([, resource]) => resource);
  if (different.length > 1 && id !== '' && resourceKinds[key].repeats !== true) {
    into.incomplete.push({ resourceId: id, reason: 'is described twice, and differently' });
    return;
  }
  for (const resource of different) {
    into.ids.push(id);
    into.resources.push(resource);
  }
}

function isAscending(ids: readonly string[]): boolean {
  for (let index = 1; index < ids.length; index += 1) {
    if ((ids[index - 1] ?? '') >= (ids[index] ?? '')) return false;
  }
  return true;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
