/** The few places in which the SQL of DuckDB and of Athena (Trino) differ. Everything else of a question is one text. */
export interface Dialect {
  readonly name: 'duckdb' | 'athena';
  /** A quantile, 0.5 being the median; Athena's is approximate. */
  readonly quantile: (expression: string, fraction: number) => string;
  /** The bits of all values together. */
  readonly bitOr: (expression: string) => string;
  /** Whole division of positive numbers. */
  readonly divide: (dividend: string, divisor: number) => string;
}

/** DuckDB 1.x. */
export const duckdbDialect: Dialect = {
  name: 'duckdb',
  quantile: (expression, fraction) => `quantile_cont(${expression}, ${fraction})`,
  bitOr: (expression) => `bit_or(${expression})`,
  divide: (dividend, divisor) => `(${dividend}) // ${divisor}`,
};

/** Athena engine version 3, which is Trino. */
export const athenaDialect: Dialect = {
  name: 'athena',
  quantile: (expression, fraction) => `approx_percentile(${expression}, ${fraction})`,
  bitOr: (expression) => `bitwise_or_agg(${expression})`,
  divide: (dividend, divisor) => `(${dividend}) / ${divisor}`,
};

/** A text as a literal of SQL; what names contain never ends it. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
