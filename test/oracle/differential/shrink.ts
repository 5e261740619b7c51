import type { ResourceKey } from '../../../src/model/resources.ts';
import { resourceKeys } from '../../../src/model/resources.ts';
import type { RegionSnapshot } from '../../../src/model/snapshot/snapshot.ts';

/** Lists inside resources that can be shortened: rules, routes, entries. */
const innerLists = ['entries', 'ipPermissions', 'ipPermissionsEgress', 'routes', 'groupIds'];

/** One thing that can be left out of the answers. */
type Cut = (regions: readonly RegionSnapshot[]) => readonly RegionSnapshot[];

function changeList(
  regions: readonly RegionSnapshot[],
  at: number,
  kind: ResourceKey,
  change: (resources: readonly object[]) => readonly object[],
): readonly RegionSnapshot[] {
  return regions.map((snapshot, index) => {
    const collected = snapshot.resources[kind];
    if (index !== at || collected.status !== 'collected') return snapshot;
    const resources = { ...snapshot.resources, [kind]: { ...collected, resources: change(collected.resources) } };
    return { ...snapshot, resources };
  });
}

const without = <T>(list: readonly T[], from: number, count: number): readonly T[] =>
  list.filter((_, index) => index < from || index >= from + count);

/** Every way of leaving out `size` neighbours of one list of resources. */
function* resourceCuts(regions: readonly RegionSnapshot[], size: number): Iterable<Cut> {
  for (const [at, snapshot] of regions.entries()) {
    for (const kind of resourceKeys) {
      const collected = snapshot.resources[kind];
      const count = collected.status === 'collected' ? collected.resources.length : 0;
      for (let from = count - size; from > -size; from -= size) {
        yield (now) => changeList(now, at, kind, (list) => without(list, Math.max(from, 0), size));
      }
    }
  }
}

/** Every way of leaving out one rule, route or entry. */
function* ruleCuts(regions: readonly RegionSnapshot[]): Iterable<Cut> {
  for (const [at, snapshot] of regions.entries()) {
    for (const kind of resourceKeys) {
      const collected = snapshot.resources[kind];
      if (collected.status !== 'collected') continue;
      for (const [index, resource] of collected.resources.entries()) {
        for (const [member, value] of Object.entries(resource)) {
          if (!innerLists.includes(member) || !Array.isArray(value)) continue;
          for (let inner = value.length - 1; inner >= 0; inner--) {
            yield (now) =>
              changeList(now, at, kind, (list) =>
                list.map((one, position) =>
                  position === index ? { ...one, [member]: without(listIn(one, member), inner, 1) } : one,
                ),
              );
          }
        }
      }
    }
  }
}

function listIn(resource: object, member: string): readonly unknown[] {
  const value = Object.entries(resource).find(([name]) => name === member)?.[1] as unknown;
  return Array.isArray(value) ? value : [];
}

/** Leaves out whatever can go while the two still differ: first many resources at a time, then one, then single rules. */
export function shrink(
  regions: readonly RegionSnapshot[],
  stillDiffers: (regions: readonly RegionSnapshot[]) => boolean,
): readonly RegionSnapshot[] {
  let now = regions;
  const tryAll = (cuts: (current: readonly RegionSnapshot[]) => Iterable<Cut>): void => {
    for (const cut of cuts(now)) {
      const smaller = cut(now);
      if (stillDiffers(smaller)) now = smaller;
    }
  };
  for (const size of [16, 4, 1]) tryAll((current) => resourceCuts(current, size));
  tryAll(ruleCuts);
  return now;
}
