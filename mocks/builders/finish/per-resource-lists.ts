import { fileNameOf } from '../../../src/model/snapshot/file-name.ts';
import { type ResourceKey, resourceKinds } from '../../../src/model/resources.ts';
import { type Draft, type DraftRegion, listIn, ownList } from '../draft.ts';
import type { Item } from '../state.ts';

/** Every operation that is called per resource answers for each of them, be it with an empty list. */
export function completeLists(draft: Draft): void {
  for (const region of draft.regions) {
    for (const { service, operation, per, member, shape } of Object.values(resourceKinds)) {
      if (per === undefined || member === undefined || shape === 'object') continue;
      for (const id of idsOf(region, per.kind as ResourceKey))
        ownList(region, `${service}.${operation}/${fileNameOf(id)}`);
    }
  }
}

function idsOf(region: DraftRegion, key: ResourceKey): readonly string[] {
  const { service, operation, per, nested, idMember } = resourceKinds[key];
  const stem = `${service}.${operation}`;
  const keys = per === undefined ? [stem] : [...region.lists.keys()].filter((name) => name.startsWith(`${stem}/`));
  const items = keys.flatMap((name) => listIn(region, name));
  const whole = nested === undefined ? items : items.flatMap((item) => item[nested] as Item[]);
  return whole.map((item) => item[idMember]).filter((id) => typeof id === 'string');
}
