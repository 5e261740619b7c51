import type { ExercisedService, FlowDetection } from '../../model/verdict/flow-evidence.ts';
import type { RowOf } from '../engine/question.ts';
import { instantOf, protocolOf } from '../evidence/words.ts';
import type { transitLosses, unexpectedProtocols, unusualVolumes } from '../questions/behaviour.ts';
import { type coverage, coverageWindow } from '../questions/coverage.ts';
import { type AddressPlaces, isStranger } from '../engine/places.ts';

/** Ports through which hosts are administered or data is kept, with the service behind each. */
const guardedPorts: ReadonlyMap<number, string> = new Map([
  [22, 'SSH'],
  [23, 'Telnet'],
  [1433, 'SQL Server'],
  [1521, 'Oracle'],
  [2375, 'Docker'],
  [2379, 'etcd'],
  [3306, 'MySQL'],
  [3389, 'RDP'],
  [5432, 'PostgreSQL'],
  [5439, 'Redshift'],
  [5900, 'VNC'],
  [5984, 'CouchDB'],
  [5985, 'WinRM'],
  [5986, 'WinRM over TLS'],
  [6379, 'Redis'],
  [8020, 'HDFS'],
  [9042, 'Cassandra'],
  [9092, 'Kafka'],
  [9200, 'Elasticsearch'],
  [9300, 'Elasticsearch'],
  [10250, 'kubelet'],
  [11211, 'Memcached'],
  [27017, 'MongoDB'],
]);

/** X1: services of administration and databases that a stranger connected to. */
export function accessDetections(services: readonly ExercisedService[]): readonly FlowDetection[] {
  return services.flatMap((service): readonly FlowDetection[] => {
    const name = guardedPorts.get(service.port);
    if (name === undefined || service.protocol !== 'tcp') return [];
    return [
      {
        id: 'internet-access-accepted',
        title: `${name} accepted from the internet`,
        severity: service.served === 'no' ? 'medium' : 'critical',
        networkInterfaceId: service.networkInterfaceId,
        ...(service.instanceId === undefined ? {} : { instanceId: service.instanceId }),
        destination: service.address,
        protocol: service.protocol,
        port: service.port,
        firstSeen: service.firstSeen,
        lastSeen: service.lastSeen,
        evidence: {
          sources: service.peers,
          topSource: service.topPeers[0]?.address ?? '-',
          bytesIn: service.bytesIn,
          bytesOut: service.bytesOut,
          served: service.served,
        },
      },
    ];
  });
}

/** V1: hours far above an interface's own usual. */
export const volumeDetections = (
  rows: readonly RowOf<(typeof unusualVolumes)['columns']>[],
): readonly FlowDetection[] =>
  rows.map((row) => ({
    id: 'unusual-volume',
    title: 'Sent far more in an hour than it usually does',
    severity: 'medium',
    networkInterfaceId: row.interface_id ?? '-',
    firstSeen: instantOf(row.hour),
    lastSeen: instantOf((row.hour ?? 0) + 3600),
    evidence: { bytes: row.bytes ?? 0, usualBytes: Math.round(row.median ?? 0), hoursOfHistory: row.hours ?? 0 },
  }));

const clearText: ReadonlyMap<number, string> = new Map([
  [21, 'FTP'],
  [23, 'Telnet'],
  [69, 'TFTP'],
  [512, 'rexec'],
  [513, 'rlogin'],
  [514, 'rsh'],
]);

/** P1: protocols that nobody expects, and those without encryption that carry passwords. */
export const protocolDetections = (
  rows: readonly RowOf<(typeof unexpectedProtocols)['columns']>[],
  places: AddressPlaces,
): readonly FlowDetection[] =>
  rows.map((row) => {
    const name = row.port === null ? undefined : clearText.get(row.port);
    return {
      id: name === undefined ? 'unexpected-protocol' : 'clear-text-protocol',
      title: name === undefined ? `IP protocol ${row.protocol} accepted` : `${name} accepted, which encrypts nothing`,
      severity: isStranger(places, row.source) || isStranger(places, row.destination) ? 'medium' : 'low',
      networkInterfaceId: row.interface_id ?? '-',
      source: row.source ?? '-',
      destination: row.destination ?? '-',
      protocol: protocolOf(row.protocol),
      ...(row.port === null ? {} : { port: row.port }),
      firstSeen: instantOf(row.first_seen),
      lastSeen: instantOf(row.last_seen),
      evidence: { records: row.records ?? 0, bytes: row.bytes ?? 0 },
    };
  });

/** C2: interfaces whose records stop in the middle of the window or were lost. */
export function gapDetections(
  rows: readonly RowOf<(typeof coverage)['columns']>[],
  mostWindows: number,
): readonly FlowDetection[] {
  return rows.flatMap((row): readonly FlowDetection[] => {
    const common = {
      severity: 'low',
      networkInterfaceId: row.interface_id ?? '-',
    } as const;
    const silent = (row.longest_step ?? 0) - coverageWindow;
    const gap: FlowDetection = {
      ...common,
      id: 'flow-log-gap',
      title: 'No record at all for a while, although there were records before and after',
      firstSeen: instantOf((row.step_begins ?? 0) + coverageWindow),
      lastSeen: instantOf((row.step_begins ?? 0) + (row.longest_step ?? 0)),
      evidence: { seconds: silent },
    };
    const lost: FlowDetection = {
      ...common,
      id: 'flow-log-records-lost',
      title: 'Records were lost (SKIPDATA)',
      firstSeen: instantOf(row.first_seen),
      lastSeen: instantOf(row.last_seen),
      evidence: { windows: row.skipped_windows ?? 0, records: row.skipdata_records ?? 0 },
    };
    return [
      ...(silent >= mostWindows * coverageWindow ? [gap] : []),
      ...((row.skipped_windows ?? 0) > 0 ? [lost] : []),
    ];
  });
}

/** G1: what transit gateways dropped. */
export const lossDetections = (rows: readonly RowOf<(typeof transitLosses)['columns']>[]): readonly FlowDetection[] =>
  rows.map((row) => ({
    id: 'transit-gateway-packets-lost',
    title: 'A transit gateway drops packets',
    severity: 'medium',
    source: row.tgw_attachment_id ?? '-',
    destination: row.destination ?? '-',
    firstSeen: instantOf(row.first_seen),
    lastSeen: instantOf(row.last_seen),
    evidence: { noRoute: row.no_route ?? 0, blackhole: row.blackhole ?? 0 },
  }));
