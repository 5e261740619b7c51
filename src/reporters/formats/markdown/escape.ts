import { visibleText } from '../../visible-text.ts';

/** Joins what stands on both sides without being seen, so that nothing finds a name, a number or an address there. */
const joiner = '\u2060';

/**
 * Text as GitHub Flavored Markdown that shows it and nothing else. Marks become character references, which no parser
 * reads as markup or as the edge of a table's cell (CommonMark §2.5, GFM §4.10); what platforms look for after parsing
 * (@mentions, #references, :emoji:, bare addresses) is broken up by a joiner.
 */
export function prose(text: string): string {
  return visibleText(text)
    .trim()
    .replaceAll(/[\\`*_[\]<>#|~&@$]/g, (mark) => `${reference(mark)}${mark === '@' || mark === '#' ? joiner : ''}`)
    .replaceAll(/:(?=\/\/|[\w+-]+:)/g, `:${joiner}`)
    .replaceAll(/www(?=\.)/gi, (word) => `${word}${joiner}`)
    .replace(/^[-+]|(?<=^\d+)[.)](?=\s|$)/, reference);
}

const reference = (mark: string): string => `&#${mark.charCodeAt(0)};`;

/**
 * Text as a code span (CommonMark §6.1), in which no markup, mention or address is read. Its fence is longer than any run
 * of backticks inside. In a cell of a table a bar must be escaped even there, and a backslash before it would undo that,
 * so such a backslash is spelt out.
 */
export function code(text: string): string {
  const shown = visibleText(text)
    .replaceAll(/\\(?=\\*\|)/g, '⟨U+005C⟩')
    .replaceAll('|', '\\|');
  if (shown.trim() === '') return '—';
  const runs = shown.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map(({ length }) => length)) + 1);
  const space = /^[ `]|[ `]$/.test(shown) ? ' ' : '';
  return `${fence}${space}${shown}${space}${fence}`;
}
