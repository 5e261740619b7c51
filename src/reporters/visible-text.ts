/**
 * Characters that steer a terminal or a page instead of being seen: control and format characters (among them the marks
 * that reverse the direction of writing, Unicode UAX #9), separators of lines, what Unicode says to draw as nothing, and
 * halves of surrogate pairs. Variation selectors only choose a glyph and may stay.
 */
const unseen = /(?![\uFE00-\uFE0F])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Cs}\u2028\u2029]/gu;

/** Text from outside as one line in which every character can be seen: `⟨U+202E⟩` in place of a hidden one. */
export function visibleText(text: string): string {
  return text.replaceAll(unseen, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return `⟨U+${code}⟩`;
  });
}

/** The same object with every string in it made visible, whatever its depth. */
export function allVisible<T>(value: T): T {
  return mapStrings(value) as T;
}

function mapStrings(value: unknown): unknown {
  if (typeof value === 'string') return visibleText(value);
  if (Array.isArray(value)) return value.map(mapStrings);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, mapStrings(member)]));
}
