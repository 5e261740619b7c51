import type { ExercisedService, UnexercisedExposure } from '../../model/verdict/flow-evidence.ts';
import { internetExposure } from '../../network/exposure.ts';
import type { Network } from '../../network/network.ts';
import { parseIpAddress } from '../../network/sets/ip-address.ts';
import { allIpv4Addresses, allIpv6Addresses } from '../../network/sets/cidr.ts';
import { packetHeaders } from '../../network/result/packet-headers.ts';
import { intersectTraffic, type Traffic } from '../../network/sets/traffic.ts';
import { allPorts } from '../../network/sets/port-set.ts';
import { onlyProtocol } from '../../network/sets/protocol.ts';
import type { RowOf } from '../engine/question.ts';
import type { servicesReached } from '../questions/services.ts';
import type { Covered } from './coverage-of.ts';
import { interfaceNamed } from './interfaces.ts';
import { instantOf, type NameOf, protocolOf } from './words.ts';

type Row = RowOf<(typeof servicesReached)['columns']>;

/** Services that the internet reached, each with its peers, in the order of the rows. */
export function exercisedServices(
  rows: readonly Row[],
  network: Network | undefined,
  nameOf: NameOf,
): readonly ExercisedService[] {
  const services = new Map<string, ExercisedService>();
  for (const row of rows) {
    const key = `${row.interface_id} ${row.host} ${row.protocol} ${row.port}`;
    const known = services.get(key) ?? serviceOf(row, network);
    const name = nameOf(row.peer ?? '');
    const peer = {
      address: row.peer ?? '',
      ...(name === undefined ? {} : { name }),
      records: row.peer_records ?? 0,
      bytes: row.peer_bytes ?? 0,
      firstSeen: instantOf(row.peer_first_seen),
    };
    services.set(key, { ...known, topPeers: [...known.topPeers, peer] });
  }
  return [...services.values()];
}

function serviceOf(row: Row, network: Network | undefined): ExercisedService {
  const located = network === undefined ? undefined : interfaceNamed(network.snapshot, row.interface_id);
  const instanceId = located?.resource.attachment?.instanceId;
  return {
    networkInterfaceId: row.interface_id ?? '-',
    ...(instanceId === undefined ? {} : { instanceId }),
    address: row.host ?? '',
    protocol: protocolOf(row.protocol),
    port: row.port ?? 0,
    served: servedOf(row),
    ...(network === undefined ? {} : { exposedNow: exposedNow(network, row) }),
    peers: row.peers ?? 0,
    topPeers: [],
    records: row.records ?? 0,
    bytesIn: row.bytes_in ?? 0,
    bytesOut: row.bytes_out ?? 0,
    firstSeen: instantOf(row.first_seen),
    lastSeen: instantOf(row.last_seen),
  };
}

/** A host that refuses answers too, with a RST: bytes both ways alone prove nothing where flags are recorded. */
function servedOf({ protocol, bytes_out, flags_out }: Row): ExercisedService['served'] {
  if (bytes_out === null || bytes_out === 0) return 'no';
  if (protocol !== 6) return 'yes';
  if (flags_out === null) return 'unknown';
  return flags_out % 4 >= 2 && flags_out % 32 >= 16 ? 'yes' : 'no';
}

function exposedNow(network: Network, row: Row): NonNullable<ExercisedService['exposedNow']> {
  if (interfaceNamed(network.snapshot, row.interface_id) === undefined) return 'unknown';
  const exposures = internetExposure(network).of(row.interface_id ?? '');
  const asked = askedOf(row);
  const meets = (traffic: Traffic): boolean => intersectTraffic(traffic, asked).length > 0;
  if (exposures.some(({ admitted, deliveredOnly }) => meets(admitted) || meets(deliveredOnly))) return 'yes';
  return exposures.some(({ doubtful }) => meets(doubtful)) ? 'unknown' : 'no';
}

function askedOf({ peer, protocol, port }: Row): Traffic {
  const source = parseIpAddress(peer ?? '').value;
  if (source === undefined) return [];
  const common = {
    protocols: onlyProtocol(protocol ?? 0),
    sourcePorts: allPorts,
    destinationPorts: [port ?? 0, (port ?? 0) + 1],
  };
  return source.family === 4
    ? [{ family: 4, ...common, sources: [source.value, source.value + 1], destinations: allIpv4Addresses }]
    : [{ family: 6, ...common, sources: [source.value, source.value + 1n], destinations: allIpv6Addresses }];
}

/** Exposures of the snapshot that no record exercises, port range by port range. */
export function unexercisedExposures(
  services: readonly ExercisedService[],
  network: Network,
  covered: Covered,
  enough: number,
): readonly UnexercisedExposure[] {
  const used = new Map<string, { readonly protocol: string; readonly port: number }[]>();
  for (const { networkInterfaceId, protocol, port } of services) {
    const list = used.get(networkInterfaceId) ?? [];
    used.set(networkInterfaceId, list);
    list.push({ protocol, port });
  }
  const out: UnexercisedExposure[] = [];
  for (const { addresses, admitted, targets } of internetExposure(network).classes) {
    if (targets.length > 0) continue;
    const headers = packetHeaders(admitted).filter(
      ({ protocol }) => protocol === 'tcp' || protocol === 'udp' || protocol === 'all',
    );
    for (const { networkInterfaceId, instanceId, privateAddress } of addresses) {
      for (const { protocol, destinationPortRanges = [{ from: 0, to: 65_535 }] } of headers) {
        for (const { from, to } of destinationPortRanges) {
          const isUsed = (used.get(networkInterfaceId) ?? []).some(
            (one) => (protocol === 'all' || one.protocol === protocol) && one.port >= from && one.port <= to,
          );
          if (isUsed) continue;
          const coveredShare = covered.shareOf(networkInterfaceId);
          out.push({
            networkInterfaceId,
            ...(instanceId === undefined ? {} : { instanceId }),
            address: privateAddress,
            protocol,
            fromPort: from,
            toPort: to,
            coveredShare,
            judged: coveredShare >= enough ? 'unused' : 'unknown',
          });
        }
      }
    }
  }
  return distinct(out);
}

function distinct(all: readonly UnexercisedExposure[]): readonly UnexercisedExposure[] {
  const found = new Map(
    all.map((one) => [
      JSON.stringify([one.networkInterfaceId, one.address, one.protocol, one.fromPort, one.toPort]),
      one,
    ]),
  );
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}
