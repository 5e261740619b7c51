import type { Dialect } from './dialect.ts';
import type { AddressPlaces } from './places.ts';
import type { Thresholds } from './thresholds.ts';

/** A value of a row: text, a whole or decimal number, or nothing. */
export type Cell = string | number | null;

/** What a column of an answer holds. */
export type CellType = 'text' | 'number';

type CellOf<T extends CellType> = T extends 'text' ? string | null : number | null;

/** A row of an answer by the names of its columns. */
export type RowOf<C extends Readonly<Record<string, CellType>>> = { readonly [K in keyof C]: CellOf<C[K]> };

/** What a question is asked with. */
export interface Asking {
  readonly dialect: Dialect;
  readonly places: AddressPlaces;
  readonly thresholds: Thresholds;
  /** Seconds since 1970, `until` excluded. */
  readonly window: { readonly since: number; readonly until: number };
}

/** A question to flow logs: one text of SQL over the table `flows` (or `transit_flows`), with typed answers. */
export interface Question<C extends Readonly<Record<string, CellType>> = Readonly<Record<string, CellType>>> {
  readonly id: string;
  /** What it answers, in the words of the report. */
  readonly title: string;
  readonly table: 'flows' | 'transit_flows';
  /** The columns without which it cannot be answered at all. */
  readonly needs: readonly string[];
  /** Columns that make the answer better; it says what is lost without them. */
  readonly betterWith?: readonly { readonly columns: readonly string[]; readonly otherwise: string }[];
  readonly columns: C;
  readonly sql: (asking: Asking) => string;
}

/** The rows of an answer, or the fields whose lack rules the question out. */
export type Answer<C extends Readonly<Record<string, CellType>>> =
  | { readonly rows: readonly RowOf<C>[]; readonly missingFields?: never }
  | { readonly missingFields: readonly string[]; readonly rows?: never };

/** What answers questions: DuckDB over files, or Athena over a table. */
export interface FlowEngine {
  /** `DuckDB 1.5.6`, `Athena`. */
  readonly name: string;
  /** The columns that at least a part of the records has. */
  readonly columns: ReadonlySet<string>;
  readonly dialect: Dialect;
  /** Runs SQL and gives the rows in order. */
  readonly run: <C extends Readonly<Record<string, CellType>>>(sql: string, columns: C) => Promise<readonly RowOf<C>[]>;
}

/** Asks one question, unless the fields that it needs are not there. */
export async function ask<C extends Readonly<Record<string, CellType>>>(
  engine: FlowEngine,
  one: Question<C>,
  asking: Omit<Asking, 'dialect'>,
): Promise<Answer<C>> {
  const missing = one.needs.filter((column) => !engine.columns.has(column));
  if (missing.length > 0) return { missingFields: missing.map(fieldOfColumn) };
  return { rows: await engine.run(one.sql({ ...asking, dialect: engine.dialect }), one.columns) };
}

/** `start_ts` is the field `start`; the others differ in their hyphens only. */
export const fieldOfColumn = (column: string): string => column.replace(/_ts$/, '').replaceAll('_', '-');
