/** Something to be placed in a column. */
export interface Placeable {
  /** Where its middle would be best; nothing where it does not matter. */
  readonly wanted: number | undefined;
  readonly height: number;
}

/**
 * Tops of things in a column, in their order, as near to where they would be best as that is possible without touching:
 * each is moved down behind the one before it. What does not care comes where the column has room.
 */
export function spread(items: readonly Placeable[], top: number, gap: number): readonly number[] {
  let free = top;
  return items.map(({ wanted, height }) => {
    const y = Math.max(free, wanted === undefined ? free : wanted - height / 2);
    free = y + height + gap;
    return y;
  });
}

/** The middle of some places; nothing where there are none. */
export const middleOf = (places: readonly number[]): number | undefined =>
  places.length === 0 ? undefined : places.reduce((sum, place) => sum + place, 0) / places.length;
