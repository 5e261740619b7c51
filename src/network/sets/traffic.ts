import { type Box, boxWithin, disjointBoxes, intersectBoxes, mergeBoxes, subtractBox } from './box.ts';
import { canonicalBoxes } from './canonical-boxes.ts';
import { allIpv4Addresses, allIpv6Addresses } from './cidr.ts';
import { type Intervals, intervalsHave } from './intervals.ts';
import type { Family, IpAddress } from './ip-address.ts';
import { allPorts } from './port-set.ts';
import { allProtocols, hasPorts, isIcmp } from './protocol.ts';

/**
 * A set of packets, kept exactly as disjoint boxes, immutable. The boxes of one set can be cut in several ways; use
 * `sameTraffic` to compare and `canonicalTraffic` before printing. `[]` is the empty set.
 */
export type Traffic = readonly Box[];

/** One packet's header, for membership. `destinationPort` is type × 256 + code where the protocol is ICMP. */
export interface PacketHeader {
  readonly protocol: number;
  readonly source: IpAddress;
  readonly destination: IpAddress;
  readonly sourcePort: number;
  readonly destinationPort: number;
}

/** No packet. */
export const noTraffic: Traffic = [];

const everything = (family: Family, addresses: Intervals): Box => ({
  family,
  protocols: allProtocols,
  sources: addresses,
  destinations: addresses,
  sourcePorts: allPorts,
  destinationPorts: allPorts,
});

/** Every IPv4 packet, as one box. */
export const everyIpv4Packet: Box = everything(4, allIpv4Addresses);
/** Every IPv6 packet, as one box. */
export const everyIpv6Packet: Box = everything(6, allIpv6Addresses);
/** Every packet. */
export const allTraffic: Traffic = [everyIpv4Packet, everyIpv6Packet];

/** Is there no packet in it? */
export const isEmptyTraffic = (a: Traffic): boolean => a.length === 0;

/** Packets in both. Gives `a` itself back where it lies within `b` box by box. */
export function intersectTraffic(a: Traffic, b: Traffic): Traffic {
  if (a === b) return a;
  const out: Box[] = [];
  let unchanged = true;
  for (const box of a) {
    const before = out.length;
    for (const other of b) {
      const both = intersectBoxes(box, other);
      if (both !== undefined) out.push(both);
    }
    if (out.length !== before + 1 || out[before] !== box) unchanged = false;
  }
  if (out.length === 0) return noTraffic;
  return unchanged ? a : out;
}

/** Packets of `a` that are not in `b`. */
export function subtractTraffic(a: Traffic, b: Traffic): Traffic {
  if (a === b) return noTraffic;
  let rest: Traffic = a;
  for (const box of b) {
    if (rest.length === 0) return noTraffic;
    if (rest.every((candidate) => disjointBoxes(candidate, box))) continue;
    const out: Box[] = [];
    for (const candidate of rest) subtractBox(candidate, box, out);
    rest = out;
  }
  return rest;
}

/** Packets in either. */
export function uniteTraffic(a: Traffic, b: Traffic): Traffic {
  if (a === b || b.length === 0) return a;
  if (a.length === 0) return b;
  if (b.length === 1 && a.some((box) => boxWithin(b[0] as Box, box))) return a;
  const fresh = subtractTraffic(b, a);
  return fresh.length === 0 ? a : [...a, ...fresh].length > 64 ? [...a, ...fresh] : compact([...a, ...fresh]);
}

/** Merges boxes that differ in one field only, so that unions of many rules stay short. */
function compact(boxes: readonly Box[]): Traffic {
  const out: Box[] = [];
  for (const box of boxes) {
    let current = box;
    for (let i = 0; i < out.length; i++) {
      const merged = mergeBoxes(out[i] as Box, current);
      if (merged === undefined) continue;
      out.splice(i, 1);
      current = merged;
      i = -1;
    }
    out.push(current);
  }
  return out;
}

/** The union of many sets. */
export function uniteAllTraffic(sets: Iterable<Traffic>): Traffic {
  let all: Traffic = noTraffic;
  for (const set of sets) all = uniteTraffic(all, set);
  return all;
}

/** Is every packet of `a` in `b`? */
export function trafficWithin(a: Traffic, b: Traffic): boolean {
  if (a === b) return true;
  if (b.length === 1) return a.every((box) => boxWithin(box, b[0] as Box));
  return a.every((box) => b.some((other) => boxWithin(box, other)) || subtractTraffic([box], b).length === 0);
}

/** Have they no packet in common? */
export const disjointTraffic = (a: Traffic, b: Traffic): boolean =>
  a.every((box) => b.every((other) => disjointBoxes(box, other)));

/** Same packets? */
export const sameTraffic = (a: Traffic, b: Traffic): boolean => a === b || (trafficWithin(a, b) && trafficWithin(b, a));

/** Is the packet a member? */
export function trafficHas(a: Traffic, packet: PacketHeader): boolean {
  if (packet.source.family !== packet.destination.family) return false;
  const ported = hasPorts(packet.protocol);
  const messaged = ported || isIcmp(packet.protocol);
  return a.some(
    (box) =>
      box.family === packet.source.family &&
      intervalsHave(box.protocols, packet.protocol) &&
      intervalsHave(box.sources, packet.source.value) &&
      intervalsHave(box.destinations, packet.destination.value) &&
      (!ported || intervalsHave(box.sourcePorts, packet.sourcePort)) &&
      (!messaged || intervalsHave(box.destinationPorts, packet.destinationPort)),
  );
}

/** The same set in the one form that all equal sets share, for printing and for byte-identical output. */
export const canonicalTraffic = (a: Traffic): Traffic => canonicalBoxes(a);
