import { writeFileSync } from 'node:fs';
import { internetExposure, internetReach } from '../src/network/exposure.ts';
import { buildNetwork } from '../src/network/network.ts';
import { generateEstate } from './network-estate.ts';

/**
 * Internet exposure of every interface at 1,000, 10,000 and 100,000 interfaces of the same classes, and its growth. The
 * budget is 2 s for 10,000; times are processor time. `node dist/bench/network-exposure.js [result.json]`
 */
interface Row {
  readonly interfaces: number;
  readonly classes: number;
  readonly exposed: number;
  readonly inboundMs: number;
  readonly outboundMs: number;
}

const rows: Row[] = [];
const milliseconds = (start: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(start);
  return Math.round((user + system) / 100) / 10;
};
for (const interfaces of [1000, 1000, 10_000, 100_000]) {
  const network = buildNetwork(generateEstate({ vpcs: 20, subnetsPerVpc: 6, groupsPerVpc: 10, interfaces }));
  const start = process.cpuUsage();
  const inbound = internetExposure(network);
  const inboundMs = milliseconds(start);
  const again = process.cpuUsage();
  internetReach(network);
  rows.push({
    interfaces,
    classes: inbound.classes.length,
    exposed: inbound.classes.reduce((sum, { addresses }) => sum + addresses.length, 0),
    inboundMs,
    outboundMs: milliseconds(again),
  });
}
rows.shift();
console.table(rows);
const file = process.argv[2];
if (file !== undefined)
  writeFileSync(file, `${JSON.stringify({ benchmark: 'network-exposure', rows }, undefined, 2)}\n`);
