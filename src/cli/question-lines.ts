import type { TraceQuery } from '../model/verdict/path.ts';

/** A question that makes no sense: in a batch it costs its own line only. */
export interface Refused {
  readonly query: unknown;
  readonly error: { readonly message: string; readonly candidates: readonly string[] };
}

/** No question comes near this many characters; what is longer is refused without being kept. */
const longestLine = 64 * 1024;

/** A line of a text; `undefined` where it is too long to be a question. */
type Line = string | undefined;

/**
 * The lines of a text as it comes in, however long they are. Empty lines at the end are no lines; those in between are, so
 * that answers stand on the lines of their questions.
 */
export async function* linesOf(chunks: AsyncIterable<string | Uint8Array>): AsyncGenerator<Line> {
  const decoder = new TextDecoder();
  let rest = '';
  let tooLong = false;
  let empty = 0;
  let first = true;
  const lines = function* (text: string): Generator<Line> {
    let from = 0;
    for (let to = text.indexOf('\n'); to >= 0; to = text.indexOf('\n', from)) {
      const line = text.slice(from, to);
      from = to + 1;
      const refused = tooLong || line.length > longestLine;
      tooLong = false;
      if (!refused && line.trim() === '') {
        empty++;
        continue;
      }
      for (; empty > 0; empty--) yield '';
      yield refused ? undefined : line.endsWith('\r') ? line.slice(0, -1) : line;
    }
    rest = text.slice(from);
    if (rest.length > longestLine) {
      tooLong = true;
      rest = '';
    }
  };
  for await (const chunk of chunks) {
    let text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    if (first && text.startsWith('\uFEFF')) text = text.slice(1);
    first = false;
    yield* lines(rest + text);
  }
  rest += decoder.decode();
  if (rest !== '' || tooLong) yield* lines(`${rest}\n`);
}

const numbers = ['port', 'sourcePort', 'icmpType', 'icmpCode'];
const members = ['from', 'to', 'protocol', ...numbers];

/** Reads a line as a question; one that is none says what is wrong with it. */
export function questionOfLine(line: Line): TraceQuery | Refused {
  if (line === undefined) return refused('', `The line is longer than ${longestLine} characters.`);
  if (line === '') return refused('', 'The line is empty: a question is an object with from and to.');
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    return refused(shortened(line), `The line is not JSON: ${cause instanceof Error ? cause.message : String(cause)}.`);
  }
  const shown = line.length > longestEcho ? shortened(line) : value;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refused(shown, 'A question is an object with from and to.');
  const problem = problemOf(value as Readonly<Record<string, unknown>>);
  return problem === undefined ? (value as TraceQuery) : refused(shown, problem);
}

const refused = (query: unknown, message: string): Refused => ({ query, error: { message, candidates: [] } });

/** What is longer than this is repeated in part, as text. */
const longestEcho = 2000;
const shortened = (line: string): string => (line.length > 200 ? `${line.slice(0, 200)}…` : line);

function problemOf(query: Readonly<Record<string, unknown>>): string | undefined {
  const strange = Object.keys(query).find((key) => !members.includes(key));
  if (strange !== undefined)
    return `A question has no member ${JSON.stringify(strange.slice(0, 80))}; it may have ${members.join(', ')}.`;
  const lacking = ['from', 'to'].find((key) => typeof query[key] !== 'string' || query[key] === '');
  if (lacking !== undefined) {
    const what = query[lacking] === undefined ? 'is missing' : 'is no text';
    return `A question needs from and to, both texts: ${lacking} ${query[lacking] === '' ? 'is empty' : what}.`;
  }
  const notNumber = numbers.find((key) => query[key] !== undefined && !Number.isInteger(query[key]));
  if (notNumber !== undefined)
    return `${notNumber} must be a whole number, and is ${JSON.stringify(query[notNumber]).slice(0, 80)}.`;
  if (query['protocol'] !== undefined && typeof query['protocol'] !== 'string')
    return `protocol must be a text such as "tcp" or "47", and is ${JSON.stringify(query['protocol']).slice(0, 80)}.`;
  return undefined;
}
