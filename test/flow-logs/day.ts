/** A generated day in files and as typed records. */
import { gzipSync } from 'node:zlib';
import type { FlowRow } from '../../bench/flow-logs/day.ts';
import { generateDay } from '../../bench/flow-logs/day.ts';
import { buildEstate, type Estate } from '../../bench/flow-logs/estate.ts';
import { headerV2, headerV5, lineV2, lineV5 } from '../../bench/flow-logs/formats.ts';
import { folderOf } from './log-files.ts';
import type { Flow } from './plain-evaluator.ts';

export const midnight = Date.UTC(2026, 0, 15) / 1000;

export interface Day {
  readonly estate: Estate;
  readonly flows: readonly Flow[];
  readonly v2: string;
  readonly v5: string;
}

/** The same day in both formats, a file for every half hour, and as the records of version 5. */
export function dayOf(seed: number, rows: number, hosts: number): Day {
  const estate = buildEstate(hosts);
  const flows: Flow[] = [];
  const texts = { v2: new Map<string, string[]>(), v5: new Map<string, string[]>() };
  generateDay({ estate, seed, rows, midnight }, (row, window) => {
    const file = `part-${String(Math.floor(window / 6)).padStart(2, '0')}.log.gz`;
    const add = (map: Map<string, string[]>, header: string, line: string): void => {
      const list = map.get(file) ?? [`${header}\n`];
      map.set(file, list);
      list.push(line);
    };
    add(texts.v2, headerV2, lineV2(row));
    add(texts.v5, headerV5, lineV5(row));
    flows.push(flowOf(row));
  });
  const folder = (map: Map<string, string[]>): string =>
    folderOf(Object.fromEntries([...map].map(([file, list]) => [file, gzipSync(list.join(''))])));
  return { estate, flows, v2: folder(texts.v2), v5: folder(texts.v5) };
}

const number = (value: number): number | null => (value < 0 ? null : value);
const word = (value: string): string | null => (value === '' ? null : value);

const flowOf = (row: FlowRow): Flow => ({
  interface_id: row.interfaceId,
  srcaddr: word(row.source),
  dstaddr: word(row.destination),
  srcport: number(row.sourcePort),
  dstport: number(row.destinationPort),
  protocol: number(row.protocol),
  packets: number(row.packets),
  bytes: number(row.bytes),
  start_ts: row.start,
  end_ts: row.end,
  action: word(row.action),
  log_status: row.status,
  tcp_flags: number(row.flags),
  pkt_srcaddr: word(row.packetSource),
  pkt_dstaddr: word(row.packetDestination),
  flow_direction: word(row.direction),
  pkt_dst_aws_service: word(row.service),
  pkt_src_aws_service: null,
  traffic_path: number(row.path),
});

/** The records as the default format has them. */
export const asV2 = (flows: readonly Flow[]): readonly Flow[] =>
  flows.map((flow) => ({
    ...flow,
    tcp_flags: null,
    pkt_srcaddr: null,
    pkt_dstaddr: null,
    flow_direction: null,
    pkt_dst_aws_service: null,
    traffic_path: null,
  }));
