import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  disjointIntervals,
  intersectIntervals,
  intervalsHave,
  intervalsOfRanges,
  intervalsWithin,
  sameIntervals,
  subtractIntervals,
  uniteIntervals,
} from '../../../src/network/sets/intervals.ts';

const limit = 24;
const ranges = fc.array(fc.tuple(fc.nat(limit), fc.nat(limit)), { maxLength: 6 });
const numbers = ranges.map((pairs) => intervalsOfRanges(pairs.filter(([a, b]) => a < b)));
const bigints = ranges.map((pairs) =>
  intervalsOfRanges(pairs.filter(([a, b]) => a < b).map(([a, b]) => [BigInt(a), BigInt(b)] as const)),
);
const points = Array.from({ length: limit + 2 }, (_, x) => x);

describe('intervals of numbers', () => {
  it('agree with plain membership in every operation', () => {
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        for (const x of points) {
          const inA = intervalsHave(a, x);
          const inB = intervalsHave(b, x);
          expect(intervalsHave(uniteIntervals(a, b), x)).toBe(inA || inB);
          expect(intervalsHave(intersectIntervals(a, b), x)).toBe(inA && inB);
          expect(intervalsHave(subtractIntervals(a, b), x)).toBe(inA && !inB);
        }
        expect(disjointIntervals(a, b)).toBe(points.every((x) => !(intervalsHave(a, x) && intervalsHave(b, x))));
        expect(intervalsWithin(a, b)).toBe(points.every((x) => !intervalsHave(a, x) || intervalsHave(b, x)));
      }),
    );
  });

  it('are canonical: equal members mean equal boundaries, strictly ascending', () => {
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        for (const set of [uniteIntervals(a, b), intersectIntervals(a, b), subtractIntervals(a, b)]) {
          for (let i = 1; i < set.length; i++) expect(Number(set[i])).toBeGreaterThan(Number(set[i - 1]));
          expect(set.length % 2).toBe(0);
        }
        const equal = points.every((x) => intervalsHave(a, x) === intervalsHave(b, x));
        expect(sameIntervals(a, b)).toBe(equal);
      }),
    );
  });

  it('give the operand itself back where nothing changed', () => {
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const both = intersectIntervals(a, b);
        if (intervalsWithin(a, b) && !sameIntervals(a, b) && a.length > 0) expect(both).toBe(a);
        if (disjointIntervals(a, b) && a.length > 0) expect(subtractIntervals(a, b)).toBe(a);
      }),
    );
  });
});

describe('intervals of bigints', () => {
  it('agree with plain membership in every operation', () => {
    fc.assert(
      fc.property(bigints, bigints, (a, b) => {
        for (const point of points) {
          const x = BigInt(point);
          expect(intervalsHave(uniteIntervals(a, b), x)).toBe(intervalsHave(a, x) || intervalsHave(b, x));
          expect(intervalsHave(intersectIntervals(a, b), x)).toBe(intervalsHave(a, x) && intervalsHave(b, x));
          expect(intervalsHave(subtractIntervals(a, b), x)).toBe(intervalsHave(a, x) && !intervalsHave(b, x));
        }
      }),
    );
  });
});
