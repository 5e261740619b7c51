/** A source of numbers that one seed determines (mulberry32), with the few draws that the generators need. */
export interface Random {
  /** From 0 to `count` - 1. */
  readonly below: (count: number) => number;
  /** True in `percent` of 100 draws. */
  readonly chance: (percent: number) => boolean;
  readonly pick: <T>(list: readonly T[]) => T;
  /** Some of the list, each with the given chance. */
  readonly some: <T>(list: readonly T[], percent: number) => readonly T[];
  readonly shuffle: <T>(list: readonly T[]) => readonly T[];
}

export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (count: number): number => Math.floor(next() * count);
  const random: Random = {
    below,
    chance: (percent) => next() * 100 < percent,
    pick: (list) => {
      const picked = list[below(list.length)];
      if (picked === undefined) throw new Error('nothing to pick from');
      return picked;
    },
    some: (list, percent) => list.filter(() => random.chance(percent)),
    shuffle: (list) => {
      const copy = [...list];
      for (let index = copy.length - 1; index > 0; index--) {
        const other = below(index + 1);
        const kept = copy[index];
        const swapped = copy[other];
        if (kept === undefined || swapped === undefined) continue;
        copy[index] = swapped;
        copy[other] = kept;
      }
      return copy;
    },
  };
  return random;
}
