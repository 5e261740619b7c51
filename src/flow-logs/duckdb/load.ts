import type * as DuckDB from '@duckdb/node-api';
import { FlowLogsUnusable } from '../unusable.ts';

/** DuckDB, loaded when it is first needed; a platform without its library gets one sentence. */
export async function loadDuckdb(): Promise<typeof DuckDB> {
  try {
    return await import('@duckdb/node-api');
  } catch (cause) {
    throw new FlowLogsUnusable(
      'Files of flow logs are read with DuckDB, and the optional package @duckdb/node-api is not installed or has no build for this platform; install it, or ask Athena (athena:DATABASE.TABLE) or Logs Insights (log-group:NAME).',
      { cause },
    );
  }
}
