import type { NetworkInterface } from '../../model/resources/network-interface.ts';
import type { RejectAttribution, RejectedConversations } from '../../model/verdict/flow-evidence.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import { heldBy, holderOf } from '../../network/facts/addresses.ts';
import { atomOf } from '../../network/facts/atoms.ts';
import { interfaceRole } from '../../network/facts/interface-role.ts';
import type { Located } from '../../network/facts/inventory.ts';
import type { Network } from '../../network/network.ts';
import { parseIpAddress } from '../../network/sets/ip-address.ts';
import type { Crossing } from './interfaces.ts';
import { portBoundsOf } from './places-of.ts';

/** One rejected packet, and what the log says of it. */
export interface RejectedPacket {
  readonly networkInterfaceId: string;
  readonly crossing: Crossing;
  readonly part: RejectedConversations['part'];
  readonly rejectReason: string | null;
  readonly protocol: number | null;
  /** The addresses in the packet. */
  readonly source: string;
  readonly destination: string;
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** Seconds since 1970. */
  readonly seenAt: number;
}

/**
 * What makes two packets the same to every rule: interfaces in one subnet with the same one group, peers likewise, and
 * addresses and ports that no rule tells apart. Where several groups act together their names are those of the interface,
 * so each is traced alone.
 */
export function likenessOf(
  network: Network,
  located: Located<NetworkInterface>,
  packet: RejectedPacket,
): string | undefined {
  const { resource } = located;
  if (resource.groupIds.length > 1 || packet.crossing === 'transit' || packet.crossing === 'unknown') return undefined;
  const { snapshot } = network;
  const isIngress = packet.crossing === 'ingress';
  const [peerText, ownText] = isIngress ? [packet.source, packet.destination] : [packet.destination, packet.source];
  const peer = parseIpAddress(peerText).value;
  const own = parseIpAddress(ownText).value;
  if (peer === undefined || own === undefined) return undefined;
  const held = heldBy(located).find(({ value }) => value === own.value);
  const other = holderOf(snapshot, resource.vpcId, peer.family, peer.value)?.resource;
  const arePlain = [resource, ...(other === undefined ? [] : [other])].every((one) => interfaceRole(one) === 'plain');
  const isReply = packet.part === 'reply';
  const service = isReply ? packet.sourcePort : packet.destinationPort;
  const client = isReply ? packet.destinationPort : packet.sourcePort;
  return JSON.stringify([
    resource.subnetId,
    resource.groupIds,
    resource.interfaceType,
    resource.status,
    held?.publicAddress !== undefined,
    atomOf(snapshot, own.family, own.value),
    atomOf(snapshot, peer.family, peer.value),
    other === undefined ? null : [other.subnetId, other.groupIds, other.interfaceType, other.status],
    packet.crossing,
    packet.part,
    packet.protocol,
    arePlain ? portClass(snapshot, service) : service,
    portClass(snapshot, client),
    confidenceOf(network, packet.seenAt),
  ]);
}

/** Between two bounds no rule tells ports apart. */
const portClass = (snapshot: Snapshot, port: number): number =>
  portBoundsOf(snapshot).findLastIndex((bound) => bound <= port);

const day = 86_400_000;

/** How sure it is, by how far log and snapshot lie apart. */
export function confidenceOf({ snapshot }: Network, seenAt: number): RejectAttribution['confidence'] {
  const { createdAt } = snapshot.manifest;
  if (createdAt === undefined) return 'low';
  const apart = Math.abs(seenAt * 1000 - Date.parse(createdAt));
  return apart <= day ? 'high' : apart <= 7 * day ? 'medium' : 'low';
}
