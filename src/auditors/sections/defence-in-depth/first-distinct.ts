/** So many pieces of evidence, ids and reasons are told of one layer; the counts count all. */
export const mostTold = 3;

/** The first few parts of some items, each once, in the order of the items. */
export function firstDistinct<T, Part>(
  items: readonly T[],
  partsOf: (item: T) => readonly Part[],
  most: number = mostTold,
): readonly Part[] {
  const found = new Map<string, Part>();
  // Most items share one and the same list
  const told = new Set<readonly Part[]>();
  for (const item of items) {
    const parts = partsOf(item);
    if (told.has(parts)) continue;
    told.add(parts);
    for (const part of parts) {
      if (found.size === most) return [...found.values()];
      found.set(JSON.stringify(part), part);
    }
  }
  return [...found.values()];
}
