import type { RejectedConversations } from '../../model/verdict/flow-evidence.ts';
import type { Network } from '../../network/network.ts';
import { type AddressPlaces, isStranger } from '../engine/places.ts';
import type { RowOf } from '../engine/question.ts';
import type { rejectedConversations } from '../questions/rejects.ts';
import { attribute, attributeByLog } from './attribute.ts';
import { crossingOf, interfaceNamed } from './interfaces.ts';
import type { RejectedPacket } from './likeness.ts';
import { instantOf, protocolOf } from './words.ts';

type Row = RowOf<(typeof rejectedConversations)['columns']>;

/** Rows of rejected conversations, each attributed; strangers that fare alike are taken together. */
export function rejectsOf(
  rows: readonly Row[],
  places: AddressPlaces,
  network: Network | undefined,
): readonly RejectedConversations[] {
  const merged = new Map<string, RejectedConversations>();
  for (const row of rows) {
    const one = rejectOf(row, places, network);
    const { attribution, networkInterfaceId, direction, part, protocol, port, source, destination } = one;
    const key = JSON.stringify([
      networkInterfaceId,
      direction,
      part,
      protocol,
      port,
      source,
      destination,
      attribution.cause,
      attribution.rule,
      attribution.component,
    ]);
    const known = merged.get(key);
    merged.set(key, known === undefined ? one : together(known, one));
  }
  return [...merged.values()].sort(byWeight);
}

function rejectOf(row: Row, places: AddressPlaces, network: Network | undefined): RejectedConversations {
  const [source = '', destination = '', sourcePort = '0', destinationPort = '0'] = (row.sample ?? '').split(' ');
  const located = network === undefined ? undefined : interfaceNamed(network.snapshot, row.interface_id);
  const packet: RejectedPacket = {
    networkInterfaceId: row.interface_id ?? '-',
    crossing: crossingOf(located, row.flow_direction, source, destination),
    part: partOf(row.part),
    rejectReason: row.reject_reason,
    protocol: row.protocol,
    source,
    destination,
    sourcePort: Number(sourcePort),
    destinationPort: Number(destinationPort),
    seenAt: row.last_seen ?? 0,
  };
  const instanceId = located?.resource.attachment?.instanceId;
  const ported = row.protocol === 6 || row.protocol === 17;
  return {
    networkInterfaceId: packet.networkInterfaceId,
    ...(instanceId === undefined ? {} : { instanceId }),
    direction: packet.crossing,
    part: packet.part,
    protocol: protocolOf(row.protocol),
    ...(ported && row.port !== null ? { port: row.port } : {}),
    source: isStranger(places, source) ? 'internet' : source,
    destination: isStranger(places, destination) ? 'internet' : destination,
    sources: row.sources ?? 0,
    conversations: row.conversations ?? 0,
    packets: row.packets ?? 0,
    windows: row.windows ?? 0,
    firstSeen: instantOf(row.first_seen),
    lastSeen: instantOf(row.last_seen),
    ...(network === undefined || located === undefined
      ? { attribution: gone(attributeByLog(packet), network !== undefined) }
      : attribute(network, located, packet)),
  };
}

/** An interface that the snapshot lacks was deleted since, or lies outside it. */
const gone = (
  attribution: RejectedConversations['attribution'],
  hasSnapshot: boolean,
): RejectedConversations['attribution'] =>
  hasSnapshot && attribution.cause === 'security-group-or-network-acl'
    ? {
        ...attribution,
        cause: 'unknown',
        text: 'The interface is not in the snapshot: it was deleted since, or lies in an account or Region that was not read.',
      }
    : attribution;

function partOf(text: string | null): RejectedConversations['part'] {
  return text === 'reply' || text === 'late-or-changed' || text === 'stated' ? text : 'request';
}

/** Sums; windows of two groups may be the same ones, so the larger number stands. */
const together = (a: RejectedConversations, b: RejectedConversations): RejectedConversations => ({
  ...a,
  sources: a.sources + b.sources,
  conversations: a.conversations + b.conversations,
  packets: a.packets + b.packets,
  windows: Math.max(a.windows, b.windows),
  firstSeen: a.firstSeen < b.firstSeen ? a.firstSeen : b.firstSeen,
  lastSeen: a.lastSeen > b.lastSeen ? a.lastSeen : b.lastSeen,
});

/** Ours before strangers', the persistent before the loud. */
function byWeight(a: RejectedConversations, b: RejectedConversations): number {
  const rank = ({ source, part }: RejectedConversations): number =>
    part === 'late-or-changed' ? 2 : source === 'internet' ? 1 : 0;
  const key = (one: RejectedConversations): string =>
    JSON.stringify([
      one.networkInterfaceId,
      one.source,
      one.destination,
      one.protocol,
      one.port,
      one.part,
      one.direction,
      one.attribution.cause,
    ]);
  return rank(a) - rank(b) || b.windows - a.windows || b.packets - a.packets || (key(a) < key(b) ? -1 : 1);
}
