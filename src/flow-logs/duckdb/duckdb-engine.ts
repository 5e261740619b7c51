import { dirname } from 'node:path';
import { duckdbDialect, literal } from '../engine/dialect.ts';
import type { FlowEngine } from '../engine/question.ts';
import type { Inspection, LocalFile, ParquetFile } from '../files/inspect.ts';
import type { SkippedFile } from '../files/reading.ts';
import { type FlowColumn, flowColumns, transitColumns } from '../format/columns.ts';
import { type Database, openDatabase } from './database.ts';
import { keepRichest } from './duplicates.ts';
import { type FileGroup, fileGroups, groupSql, type ParquetSchema } from './source-sql.ts';

/** What an engine over files is opened with. */
export interface DuckdbOptions {
  /** The folders that hold the files. */
  readonly inputs: readonly string[];
  /** A private folder for what is spilled and converted; the caller takes it away. */
  readonly workFolder: string;
  readonly memoryLimit: string;
  readonly threads: number;
  readonly window: { readonly since: number; readonly until: number };
  /** Will several questions be asked? Then text is converted to slim Parquet once. */
  readonly several: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** What was read from files. */
export interface FilesRead {
  readonly groups: readonly {
    readonly flowLogId: string | undefined;
    readonly fields: readonly string[];
    readonly kind: 'text' | 'parquet';
    readonly isTransit: boolean;
    readonly files: number;
  }[];
  /** Files that turned out to be damaged while they were read. */
  readonly skipped: readonly SkippedFile[];
  /** Lines that fit no record; undefined where lines were not counted. */
  readonly rejectedLines: number | undefined;
  readonly rejectedExamples: readonly string[];
  /** Records that another flow log of the same interface holds as well. */
  readonly duplicates: number;
}

/** An engine over files, with what it read. */
export interface DuckdbEngine extends FlowEngine {
  readonly read: FilesRead;
  /** The earliest and latest record of the files, whatever the window. */
  readonly span: () => Promise<{ readonly first: number | null; readonly last: number | null }>;
  readonly close: () => void;
}

/** Opens files of flow logs as the tables that questions ask. */
export async function openDuckdb(inspection: Inspection, options: DuckdbOptions): Promise<DuckdbEngine> {
  const database = await openDatabase({ ...options, output: options.workFolder });
  try {
    return await engineOver(database, inspection, options);
  } catch (error) {
    database.close();
    throw error;
  }
}

async function engineOver(database: Database, inspection: Inspection, options: DuckdbOptions): Promise<DuckdbEngine> {
  const skipped: SkippedFile[] = [];
  const parquet = await withSchemas(database, inspection.parquet, skipped);
  let groups = fileGroups([...inspection.text, ...parquet]);
  const tables = [
    { name: 'flows', columns: flowColumns, isTransit: false },
    { name: 'transit_flows', columns: transitColumns, isTransit: true },
  ];
  let duplicates = 0;
  for (const { name, columns, isTransit } of tables) {
    const mine = groups.filter((group) => group.isTransit === isTransit);
    const loaded = await load(database, name, columns, mine, options, skipped);
    groups = [...groups.filter((group) => group.isTransit !== isTransit), ...loaded];
    if (!isTransit) duplicates = await keepRichest(database, loaded);
  }
  const lines = options.several && inspection.text.length > 0 ? await rejectedLines(database, inspection) : undefined;
  return {
    name: `DuckDB ${database.version.replace(/^v/, '')}`,
    columns: new Set(groups.flatMap((group) => group.columns.map(({ name }) => name))),
    dialect: duckdbDialect,
    run: (sql, columns) => database.query(sql, columns),
    read: {
      groups: groups
        .toSorted((a, b) => a.index - b.index)
        .map(({ flowLogId, fields, isTransit, files }) => ({
          flowLogId,
          fields,
          kind: files[0]?.kind ?? 'text',
          isTransit,
          files: files.length,
        })),
      skipped,
      rejectedLines: lines?.count,
      rejectedExamples: lines?.examples ?? [],
      duplicates,
    },
    span: async () => {
      const all = groups.map((group) =>
        groupSql(group, (group.isTransit ? transitColumns : flowColumns).filter(isTime), undefined),
      );
      if (all.length === 0) return { first: null, last: null };
      const [row] = await database.query(
        `SELECT min(start_ts) AS first, max(end_ts) AS last FROM (${all.join(' UNION ALL ')})`,
        { first: 'number', last: 'number' },
      );
      return row ?? { first: null, last: null };
    },
    close: database.close,
  };
}

const isTime = ({ name }: FlowColumn): boolean => name === 'start_ts' || name === 'end_ts';

/**
 * Makes one table: a view over Parquet, or text converted once. A file that fails although it looked whole is found by
 * reading each alone, set aside, and the rest is read.
 */
async function load(
  database: Database,
  table: string,
  columns: readonly FlowColumn[],
  groups: readonly FileGroup[],
  options: DuckdbOptions,
  skipped: SkippedFile[],
): Promise<readonly FileGroup[]> {
  const present = columns.filter(({ name }) => groups.some((group) => group.columns.some((one) => one.name === name)));
  const source = (some: readonly FileGroup[]): string =>
    some.map((group) => groupSql(group, withStatus(present, columns), options.window)).join(' UNION ALL ');
  let usable = groups;
  const convert = options.several && groups.some(({ files }) => files[0]?.kind === 'text');
  if (usable.length > 0 && convert) {
    const target = `${options.workFolder}/${table}.parquet`;
    const copy = (): Promise<void> =>
      database.execute(`COPY (${source(usable)}) TO ${literal(target)} (FORMAT parquet, COMPRESSION snappy)`);
    try {
      await copy();
    } catch (error) {
      usable = await withoutBroken(database, usable, present, options, skipped, error);
      if (usable.length > 0) await copy();
    }
    if (usable.length > 0)
      await view(database, table, columns, withStatus(present, columns), `read_parquet(${literal(target)})`);
  } else if (usable.length > 0) {
    await view(database, table, columns, withStatus(present, columns), `(${source(usable)})`);
  }
  if (usable.length === 0) await view(database, table, columns, [], '(SELECT 0 AS source_group WHERE false)');
  return usable;
}

/** A format without `log-status` still has the column, for every question looks at it. */
const withStatus = (present: readonly FlowColumn[], all: readonly FlowColumn[]): readonly FlowColumn[] =>
  all.filter((column) => column.name === 'log_status' || present.includes(column));

async function view(
  database: Database,
  table: string,
  columns: readonly FlowColumn[],
  present: readonly FlowColumn[],
  source: string,
): Promise<void> {
  const cells = columns.map((column) =>
    present.includes(column) ? column.name : `CAST(NULL AS ${column.type}) AS ${column.name}`,
  );
  await database.execute(`CREATE OR REPLACE VIEW ${table} AS SELECT ${cells.join(', ')}, source_group FROM ${source}`);
}

/** Reads each file alone to find those that fail; throws the first error where none does. */
async function withoutBroken(
  database: Database,
  groups: readonly FileGroup[],
  columns: readonly FlowColumn[],
  options: DuckdbOptions,
  skipped: SkippedFile[],
  first: unknown,
): Promise<readonly FileGroup[]> {
  let found = 0;
  const usable: FileGroup[] = [];
  for (const group of groups) {
    const good: FileGroup['files'][number][] = [];
    for (const file of group.files) {
      try {
        await database.query(`SELECT count(hash(r)) AS n FROM (${groupSql(group, columns, undefined, [file])}) r`, {
          n: 'number',
        });
        good.push(file);
      } catch (error) {
        options.signal?.throwIfAborted();
        found += 1;
        skipped.push({ file: file.name, reason: 'corrupt', detail: firstSentence(error) });
      }
    }
    if (good.length > 0) usable.push({ ...group, files: good });
  }
  if (found === 0) throw first;
  return usable;
}

const firstSentence = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, 200) ?? '';

async function withSchemas(
  database: Database,
  files: readonly ParquetFile[],
  skipped: SkippedFile[],
): Promise<readonly (ParquetFile & { readonly schema: ParquetSchema })[]> {
  const out: (ParquetFile & { readonly schema: ParquetSchema })[] = [];
  for (const file of files) {
    try {
      const rows = await database.query(
        `SELECT name, type FROM parquet_schema(${literal(file.path)}) WHERE type IS NOT NULL`,
        { name: 'text', type: 'text' },
      );
      const schema = new Map(rows.map(({ name, type }) => [name ?? '', type ?? '']));
      const known = [...flowColumns, ...transitColumns].filter(({ field }) => schema.has(field.replaceAll('-', '_')));
      if (known.length < 3)
        skipped.push({ file: file.name, reason: 'not-a-flow-log', detail: 'its columns are not fields of flow logs' });
      else out.push({ ...file, schema });
    } catch (error) {
      skipped.push({ file: file.name, reason: 'corrupt', detail: firstSentence(error) });
    }
  }
  return out;
}

/** Lines that fit no record, without the headers that stand within concatenated files. */
async function rejectedLines(
  database: Database,
  { text }: Inspection,
): Promise<{ readonly count: number; readonly examples: readonly string[] }> {
  const headers = [...new Set(text.filter(({ hasHeader }) => hasHeader).map(({ firstLine }) => firstLine))];
  const others = headers.length === 0 ? 'true' : `trim(csv_line) NOT IN (${headers.map(literal).join(', ')})`;
  const [counted] = await database.query(
    `SELECT count(*) AS n FROM (SELECT DISTINCT scan_id, file_id, line FROM reject_errors WHERE ${others})`,
    { n: 'number' },
  );
  const examples = await database.query(
    `SELECT DISTINCT csv_line AS line FROM reject_errors WHERE ${others} ORDER BY line LIMIT 3`,
    { line: 'text' },
  );
  return { count: counted?.n ?? 0, examples: examples.map(({ line }) => (line ?? '').slice(0, 160)) };
}

/** The folders of some files, for the sandbox. */
export const foldersOf = (files: readonly LocalFile[]): readonly string[] => [
  ...new Set(files.map(({ path }) => dirname(path))),
];
