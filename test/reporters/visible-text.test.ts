import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allVisible, visibleText } from '../../src/reporters/visible-text.ts';

const steering = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u;

describe('visibleText', () => {
  it.each([
    ['plain', 'plain'],
    ['שלום 漢字 🦊 é', 'שלום 漢字 🦊 é'],
    ['\u202Egnp', '⟨U+202E⟩gnp'],
    ['a\nb\tc', 'a⟨U+000A⟩b⟨U+0009⟩c'],
    ['\u001B[31m', '⟨U+001B⟩[31m'],
    ['\uD800', '⟨U+D800⟩'],
    ['\u{E0041}', '⟨U+E0041⟩'],
    ['\u3164', '⟨U+3164⟩'],
    ['❤\uFE0F', '❤\uFE0F'],
  ])('%j becomes %j', (text, visible) => {
    expect(visibleText(text)).toBe(visible);
  });

  it('leaves nothing that steers, and loses nothing that is seen', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const visible = visibleText(text);
        expect(visible).not.toMatch(steering);
        expect(visibleText(visible)).toBe(visible);
        if (!/[\p{Default_Ignorable_Code_Point}]/u.test(text) && !steering.test(text)) expect(visible).toBe(text);
      }),
    );
  });

  it('reaches every string of an object', () => {
    const value = { a: '\u202E', b: [{ c: '\u0000', d: 1, e: null, f: undefined, g: true }] };
    expect(allVisible(value)).toEqual({
      a: '⟨U+202E⟩',
      b: [{ c: '⟨U+0000⟩', d: 1, e: null, f: undefined, g: true }],
    });
  });
});
