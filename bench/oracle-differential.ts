import { parseArgs } from 'node:util';
import { compareNetwork } from '../test/oracle/differential/compare.ts';
import { report } from '../test/oracle/differential/report.ts';

/**
 * Engine against packet simulator on a million random headers:
 * `node dist/bench/oracle-differential.js [--pairs 1000000] [--seed 1] [--headers 100] [--only]`.
 * Each network has a seed of its own, counted on from `--seed`; `--only` looks at that one seed. Ends with code 1 after
 * five disagreements, each printed with the network shrunk to what it takes.
 */
const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    headers: { type: 'string', default: '100' },
    only: { type: 'boolean', default: false },
  },
});
const headers = Number(values.headers);
const first = Number(values.seed);
const networks = values.only ? 1 : Math.ceil(Number(values.pairs) / headers);
const mostReports = 5;

console.log(`seeds ${first} to ${first + networks - 1}, ${headers} headers each`);
const begun = performance.now();
const counts = { reachable: 0, 'not-reachable': 0, unknown: 0 };
let disagreements = 0;
let done = 0;
for (; done < networks && disagreements < mostReports; done++) {
  const comparison = compareNetwork(first + done, headers);
  counts.reachable += comparison.verdicts.reachable;
  counts['not-reachable'] += comparison.verdicts['not-reachable'];
  counts.unknown += comparison.verdicts.unknown;
  disagreements += comparison.disagreements.length;
  const [one] = comparison.disagreements;
  if (one !== undefined) console.log(`${report(one)}\n`);
  if ((done + 1) % 1000 === 0) console.error(`${(done + 1) * headers} pairs`);
}
const seconds = (performance.now() - begun) / 1000;
const pairs = done * headers;
console.log(
  JSON.stringify({
    benchmark: 'oracle-differential',
    seed: first,
    networks: done,
    pairs,
    verdicts: counts,
    disagreements,
    seconds: Math.round(seconds),
    pairsPerSecond: Math.round(pairs / seconds),
  }),
);
process.exitCode = disagreements === 0 ? 0 : 1;
