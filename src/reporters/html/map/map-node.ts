import { grouped } from '../../../findings/grouped.ts';
import type { SubnetExposure } from '../../../model/verdict/defence-in-depth.ts';

/** One box of a map, for one resource or for several that are alike. */
export interface MapNode {
  readonly key: string;
  readonly kind: 'subnet' | 'route-table' | 'connection';
  /** Its name, or how many there are. */
  readonly name: string;
  readonly id: string;
  readonly notes: readonly string[];
  readonly exposure: SubnetExposure | undefined;
  readonly title: string;
}

/** At least one. */
export type Some<T> = readonly [T, ...T[]];

/** Each for itself while they are few; else those that are alike together, by as coarse a likeness as it takes. */
export function alike<T>(
  items: readonly T[],
  few: number,
  [likeness, ...coarser]: readonly ((item: T) => string)[],
): readonly Some<T>[] {
  if (items.length <= few) return items.map((item): Some<T> => [item]);
  if (likeness === undefined) return [];
  const groups = [...grouped(items, likeness).values()];
  return groups.length <= few || coarser.length === 0 ? groups : alike(items, few, coarser);
}
