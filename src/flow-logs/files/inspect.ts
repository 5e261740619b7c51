import { open } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import pLimit from 'p-limit';
import { readFirstLine, type RecordLayout } from '../format/log-format.ts';
import { type PathFacts, pathFacts } from './path-facts.ts';
import type { SkippedFile, SkipReason } from './reading.ts';
import { inspectText, type TextFacts } from './text-file.ts';

/** A file on this machine, and what it is called in messages (its path under the source, or its object key). */
export interface LocalFile {
  readonly path: string;
  readonly name: string;
}

/** A text file that can be read, with the order of its fields. */
export interface TextFile extends LocalFile {
  readonly kind: 'text';
  readonly facts: PathFacts;
  readonly layout: RecordLayout;
  readonly hasHeader: boolean;
  /** Does a time stand before each record? */
  readonly isExport: boolean;
  readonly firstLine: string;
  readonly repeatedHeaders: number;
}

/** A Parquet file; its columns are read with it. */
export interface ParquetFile extends LocalFile {
  readonly kind: 'parquet';
  readonly facts: PathFacts;
}

/** What a set of files was found to be. */
export interface Inspection {
  readonly text: readonly TextFile[];
  readonly parquet: readonly ParquetFile[];
  readonly skipped: readonly SkippedFile[];
}

/** Gives the `LogFormat` of a flow log, for files without a header; `undefined` where nothing says what it is. */
export type FormatOf = (facts: PathFacts) => readonly string[] | undefined;

/** Looks at every file: format by its content, fields by its header, damage by reading it to the end. */
export async function inspectFiles(
  files: readonly LocalFile[],
  formatOf: FormatOf,
  onFile: (done: number) => void = () => undefined,
): Promise<Inspection> {
  const atOnce = pLimit(Math.max(2, availableParallelism()));
  const names = new Set<string>();
  let done = 0;
  const found = await Promise.all(
    files.map(async (file) => {
      const facts = pathFacts(file.name);
      const name = basename(file.name);
      // Names that AWS gave are unique: the same name twice is the same file copied
      const isCopy = facts.flowLogId !== undefined && names.has(name);
      names.add(name);
      if (isCopy) return skip(file, 'duplicate-file', 'a file of this name was read from another folder');
      return atOnce(async () => {
        const one = await inspectFile(file, facts, formatOf);
        done += 1;
        onFile(done);
        return one;
      });
    }),
  );
  return {
    text: found.filter((one) => 'kind' in one && one.kind === 'text') as readonly TextFile[],
    parquet: found.filter((one) => 'kind' in one && one.kind === 'parquet') as readonly ParquetFile[],
    skipped: found.filter((one) => 'reason' in one) as readonly SkippedFile[],
  };
}

const skip = ({ name }: LocalFile, reason: SkipReason, detail: string): SkippedFile => ({ file: name, reason, detail });

async function inspectFile(
  file: LocalFile,
  facts: PathFacts,
  formatOf: FormatOf,
): Promise<TextFile | ParquetFile | SkippedFile> {
  try {
    const { size, first, last } = await ends(file.path);
    if (size === 0) return skip(file, 'empty', '0 bytes');
    if (first.equals(parquetMagic)) {
      if (size < 12 || !last.equals(parquetMagic)) return skip(file, 'truncated', 'a Parquet file without its footer');
      return { ...file, kind: 'parquet', facts };
    }
    const gzip = first[0] === 0x1f && first[1] === 0x8b;
    if (!gzip && file.path.endsWith('.gz')) return skip(file, 'corrupt', 'its name ends in .gz and it is no gzip file');
    return judgeText(file, facts, await inspectText(file.path, gzip), formatOf);
  } catch (error) {
    return skip(file, 'unreadable', error instanceof Error ? error.message : String(error));
  }
}

function judgeText(file: LocalFile, facts: PathFacts, text: TextFacts, formatOf: FormatOf): TextFile | SkippedFile {
  if (text.state !== 'readable') return skip(file, text.state, text.detail);
  const { firstLine, hasMore, repeatedHeaders, otherHeader } = text;
  if (otherHeader !== undefined) {
    return skip(file, 'two-formats', `a second header within it has other fields: ${clip(otherHeader)}`);
  }
  const first = readFirstLine(firstLine);
  const common = { ...file, kind: 'text', facts, firstLine, repeatedHeaders } as const;
  if (first.kind === 'header') {
    if (!hasMore) return skip(file, 'header-only', 'a header and no record');
    if (new Set(first.fields).size < first.fields.length)
      return skip(file, 'not-a-flow-log', 'its header names a field twice');
    return { ...common, layout: { fields: first.fields, from: 'header' }, hasHeader: true, isExport: false };
  }
  if (!firstLine.includes(' ') || !/\d/.test(firstLine)) {
    return skip(file, 'not-a-flow-log', `its first line is neither a header nor a record: ${clip(firstLine)}`);
  }
  const fields = formatOf(facts);
  if (fields === undefined) {
    return skip(
      file,
      'no-log-format',
      `it has no header, so only the flow log's own format tells its fields: give it with --log-format, or a --snapshot that holds the flow log. Its first line: ${clip(firstLine)}`,
    );
  }
  return {
    ...common,
    layout: { fields, from: 'log-format' },
    hasHeader: false,
    isExport: first.kind === 'export',
  };
}

const clip = (line: string): string => (line.length > 120 ? `${line.slice(0, 120)}…` : line);

const parquetMagic = Buffer.from('PAR1');

async function ends(path: string): Promise<{ readonly size: number; readonly first: Buffer; readonly last: Buffer }> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const first = Buffer.alloc(Math.min(4, size));
    const last = Buffer.alloc(Math.min(4, size));
    await handle.read(first, 0, first.length, 0);
    await handle.read(last, 0, last.length, Math.max(0, size - 4));
    return { size, first, last };
  } finally {
    await handle.close();
  }
}
