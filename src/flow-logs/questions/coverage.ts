import type { Question } from '../engine/question.ts';

/** The grain in which coverage is counted: the longest aggregation interval. */
export const coverageWindow = 600;

const coverageColumns = {
  interface_id: 'text',
  windows: 'number',
  skipped_windows: 'number',
  ok_records: 'number',
  nodata_records: 'number',
  skipdata_records: 'number',
  accepted: 'number',
  rejected: 'number',
  longest_step: 'number',
  step_begins: 'number',
  first_seen: 'number',
  last_seen: 'number',
} as const;

/** C2: what was recorded of each interface, window by window, and where nothing was or records were lost. */
export const coverage: Question<typeof coverageColumns> = {
  id: 'flow-log-records-incomplete',
  title: 'How much of the window do the records cover?',
  table: 'flows',
  needs: ['interface_id', 'start_ts', 'end_ts'],
  betterWith: [{ columns: ['log_status'], otherwise: 'lost records (SKIPDATA) cannot be seen' }],
  columns: coverageColumns,
  sql: ({ window }) => `WITH cells AS (
  SELECT coalesce(interface_id, resource_id) AS id,
    CASE WHEN start_ts < ${window.since} THEN ${window.since - (window.since % coverageWindow)} ELSE start_ts - start_ts % ${coverageWindow} END AS cell,
    max(CASE WHEN log_status = 'SKIPDATA' THEN 1 ELSE 0 END) AS skipped,
    sum(CASE WHEN log_status = 'OK' THEN 1 ELSE 0 END) AS ok_records,
    sum(CASE WHEN log_status = 'NODATA' THEN 1 ELSE 0 END) AS nodata_records,
    sum(CASE WHEN log_status = 'SKIPDATA' THEN 1 ELSE 0 END) AS skipdata_records,
    sum(CASE WHEN action = 'ACCEPT' THEN 1 ELSE 0 END) AS accepted,
    sum(CASE WHEN action = 'REJECT' THEN 1 ELSE 0 END) AS rejected,
    min(start_ts) AS first_seen, max(end_ts) AS last_seen
  FROM flows GROUP BY coalesce(interface_id, resource_id),
    CASE WHEN start_ts < ${window.since} THEN ${window.since - (window.since % coverageWindow)} ELSE start_ts - start_ts % ${coverageWindow} END),
steps AS (SELECT cells.*, cell - lag(cell) OVER (PARTITION BY id ORDER BY cell) AS step FROM cells),
ranked AS (SELECT steps.*, row_number() OVER (PARTITION BY id ORDER BY coalesce(step, 0) DESC, cell) AS place FROM steps)
SELECT id AS interface_id, count(*) AS windows, sum(skipped) AS skipped_windows, sum(ok_records) AS ok_records,
  sum(nodata_records) AS nodata_records, sum(skipdata_records) AS skipdata_records, sum(accepted) AS accepted,
  sum(rejected) AS rejected, max(coalesce(step, 0)) AS longest_step,
  max(CASE WHEN place = 1 THEN cell - coalesce(step, 0) END) AS step_begins,
  min(first_seen) AS first_seen, max(last_seen) AS last_seen
FROM ranked WHERE id IS NOT NULL GROUP BY id ORDER BY id`,
};

const totalsColumns = {
  records: 'number',
  ok_records: 'number',
  nodata_records: 'number',
  skipdata_records: 'number',
  accepted: 'number',
  rejected: 'number',
  first_seen: 'number',
  last_seen: 'number',
} as const;

/** All records together, by what they are. */
export const totals: Question<typeof totalsColumns> = {
  id: 'record-totals',
  title: 'What was recorded at all?',
  table: 'flows',
  needs: ['start_ts', 'end_ts'],
  columns: totalsColumns,
  sql: () => `SELECT count(*) AS records, coalesce(sum(CASE WHEN log_status = 'OK' THEN 1 ELSE 0 END), 0) AS ok_records,
  coalesce(sum(CASE WHEN log_status = 'NODATA' THEN 1 ELSE 0 END), 0) AS nodata_records,
  coalesce(sum(CASE WHEN log_status = 'SKIPDATA' THEN 1 ELSE 0 END), 0) AS skipdata_records,
  coalesce(sum(CASE WHEN action = 'ACCEPT' THEN 1 ELSE 0 END), 0) AS accepted,
  coalesce(sum(CASE WHEN action = 'REJECT' THEN 1 ELSE 0 END), 0) AS rejected,
  min(start_ts) AS first_seen, max(end_ts) AS last_seen FROM flows`,
};
