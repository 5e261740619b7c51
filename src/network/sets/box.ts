import type { Family } from './ip-address.ts';
import {
  disjointIntervals,
  intersectIntervals,
  type Intervals,
  intervalsWithin,
  sameIntervals,
  subtractIntervals,
  uniteIntervals,
} from './intervals.ts';

/**
 * A product of sets: every packet of one family whose five fields lie in the five sets. For ICMP `destinationPorts`
 * holds type × 256 + code and `sourcePorts` everything; for protocols without ports both hold everything. A box of
 * `Traffic` has no empty field.
 */
export interface Box {
  readonly family: Family;
  readonly protocols: Intervals<number>;
  readonly sources: Intervals;
  readonly destinations: Intervals;
  readonly sourcePorts: Intervals<number>;
  readonly destinationPorts: Intervals<number>;
}

/** The fields of a box, in the order in which sets are cut and printed. */
export const boxFields = ['protocols', 'destinationPorts', 'sourcePorts', 'sources', 'destinations'] as const;

/** The name of one field. */
export type BoxField = (typeof boxFields)[number];

/** Have they no packet in common? The most selective fields are asked first. */
export function disjointBoxes(a: Box, b: Box): boolean {
  if (a === b) return false;
  return (
    a.family !== b.family ||
    (a.protocols !== b.protocols && disjointIntervals(a.protocols, b.protocols)) ||
    (a.destinationPorts !== b.destinationPorts && disjointIntervals(a.destinationPorts, b.destinationPorts)) ||
    (a.sources !== b.sources && disjointIntervals(a.sources, b.sources)) ||
    (a.destinations !== b.destinations && disjointIntervals(a.destinations, b.destinations)) ||
    (a.sourcePorts !== b.sourcePorts && disjointIntervals(a.sourcePorts, b.sourcePorts))
  );
}

/** Is every packet of `a` in `b`? */
export function boxWithin(a: Box, b: Box): boolean {
  if (a === b) return true;
  return (
    a.family === b.family &&
    intervalsWithin(a.protocols, b.protocols) &&
    intervalsWithin(a.destinationPorts, b.destinationPorts) &&
    intervalsWithin(a.sources, b.sources) &&
    intervalsWithin(a.destinations, b.destinations) &&
    intervalsWithin(a.sourcePorts, b.sourcePorts)
  );
}

/** Packets in both, or nothing. Gives `a` itself back where it lies within `b`. */
export function intersectBoxes(a: Box, b: Box): Box | undefined {
  if (a === b) return a;
  if (a.family !== b.family) return undefined;
  const protocols = intersectIntervals(a.protocols, b.protocols);
  if (protocols.length === 0) return undefined;
  const destinationPorts = intersectIntervals(a.destinationPorts, b.destinationPorts);
  if (destinationPorts.length === 0) return undefined;
  const sources = intersectIntervals(a.sources, b.sources);
  if (sources.length === 0) return undefined;
  const destinations = intersectIntervals(a.destinations, b.destinations);
  if (destinations.length === 0) return undefined;
  const sourcePorts = intersectIntervals(a.sourcePorts, b.sourcePorts);
  if (sourcePorts.length === 0) return undefined;
  const unchanged =
    protocols === a.protocols &&
    destinationPorts === a.destinationPorts &&
    sources === a.sources &&
    destinations === a.destinations &&
    sourcePorts === a.sourcePorts;
  return unchanged ? a : { family: a.family, protocols, sources, destinations, sourcePorts, destinationPorts };
}

/** Packets of `a` that are not in `b`: at most five disjoint boxes, cut off field by field. */
export function subtractBox(a: Box, b: Box, out: Box[]): void {
  if (disjointBoxes(a, b)) {
    out.push(a);
    return;
  }
  let rest = a;
  for (const field of boxFields) {
    const outside = subtractIntervals(rest[field], b[field]);
    if (outside.length > 0) out.push({ ...rest, [field]: outside });
    const inside = intersectIntervals(rest[field], b[field]);
    if (inside !== rest[field]) rest = { ...rest, [field]: inside };
  }
}

/** One box for both where they differ in no more than one field, else nothing. */
export function mergeBoxes(a: Box, b: Box): Box | undefined {
  if (a.family !== b.family) return undefined;
  let different: BoxField | undefined;
  for (const field of boxFields) {
    if (sameIntervals(a[field], b[field])) continue;
    if (different !== undefined) return undefined;
    different = field;
  }
  if (different === undefined) return a;
  return { ...a, [different]: uniteIntervals(a[different], b[different]) };
}
