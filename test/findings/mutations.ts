/** A generator of numbers from 0 up to, not including, 1 (mulberry32), so that a seed repeats a run. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Pieces that mean something to YAML, JSON or a terminal. */
const pieces = [
  '\n',
  '\t',
  ' ',
  '  ',
  '- ',
  ': ',
  ':',
  ',',
  '[',
  ']',
  '{',
  '}',
  '"',
  "'",
  '#',
  '&a ',
  '*a',
  '!x ',
  '%',
  '@',
  '`',
  '|',
  '>',
  '---\n',
  '...\n',
  '? ',
  '\\',
  '\\u0000',
  '\u0000',
  '\u001B[31m',
  '\u202E',
  '\u2028',
  '\uFEFF',
  '\uD800',
  'null',
  'true',
  '-1',
  '1e999',
  '9'.repeat(40),
  '""',
  '[]',
  '{}',
  '__proto__',
  'constructor',
  'é',
  '日本',
  '*',
  '0.0.0.0/0',
  '2026-02-30',
  '[['.repeat(50),
  'x'.repeat(300),
];

/** So many texts, each the original after one change or several: pieces taken out, put in, doubled, swapped or replaced. */
export function* mutations(original: string, count: number, seed: number): Generator<string> {
  const random = randomFrom(seed);
  const upTo = (limit: number): number => Math.floor(random() * limit);
  const lines = original.split('\n');
  for (let made = 0; made < count; made += 1) {
    let text = original;
    for (let changes = 1 + upTo(3); changes > 0; changes -= 1) {
      const at = upTo(text.length + 1);
      const piece = pieces[upTo(pieces.length)] ?? '';
      switch (upTo(7)) {
        case 0:
          text = text.slice(0, at) + piece + text.slice(at);
          break;
        case 1:
          text = text.slice(0, at) + text.slice(at + 1 + upTo(20));
          break;
        case 2:
          text = text.slice(0, at) + piece + text.slice(at + piece.length);
          break;
        case 3:
          text = text.slice(0, at);
          break;
        case 4:
          text = `${text}\n${lines[upTo(lines.length)] ?? ''}`;
          break;
        case 5:
          text = withWordReplaced(text, at, piece);
          break;
        default:
          text = text.slice(0, at) + text.slice(Math.max(0, at - upTo(200)), at) + text.slice(at);
      }
    }
    yield text;
  }
}

/** The word at a place, whatever it is, for another: most of a file is words, and most damage is to one of them. */
function withWordReplaced(text: string, at: number, piece: string): string {
  const start = Math.max(text.lastIndexOf('"', at), text.lastIndexOf(' ', at)) + 1;
  const rest = text.slice(start).search(/["\s,]/);
  return text.slice(0, start) + piece + (rest === -1 ? '' : text.slice(start + rest));
}
