import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fairShares } from '../../../src/reporters/html/fair-shares.ts';

const wanted = fc.array(fc.nat({ max: 500 }), { maxLength: 20 });
const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

describe('fairShares', () => {
  it.each([
    [[5, 5], 20, [5, 5]],
    [[1000, 3, 10], 30, [17, 3, 10]],
    [[100, 100, 100], 10, [4, 3, 3]],
    [[1, 1, 1], 2, [1, 1, 0]],
    [[7], 0, [0]],
    [[], 5, []],
  ])('%j of %i', (counts, budget, shares) => {
    expect(fairShares(counts, budget)).toEqual(shares);
  });

  it('spends the whole budget and never more, and gives nobody more than it wants', () => {
    fc.assert(
      fc.property(wanted, fc.nat({ max: 3000 }), (counts, budget) => {
        const shares = fairShares(counts, budget);
        expect(sum(shares)).toBe(Math.min(sum(counts), budget));
        for (const [at, share] of shares.entries()) expect(share).toBeLessThanOrEqual(counts[at] ?? 0);
      }),
    );
  });

  it('lets nobody go short while another has more than one above it', () => {
    fc.assert(
      fc.property(wanted, fc.nat({ max: 3000 }), (counts, budget) => {
        const shares = fairShares(counts, budget);
        const short = shares.filter((share, at) => share < (counts[at] ?? 0));
        if (short.length > 0) expect(Math.max(...shares)).toBeLessThanOrEqual(Math.min(...short) + 1);
      }),
    );
  });
});
