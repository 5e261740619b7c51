import { literal } from '../engine/dialect.ts';
import type { ParquetFile, TextFile } from '../files/inspect.ts';
import { type FlowColumn, flowColumns, transitColumns } from '../format/columns.ts';
import { columnOf, fieldNamed } from '../format/fields.ts';
import { isTransitGatewayLayout } from '../format/log-format.ts';

/** The types of a Parquet file's columns by their names. */
export type ParquetSchema = ReadonlyMap<string, string>;

/** Files that are read by one expression: of one flow log, with the same fields in the same order. */
export interface FileGroup {
  readonly index: number;
  readonly flowLogId: string | undefined;
  readonly fields: readonly string[];
  readonly isTransit: boolean;
  /** Columns of the table that these files fill. */
  readonly columns: readonly FlowColumn[];
  readonly files: readonly (TextFile | (ParquetFile & { readonly schema: ParquetSchema }))[];
}

/** Sorts files into groups, in a fixed order. */
export function fileGroups(files: FileGroup['files']): readonly FileGroup[] {
  const groups = new Map<string, FileGroup['files'][number][]>();
  for (const file of files) {
    const key = JSON.stringify([file.facts.flowLogId ?? null, file.kind, ...shapeOf(file)]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [file]);
    else group.push(file);
  }
  return [...groups.values()].map((group, index): FileGroup => {
    const [first] = group as [FileGroup['files'][number]];
    const fields = fieldsOf(first);
    const isTransit = isTransitGatewayLayout(fields);
    const columns = (isTransit ? transitColumns : flowColumns).filter(({ field }) => fields.includes(field));
    return { index, flowLogId: first.facts.flowLogId, fields, isTransit, columns, files: group };
  });
}

const fieldsOf = (file: FileGroup['files'][number]): readonly string[] =>
  file.kind === 'text' ? file.layout.fields : [...file.schema.keys()].map((column) => column.replaceAll('_', '-'));

const shapeOf = (file: FileGroup['files'][number]): readonly unknown[] =>
  file.kind === 'text' ? [file.hasHeader, file.isExport, ...file.layout.fields] : [...file.schema];

/**
 * The records of some files of a group as rows of the table, those outside the window left out. `columns` are those that
 * the rows shall have, in their order; what the files lack is null.
 */
export function groupSql(
  group: FileGroup,
  columns: readonly FlowColumn[],
  window: { readonly since: number; readonly until: number } | undefined,
  files: FileGroup['files'] = group.files,
): string {
  const has = new Set(group.columns.map(({ name }) => name));
  const [first] = files;
  const schema = first?.kind === 'parquet' ? first.schema : undefined;
  const cells = columns.map((column) =>
    has.has(column.name)
      ? `${cellSql(column, schema)} AS ${column.name}`
      : `${column.name === 'log_status' ? "'OK'" : `CAST(NULL AS ${column.type})`} AS ${column.name}`,
  );
  const inner = `SELECT ${cells.join(', ')}, ${group.index} AS source_group FROM ${schema === undefined ? textSql(group, files) : parquetSql(files)}`;
  if (window === undefined) return inner;
  return `SELECT * FROM (${inner}) WHERE coalesce(end_ts, start_ts) >= ${window.since} AND coalesce(start_ts, end_ts) < ${window.until}`;
}

/** A cell of the table from its field. `-`, nothing and null mean the same; times in milliseconds become seconds. */
function cellSql({ name, field, type }: FlowColumn, schema: ParquetSchema | undefined): string {
  const column = `"${schema === undefined ? field : columnOf(field)}"`;
  if (type === 'VARCHAR') {
    const value = schema === undefined ? column : `nullif(nullif(${column}, '-'), '')`;
    return name === 'log_status' ? `coalesce(${value}, 'OK')` : value;
  }
  const isText = schema !== undefined && schema.get(columnOf(field)) === 'BYTE_ARRAY';
  const number = isText ? `TRY_CAST(nullif(${column}, '-') AS ${type})` : `CAST(${column} AS ${type})`;
  return name === 'start_ts' || name === 'end_ts'
    ? `CASE WHEN ${number} > 2147483647 THEN ${number} // 1000 ELSE ${number} END`
    : number;
}

const list = (files: FileGroup['files']): string => `[${files.map(({ path }) => literal(path)).join(', ')}]`;

const parquetSql = (files: FileGroup['files']): string => `read_parquet(${list(files)}, hive_partitioning = false)`;

/** Nothing is sniffed: the types are those of the documentation, and a line that does not fit is kept apart. */
function textSql({ fields }: FileGroup, files: FileGroup['files']): string {
  const [first] = files;
  const isExport = first?.kind === 'text' && first.isExport;
  const hasHeader = first?.kind === 'text' && first.hasHeader;
  const types = fields.map((field) => `${literal(field)}: ${literal(csvType(field))}`);
  const columns = [...(isExport ? [`'export time': 'VARCHAR'`] : []), ...types];
  return `read_csv(${list(files)}, delim = ' ', header = ${hasHeader}, quote = '', escape = '', nullstr = '-', auto_detect = false, hive_partitioning = false, store_rejects = true, columns = {${columns.join(', ')}})`;
}

function csvType(field: string): string {
  const type = fieldNamed(field)?.type ?? 'text';
  return type === 'text' ? 'VARCHAR' : type === 'integer' ? 'INTEGER' : 'BIGINT';
}
