import type { EstateState, Item, RegionState } from './state.ts';

/** A copy of one account's Region, in which what depends on everything else is worked out. */
export interface DraftRegion {
  readonly state: RegionState;
  readonly lists: Map<string, Item[]>;
  readonly documents: Map<string, Item>;
}

/** A copy of everything built, so that a world can be made, built upon and made again. */
export interface Draft {
  readonly estate: EstateState;
  readonly regions: readonly DraftRegion[];
}

/** Copies everything built. */
export function draftOf(estate: EstateState): Draft {
  const regions = [...estate.accounts.values()].flatMap((account) =>
    [...account.regions.values()].map((state) => ({
      state,
      lists: structuredClone(state.lists),
      documents: structuredClone(state.documents),
    })),
  );
  return { estate, regions };
}

/** The items of an operation; none where nothing was built. */
export function listIn(region: DraftRegion, key: string): Item[] {
  return region.lists.get(key) ?? [];
}

/** The list itself, made where there was none. */
export function ownList(region: DraftRegion, key: string): Item[] {
  const existing = region.lists.get(key);
  if (existing !== undefined) return existing;
  const made: Item[] = [];
  region.lists.set(key, made);
  return made;
}

/** The items of an operation in every account and Region, with their Region. */
export function everyItem(draft: Draft, key: string): { readonly region: DraftRegion; readonly item: Item }[] {
  return draft.regions.flatMap((region) => listIn(region, key).map((item) => ({ region, item })));
}

/** The draft of a Region. */
export function draftRegionOf(draft: Draft, state: RegionState): DraftRegion {
  const region = draft.regions.find((candidate) => candidate.state === state);
  if (region === undefined) throw new Error(`${state.accountId} ${state.region} is not part of this estate`);
  return region;
}
