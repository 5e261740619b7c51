import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cut } from '../../../src/reporters/formats/cut.ts';

describe('cut', () => {
  it('keeps what fits, and of the rest a beginning that halves no character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), fc.integer({ min: 1, max: 20 }), (text, most) => {
        const short = cut(text, most);
        expect(short.length).toBeLessThanOrEqual(most);
        expect(short).not.toMatch(/\p{Cs}/u);
        expect(text.startsWith(short.replace(/…$/, ''))).toBe(true);
        expect(short === text).toBe(text.length <= most);
      }),
    );
  });

  it.each([
    ['a💥b', 3, 'a…'],
    ['a💥b', 4, 'a💥b'],
    ['abcd', 3, 'ab…'],
  ])('%j in %i is %j', (text, most, expected) => {
    expect(cut(text, most)).toBe(expected);
  });
});
