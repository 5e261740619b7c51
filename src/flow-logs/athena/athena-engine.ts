import { AwsCallError } from '../../aws/errors.ts';
import type { LogConnection } from '../../aws/log-queries/log-connection.ts';
import { logOperations, type LogOperation } from '../../aws/log-queries/log-operations.ts';
import { isRaw, items, nested, number, requiredText, text, type Raw } from '../../model/decode.ts';
import { athenaDialect } from '../engine/dialect.ts';
import type { CellType, FlowEngine, RowOf } from '../engine/question.ts';
import type { TimeWindow } from '../sources/window.ts';
import { FlowLogsUnusable } from '../unusable.ts';
import { type AthenaTable, checkTable, columnsOf, flowsOf } from './table.ts';

/** What a table is asked with. */
export interface AthenaOptions {
  readonly database: string;
  readonly table: string;
  readonly workGroup: string;
  readonly window: TimeWindow;
  /** The formats of the flow logs that write where the table reads, as far as a snapshot tells. */
  readonly formats: readonly (readonly string[])[];
  /** The most that all questions together may scan. */
  readonly maxBytes: number;
  readonly signal?: AbortSignal | undefined;
  readonly onNote?: ((note: string) => void) | undefined;
}

/** What the questions cost so far. */
export interface AthenaCost {
  bytesScanned: number;
  milliseconds: number;
  queries: number;
}

/** An engine over an existing table, with what it costs. */
export interface AthenaEngine extends FlowEngine {
  readonly cost: Readonly<AthenaCost>;
}

/** The longest text of a query (Athena API, StartQueryExecution). */
const longestQuery = 262_144;

/**
 * Opens a table: it has to exist and to fit, and its workgroup has to say where results go and to cut queries off. Nothing
 * is created; results are written where the workgroup says.
 */
export async function openAthena(connection: LogConnection, options: AthenaOptions): Promise<AthenaEngine> {
  const { window, signal } = options;
  const ask = (operation: LogOperation, input: Raw): Promise<Raw> => told(connection, operation, input, signal);
  const table = tableOf(
    options,
    await ask('athena:GetTableMetadata', {
      CatalogName: 'AwsDataCatalog',
      DatabaseName: options.database,
      TableName: options.table,
    }),
  );
  checkTable(table, window, options.formats);
  const cutOff = cutOffOf(options, await ask('athena:GetWorkGroup', { WorkGroup: options.workGroup }));
  options.onNote?.(`workgroup ${options.workGroup} cuts a query off at ${cutOff} bytes`);
  const flows = flowsOf(table, window);
  const cost: AthenaCost = { bytesScanned: 0, milliseconds: 0, queries: 0 };
  return {
    name: 'Athena',
    columns: columnsOf(table),
    dialect: athenaDialect,
    cost,
    run: async (sql, columns) => {
      const whole = sql.startsWith('WITH ')
        ? `WITH flows AS (${flows}), ${sql.slice(5)}`
        : `WITH flows AS (${flows}) ${sql}`;
      if (whole.length > longestQuery)
        throw new FlowLogsUnusable(
          'The snapshot has so many blocks of addresses that the question is longer than Athena takes: ask without --snapshot, or read the files from S3.',
        );
      const id = await started(connection, whole, options);
      const execution = await finished(connection, id, options);
      add(cost, execution);
      if (cost.bytesScanned > options.maxBytes)
        throw new FlowLogsUnusable(
          `The questions have scanned ${cost.bytesScanned} bytes, more than --max-bytes allows: raise it, or choose a shorter window with --since.`,
        );
      return resultsOf(connection, id, columns, signal);
    },
  };
}

function tableOf({ database, table }: AthenaOptions, answer: Raw): AthenaTable {
  const metadata = answer['TableMetadata'];
  if (!isRaw(metadata)) throw new FlowLogsUnusable(`Athena tells nothing of ${database}.${table}.`);
  const names = (member: string): readonly string[] =>
    items(metadata, member, (column) => requiredText(column, 'Name').toLowerCase());
  const parameters = isRaw(metadata['Parameters']) ? metadata['Parameters'] : {};
  return {
    database,
    table,
    columns: names('Columns'),
    partitionKeys: names('PartitionKeys'),
    parameters: Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, String(value)])),
  };
}

/** Without a cut-off a mistake costs without end, and the cut-off belongs to the workgroup, not to the query. */
function cutOffOf({ workGroup }: AthenaOptions, answer: Raw): number {
  const configuration = nested(answer, 'WorkGroup', (group) => nested(group, 'Configuration', (inner) => inner));
  const cutOff = configuration === undefined ? undefined : number(configuration, 'BytesScannedCutoffPerQuery');
  if (cutOff === undefined) {
    throw new FlowLogsUnusable(
      `The workgroup ${workGroup} does not limit what a query may scan (BytesScannedCutoffPerQuery): set a limit, or name a workgroup that has one with --workgroup.`,
    );
  }
  const results =
    configuration === undefined
      ? undefined
      : nested(configuration, 'ResultConfiguration', (inner) => text(inner, 'OutputLocation'));
  const managed =
    configuration === undefined
      ? undefined
      : nested(configuration, 'ManagedQueryResultsConfiguration', (inner) => inner['Enabled'] === true);
  if (results === undefined && managed !== true)
    throw new FlowLogsUnusable(`The workgroup ${workGroup} does not say where results go: give it an output location.`);
  return cutOff;
}

async function started(connection: LogConnection, query: string, options: AthenaOptions): Promise<string> {
  const answer = await told(
    connection,
    'athena:StartQueryExecution',
    { QueryString: query, QueryExecutionContext: { Database: options.database }, WorkGroup: options.workGroup },
    options.signal,
  );
  return requiredText(answer, 'QueryExecutionId');
}

/** Waits for the end of a query; an interrupt stops it at AWS too, so that it costs no more. */
async function finished(
  connection: LogConnection,
  id: string,
  { signal, database, table }: AthenaOptions,
): Promise<Raw> {
  try {
    for (let wait = 250; ; wait = Math.min(5000, wait * 1.5)) {
      const answer = await told(connection, 'athena:GetQueryExecution', { QueryExecutionId: id }, signal);
      const execution = isRaw(answer['QueryExecution']) ? answer['QueryExecution'] : {};
      const status = isRaw(execution['Status']) ? execution['Status'] : {};
      const state = text(status, 'State');
      if (state === 'SUCCEEDED') return execution;
      if (state === 'FAILED' || state === 'CANCELLED') {
        const reason = text(status, 'StateChangeReason') ?? 'Athena gave no reason';
        const cut = /scanned limit|cutoff|cancelled.*limit/i.test(reason)
          ? ' The workgroup cuts queries off there: choose a shorter window with --since, or a workgroup with a higher limit.'
          : '';
        throw new FlowLogsUnusable(
          `Athena ${state === 'FAILED' ? 'could not answer' : 'cancelled'} a question to ${database}.${table}: ${reason}.${cut}`,
        );
      }
      await connection.clock.sleep(wait, signal);
    }
  } catch (error) {
    if (signal?.aborted === true)
      await connection.send('athena:StopQueryExecution', { QueryExecutionId: id }).catch(() => undefined);
    throw error;
  }
}

function add(cost: AthenaCost, execution: Raw): void {
  const statistics = isRaw(execution['Statistics']) ? execution['Statistics'] : {};
  cost.bytesScanned += number(statistics, 'DataScannedInBytes') ?? 0;
  cost.milliseconds +=
    number(statistics, 'TotalExecutionTimeInMillis') ?? number(statistics, 'EngineExecutionTimeInMillis') ?? 0;
  cost.queries += 1;
}

/** All pages of an answer. The first row of the first page repeats the names of the columns. */
async function resultsOf<C extends Readonly<Record<string, CellType>>>(
  connection: LogConnection,
  id: string,
  columns: C,
  signal: AbortSignal | undefined,
): Promise<readonly RowOf<C>[]> {
  const rows: RowOf<C>[] = [];
  let names: readonly string[] | undefined;
  for (let token: string | undefined; ; ) {
    const answer = await told(
      connection,
      'athena:GetQueryResults',
      { QueryExecutionId: id, MaxResults: 1000, ...(token === undefined ? {} : { NextToken: token }) },
      signal,
    );
    const page = isRaw(answer['ResultSet'])
      ? items(answer['ResultSet'], 'Rows', (row) => items(row, 'Data', (datum) => text(datum, 'VarCharValue')))
      : [];
    for (const row of page) {
      if (names === undefined) names = row.map((name) => name ?? '');
      else rows.push(rowOf(names, row, columns));
    }
    token = text(answer, 'NextToken');
    if (token === undefined) return rows;
  }
}

function rowOf<C extends Readonly<Record<string, CellType>>>(
  names: readonly string[],
  row: readonly (string | undefined)[],
  columns: C,
): RowOf<C> {
  return Object.fromEntries(
    Object.entries(columns).map(([name, type]) => {
      const index = names.indexOf(name);
      if (index < 0) throw new Error(`the answer has no column ${name}`);
      const value = row[index];
      return [name, value === undefined ? null : type === 'number' ? Number(value) : value];
    }),
  ) as RowOf<C>;
}

async function told(
  connection: LogConnection,
  operation: LogOperation,
  input: Raw,
  signal: AbortSignal | undefined,
): Promise<Raw> {
  try {
    return await connection.send(operation, input, signal);
  } catch (error) {
    if (!(error instanceof AwsCallError)) throw error;
    const remedy = error.reason.failure === 'denied' ? ` Allow ${logOperations[operation].iamAction}.` : '';
    throw new FlowLogsUnusable(`Athena cannot be asked: ${error.message}.${remedy}`, { cause: error });
  }
}
