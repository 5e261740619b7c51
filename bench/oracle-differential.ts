import { parseArgs } from 'node:util';
import { compareNetwork } from '../test/oracle/differential/compare.ts';
import { report } from '../test/oracle/differential/report.ts';

/**
 * Engine against packet simulator on a million random headers:
 * `node dist/bench/oracle-differential.js [--pairs 1000000] [--seed 1] [--headers 100] [--most 5] [--only]`.
 * Each network has a seed of its own, counted on from `--seed`; `--only` looks at that one seed. Prints the first
 * disagreement of each network, the network shrunk to what it takes, and stops after `--most` networks with one. Ends
 * with code 1 if there was any.
 */
const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    headers: { type: 'string', default: '100' },
    most: { type: 'string', default: '5' },
    only: { type: 'boolean', default: false },
  },
});
const headers = Number(values.headers);
const first = Number(values.seed);
const networks = values.only ? 1 : Math.ceil(Number(values.pairs) / headers);
const most = Number(values.most);

console.log(`seeds ${first} to ${first + networks - 1}, ${headers} headers each`);
const begun = performance.now();
const counts = { reachable: 0, 'not-reachable': 0, unknown: 0 };
let disagreements = 0;
let differing = 0;
let done = 0;
for (; done < networks && differing < most; done++) {
  const comparison = compareNetwork(first + done, headers);
  counts.reachable += comparison.verdicts.reachable;
  counts['not-reachable'] += comparison.verdicts['not-reachable'];
  counts.unknown += comparison.verdicts.unknown;
  disagreements += comparison.disagreements.length;
  const [one] = comparison.disagreements;
  if (one !== undefined) {
    differing += 1;
    console.log(`${report(one)}\n`);
  }
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
