import { visibleText } from '../../visible-text.ts';

/** Letters of East Asian scripts and symbols are about twice as wide as those of Latin ones (UAX #11). */
const wide = /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60]|[\u{1F000}-\u{3FFFD}]/u;

/** How wide a text is at most, in units of the size of its letters; fonts differ, so that this is on the safe side. */
export const widthOf = (text: string): number =>
  Array.from(text).reduce(
    (sum, character) => sum + (wide.test(character) ? 1.1 : /[mwMW@%]/.test(character) ? 0.95 : 0.62),
    0,
  );

/** The text as one visible line that fits into a width, its end cut off where it does not. */
export function fitted(text: string, width: number, size: number): string {
  const shown = visibleText(text);
  if (widthOf(shown) * size <= width) return shown;
  const kept: string[] = [];
  let left = width / size - 0.95;
  for (const character of shown) {
    left -= widthOf(character);
    if (left < 0) break;
    kept.push(character);
  }
  return `${kept.join('').trimEnd()}…`;
}
