import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Box } from '../../../src/network/sets/box.ts';
import { type Intervals, intervalsOfRanges } from '../../../src/network/sets/intervals.ts';
import {
  allTraffic,
  canonicalTraffic,
  disjointTraffic,
  intersectTraffic,
  noTraffic,
  type PacketHeader,
  sameTraffic,
  subtractTraffic,
  type Traffic,
  trafficHas,
  trafficWithin,
  uniteTraffic,
} from '../../../src/network/sets/traffic.ts';

const small = (limit: number): fc.Arbitrary<Intervals<number>> =>
  fc
    .array(fc.tuple(fc.nat(limit), fc.integer({ min: 1, max: limit })), { minLength: 1, maxLength: 2 })
    .map((pairs) => intervalsOfRanges(pairs.map(([from, size]) => [from, Math.min(from + size, limit + 1)] as const)));

const big = (limit: number): fc.Arbitrary<Intervals<bigint>> =>
  small(limit).map((set) => set.map((bound) => BigInt(bound)));

const protocols = fc.constantFrom<Intervals<number>>([0, 256], [6, 7], [17, 18], [1, 2], [47, 48], [6, 18]);
const box: fc.Arbitrary<Box> = fc
  .tuple(fc.constantFrom<4 | 6>(4, 6), protocols, small(3), small(3), small(3), small(3), big(3), big(3))
  .map(([family, protocols, a, b, sourcePorts, destinationPorts, c, d]) => ({
    family,
    // Ports narrow only those protocols that have them, as in every filter.
    protocols,
    sources: family === 4 ? a : c,
    destinations: family === 4 ? b : d,
    sourcePorts: protocols[0] === 6 && protocols[1] === 7 ? sourcePorts : [0, 65_536],
    destinationPorts: [6, 17, 1].includes(Number(protocols[0])) && protocols[1] !== 18 ? destinationPorts : [0, 65_536],
  }));
const traffic: fc.Arbitrary<Traffic> = fc
  .array(box, { maxLength: 5 })
  .map((boxes) => boxes.reduce<Traffic>((sum, one) => uniteTraffic(sum, [one]), noTraffic));

const packet: fc.Arbitrary<PacketHeader> = fc
  .tuple(fc.constantFrom<4 | 6>(4, 6), fc.constantFrom(6, 17, 1, 47, 58), fc.nat(4), fc.nat(4), fc.nat(4), fc.nat(4))
  .map(([family, protocol, source, destination, sourcePort, destinationPort]) => ({
    protocol,
    source: family === 4 ? { family, value: source } : { family, value: BigInt(source) },
    destination: family === 4 ? { family, value: destination } : { family, value: BigInt(destination) },
    sourcePort,
    destinationPort,
  }));

describe('traffic', () => {
  it('agrees with plain membership in every operation', () => {
    fc.assert(
      fc.property(traffic, traffic, fc.array(packet, { minLength: 20, maxLength: 20 }), (a, b, packets) => {
        const union = uniteTraffic(a, b);
        const both = intersectTraffic(a, b);
        const rest = subtractTraffic(a, b);
        for (const header of packets) {
          const inA = trafficHas(a, header);
          const inB = trafficHas(b, header);
          expect(trafficHas(union, header)).toBe(inA || inB);
          expect(trafficHas(both, header)).toBe(inA && inB);
          expect(trafficHas(rest, header)).toBe(inA && !inB);
          expect(trafficHas(canonicalTraffic(union), header)).toBe(inA || inB);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('obeys the laws of set algebra', () => {
    fc.assert(
      fc.property(traffic, traffic, traffic, (a, b, c) => {
        expect(sameTraffic(uniteTraffic(a, b), uniteTraffic(b, a))).toBe(true);
        expect(sameTraffic(intersectTraffic(a, b), intersectTraffic(b, a))).toBe(true);
        expect(sameTraffic(uniteTraffic(a, uniteTraffic(b, c)), uniteTraffic(uniteTraffic(a, b), c))).toBe(true);
        expect(
          sameTraffic(
            intersectTraffic(a, uniteTraffic(b, c)),
            uniteTraffic(intersectTraffic(a, b), intersectTraffic(a, c)),
          ),
        ).toBe(true);
        expect(
          sameTraffic(
            subtractTraffic(allTraffic, uniteTraffic(a, b)),
            intersectTraffic(subtractTraffic(allTraffic, a), subtractTraffic(allTraffic, b)),
          ),
        ).toBe(true);
        expect(subtractTraffic(a, a)).toEqual([]);
        expect(sameTraffic(uniteTraffic(subtractTraffic(a, b), intersectTraffic(a, b)), a)).toBe(true);
        expect(trafficWithin(intersectTraffic(a, b), a)).toBe(true);
        expect(disjointTraffic(subtractTraffic(a, b), b)).toBe(true);
      }),
    );
  });

  it('keeps its boxes disjoint', () => {
    fc.assert(
      fc.property(traffic, traffic, (a, b) => {
        for (const set of [uniteTraffic(a, b), intersectTraffic(a, b), subtractTraffic(a, b), canonicalTraffic(a)]) {
          set.forEach((one, index) => {
            for (const other of set.slice(index + 1)) expect(disjointTraffic([one], [other])).toBe(true);
          });
        }
      }),
    );
  });

  it('has one canonical form, whatever the order of construction', () => {
    fc.assert(
      fc.property(fc.array(box, { maxLength: 5 }), fc.array(box, { maxLength: 3 }), (boxes, cut) => {
        const build = (list: readonly Box[]): Traffic =>
          list.reduce<Traffic>((sum, one) => uniteTraffic(sum, [one]), noTraffic);
        const a = build(boxes);
        const b = build(boxes.toReversed());
        const pieces = uniteTraffic(subtractTraffic(b, build(cut)), intersectTraffic(build(cut), b));
        expect(canonicalTraffic(b)).toEqual(canonicalTraffic(a));
        expect(canonicalTraffic(pieces)).toEqual(canonicalTraffic(a));
      }),
    );
  });
});
