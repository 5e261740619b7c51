import type { NetworkInterface } from '../../model/resources/network-interface.ts';
import type { Located } from '../../network/facts/inventory.ts';
import type { Network } from '../../network/network.ts';
import type { IpAddress } from '../../network/sets/ip-address.ts';
import { parseIpAddress } from '../../network/sets/ip-address.ts';
import { addressOfPlace } from '../engine/places.ts';
import type { RowOf } from '../engine/question.ts';
import type { acceptedUses } from '../questions/traffic.ts';
import { crossingOf, interfaceNamed } from './interfaces.ts';

type Row = RowOf<ReturnType<typeof acceptedUses>['columns']>;

/** Accepted traffic of one kind at one interface, as rules see it. */
export interface Use {
  readonly located: Located<NetworkInterface>;
  readonly direction: 'ingress' | 'egress';
  /** Begins a connection, answers one, or may be either. */
  readonly part: 'open' | 'reply' | 'unclear';
  readonly protocol: number;
  readonly peer: IpAddress;
  /** Are strangers of one class taken together in it? */
  readonly isClass: boolean;
  readonly own: IpAddress;
  readonly port: number;
  readonly records: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
}

/** Rows of accepted traffic at interfaces of the snapshot; others say nothing about its rules. */
export function usesOf(rows: readonly Row[], network: Network): readonly Use[] {
  return rows.flatMap((row): readonly Use[] => {
    const located = interfaceNamed(network.snapshot, row.interface_id);
    const source = row.source === null ? undefined : addressOfPlace(row.source);
    const destination = row.destination === null ? undefined : addressOfPlace(row.destination);
    if (located === undefined || source === undefined || destination === undefined) return [];
    const crossing = crossingOf(located, row.flow_direction, source, destination);
    const directions =
      crossing === 'ingress' || crossing === 'egress'
        ? [crossing]
        : row.flow_direction === 'ingress' || row.flow_direction === 'egress'
          ? [row.flow_direction]
          : (['ingress', 'egress'] as const);
    return directions.flatMap((direction): readonly Use[] => {
      const [peerText, ownText] = direction === 'ingress' ? [source, destination] : [destination, source];
      const peer = parseIpAddress(peerText).value;
      const own = parseIpAddress(ownText).value;
      if (peer === undefined || own === undefined) return [];
      const place = direction === 'ingress' ? row.source : row.destination;
      return [
        {
          located,
          direction: direction as 'ingress' | 'egress',
          part: row.part === 'open' || row.part === 'reply' ? row.part : 'unclear',
          protocol: row.protocol ?? 0,
          peer,
          isClass: place?.startsWith('#') === true,
          own,
          port: row.port ?? 0,
          records: row.records ?? 0,
          firstSeen: row.first_seen ?? 0,
          lastSeen: row.last_seen ?? 0,
        },
      ];
    });
  });
}
