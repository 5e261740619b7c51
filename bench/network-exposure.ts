import { writeFileSync } from 'node:fs';
import { internetExposure, internetReach } from '../src/network/exposure.ts';
import { addressClasses } from '../src/network/facts/address-classes.ts';
import { behindPublicAddress } from '../src/network/facts/addresses.ts';
import { buildNetwork } from '../src/network/network.ts';
import { pairwise } from '../src/network/pairwise.ts';
import { generateEstate } from './network-estate.ts';

/**
 * Internet exposure of every interface, and reachability of every pair of classes, at 1,000, 10,000 and 100,000 interfaces
 * of the same classes, with the growth from one row to the next. The budget is 2 s of exposure for 10,000, and a growth of
 * 2 beyond reading the interfaces; times are processor time. `node dist/bench/network-exposure.js [result.json]`
 */
interface Row {
  readonly interfaces: number;
  readonly classes: number;
  readonly exposed: number;
  readonly inboundMs: number;
  readonly outboundMs: number;
  /** Reading the interfaces: finding their classes and who holds which address. */
  readonly readingMs: number;
  readonly pairClasses: number;
  readonly pairsMs: number;
  /** Exposure, and pairs of classes, as a multiple of the row before, beyond reading. */
  readonly inboundGrowth?: number;
  readonly pairsGrowth?: number;
}

const rows: Row[] = [];
const milliseconds = (start: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(start);
  return Math.round((user + system) / 100) / 10;
};
const growth = (now: number, before: number): number => Math.round((now / before) * 100) / 100;
for (const interfaces of [1000, 1000, 10_000, 100_000]) {
  const network = buildNetwork(generateEstate({ vpcs: 20, subnetsPerVpc: 6, groupsPerVpc: 10, interfaces }));
  const begun = process.cpuUsage();
  addressClasses(network.snapshot);
  behindPublicAddress(network.snapshot, 0);
  const readingMs = milliseconds(begun);
  const start = process.cpuUsage();
  const inbound = internetExposure(network);
  const inboundMs = milliseconds(start);
  const again = process.cpuUsage();
  internetReach(network);
  const outboundMs = milliseconds(again);
  const before = rows.at(-1);
  // Pairs are quadratic in classes: of an estate with fewer of them, the same at every size
  const small = buildNetwork(generateEstate({ vpcs: 3, subnetsPerVpc: 3, groupsPerVpc: 3, interfaces }));
  behindPublicAddress(small.snapshot, 0);
  const pairs = pairwise(small);
  const forPairs = process.cpuUsage();
  pairs.pairs();
  const pairsMs = milliseconds(forPairs);
  rows.push({
    interfaces,
    classes: inbound.classes.length,
    exposed: inbound.classes.reduce((sum, { addresses }) => sum + addresses.length, 0),
    inboundMs,
    outboundMs,
    readingMs,
    pairClasses: pairs.classes.length,
    pairsMs,
    ...(before === undefined || before.interfaces === interfaces
      ? {}
      : { inboundGrowth: growth(inboundMs, before.inboundMs), pairsGrowth: growth(pairsMs, before.pairsMs) }),
  });
}
rows.shift();
console.table(rows);
const file = process.argv[2];
if (file !== undefined)
  writeFileSync(file, `${JSON.stringify({ benchmark: 'network-exposure', rows }, undefined, 2)}\n`);
