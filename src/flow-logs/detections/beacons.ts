import type { FlowDetection } from '../../model/verdict/flow-evidence.ts';
import type { RowOf } from '../engine/question.ts';
import { instantOf, type NameOf, protocolOf } from '../evidence/words.ts';
import type { beacons } from '../questions/behaviour.ts';

type Row = RowOf<(typeof beacons)['columns']>;

/**
 * How regular connections are, 0 to 1: the mean of four parts, each 0 to 1. Even gaps (Bowley's skewness and the median
 * absolute deviation), even sizes, the hours over which it goes on (six count, twelve are full), and how completely the
 * time between the first and the last connection is filled.
 */
export function beaconScore(row: Row): number {
  const period = row.period ?? 0;
  const quarter = row.quarter ?? 0;
  const threeQuarters = row.three_quarters ?? 0;
  const spread = threeQuarters - quarter;
  const skew = spread < 10 ? 0 : Math.abs((quarter + threeQuarters - 2 * period) / spread);
  const even = (1 - skew) / 2 + (period === 0 ? 0 : Math.max(0, 1 - (row.deviation ?? 0) / Math.min(period, 60)) / 2);
  const size = row.bytes_median ?? 0;
  const sizes = size === 0 ? 1 : Math.max(0, 1 - (row.bytes_deviation ?? 0) / size);
  const hours = row.hours ?? 0;
  const lasting = hours >= 12 ? 1 : hours >= 6 ? 0.5 + (hours - 6) / 12 : hours / 12;
  const lifetime = (row.last_seen ?? 0) - (row.first_seen ?? 0);
  const filled = lifetime === 0 ? 0 : Math.min(1, ((row.gaps ?? 0) * period) / lifetime);
  return Math.round(((even + sizes + lasting + filled) / 4) * 1000) / 1000;
}

/** Connections regular enough to be a beacon, the most regular first. */
export function beaconDetections(rows: readonly Row[], least: number, nameOf: NameOf): readonly FlowDetection[] {
  return rows
    .map((row) => ({ row, score: beaconScore(row) }))
    .filter(({ row, score }) => score >= least && nameOf(row.destination ?? '') === undefined)
    .sort((a, b) => b.score - a.score || (a.row.interface_id ?? '').localeCompare(b.row.interface_id ?? '', 'en'))
    .map(
      ({ row, score }): FlowDetection => ({
        id: 'beacon',
        title: 'Calls out at regular intervals',
        severity: 'high',
        networkInterfaceId: row.interface_id ?? '-',
        destination: row.destination ?? '-',
        protocol: protocolOf(row.protocol),
        port: row.port ?? 0,
        firstSeen: instantOf(row.first_seen),
        lastSeen: instantOf(row.last_seen),
        evidence: {
          score,
          connections: (row.gaps ?? 0) + 1,
          periodSeconds: Math.round(row.period ?? 0),
          deviationSeconds: Math.round((row.deviation ?? 0) * 10) / 10,
          hours: row.hours ?? 0,
        },
      }),
    );
}
