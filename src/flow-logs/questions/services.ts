import type { Question } from '../engine/question.ts';
import { internalSql } from '../engine/places.ts';

/** How many peers of one service an answer names. */
export const namedPeers = 10;

const servicesReachedColumns = {
  interface_id: 'text',
  host: 'text',
  protocol: 'number',
  port: 'number',
  peer: 'text',
  peers: 'number',
  peer_records: 'number',
  peer_bytes: 'number',
  peer_first_seen: 'number',
  records: 'number',
  bytes_in: 'number',
  bytes_out: 'number',
  flags_out: 'number',
  first_seen: 'number',
  last_seen: 'number',
} as const;

/**
 * E1 and X1: services that strangers opened connections to and were accepted at, with the peers that sent most. Without
 * flags, the lower port is taken as the service. Served means that something was sent back, and that it was more than a
 * refusal where flags tell.
 */
export const servicesReached: Question<typeof servicesReachedColumns> = {
  id: 'exposure-exercised',
  title: 'Which services did the internet reach, and who?',
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
    { columns: ['tcp_flags'], otherwise: 'who opened a connection is guessed from the ports' },
    { columns: ['pkt_srcaddr'], otherwise: 'clients behind an intermediate layer show as that layer' },
  ],
  columns: servicesReachedColumns,
  sql: ({ places, dialect }) => `WITH asked AS (
  SELECT interface_id, dstaddr AS host, coalesce(pkt_srcaddr, srcaddr) AS peer, protocol, dstport AS port,
    count(*) AS records, sum(bytes) AS bytes, min(start_ts) AS first_seen, max(end_ts) AS last_seen
  FROM flows WHERE log_status = 'OK' AND action = 'ACCEPT' AND protocol IN (6, 17)
    AND coalesce(flow_direction, 'ingress') = 'ingress'
    AND NOT ${internalSql(places, 'coalesce(pkt_srcaddr, srcaddr)')} AND ${internalSql(places, 'dstaddr')}
  GROUP BY interface_id, dstaddr, coalesce(pkt_srcaddr, srcaddr), protocol, dstport
  HAVING (protocol = 6 AND max(CASE WHEN tcp_flags % 4 >= 2 AND tcp_flags % 32 < 16 THEN 1 ELSE 0 END) = 1)
    OR ((protocol = 17 OR max(tcp_flags) IS NULL) AND dstport < 32768 AND min(srcport) > dstport AND min(srcport) >= 1024)),
services AS (SELECT DISTINCT interface_id, host, protocol, port FROM asked),
answers AS (
  SELECT s.interface_id, s.host, s.protocol, s.port, sum(f.bytes) AS bytes, ${dialect.bitOr('f.tcp_flags')} AS flags
  FROM services s JOIN flows f ON f.interface_id = s.interface_id AND f.srcaddr = s.host AND f.protocol = s.protocol AND f.srcport = s.port
  WHERE f.log_status = 'OK' AND f.action = 'ACCEPT' GROUP BY s.interface_id, s.host, s.protocol, s.port),
ranked AS (
  SELECT asked.*, row_number() OVER (PARTITION BY interface_id, host, protocol, port ORDER BY bytes DESC, peer) AS place FROM asked),
sums AS (
  SELECT interface_id, host, protocol, port, count(*) AS peers, sum(records) AS records, sum(bytes) AS bytes,
    min(first_seen) AS first_seen, max(last_seen) AS last_seen FROM asked GROUP BY interface_id, host, protocol, port)
SELECT r.interface_id, r.host, r.protocol, r.port, r.peer, s.peers, r.records AS peer_records, r.bytes AS peer_bytes,
  r.first_seen AS peer_first_seen, s.records, s.bytes AS bytes_in, a.bytes AS bytes_out,
  a.flags AS flags_out, s.first_seen, s.last_seen
FROM ranked r JOIN sums s ON s.interface_id = r.interface_id AND s.host = r.host AND s.protocol = r.protocol AND s.port = r.port
  LEFT JOIN answers a ON a.interface_id = r.interface_id AND a.host = r.host AND a.protocol = r.protocol AND a.port = r.port
WHERE r.place <= ${namedPeers} ORDER BY r.interface_id, r.host, r.protocol, r.port, r.place`,
};

const acceptedFromColumns = {
  source: 'text',
  destination: 'text',
  protocol: 'number',
  port: 'number',
  records: 'number',
  bytes: 'number',
} as const;

/** Which strangers had a connection accepted: for those that also scanned. */
export const acceptedFrom = (sources: readonly string[]): Question<typeof acceptedFromColumns> => ({
  id: 'scanner-accepted',
  title: 'Did a scanner get in?',
  table: 'flows',
  needs: ['srcaddr', 'dstaddr', 'dstport', 'protocol', 'bytes', 'action'],
  columns: acceptedFromColumns,
  sql: () => `SELECT coalesce(pkt_srcaddr, srcaddr) AS source, coalesce(pkt_dstaddr, dstaddr) AS destination, protocol, dstport AS port,
  count(*) AS records, sum(bytes) AS bytes FROM flows
WHERE log_status = 'OK' AND action = 'ACCEPT' AND coalesce(pkt_srcaddr, srcaddr) IN (${sources.map((one) => `'${one.replaceAll("'", "''")}'`).join(', ')})
  AND (tcp_flags IS NULL OR (tcp_flags % 4 >= 2 AND tcp_flags % 32 < 16)) AND NOT (dstport >= 32768 AND srcport < 32768)
GROUP BY coalesce(pkt_srcaddr, srcaddr), coalesce(pkt_dstaddr, dstaddr), protocol, dstport
ORDER BY source, records DESC, destination, protocol, port LIMIT 2000`,
});
