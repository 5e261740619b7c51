import { parseArgs } from 'node:util';
import { compareNetwork, type Disagreement } from '../test/oracle/differential/compare.ts';
import { report } from '../test/oracle/differential/report.ts';
import { describePacket } from '../test/oracle/simulator/packet.ts';
import { toPacket } from '../test/oracle/simulator/simulate.ts';

/**
 * Engine against packet simulator on random headers in random networks:
 * `node dist/bench/oracle-differential.js [--pairs 1000000] [--seed 1] [--headers 100] [--reports 3] [--only]`.
 * Each network has a seed of its own, counted on from `--seed`; `--only` looks at that one seed. All headers of a network
 * differ. Prints a line for every difference, and in full, the network shrunk to what it takes, those of the first
 * `--reports` networks that have one; at the end what was compared, by theme and verdict. Ends with code 1 if the two
 * differed at all.
 *
 * 1,000,000 pairs in the 10,000 networks of seeds 40,000,001 to 40,010,000 (`--seed 40000001`), every fifth header drawn
 * from the engine's answers: no difference. 393,587 pairs are reachable, 509,820 not reachable, 96,593 unknown; 5063 of
 * the networks are about anything, 1683 about translation, 1627 each about references and PrivateLink; in every fourth,
 * something was not read. A second of processor time compares about 1700 pairs.
 */
const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    headers: { type: 'string', default: '100' },
    reports: { type: 'string', default: '3' },
    only: { type: 'boolean', default: false },
  },
});
const headers = Number(values.headers);
const first = Number(values.seed);
const networks = values.only ? 1 : Math.ceil(Number(values.pairs) / headers);
const last = first + networks - 1;

/** The difference in one line. */
function lineOf({ seed, header, simulation, engine }: Disagreement): string {
  const decisive = engine.result.explanations.filter(({ effect }) => effect === 'blocks' || effect === 'unknown');
  const codes = [...new Set(decisive.map(({ explanationCode }) => explanationCode))].sort().join(' ');
  const odds = engine.contradiction === undefined ? '' : `; ${engine.contradiction}`;
  return (
    `seed ${seed}: ${describePacket(toPacket(header))}, asked ${JSON.stringify(engine.query)}: simulator ${simulation.verdict} ` +
    `(${simulation.reason ?? ''}), engine ${engine.verdict} (${codes})${odds}`
  );
}

console.log(`seeds ${first} to ${last}, ${headers} headers each`);
const begun = performance.now();
const verdicts = { reachable: 0, 'not-reachable': 0, unknown: 0 };
const themes: Record<string, number> = {};
let [pairs, fromAnswers, differences, reports] = [0, 0, 0, Number(values.reports)];
for (let seed = first; seed <= last; seed++) {
  const comparison = compareNetwork(seed, headers);
  pairs += comparison.pairs;
  fromAnswers += comparison.fromAnswers;
  themes[comparison.theme] = (themes[comparison.theme] ?? 0) + 1;
  verdicts.reachable += comparison.verdicts.reachable;
  verdicts['not-reachable'] += comparison.verdicts['not-reachable'];
  verdicts.unknown += comparison.verdicts.unknown;
  differences += comparison.disagreements.length;
  for (const one of comparison.disagreements) console.log(lineOf(one));
  const [example] = comparison.disagreements;
  if (example !== undefined && reports > 0) {
    reports -= 1;
    console.log(`${report(example)}\n`);
  }
  if ((seed - first + 1) % 1000 === 0) console.error(`${pairs} pairs, ${differences} differences`);
}
const seconds = (performance.now() - begun) / 1000;
console.log(
  JSON.stringify({
    benchmark: 'oracle-differential',
    seeds: [first, last],
    networks,
    themes,
    pairs,
    fromAnswers,
    verdicts,
    differences,
    seconds: Math.round(seconds),
    pairsPerSecond: Math.round(pairs / seconds),
  }),
);
process.exitCode = differences === 0 ? 0 : 1;
