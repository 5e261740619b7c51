import { type FlowColumn, flowColumns } from '../format/columns.ts';
import { columnOf } from '../format/fields.ts';
import { FlowLogsUnusable } from '../unusable.ts';
import type { TimeWindow } from '../sources/window.ts';

/** A table of Athena as its metadata tells it. */
export interface AthenaTable {
  readonly database: string;
  readonly table: string;
  readonly columns: readonly string[];
  readonly partitionKeys: readonly string[];
  readonly parameters: Readonly<Record<string, string>>;
}

/** Names that other people's tables give the columns whose AWS names are keywords. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  start: ['start', 'starttime', 'start_time'],
  end: ['end', 'endtime', 'end_time'],
};

const nameIn = (table: AthenaTable, { field }: FlowColumn): string | undefined =>
  (otherNames[field] ?? [columnOf(field)]).find((name) => table.columns.includes(name));

/** The columns of `flows` that a table fills. */
export const columnsOf = (table: AthenaTable): ReadonlySet<string> =>
  new Set(flowColumns.filter((column) => nameIn(table, column) !== undefined).map(({ name }) => name));

/**
 * The table as the questions know it: `flows`, typed, `-` and nothing as null, times in seconds, of the window alone. The
 * partitions of time are constrained, so that nothing else is scanned.
 */
export function flowsOf(table: AthenaTable, window: TimeWindow): string {
  const cells = flowColumns.map((column) => {
    const name = nameIn(table, column);
    if (name === undefined)
      return `${column.name === 'log_status' ? "'OK'" : `CAST(NULL AS ${column.type})`} AS ${column.name}`;
    if (column.type === 'VARCHAR') {
      const value = `nullif(nullif(CAST("${name}" AS VARCHAR), '-'), '')`;
      return `${column.name === 'log_status' ? `coalesce(${value}, 'OK')` : value} AS ${column.name}`;
    }
    const value = `TRY_CAST("${name}" AS ${column.type})`;
    const isTime = column.name === 'start_ts' || column.name === 'end_ts';
    return `${isTime ? `CASE WHEN ${value} > 2147483647 THEN ${value} / 1000 ELSE ${value} END` : value} AS ${column.name}`;
  });
  return `SELECT * FROM (SELECT ${cells.join(', ')} FROM "${table.database}"."${table.table}" WHERE ${partitionsOf(table, window)}) t WHERE coalesce(end_ts, start_ts) >= ${window.since} AND coalesce(start_ts, end_ts) < ${window.until}`;
}

const dayText = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10).replaceAll('-', '/');

/** The condition on the partitions of time; files of the next day may hold records of the last minutes. */
function partitionsOf(table: AthenaTable, { since, until }: TimeWindow): string {
  const [from, to] = [dayText(since), dayText(until + 1800)];
  const one = dayKeyOf(table);
  if (one !== undefined) return `"${one}" BETWEEN '${from}' AND '${to}'`;
  if (['year', 'month', 'day'].every((key) => table.partitionKeys.includes(key)))
    return `CAST("year" AS VARCHAR) || '/' || CAST("month" AS VARCHAR) || '/' || CAST("day" AS VARCHAR) BETWEEN '${from}' AND '${to}'`;
  throw new FlowLogsUnusable(
    `${table.database}.${table.table} has no partition of time (its partitions: ${table.partitionKeys.join(', ') || 'none'}), so every question would scan all of it: make a table with "vpc-auditor flows athena-ddl".`,
  );
}

function dayKeyOf({ partitionKeys, parameters }: AthenaTable): string | undefined {
  return partitionKeys.find(
    (key) =>
      key === 'p_day' ||
      (parameters[`projection.${key}.type`] === 'date' && parameters[`projection.${key}.format`] === 'yyyy/MM/dd'),
  );
}

/**
 * Refuses a table that would be misread: one whose columns are no flow log's, a projection that begins after the window
 * (it gives no rows and no error), and text whose columns stand in another order than a flow log writes them.
 */
export function checkTable(table: AthenaTable, window: TimeWindow, formats: readonly (readonly string[])[]): void {
  const name = `${table.database}.${table.table}`;
  const columns = columnsOf(table);
  const lacking = ['srcaddr', 'dstaddr', 'start_ts'].filter((column) => !columns.has(column));
  if (lacking.length > 0) {
    throw new FlowLogsUnusable(
      `${name} is no table of flow logs that can be read: it has no column for ${lacking.join(', ')}. Make one with "vpc-auditor flows athena-ddl".`,
    );
  }
  const key = dayKeyOf(table);
  const [begins = ''] = (key === undefined ? '' : (table.parameters[`projection.${key}.range`] ?? '')).split(',');
  if (/^\d{4}\/\d{2}\/\d{2}$/.test(begins) && begins > dayText(window.since)) {
    throw new FlowLogsUnusable(
      `The projection of ${name} begins at ${begins}, after the window does; Athena would give no rows for the days before, without an error.`,
    );
  }
  if (table.parameters['skip.header.line.count'] === undefined) return;
  const written = table.columns.map((column) =>
    column === 'starttime' ? 'start' : column === 'endtime' ? 'end' : column,
  );
  for (const fields of formats) {
    if (fields.map(columnOf).join(' ') === written.join(' ')) continue;
    throw new FlowLogsUnusable(
      `${name} reads text by position, and a flow log writes to it in another order or with other fields (${fields.slice(0, 6).join(' ')} …): its rows would be misread. Make a table of its own with "vpc-auditor flows athena-ddl".`,
    );
  }
}
