import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PacketHeaders } from '../../../src/model/verdict/path.ts';
import { packetHeaders } from '../../../src/network/result/packet-headers.ts';
import { HeadersUnreadable, trafficOfHeaders } from '../../../src/network/result/traffic-of-headers.ts';
import type { Box } from '../../../src/network/sets/box.ts';
import { type Intervals, intervalsOfRanges } from '../../../src/network/sets/intervals.ts';
import { noTraffic, sameTraffic, type Traffic, uniteTraffic } from '../../../src/network/sets/traffic.ts';

const upTo = (limit: number): fc.Arbitrary<Intervals<number>> =>
  fc
    .array(fc.tuple(fc.nat(limit), fc.integer({ min: 1, max: limit })), { minLength: 1, maxLength: 3 })
    .map((pairs) => intervalsOfRanges(pairs.map(([from, size]) => [from, Math.min(from + size, limit + 1)] as const)));
const every: Intervals<number> = [0, 65_536];
const box: fc.Arbitrary<Box> = fc
  .record({
    family: fc.constantFrom<4 | 6>(4, 6),
    protocols: fc.constantFrom<Intervals<number>>(
      [0, 256],
      [6, 7],
      [17, 18],
      [1, 2],
      [58, 59],
      [47, 48],
      [50, 60],
      [2, 4, 200, 256],
    ),
    sources: upTo(2 ** 32 - 1),
    destinations: upTo(255),
    sourcePorts: upTo(65_535),
    destinationPorts: fc.oneof(
      upTo(65_535),
      fc.constant(every),
      fc.constant<Intervals<number>>([2048, 2304, 3000, 3001]),
    ),
  })
  .map(({ sourcePorts, destinationPorts, ...rest }) => {
    const only = rest.protocols.length === 2 && Number(rest.protocols[1]) - Number(rest.protocols[0]) === 1;
    const first = rest.protocols[0] ?? 0;
    const ported = only && (first === 6 || first === 17);
    const typed = only && (first === 1 || first === 58);
    const big = (set: Intervals<number>): Intervals => (rest.family === 4 ? set : set.map(BigInt));
    return {
      ...rest,
      sources: big(rest.sources),
      destinations: big(rest.destinations),
      sourcePorts: ported ? sourcePorts : every,
      destinationPorts: ported || typed ? destinationPorts : every,
    };
  });
const traffic = fc
  .array(box, { maxLength: 4 })
  .map((boxes) => boxes.reduce<Traffic>((sum, one) => uniteTraffic(sum, [one]), noTraffic));

describe('printed packets', () => {
  it('read back as the set that they are', () => {
    fc.assert(
      fc.property(traffic, (set) => {
        const printed: readonly PacketHeaders[] = JSON.parse(JSON.stringify(packetHeaders(set)));
        expect(sameTraffic(trafficOfHeaders(printed), set)).toBe(true);
      }),
    );
  });

  it.each([
    { protocol: 'tcq' },
    { protocol: '6-' },
    { protocol: '0, x' },
    { sourceAddresses: ['10.0.0.1/8'] },
    { destinationAddresses: ['the internet'] },
    { protocol: 'icmp', icmpTypeCodes: ['echo'] },
  ])('that were tampered with are refused: %o', (odd) => {
    const headers = { protocol: 'tcp', sourceAddresses: ['0.0.0.0/0'], destinationAddresses: ['10.0.0.0/8'], ...odd };
    expect(() => trafficOfHeaders([headers])).toThrow(HeadersUnreadable);
  });
});
