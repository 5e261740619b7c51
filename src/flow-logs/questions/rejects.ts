import type { Asking, Question } from '../engine/question.ts';
import { internalSql, placeSql } from '../engine/places.ts';

/** How many groups of rejected conversations an answer holds at most; internal ones come first. */
export const mostRejectGroups = 5000;

/** An idle connection is forgotten by the newest instances after so many seconds (EC2 user guide, connection tracking). */
const trackedFor = 350;

/** All rejected conversations, each with what was accepted beside it. */
function conversations({ dialect }: Asking): string {
  return `WITH rejected AS (
  SELECT interface_id, flow_direction, srcaddr, dstaddr, srcport, dstport, protocol, reject_reason,
    coalesce(pkt_srcaddr, srcaddr) AS source, coalesce(pkt_dstaddr, dstaddr) AS destination,
    ${dialect.bitOr('tcp_flags')} AS flags, min(start_ts) AS first_seen, max(end_ts) AS last_seen,
    count(*) AS records, sum(packets) AS packets, sum(bytes) AS bytes
  FROM flows WHERE log_status = 'OK' AND action = 'REJECT'
  GROUP BY interface_id, flow_direction, srcaddr, dstaddr, srcport, dstport, protocol, reject_reason,
    coalesce(pkt_srcaddr, srcaddr), coalesce(pkt_dstaddr, dstaddr)),
answered AS (
  SELECT DISTINCT r.interface_id, r.srcaddr, r.dstaddr, r.srcport, r.dstport, r.protocol
  FROM rejected r JOIN flows f ON f.interface_id = r.interface_id AND f.protocol = r.protocol
    AND f.srcaddr = r.dstaddr AND f.dstaddr = r.srcaddr AND f.srcport = r.dstport AND f.dstport = r.srcport
  WHERE f.log_status = 'OK' AND f.action = 'ACCEPT' AND (r.protocol IN (1, 58) OR r.dstport >= 1024)
    AND f.start_ts <= r.first_seen + 60 AND f.end_ts >= r.first_seen - ${trackedFor}),
again AS (
  SELECT DISTINCT r.interface_id, r.srcaddr, r.dstaddr, r.srcport, r.dstport, r.protocol
  FROM rejected r JOIN flows f ON f.interface_id = r.interface_id AND f.protocol = r.protocol
    AND f.srcaddr = r.srcaddr AND f.dstaddr = r.dstaddr AND f.srcport = r.srcport AND f.dstport = r.dstport
  WHERE f.log_status = 'OK' AND f.action = 'ACCEPT'
    AND f.start_ts <= r.last_seen + 60 AND f.end_ts >= r.first_seen - 600),
judged AS (
  SELECT r.*, CASE
    WHEN r.reject_reason IS NOT NULL THEN 'stated'
    WHEN g.interface_id IS NOT NULL THEN 'late-or-changed'
    WHEN r.protocol = 6 AND r.flags IS NOT NULL AND r.flags % 32 >= 16 AND r.flags % 4 >= 2 THEN 'reply'
    WHEN r.protocol = 6 AND r.flags IS NOT NULL AND r.flags % 4 < 2 THEN 'late-or-changed'
    WHEN a.interface_id IS NOT NULL THEN 'reply'
    ELSE 'request' END AS part
  FROM rejected r
  LEFT JOIN answered a ON a.interface_id = r.interface_id AND a.srcaddr = r.srcaddr AND a.dstaddr = r.dstaddr
    AND a.srcport = r.srcport AND a.dstport = r.dstport AND a.protocol = r.protocol
  LEFT JOIN again g ON g.interface_id = r.interface_id AND g.srcaddr = r.srcaddr AND g.dstaddr = r.dstaddr
    AND g.srcport = r.srcport AND g.dstport = r.dstport AND g.protocol = r.protocol)`;
}

const rejectedConversationsColumns = {
  interface_id: 'text',
  flow_direction: 'text',
  protocol: 'number',
  port: 'number',
  source: 'text',
  destination: 'text',
  part: 'text',
  reject_reason: 'text',
  conversations: 'number',
  records: 'number',
  packets: 'number',
  bytes: 'number',
  windows: 'number',
  first_seen: 'number',
  last_seen: 'number',
  sources: 'number',
  sample: 'text',
} as const;

/**
 * R1 and R2: what was rejected, by conversation. A reply has its request accepted at the same interface (security groups
 * are stateful, so a network ACL rejects it); a packet whose own kind was accepted just before comes late.
 */
export const rejectedConversations: Question<typeof rejectedConversationsColumns> = {
  id: 'network-interface-traffic-rejected',
  title: 'What was rejected, and by what?',
  table: 'flows',
  needs: ['interface_id', 'srcaddr', 'dstaddr', 'srcport', 'dstport', 'protocol', 'action', 'start_ts', 'end_ts'],
  betterWith: [
    { columns: ['tcp_flags'], otherwise: 'packets after the end of a connection cannot be told from new connections' },
    {
      columns: ['pkt_srcaddr', 'pkt_dstaddr'],
      otherwise: 'secondary addresses and traffic in transit show as the interface',
    },
    { columns: ['reject_reason'], otherwise: 'Block Public Access cannot be told from other reasons by the log alone' },
    { columns: ['flow_direction'], otherwise: 'the direction comes from the snapshot’s addresses' },
  ],
  columns: rejectedConversationsColumns,
  sql: (asking) => `${conversations(asking)},
placed AS (
  SELECT j.*, ${placeSql(asking.places, 'source')} AS source_place, ${placeSql(asking.places, 'destination')} AS destination_place,
    CASE WHEN part = 'reply' THEN srcport WHEN part = 'late-or-changed' AND srcport < dstport THEN srcport ELSE dstport END AS port
  FROM judged j)
SELECT interface_id, flow_direction, protocol, port, source_place AS source, destination_place AS destination, part,
  reject_reason, count(*) AS conversations, sum(records) AS records, sum(packets) AS packets, sum(bytes) AS bytes,
  count(DISTINCT first_seen - first_seen % 300) AS windows, min(first_seen) AS first_seen, max(last_seen) AS last_seen,
  count(DISTINCT source) AS sources,
  min(source || ' ' || destination || ' ' || CAST(srcport AS VARCHAR) || ' ' || CAST(dstport AS VARCHAR)) AS sample
FROM placed
GROUP BY interface_id, flow_direction, protocol, port, source_place, destination_place, part, reject_reason
ORDER BY CASE WHEN source_place LIKE '#%' AND part <> 'reply' THEN 1 ELSE 0 END, windows DESC, packets DESC, interface_id, source, destination, protocol, port, part, flow_direction
LIMIT ${mostRejectGroups + 1}`,
};

const rejectedStrangersColumns = {
  sources: 'number',
  ports: 'number',
  interfaces: 'number',
  records: 'number',
  packets: 'number',
} as const;

/** Background noise: what strangers were refused, as one line. */
export const rejectedStrangers: Question<typeof rejectedStrangersColumns> = {
  id: 'internet-noise',
  title: 'What of the internet was refused?',
  table: 'flows',
  needs: ['srcaddr', 'dstaddr', 'dstport', 'action', 'protocol'],
  columns: rejectedStrangersColumns,
  sql: ({ places }) => `SELECT count(DISTINCT source) AS sources, count(DISTINCT dstport) AS ports,
  count(DISTINCT interface_id) AS interfaces, coalesce(sum(records), 0) AS records, coalesce(sum(packets), 0) AS packets
FROM (SELECT coalesce(pkt_srcaddr, srcaddr) AS source, dstport, interface_id, count(*) AS records, sum(packets) AS packets
  FROM flows WHERE log_status = 'OK' AND action = 'REJECT' GROUP BY coalesce(pkt_srcaddr, srcaddr), dstport, interface_id) r
WHERE NOT ${internalSql(places, 'source')}`,
};

const rejectsByPortColumns = {
  protocol: 'number',
  dstport: 'number',
  records: 'number',
  packets: 'number',
  sources: 'number',
} as const;

/** The plain count that benchmarks compare: rejects by port with distinct sources. */
export const rejectsByPort: Question<typeof rejectsByPortColumns> = {
  id: 'rejects-by-port',
  title: 'Which ports were refused, to how many?',
  table: 'flows',
  needs: ['srcaddr', 'dstport', 'protocol', 'action'],
  columns: rejectsByPortColumns,
  sql: () => `SELECT protocol, dstport, count(*) AS records, sum(packets) AS packets, count(DISTINCT srcaddr) AS sources
FROM flows WHERE log_status = 'OK' AND action = 'REJECT'
GROUP BY protocol, dstport ORDER BY records DESC, protocol, dstport LIMIT 50`,
};
