import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from '@duckdb/node-api';
import { literal } from '../engine/dialect.ts';
import type { CellType, RowOf } from '../engine/question.ts';
import { FlowLogsUnusable } from '../unusable.ts';
import { loadDuckdb } from './load.ts';

/** How a database may use this machine. */
export interface DatabaseOptions {
  /** Folders that it may read. */
  readonly inputs: readonly string[];
  /** The private folder that it may write. */
  readonly output: string;
  /** Such as `1GB`. */
  readonly memoryLimit: string;
  readonly threads: number;
  readonly signal?: AbortSignal | undefined;
}

/** A database in memory, in a sandbox: it reads its inputs, writes its output folder, and reaches nothing else. */
export interface Database {
  readonly version: string;
  readonly execute: (sql: string) => Promise<void>;
  readonly query: <C extends Readonly<Record<string, CellType>>>(
    sql: string,
    columns: C,
  ) => Promise<readonly RowOf<C>[]>;
  readonly close: () => void;
}

/**
 * Opens a database. Extensions are neither downloaded nor loaded, other folders and other databases cannot be opened, and
 * the settings cannot be changed afterwards (DuckDB, "Securing DuckDB").
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const duckdb = await loadDuckdb();
  const instance = await create(duckdb.DuckDBInstance, options);
  const connection = await instance.connect();
  const folders = [...options.inputs, options.output].map(literal).join(', ');
  await connection.run(`SET allowed_directories = [${folders}]`);
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
  const stop = (): void => connection.interrupt();
  options.signal?.addEventListener('abort', stop);
  return {
    version: duckdb.version(),
    execute: (sql) => guarded(options, async () => void (await connection.run(sql))),
    query: (sql, columns) => guarded(options, () => rowsOf(connection, sql, columns)),
    close: () => {
      options.signal?.removeEventListener('abort', stop);
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function create(Instance: typeof DuckDBInstance, options: DatabaseOptions): Promise<DuckDBInstance> {
  try {
    return await Instance.create(':memory:', {
      memory_limit: options.memoryLimit,
      threads: String(options.threads),
      temp_directory: `${options.output}/spill`,
      preserve_insertion_order: 'false',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      allow_community_extensions: 'false',
    });
  } catch (cause) {
    throw new FlowLogsUnusable(`DuckDB does not start: ${cause instanceof Error ? cause.message : String(cause)}.`, {
      cause,
    });
  }
}

/** Turns an interrupt into the abort that caused it, and a lack of memory into a sentence that says what to do. */
async function guarded<T>({ signal, memoryLimit }: DatabaseOptions, work: () => Promise<T>): Promise<T> {
  signal?.throwIfAborted();
  try {
    return await work();
  } catch (error) {
    signal?.throwIfAborted();
    const message = error instanceof Error ? error.message : String(error);
    if (/out of memory/i.test(message)) {
      throw new FlowLogsUnusable(
        `${memoryLimit} of memory do not suffice for these flow logs: raise --memory-limit, or use --threads 1 or a shorter window.`,
        { cause: error },
      );
    }
    throw error;
  }
}

async function rowsOf<C extends Readonly<Record<string, CellType>>>(
  connection: DuckDBConnection,
  sql: string,
  columns: C,
): Promise<readonly RowOf<C>[]> {
  const result = await connection.stream(sql);
  const names = result.columnNames();
  const wanted = Object.entries(columns).map(([name, type]) => {
    const index = names.indexOf(name);
    if (index < 0) throw new Error(`the answer has no column ${name}`);
    return { name, type, index };
  });
  const out: RowOf<C>[] = [];
  // Chunk by chunk, so that a long answer is never held twice
  for await (const rows of result.yieldRows()) {
    for (const row of rows) {
      out.push(
        Object.fromEntries(wanted.map(({ name, type, index }) => [name, cell(row[index] ?? null, type)])) as RowOf<C>,
      );
    }
  }
  return out;
}

function cell(value: DuckDBValue, type: CellType): string | number | null {
  if (value === null) return null;
  if (type === 'text') return String(value);
  const number = Number(typeof value === 'object' ? String(value) : value);
  if (Number.isNaN(number)) throw new Error(`${String(value)} is not a number`);
  return number;
}
