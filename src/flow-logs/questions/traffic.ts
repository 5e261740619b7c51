import type { Question } from '../engine/question.ts';
import { addressClassSql, classSql, internalSql, placeSql } from '../engine/places.ts';

/** How many pairs of talkers are named. */
const named = 20;

const topTalkersColumns = {
  source: 'text',
  destination: 'text',
  service: 'text',
  bytes: 'number',
  packets: 'number',
} as const;

/** T1: who moved most. Of one pair the interface that saw most counts, so that two interfaces do not count it twice. */
export const topTalkers: Question<typeof topTalkersColumns> = {
  id: 'top-talkers',
  title: 'Who talks most?',
  table: 'flows',
  needs: ['srcaddr', 'dstaddr', 'bytes', 'packets'],
  columns: topTalkersColumns,
  sql: () => `WITH seen AS (
  SELECT interface_id, coalesce(pkt_srcaddr, srcaddr) AS source, coalesce(pkt_dstaddr, dstaddr) AS destination,
    max(pkt_dst_aws_service) AS service, sum(bytes) AS bytes, sum(packets) AS packets
  FROM flows WHERE log_status = 'OK' AND coalesce(action, 'ACCEPT') = 'ACCEPT'
  GROUP BY interface_id, coalesce(pkt_srcaddr, srcaddr), coalesce(pkt_dstaddr, dstaddr))
SELECT source, destination, max(service) AS service, max(bytes) AS bytes, max(packets) AS packets FROM seen
GROUP BY source, destination ORDER BY bytes DESC, source, destination LIMIT ${named}`,
};

const trafficPathsColumns = {
  interface_id: 'text',
  flow_direction: 'text',
  service: 'text',
  traffic_path: 'number',
  next_hop_type: 'text',
  bytes: 'number',
  packets: 'number',
} as const;

/** N1 and T1: how outgoing and incoming bytes travel, by service of AWS, path and next hop. */
export const trafficPaths: Question<typeof trafficPathsColumns> = {
  id: 'traffic-paths',
  title: 'Which way does the traffic take?',
  table: 'flows',
  needs: ['interface_id', 'bytes', 'flow_direction', 'pkt_dst_aws_service', 'traffic_path'],
  betterWith: [
    {
      columns: ['next_hop_interface_type'],
      otherwise: 'a NAT gateway cannot be told from another resource of the VPC',
    },
  ],
  columns: trafficPathsColumns,
  sql: () => `SELECT interface_id, flow_direction, CASE WHEN flow_direction = 'egress' THEN pkt_dst_aws_service ELSE pkt_src_aws_service END AS service,
  traffic_path, next_hop_interface_type AS next_hop_type, sum(bytes) AS bytes, sum(packets) AS packets
FROM flows WHERE log_status = 'OK' AND action = 'ACCEPT' AND interface_id IS NOT NULL
GROUP BY interface_id, flow_direction, CASE WHEN flow_direction = 'egress' THEN pkt_dst_aws_service ELSE pkt_src_aws_service END, traffic_path, next_hop_interface_type
ORDER BY bytes DESC, interface_id, flow_direction, service, traffic_path LIMIT 50000`,
};

const internalPairsColumns = {
  interface_id: 'text',
  flow_direction: 'text',
  source: 'text',
  destination: 'text',
  az_id: 'text',
  next_hop_az_id: 'text',
  bytes: 'number',
} as const;

/** N2: bytes between internal addresses, by the subnets that they lie in: their zones tell what crosses one. */
export const internalPairs: Question<typeof internalPairsColumns> = {
  id: 'internal-pairs',
  title: 'How much crosses Availability Zones?',
  table: 'flows',
  needs: ['interface_id', 'srcaddr', 'dstaddr', 'bytes'],
  columns: internalPairsColumns,
  sql: ({ places }) => `WITH pairs AS (
  SELECT interface_id, flow_direction, srcaddr, dstaddr, az_id, next_hop_az_id, sum(bytes) AS bytes
  FROM flows WHERE log_status = 'OK' AND coalesce(action, 'ACCEPT') = 'ACCEPT' AND coalesce(flow_direction, 'egress') = 'egress'
    AND ${internalSql(places, 'srcaddr')} AND ${internalSql(places, 'dstaddr')}
  GROUP BY interface_id, flow_direction, srcaddr, dstaddr, az_id, next_hop_az_id),
placed AS (SELECT interface_id, flow_direction, ${addressClassSql(places, 'srcaddr')} AS source, ${addressClassSql(places, 'dstaddr')} AS destination, az_id, next_hop_az_id, bytes FROM pairs)
SELECT interface_id, flow_direction, source, destination, az_id, next_hop_az_id, sum(bytes) AS bytes FROM placed
GROUP BY interface_id, flow_direction, source, destination, az_id, next_hop_az_id
ORDER BY bytes DESC, interface_id, source, destination, az_id, next_hop_az_id LIMIT 100000`,
};

const newPeersColumns = {
  interface_id: 'text',
  peer: 'text',
  protocol: 'number',
  port: 'number',
  service: 'text',
  bytes: 'number',
  first_seen: 'number',
} as const;

/** V1: strangers that an interface called for the first time at the end of the window. */
export const newPeers: Question<typeof newPeersColumns> = {
  id: 'new-external-peers',
  title: 'Which external peers are new?',
  table: 'flows',
  needs: ['interface_id', 'srcaddr', 'dstaddr', 'srcport', 'dstport', 'protocol', 'bytes', 'action', 'start_ts'],
  columns: newPeersColumns,
  sql: ({
    places,
    thresholds,
    window,
  }) => `SELECT interface_id, dstaddr AS peer, protocol, dstport AS port, max(pkt_dst_aws_service) AS service, sum(bytes) AS bytes, min(start_ts) AS first_seen
FROM flows WHERE log_status = 'OK' AND action = 'ACCEPT' AND coalesce(flow_direction, 'egress') = 'egress' AND protocol IN (6, 17) AND dstport < srcport
  AND NOT ${internalSql(places, 'dstaddr')} AND ${internalSql(places, 'srcaddr')}
GROUP BY interface_id, dstaddr, protocol, dstport HAVING min(start_ts) >= ${window.until - thresholds['new-peer-period']}
ORDER BY bytes DESC, interface_id, peer, protocol, port LIMIT 200`,
};

/** How many groups of uses an answer holds at most; beyond it, nothing is called unused. */
export const mostUses = 1_000_000;

const acceptedUsesColumns = {
  interface_id: 'text',
  flow_direction: 'text',
  source: 'text',
  destination: 'text',
  protocol: 'number',
  port: 'number',
  part: 'text',
} as const;

/**
 * U1 and U2: what was accepted, by interface, peers and port, with the part that it plays: `open` begins a connection,
 * `reply` answers one, `unclear` may be either. Ports and addresses of replies are given as the classes that every rule treats
 * alike: they matter to network ACLs alone.
 */
export const acceptedUses = (portBounds: readonly number[]): Question<typeof acceptedUsesColumns> => ({
  id: 'rule-usage',
  title: 'Which rules does accepted traffic need?',
  table: 'flows',
  needs: ['interface_id', 'srcaddr', 'dstaddr', 'srcport', 'dstport', 'protocol', 'action', 'start_ts'],
  betterWith: [
    { columns: ['tcp_flags'], otherwise: 'who opened a connection is guessed from the ports' },
    { columns: ['pkt_srcaddr', 'pkt_dstaddr'], otherwise: 'pods and secondary addresses show as their interface' },
  ],
  columns: acceptedUsesColumns,
  sql: ({ places }) => `WITH parts AS (
  SELECT interface_id, flow_direction, coalesce(pkt_srcaddr, srcaddr) AS source, coalesce(pkt_dstaddr, dstaddr) AS destination, protocol, dstport, CASE
    WHEN protocol = 6 AND tcp_flags IS NOT NULL AND tcp_flags % 4 >= 2 AND tcp_flags % 32 >= 16 THEN 'reply'
    WHEN protocol = 6 AND tcp_flags IS NOT NULL AND tcp_flags % 4 >= 2 THEN 'open'
    WHEN protocol IN (6, 17) AND dstport >= 32768 AND srcport < 32768 THEN 'reply'
    WHEN protocol IN (6, 17) AND dstport >= 1024 AND srcport < 1024 THEN 'reply'
    WHEN protocol = 6 AND tcp_flags IS NULL AND dstport < 32768 AND srcport >= 32768 THEN 'open'
    ELSE 'unclear' END AS part
  FROM flows WHERE log_status = 'OK' AND action = 'ACCEPT' AND interface_id IS NOT NULL),
kinds AS (
  SELECT DISTINCT interface_id, flow_direction, source, destination, protocol,
    CASE WHEN part = 'open' THEN dstport ELSE ${classSql(portBounds, 'dstport')} END AS port, part FROM parts)
SELECT DISTINCT interface_id, flow_direction,
  CASE WHEN part = 'reply' THEN ${addressClassSql(places, 'source')} ELSE ${placeSql(places, 'source')} END AS source,
  CASE WHEN part = 'reply' THEN ${addressClassSql(places, 'destination')} ELSE ${placeSql(places, 'destination')} END AS destination,
  protocol, port, part
FROM kinds LIMIT ${mostUses + 1}`,
});
