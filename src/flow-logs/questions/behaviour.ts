import type { Question } from '../engine/question.ts';
import { internalSql } from '../engine/places.ts';

const beaconsColumns = {
  interface_id: 'text',
  destination: 'text',
  protocol: 'number',
  port: 'number',
  gaps: 'number',
  period: 'number',
  quarter: 'number',
  three_quarters: 'number',
  deviation: 'number',
  bytes_median: 'number',
  bytes_deviation: 'number',
  hours: 'number',
  first_seen: 'number',
  last_seen: 'number',
} as const;

/**
 * B1: connections to the internet that begin at even intervals. Beginnings are counted, not records: a long connection
 * has a record a minute and looks like a perfect beacon. What every second interface talks to is left out.
 */
export const beacons: Question<typeof beaconsColumns> = {
  id: 'beacon',
  title: 'What calls out at regular intervals?',
  table: 'flows',
  needs: [
    'interface_id',
    'srcaddr',
    'dstaddr',
    'srcport',
    'dstport',
    'protocol',
    'bytes',
    'action',
    'start_ts',
    'end_ts',
  ],
  betterWith: [
    { columns: ['tcp_flags'], otherwise: 'beginnings of connections are guessed from pauses' },
    { columns: ['pkt_dst_aws_service'], otherwise: 'calls to AWS services are not left out' },
  ],
  columns: beaconsColumns,
  sql: ({ dialect, places, thresholds }) => `WITH outgoing AS (
  SELECT interface_id, dstaddr, protocol, dstport, srcport, start_ts, tcp_flags, bytes,
    lag(end_ts) OVER (PARTITION BY interface_id, dstaddr, protocol, dstport, srcport ORDER BY start_ts) AS before
  FROM flows WHERE log_status = 'OK' AND action = 'ACCEPT' AND coalesce(flow_direction, 'egress') = 'egress'
    AND pkt_dst_aws_service IS NULL AND dstport NOT IN (53, 123) AND protocol IN (6, 17)
    AND dstport < srcport AND NOT ${internalSql(places, 'dstaddr')} AND ${internalSql(places, 'srcaddr')}),
calls AS (
  SELECT interface_id, dstaddr, protocol, dstport, start_ts AS t, bytes FROM outgoing
  WHERE (protocol = 6 AND tcp_flags % 4 >= 2 AND tcp_flags % 32 < 16)
    OR (protocol = 6 AND tcp_flags IS NULL AND (before IS NULL OR start_ts - before > 120))
    OR (protocol <> 6 AND (before IS NULL OR start_ts - before > 30))),
gaps AS (
  SELECT interface_id, dstaddr, protocol, dstport, t, bytes,
    t - lag(t) OVER (PARTITION BY interface_id, dstaddr, protocol, dstport ORDER BY t) AS gap FROM calls),
regular AS (
  SELECT interface_id, dstaddr, protocol, dstport, count(gap) AS gaps, ${dialect.quantile('gap', 0.5)} AS period,
    ${dialect.quantile('gap', 0.25)} AS quarter, ${dialect.quantile('gap', 0.75)} AS three_quarters,
    ${dialect.quantile('bytes', 0.5)} AS bytes_median, count(DISTINCT t - t % 3600) AS hours, min(t) AS first_seen, max(t) AS last_seen
  FROM gaps GROUP BY interface_id, dstaddr, protocol, dstport
  HAVING count(gap) >= ${thresholds['beacon-gaps']} AND ${dialect.quantile('gap', 0.5)} >= ${thresholds['beacon-period']}),
everybody AS (SELECT count(DISTINCT interface_id) AS interfaces FROM flows WHERE log_status = 'OK'),
popular AS (SELECT dstaddr, count(DISTINCT interface_id) AS interfaces FROM calls GROUP BY dstaddr)
SELECT m.interface_id, m.dstaddr AS destination, m.protocol, m.dstport AS port, m.gaps, m.period, m.quarter, m.three_quarters,
  ${dialect.quantile('abs(g.gap - m.period)', 0.5)} AS deviation, m.bytes_median,
  ${dialect.quantile('abs(g.bytes - m.bytes_median)', 0.5)} AS bytes_deviation, m.hours, m.first_seen, m.last_seen
FROM regular m JOIN gaps g ON g.interface_id = m.interface_id AND g.dstaddr = m.dstaddr AND g.protocol = m.protocol AND g.dstport = m.dstport
  JOIN popular p ON p.dstaddr = m.dstaddr CROSS JOIN everybody e
WHERE g.gap IS NOT NULL AND (e.interfaces < 10 OR p.interfaces < e.interfaces * ${thresholds['beacon-prevalence']})
GROUP BY m.interface_id, m.dstaddr, m.protocol, m.dstport, m.gaps, m.period, m.quarter, m.three_quarters, m.bytes_median, m.hours, m.first_seen, m.last_seen
ORDER BY m.interface_id, m.dstaddr, m.protocol, m.dstport LIMIT 1000`,
};

const unusualVolumesColumns = {
  interface_id: 'text',
  hour: 'number',
  bytes: 'number',
  median: 'number',
  deviation: 'number',
  hours: 'number',
} as const;

/** V1: hours in which an interface sent far more than in its own other hours. */
export const unusualVolumes: Question<typeof unusualVolumesColumns> = {
  id: 'unusual-volume',
  title: 'Which interface sent far more than it usually does?',
  table: 'flows',
  needs: ['interface_id', 'srcaddr', 'bytes', 'start_ts'],
  betterWith: [{ columns: ['flow_direction'], otherwise: 'sent and received bytes count together' }],
  columns: unusualVolumesColumns,
  sql: ({ dialect, thresholds }) => `WITH hourly AS (
  SELECT interface_id, start_ts - start_ts % 3600 AS hour, sum(bytes) AS bytes FROM flows
  WHERE log_status = 'OK' AND coalesce(action, 'ACCEPT') = 'ACCEPT' AND coalesce(flow_direction, 'egress') = 'egress' AND interface_id IS NOT NULL
  GROUP BY interface_id, start_ts - start_ts % 3600),
usual AS (SELECT interface_id, ${dialect.quantile('bytes', 0.5)} AS median, count(*) AS hours FROM hourly GROUP BY interface_id),
spread AS (SELECT h.interface_id, ${dialect.quantile('abs(h.bytes - u.median)', 0.5)} AS deviation
  FROM hourly h JOIN usual u ON u.interface_id = h.interface_id GROUP BY h.interface_id)
SELECT h.interface_id, h.hour, h.bytes, u.median, s.deviation, u.hours
FROM hourly h JOIN usual u ON u.interface_id = h.interface_id JOIN spread s ON s.interface_id = h.interface_id
WHERE u.hours >= ${thresholds['volume-history']} AND h.bytes >= ${thresholds['volume-bytes']}
  AND h.bytes > u.median + ${thresholds['volume-deviations']} * 1.4826 * (CASE WHEN s.deviation < u.median * 0.1 THEN u.median * 0.1 ELSE s.deviation END)
ORDER BY h.hour, h.interface_id LIMIT 1000`,
};

const unexpectedProtocolsColumns = {
  interface_id: 'text',
  source: 'text',
  destination: 'text',
  protocol: 'number',
  port: 'number',
  records: 'number',
  bytes: 'number',
  first_seen: 'number',
  last_seen: 'number',
} as const;

/** P1: protocols other than TCP, UDP and ICMP, and those that carry passwords in clear text. */
export const unexpectedProtocols: Question<typeof unexpectedProtocolsColumns> = {
  id: 'unexpected-protocol',
  title: 'Which unexpected or clear-text protocols were accepted?',
  table: 'flows',
  needs: ['interface_id', 'srcaddr', 'dstaddr', 'srcport', 'dstport', 'protocol', 'bytes', 'action'],
  columns: unexpectedProtocolsColumns,
  sql: () => `SELECT interface_id, coalesce(pkt_srcaddr, srcaddr) AS source, coalesce(pkt_dstaddr, dstaddr) AS destination, protocol,
  CASE WHEN protocol IN (6, 17) THEN dstport END AS port, count(*) AS records, sum(bytes) AS bytes, min(start_ts) AS first_seen, max(end_ts) AS last_seen
FROM flows WHERE log_status = 'OK' AND action = 'ACCEPT' AND (protocol NOT IN (1, 6, 17, 58)
  OR (protocol = 6 AND dstport IN (21, 23, 512, 513, 514) AND srcport >= 1024 AND (tcp_flags IS NULL OR (tcp_flags % 4 >= 2 AND tcp_flags % 32 < 16)))
  OR (protocol = 17 AND dstport = 69 AND srcport >= 1024))
GROUP BY interface_id, coalesce(pkt_srcaddr, srcaddr), coalesce(pkt_dstaddr, dstaddr), protocol, CASE WHEN protocol IN (6, 17) THEN dstport END
ORDER BY bytes DESC, interface_id, source, destination, protocol, port LIMIT 1000`,
};

const transitLossesColumns = {
  tgw_id: 'text',
  tgw_attachment_id: 'text',
  destination: 'text',
  no_route: 'number',
  blackhole: 'number',
  first_seen: 'number',
  last_seen: 'number',
} as const;

/** G1: what a transit gateway dropped for want of a route or into a blackhole. */
export const transitLosses: Question<typeof transitLossesColumns> = {
  id: 'transit-gateway-packets-lost',
  title: 'What did the transit gateways drop?',
  table: 'transit_flows',
  needs: ['tgw_attachment_id', 'packets_lost_no_route', 'packets_lost_blackhole'],
  columns: transitLossesColumns,
  sql: ({
    places,
  }) => `SELECT tgw_id, tgw_attachment_id, CASE WHEN ${internalSql(places, 'dstaddr')} THEN dstaddr ELSE 'internet' END AS destination,
  sum(packets_lost_no_route) AS no_route, sum(packets_lost_blackhole) AS blackhole, min(start_ts) AS first_seen, max(end_ts) AS last_seen
FROM transit_flows WHERE log_status = 'OK' AND (packets_lost_no_route > 0 OR packets_lost_blackhole > 0)
GROUP BY tgw_id, tgw_attachment_id, CASE WHEN ${internalSql(places, 'dstaddr')} THEN dstaddr ELSE 'internet' END
ORDER BY no_route + blackhole DESC, tgw_id, tgw_attachment_id, destination LIMIT 500`,
};
