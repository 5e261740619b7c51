import { isRaw } from '../../model/decode.ts';
import { resourceKeys, resourceKinds } from '../../model/resources.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import type { TagsOf } from './matching.ts';

const none: ReadonlyMap<string, string> = new Map();

/** Looks up the tags of resources in a snapshot; the index is made when the first are asked for. */
export function tagsIn(snapshot: Pick<Snapshot, 'regions'>): TagsOf {
  let index: ReadonlyMap<string, ReadonlyMap<string, string>> | undefined;
  return ({ accountId, region, id }) => {
    index ??= indexOf(snapshot);
    return index.get(keyOf(accountId, region, id)) ?? none;
  };
}

const keyOf = (accountId: string, region: string, id: string): string => `${accountId} ${region} ${id}`;

function indexOf({ regions }: Pick<Snapshot, 'regions'>): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const index = new Map<string, ReadonlyMap<string, string>>();
  for (const { accountId, region, resources } of regions) {
    for (const kind of resourceKeys) {
      const collected = resources[kind];
      if (collected.status !== 'collected') continue;
      const { idMember } = resourceKinds[kind];
      const member = `${idMember.charAt(0).toLowerCase()}${idMember.slice(1)}`;
      for (const resource of collected.resources) {
        const id: unknown = Reflect.get(resource, member);
        const tags: unknown = Reflect.get(resource, 'tags');
        if (typeof id === 'string' && Array.isArray(tags) && tags.length > 0) {
          index.set(
            keyOf(accountId, region, id),
            new Map(tags.filter(isRaw).map(({ key, value }) => [String(key), String(value)])),
          );
        }
      }
    }
  }
  return index;
}
