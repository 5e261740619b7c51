import { writeFileSync } from 'node:fs';
import type { Box } from '../src/network/sets/box.ts';
import { parseCidr } from '../src/network/sets/cidr.ts';
import {
  intersectIntervals,
  type Intervals,
  intervalsOfRanges,
  subtractIntervals,
  uniteIntervals,
} from '../src/network/sets/intervals.ts';
import {
  canonicalTraffic,
  intersectTraffic,
  noTraffic,
  subtractTraffic,
  type Traffic,
  uniteTraffic,
} from '../src/network/sets/traffic.ts';

/**
 * Operations of the sets, in operations a second of processor time: one address in a large set, sets of 100 and 10,000
 * ranges of both families, and traffic of 60 rules. `node dist/bench/network-sets.js [result.json]`
 */
interface Row {
  readonly what: string;
  readonly perSecond: number;
}

const rows: Row[] = [];
function measure(what: string, work: () => unknown): void {
  for (let i = 0; i < 50; i++) work();
  let count = 0;
  const start = process.cpuUsage();
  let spent = 0;
  while (spent < 400_000) {
    for (let i = 0; i < 20; i++) work();
    count += 20;
    const { user, system } = process.cpuUsage(start);
    spent = user + system;
  }
  rows.push({ what, perSecond: Math.round((count / spent) * 1e6) });
}

const spread = (count: number, offset: number): Intervals<number> =>
  intervalsOfRanges(Array.from({ length: count }, (_, i) => [i * 4096 + offset, i * 4096 + offset + 1500] as const));
const wide = (set: Intervals<number>): Intervals<bigint> => set.map((bound) => (0x2001n << 112n) + BigInt(bound));

for (const count of [100, 10_000]) {
  const [a, b] = [spread(count, 0), spread(count, 1000)];
  const [a6, b6] = [wide(a), wide(b)];
  const one: Intervals<number> = [4096 * (count >> 1) + 7, 4096 * (count >> 1) + 8];
  measure(`one address in ${count} ranges`, () => intersectIntervals(a, one));
  measure(`IPv4 union, ${count} ranges`, () => uniteIntervals(a, b));
  measure(`IPv4 difference, ${count} ranges`, () => subtractIntervals(a, b));
  measure(`IPv6 union, ${count} ranges`, () => uniteIntervals(a6, b6));
  measure(`IPv6 difference, ${count} ranges`, () => subtractIntervals(a6, b6));
}

const rule = (i: number): Box => ({
  family: 4,
  protocols: [6, 7],
  sources: parseCidr(`10.${i}.0.0/16`).value?.addresses ?? [],
  destinations: [0, 2 ** 32],
  sourcePorts: [0, 65_536],
  destinationPorts: [400 + (i % 20), 420 + (i % 20)],
});
const rules = Array.from({ length: 60 }, (_, i) => rule(i));
const sum = (): Traffic => rules.reduce<Traffic>((all, box) => uniteTraffic(all, [box]), noTraffic);
const whole = sum();
const question: Traffic = [{ ...rule(7), sources: [0x0a07_0005, 0x0a07_0006], destinationPorts: [410, 411] }];
measure('one packet against 60 rules', () => intersectTraffic(question, whole));
measure('60 rules as one set', sum);
measure('60 rules less 60 rules', () => subtractTraffic(whole, rules.slice(0, 30)));
measure('canonical form of 60 rules', () => canonicalTraffic(whole));
measure('parse a CIDR block', () => parseCidr('203.0.113.128/25'));
measure('parse an IPv6 block', () => parseCidr('2001:db8:1234::/48'));

console.table(rows);
const file = process.argv[2];
if (file !== undefined) writeFileSync(file, `${JSON.stringify({ benchmark: 'network-sets', rows }, undefined, 2)}\n`);
