import type { FlowPatterns } from '../../model/verdict/flow-evidence.ts';
import { interfaceRole } from '../../network/facts/interface-role.ts';
import { interfaceById } from '../../network/facts/resources-by-id.ts';
import type { Network } from '../../network/network.ts';
import type { RowOf } from '../engine/question.ts';
import type { newPeers, topTalkers, trafficPaths } from '../questions/traffic.ts';
import { interfaceNamed } from './interfaces.ts';
import { instantOf, type NameOf, protocolOf } from './words.ts';

type Path = RowOf<(typeof trafficPaths)['columns']>;
type Services = NonNullable<FlowPatterns['services']>;

/** Who talks most; what NAT and transit gateways pass on counts at its host. */
export const talkersOf = (
  rows: readonly RowOf<(typeof topTalkers)['columns']>[],
  intermediate: ReadonlySet<string>,
): FlowPatterns['topTalkers'] =>
  rows
    .filter(({ source, destination }) => !intermediate.has(source ?? '') && !intermediate.has(destination ?? ''))
    .map(({ source, destination, service, bytes, packets }) => ({
      source: source ?? '-',
      destination: destination ?? '-',
      ...(service === null ? {} : { service }),
      bytes: bytes ?? 0,
      packets: packets ?? 0,
    }));

/** Strangers that are called for the first time. */
export const newPeersOf = (
  rows: readonly RowOf<(typeof newPeers)['columns']>[],
  nameOf: NameOf,
): FlowPatterns['newExternalPeers'] =>
  rows.map((row) => {
    const name = nameOf(row.peer ?? '');
    return {
      networkInterfaceId: row.interface_id ?? '-',
      address: row.peer ?? '',
      ...(name === undefined ? {} : { name }),
      protocol: protocolOf(row.protocol),
      port: row.port ?? 0,
      ...(row.service === null ? {} : { service: row.service }),
      bytes: row.bytes ?? 0,
      firstSeen: instantOf(row.first_seen),
    };
  });

/**
 * The way of outgoing bytes (VPC user guide, traffic-path): the next hop says it exactly; without it, path 1 is a NAT
 * gateway where the destination is a public service, for it lies within the VPC then.
 */
function wayOf({ flow_direction, traffic_path, next_hop_type }: Path): Services[number]['way'] {
  if (next_hop_type === 'nat_gateway' || next_hop_type === 'regional_nat_gateway') return 'nat-gateway';
  if (flow_direction !== 'egress') return 'unknown';
  switch (traffic_path) {
    case 1:
      return next_hop_type === null ? 'nat-gateway' : 'vpc-resource';
    case 7:
      return 'gateway-endpoint';
    case 8:
      return 'internet-gateway';
    case 2:
    case null:
      return 'unknown';
    default:
      return 'other';
  }
}

/** Bytes to services by their way, and the share that passes NAT gateways. Records of intermediate interfaces are left out. */
export function pathsOf(
  rows: readonly Path[],
  network: Network | undefined,
): Pick<FlowPatterns, 'services' | 'throughNat'> {
  const atHosts = rows.filter(({ interface_id }) => {
    const located = network === undefined ? undefined : interfaceNamed(network.snapshot, interface_id);
    if (located === undefined) return true;
    const role = interfaceRole(located.resource);
    return role !== 'nat-gateway' && role !== 'transit-gateway';
  });
  const sums = new Map<string, Services[number]>();
  let nat = 0;
  let all = 0;
  for (const row of atHosts) {
    const way = wayOf(row);
    const bytes = row.bytes ?? 0;
    const direction = row.flow_direction === 'egress' ? 'egress' : 'ingress';
    if (direction === 'egress') {
      all += bytes;
      if (way === 'nat-gateway' && (row.next_hop_type !== null || row.service !== null)) nat += bytes;
    }
    if (row.service === null) continue;
    const key = `${row.service} ${direction} ${way}`;
    sums.set(key, { service: row.service, way, direction, bytes: (sums.get(key)?.bytes ?? 0) + bytes });
  }
  const services = [...sums].sort(([a, x], [b, y]) => y.bytes - x.bytes || (a < b ? -1 : 1)).map(([, one]) => one);
  return { services, throughNat: { bytes: nat, ofBytes: all } };
}

/** Addresses of interfaces that pass on other people's packets: never the origin of a scan. */
export function intermediateAddresses(network: Network | undefined): ReadonlySet<string> {
  if (network === undefined) return new Set();
  return new Set(
    [...interfaceById(network.snapshot).values()]
      .filter(({ resource }) => ['nat-gateway', 'transit-gateway'].includes(interfaceRole(resource)))
      .flatMap(({ resource }) => resource.privateIpAddresses.map(({ privateIpAddress }) => privateIpAddress)),
  );
}
