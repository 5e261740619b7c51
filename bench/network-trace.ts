import { writeFileSync } from 'node:fs';
import { buildNetwork } from '../src/network/network.ts';
import { trace } from '../src/network/trace.ts';
import { generateEstate, interfaceId } from './network-estate.ts';

/**
 * Traces a second of processor time, with explanation, over a snapshot of 20 VPCs. The budget is 20,000.
 * `node dist/bench/network-trace.js [result.json]`
 */
const interfaces = 4000;
const network = buildNetwork(generateEstate({ vpcs: 20, subnetsPerVpc: 6, groupsPerVpc: 20, interfaces }));

const kinds = {
  'within a VPC': (i: number) => ({ from: interfaceId(i), to: interfaceId((i + 20 * 7) % interfaces) }),
  'over the transit gateway': (i: number) => ({ from: interfaceId(i), to: interfaceId((i + 3) % interfaces) }),
  'from the internet': (i: number) => ({ from: 'internet', to: interfaceId(i) }),
  'to the internet': (i: number) => ({ from: interfaceId(i), to: 'internet' }),
} as const;

interface Row {
  readonly what: string;
  readonly perSecond: number;
  /** How many times as long a trace takes as writing its answer as JSON: the same on a busy machine and on a quick one. */
  readonly timesItsJson: number;
  readonly reachable: number;
  readonly traces: number;
}

/** Processor time to write so many answers as JSON, from 500 different ones. */
function jsonSeconds(ends: (i: number) => { readonly from: string; readonly to: string }, count: number): number {
  const answers = Array.from({ length: 500 }, (_, i) => {
    const { from, to } = ends((i * 13) % interfaces);
    return trace(network, { from, to, protocol: 'tcp', port: i % 2 === 0 ? 443 : 22 });
  });
  let characters = 0;
  const start = process.cpuUsage();
  for (let i = 0; i < count; i++) characters += JSON.stringify(answers[i % answers.length]).length;
  const { user, system } = process.cpuUsage(start);
  return characters === 0 ? 0 : (user + system) / 1e6;
}

const rows: Row[] = [];
for (const [what, ends] of Object.entries(kinds)) {
  const run = (count: number): number => {
    let reachable = 0;
    for (let i = 0; i < count; i++) {
      const { from, to } = ends((i * 13) % interfaces);
      if (trace(network, { from, to, protocol: 'tcp', port: i % 2 === 0 ? 443 : 22 }).verdict === 'reachable')
        reachable++;
    }
    return reachable;
  };
  run(4000);
  const traces = 20_000;
  const start = process.cpuUsage();
  const reachable = run(traces);
  const { user, system } = process.cpuUsage(start);
  const seconds = (user + system) / 1e6;
  rows.push({
    what,
    perSecond: Math.round(traces / seconds),
    timesItsJson: Math.round((seconds / jsonSeconds(ends, traces)) * 100) / 100,
    reachable,
    traces,
  });
}
console.table(rows);
const file = process.argv[2];
if (file !== undefined) writeFileSync(file, `${JSON.stringify({ benchmark: 'network-trace', rows }, undefined, 2)}\n`);
