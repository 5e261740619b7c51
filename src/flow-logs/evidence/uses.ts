import type { NetworkInterface } from '../../model/resources/network-interface.ts';
import { holderOf } from '../../network/facts/addresses.ts';
import type { Located } from '../../network/facts/inventory.ts';
import type { Network } from '../../network/network.ts';
import { atomOf } from '../../network/facts/atoms.ts';
import { type IpAddress, parseIpAddress } from '../../network/sets/ip-address.ts';
import { addressOfPlace } from '../engine/places.ts';
import type { RowOf } from '../engine/question.ts';
import type { acceptedUses } from '../questions/traffic.ts';
import { holds, inSubnetOf, interfaceNamed } from './interfaces.ts';

type Row = RowOf<ReturnType<typeof acceptedUses>['columns']>;

/** Accepted traffic of one kind at interfaces that every rule treats alike, as rules see it. */
export interface Use {
  /** One of the interfaces. */
  readonly located: Located<NetworkInterface>;
  readonly direction: 'ingress' | 'egress';
  /** Begins a connection, answers one, or may be either. */
  readonly part: 'open' | 'reply' | 'unclear';
  readonly protocol: number;
  /** One of the peers. */
  readonly peer: IpAddress;
  /** All peers, as far as they were told one by one; up to so many that no rule would name them any more. */
  readonly peers: ReadonlySet<string>;
  /** Are strangers of one class taken together in it? */
  readonly isClass: boolean;
  readonly port: number;
  /** How many pairs of interface and peer. */
  readonly pairs: number;
}

/** More peers than this are not kept: a rule that names them all helps nobody. */
const mostPeersKept = 64;

/** Rows of accepted traffic at interfaces of the snapshot, put together where no rule tells them apart. */
export function usesOf(rows: readonly Row[], network: Network): readonly Use[] {
  const found = new Map<string, { use: Use; peers: Set<string>; pairs: number }>();
  const addressAt = remembered((place: string) => ({
    text: addressOfPlace(place),
    address: parseIpAddress(addressOfPlace(place)).value,
  }));
  const classOf = remembered((key: string) => peerClass(network, key));
  for (const row of rows) {
    const located = interfaceNamed(network.snapshot, row.interface_id);
    if (located === undefined || row.source === null || row.destination === null) continue;
    for (const direction of directionsOf(network, located, row, row.source, row.destination)) {
      const place = direction === 'ingress' ? row.source : row.destination;
      const { address: peer, text } = addressAt(place);
      if (peer === undefined) continue;
      const { vpcId, subnetId, groupIds } = located.resource;
      const part = row.part === 'open' || row.part === 'reply' ? row.part : 'unclear';
      const key = `${subnetId} ${groupIds.join()} ${direction} ${part} ${row.protocol} ${row.port} ${place.startsWith('#') ? place : classOf(`${vpcId} ${text}`)}`;
      const known = found.get(key);
      if (known !== undefined) {
        known.pairs += 1;
        if (known.peers.size <= mostPeersKept) known.peers.add(text);
        continue;
      }
      const peers = new Set([text]);
      const isClass = place.startsWith('#');
      const use = {
        located,
        direction,
        part,
        protocol: row.protocol ?? 0,
        peer,
        peers,
        isClass,
        port: row.port ?? 0,
        pairs: 1,
      } as const;
      found.set(key, { use, peers, pairs: 1 });
    }
  }
  return [...found.values()].map(({ use, pairs }) => ({ ...use, pairs }));
}

/** Peers that every rule of an interface treats alike: of one subnet and the same groups, in blocks that no rule parts. Others stand alone. */
function peerClass({ snapshot }: Network, key: string): string {
  const [vpcId = '', text = ''] = key.split(' ');
  const address = parseIpAddress(text).value;
  if (address === undefined) return key;
  const holder = holderOf(snapshot, vpcId, address.family, address.value)?.resource;
  const atom = atomOf(snapshot, address.family, address.value);
  return holder === undefined ? key : `${atom} ${holder.subnetId} ${holder.groupIds.join()}`;
}

/** The ways in which a record may have crossed the interface: one, unless neither the log nor the addresses tell. */
function directionsOf(
  { snapshot }: Network,
  located: Located<NetworkInterface>,
  { flow_direction }: Row,
  source: string,
  destination: string,
): readonly ('ingress' | 'egress')[] {
  if (flow_direction === 'ingress' || flow_direction === 'egress') return [flow_direction];
  const [isSource, isDestination] = [source, destination].map((place) => {
    if (!place.startsWith('#')) return holds(located, place);
    const address = parseIpAddress(addressOfPlace(place)).value;
    return address !== undefined && inSubnetOf(snapshot, located, address);
  });
  if (isSource === true && isDestination !== true) return ['egress'];
  return isDestination === true && isSource !== true ? ['ingress'] : ['ingress', 'egress'];
}

function remembered<T>(make: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) known.set(key, (value = make(key)));
    return value;
  };
}
