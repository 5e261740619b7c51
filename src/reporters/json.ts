import type { AuditReport } from '../findings/audit-report.ts';
import { isRaw } from '../model/decode.ts';

/** Deeper than this, a value stands on one line: so each result and each row of the coverage is a line of its own. */
const unfolded = 2;

/**
 * The report as JSON, piece by piece: members sorted by name, one result a line, so that two reports compare line by
 * line. Two runs over one snapshot differ in `run` and nowhere else.
 */
export function* jsonPieces(report: AuditReport): Generator<string> {
  yield* piecesOf(report);
}

/** Anything else that is kept or compared, in the same form: a baseline, a history, a diff. */
export const renderLines = (value: object): string => [...piecesOf(value)].join('');

function* piecesOf(value: object): Generator<string> {
  yield* pieces(value, 0);
  yield '\n';
}

/** The report as JSON; see `schema/audit-report.schema.json`. */
export function renderJson(report: AuditReport): string {
  return [...jsonPieces(report)].join('');
}

function* pieces(value: unknown, depth: number): Generator<string> {
  const members = depth < unfolded && isRaw(value) ? sortedMembers(value) : [];
  const items: readonly unknown[] = depth <= unfolded && Array.isArray(value) ? value : [];
  if (members.length === 0 && items.length === 0) {
    yield oneLine(value);
    return;
  }
  const inner = '  '.repeat(depth + 1);
  yield Array.isArray(value) ? '[' : '{';
  let separator = '\n';
  for (const item of items) {
    yield `${separator}${inner}${oneLine(item)}`;
    separator = ',\n';
  }
  for (const [key, member] of members) {
    yield `${separator}${inner}${oneLine(key)}: `;
    yield* pieces(member, depth + 1);
    separator = ',\n';
  }
  yield `\n${'  '.repeat(depth)}${Array.isArray(value) ? ']' : '}'}`;
}

const sortedMembers = (value: object): readonly (readonly [string, unknown])[] =>
  Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));

const oneLine = (value: unknown): string => escaped(JSON.stringify(value, sorted));

const sorted = (_: string, value: unknown): unknown =>
  isRaw(value) ? Object.fromEntries(sortedMembers(value)) : value;

/** What would steer the terminal on which the file is shown; escaped, it is the same text to every reader of JSON. */
const steering = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

const escaped = (json: string): string =>
  json.replaceAll(steering, (character) =>
    [...Array(character.length).keys()]
      .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
      .join(''),
  );
