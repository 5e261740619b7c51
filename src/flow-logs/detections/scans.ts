import type { FlowDetection } from '../../model/verdict/flow-evidence.ts';
import { type AddressPlaces, isInternal } from '../engine/places.ts';
import type { RowOf } from '../engine/question.ts';
import type { slowScans } from '../questions/scans.ts';
import { instantOf, protocolOf } from '../evidence/words.ts';

/** A row of any of the three questions about scans. */
export type ScanRow = RowOf<(typeof slowScans)['columns']>;

/** One scan, put together from the windows that saw it. */
export interface Scan {
  readonly kind: 'vertical-scan' | 'horizontal-scan' | 'slow-scan';
  readonly source: string;
  readonly isInternal: boolean;
  readonly target: string | null;
  readonly protocol: number | null;
  readonly port: number | null;
  /** The most ports, hosts or pairs in one window. */
  readonly hits: number;
  readonly packets: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly sample: string;
}

/** The rows of the three questions. */
export interface ScanRows {
  readonly vertical: readonly ScanRow[];
  readonly horizontal: readonly ScanRow[];
  readonly slow: readonly ScanRow[];
}

/**
 * Joins windows that touch into one scan each. A slow scan is told only where nothing else was told of its source at that
 * time, and addresses of NAT and transit gateways are nobody's: the host behind them is told.
 */
export function scansOf(rows: ScanRows, places: AddressPlaces, intermediate: ReadonlySet<string>): readonly Scan[] {
  const fast = [
    ...joined('vertical-scan', rows.vertical, places),
    ...joined('horizontal-scan', rows.horizontal, places),
  ];
  const slow = joined('slow-scan', rows.slow, places).filter(
    (one) =>
      !fast.some(
        ({ source, firstSeen, lastSeen }) =>
          source === one.source && firstSeen <= one.lastSeen && lastSeen >= one.firstSeen,
      ),
  );
  return [...fast, ...slow].filter(({ source }) => !intermediate.has(source));
}

function joined(kind: Scan['kind'], rows: readonly ScanRow[], places: AddressPlaces): readonly Scan[] {
  const open = new Map<string, Scan>();
  const done: Scan[] = [];
  for (const row of rows) {
    const key = `${row.source} ${row.target} ${row.protocol} ${row.port}`;
    const one: Scan = {
      kind,
      source: row.source ?? '-',
      isInternal: isInternal(places, row.source),
      target: row.target,
      protocol: row.protocol,
      port: row.port,
      hits: row.hits ?? 0,
      packets: row.packets ?? 0,
      firstSeen: row.first_seen ?? 0,
      lastSeen: row.last_seen ?? 0,
      sample: row.sample ?? '',
    };
    const before = open.get(key);
    if (before === undefined || one.firstSeen > before.lastSeen + 300) {
      if (before !== undefined) done.push(before);
      open.set(key, one);
      continue;
    }
    const larger = one.hits > before.hits ? one : before;
    open.set(key, {
      ...larger,
      packets: Math.max(one.packets, before.packets),
      firstSeen: Math.min(one.firstSeen, before.firstSeen),
      lastSeen: Math.max(one.lastSeen, before.lastSeen),
    });
  }
  return [...done, ...open.values()];
}

/** What a stranger that scanned had accepted. */
export interface Accepted {
  readonly source: string | null;
  readonly destination: string | null;
  readonly protocol: number | null;
  readonly port: number | null;
  readonly records: number | null;
  readonly bytes: number | null;
}

const titles: Readonly<Record<Scan['kind'], string>> = {
  'vertical-scan': 'tries many ports of one host',
  'horizontal-scan': 'tries one port of many hosts',
  'slow-scan': 'tries many hosts and ports over a long time',
};

const counts: Readonly<Record<Scan['kind'], string>> = {
  'vertical-scan': 'ports',
  'horizontal-scan': 'hosts',
  'slow-scan': 'pairs',
};

/**
 * Internal scans alert, and strangers only where they also got in; the rest of the internet's scanning is the one line of
 * the noise.
 */
export function scanDetections(scans: readonly Scan[], accepted: readonly Accepted[]): readonly FlowDetection[] {
  return scans.flatMap((scan): readonly FlowDetection[] => {
    const got = scan.isInternal
      ? []
      : accepted.filter(
          ({ source, destination }) => source === scan.source && (scan.target === null || scan.target === destination),
        );
    if (!scan.isInternal && got.length === 0) return [];
    const [first] = got;
    return [
      {
        id: scan.kind,
        title: scan.isInternal
          ? `An internal address ${titles[scan.kind]}`
          : `A stranger ${titles[scan.kind]} and was let in`,
        severity: scan.isInternal ? 'high' : 'medium',
        source: scan.source,
        ...(scan.target === null ? {} : { destination: scan.target }),
        ...(scan.protocol === null ? {} : { protocol: protocolOf(scan.protocol) }),
        ...(scan.port === null ? {} : { port: scan.port }),
        firstSeen: instantOf(scan.firstSeen),
        lastSeen: instantOf(scan.lastSeen),
        evidence: {
          [counts[scan.kind]]: scan.hits,
          packets: scan.packets,
          range: scan.sample,
          ...(first === undefined
            ? {}
            : {
                acceptedConnections: got.reduce((sum, { records }) => sum + (records ?? 0), 0),
                acceptedFirst: `${first.destination} ${protocolOf(first.protocol)} ${first.port}`,
              }),
        },
      },
    ];
  });
}
