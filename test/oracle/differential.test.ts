import { expect, it } from 'vitest';
import { compareNetwork } from './differential/compare.ts';
import { report } from './differential/report.ts';

const FIRST_SEED = 20_260_101;
const NETWORKS = 100;
const HEADERS = 60;

it(`engine and simulator agree on ${NETWORKS * HEADERS} headers in ${NETWORKS} random networks from seed ${FIRST_SEED}`, () => {
  let reachable = 0;
  let compared = 0;
  for (let seed = FIRST_SEED; seed < FIRST_SEED + NETWORKS; seed++) {
    const { pairs, disagreements, verdicts } = compareNetwork(seed, HEADERS);
    const [first] = disagreements;
    expect(first === undefined ? '' : report(first)).toBe('');
    compared += pairs;
    reachable += verdicts.reachable;
  }
  // Networks in which nothing works, or nothing is blocked, would prove nothing.
  expect(reachable / compared).toBeGreaterThan(0.2);
  expect(reachable / compared).toBeLessThan(0.7);
});
