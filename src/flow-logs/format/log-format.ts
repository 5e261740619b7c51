import { fieldNamed } from './fields.ts';

/** The fields of a record in the order in which they stand, and where that order is known from. */
export interface RecordLayout {
  readonly fields: readonly string[];
  /** `header` of the file, Parquet `schema`, or the flow log's `log-format`. */
  readonly from: 'header' | 'schema' | 'log-format';
}

/** What the first line of a text file turns out to be. */
export type FirstLine =
  | { readonly kind: 'header'; readonly fields: readonly string[] }
  /** A record after a time, as CloudWatch Logs exports write it. */
  | { readonly kind: 'export' }
  /** A record: what its fields are, only the flow log's own format can tell. */
  | { readonly kind: 'record' };

const namePattern = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const isoTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;

/** Reads `${version} ${account-id} …`. `reason` says what is wrong with it. */
export function parseLogFormat(
  text: string,
):
  | { readonly fields: readonly string[]; readonly reason?: never }
  | { readonly reason: string; readonly fields?: never } {
  const words = text
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return { reason: 'it names no field' };
  const fields: string[] = [];
  for (const word of words) {
    const name = /^\$\{(.+)\}$/.exec(word)?.[1] ?? word;
    if (!namePattern.test(name)) return { reason: `"${word.slice(0, 60)}" is not a field` };
    if (fields.includes(name)) return { reason: `"${name}" stands in it twice` };
    fields.push(name);
  }
  if (!fields.some((name) => fieldNamed(name) !== undefined)) return { reason: 'it names no field of flow logs' };
  return { fields };
}

/**
 * Tells what a first line is by its words alone: a header consists of names of fields, of which at least one is known
 * and none looks like a value. The number of words says nothing.
 */
export function readFirstLine(line: string): FirstLine {
  const words = line.trim().split(' ');
  if (words.every((word) => namePattern.test(word)) && words.some((word) => fieldNamed(word) !== undefined)) {
    const known = words.filter((word) => fieldNamed(word) !== undefined).length;
    if (known * 2 > words.length) return { kind: 'header', fields: words };
  }
  return isoTime.test(words[0] ?? '') ? { kind: 'export' } : { kind: 'record' };
}

/** Fields of a layout that this program does not know: their columns are kept apart and not read. */
export const unknownFields = (fields: readonly string[]): readonly string[] =>
  fields.filter((name) => fieldNamed(name) === undefined);

/** Is it a transit gateway's? Its records have neither an action nor an interface. */
export const isTransitGatewayLayout = (fields: readonly string[]): boolean =>
  fields.includes('tgw-id') || fields.includes('resource-type') || fields.includes('tgw-attachment-id');
