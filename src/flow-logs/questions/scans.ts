import type { Question } from '../engine/question.ts';
import { internalSql } from '../engine/places.ts';

/**
 * Attempts to open connections that failed, or (where flags are recorded) that got no further than a few SYNs. Rejected
 * replies look like a scan by the server and are left out: by their SYN-ACK, or by coming from a lower, listening port.
 */
const attempts = `attempts AS (
  SELECT coalesce(pkt_srcaddr, srcaddr) AS source, coalesce(pkt_dstaddr, dstaddr) AS destination, protocol, dstport,
    start_ts, end_ts, packets, interface_id
  FROM flows WHERE log_status = 'OK' AND protocol IN (6, 17)
    AND (action = 'REJECT' OR (tcp_flags % 4 >= 2 AND tcp_flags % 32 < 16 AND packets <= 3))
    AND NOT (protocol = 6 AND tcp_flags IS NOT NULL AND tcp_flags % 4 >= 2 AND tcp_flags % 32 >= 16)
    AND NOT (protocol = 6 AND tcp_flags IS NOT NULL AND tcp_flags % 4 < 2)
    AND NOT (dstport >= 1024 AND srcport < 1024)
    AND NOT (dstport >= 32768 AND srcport < 32768))`;

const needs = ['srcaddr', 'dstaddr', 'srcport', 'dstport', 'protocol', 'packets', 'action', 'start_ts', 'end_ts'];
const betterWith = [
  { columns: ['tcp_flags'], otherwise: 'only rejected packets count, and scans of open ports stay unseen' },
  { columns: ['pkt_srcaddr', 'pkt_dstaddr'], otherwise: 'a NAT or transit gateway may show as the source' },
];
const columns = {
  source: 'text',
  target: 'text',
  protocol: 'number',
  port: 'number',
  hits: 'number',
  packets: 'number',
  first_seen: 'number',
  last_seen: 'number',
  sample: 'text',
} as const;

/** Windows that begin twice as often as they are long, so that no scan is cut in two at a border. */
const phases = (width: number): string => `(SELECT 0 AS phase UNION ALL SELECT ${Math.floor(width / 2)} AS phase) p`;
const windowOf = (width: number): string => `(start_ts + phase) - (start_ts + phase) % ${width} - phase`;

/** S1: many ports of one host. */
export const verticalScans: Question<typeof columns> = {
  id: 'vertical-scan',
  title: 'Who tried many ports of one host?',
  table: 'flows',
  needs,
  betterWith,
  columns,
  sql: ({ thresholds }) => `WITH ${attempts}
SELECT source, destination AS target, protocol, CAST(NULL AS INTEGER) AS port, count(DISTINCT dstport) AS hits, sum(packets) AS packets,
  min(start_ts) AS first_seen, max(end_ts) AS last_seen, CAST(min(dstport) AS VARCHAR) || '-' || CAST(max(dstport) AS VARCHAR) AS sample
FROM attempts CROSS JOIN ${phases(thresholds['scan-window'])}
GROUP BY source, destination, protocol, phase, ${windowOf(thresholds['scan-window'])}
HAVING count(DISTINCT dstport) >= ${thresholds['vertical-scan-ports']}
ORDER BY first_seen, source, target, protocol, hits, last_seen`,
};

/** S2: one port of many hosts. */
export const horizontalScans: Question<typeof columns> = {
  id: 'horizontal-scan',
  title: 'Who tried one port of many hosts?',
  table: 'flows',
  needs,
  betterWith,
  columns,
  sql: ({ thresholds }) => `WITH ${attempts}
SELECT source, CAST(NULL AS VARCHAR) AS target, protocol, dstport AS port, count(DISTINCT destination) AS hits, sum(packets) AS packets,
  min(start_ts) AS first_seen, max(end_ts) AS last_seen, min(destination) || ' ' || max(destination) AS sample
FROM attempts CROSS JOIN ${phases(thresholds['scan-window'])}
GROUP BY source, protocol, dstport, phase, ${windowOf(thresholds['scan-window'])}
HAVING count(DISTINCT destination) >= ${thresholds['horizontal-scan-hosts']}
ORDER BY first_seen, source, protocol, port, hits, last_seen`,
};

/** S3: many hosts and ports, slowly; internal sources only, for the internet does that all day. */
export const slowScans: Question<typeof columns> = {
  id: 'slow-scan',
  title: 'Which internal source tried many hosts and ports over a long time?',
  table: 'flows',
  needs,
  betterWith,
  columns,
  sql: ({ thresholds, places }) => `WITH ${attempts},
minutes AS (SELECT source, destination, dstport, min(start_ts) AS t, sum(packets) AS packets, max(end_ts) AS until
  FROM attempts WHERE ${internalSql(places, 'source')} GROUP BY source, destination, dstport, start_ts - start_ts % 60),
breaks AS (SELECT minutes.*, CASE WHEN t - lag(t) OVER (PARTITION BY source ORDER BY t) > ${thresholds['slow-scan-silence']} THEN 1 ELSE 0 END AS is_break FROM minutes),
bursts AS (SELECT breaks.*, sum(is_break) OVER (PARTITION BY source ORDER BY t ROWS UNBOUNDED PRECEDING) AS burst FROM breaks),
pairs AS (SELECT source, burst, destination, dstport, sum(packets) AS packets, min(t) AS t, max(until) AS until FROM bursts GROUP BY source, burst, destination, dstport)
SELECT source, CAST(NULL AS VARCHAR) AS target, CAST(NULL AS INTEGER) AS protocol, CAST(NULL AS INTEGER) AS port, count(*) AS hits, sum(packets) AS packets,
  min(t) AS first_seen, max(until) AS last_seen, min(destination) || ' ' || max(destination) AS sample
FROM pairs GROUP BY source, burst HAVING count(*) >= ${thresholds['slow-scan-pairs']} ORDER BY first_seen, source, hits`,
};
