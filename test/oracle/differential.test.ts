import { expect, it } from 'vitest';
import { compareNetwork } from './differential/compare.ts';
import { report } from './differential/report.ts';

const FIRST_SEED = 20_260_101;
const NETWORKS = 100;
const HEADERS = 60;

it(`engine and simulator agree on ${NETWORKS * HEADERS} headers in ${NETWORKS} random networks from seed ${FIRST_SEED}`, () => {
  const said = { reachable: 0, 'not-reachable': 0, unknown: 0 };
  let compared = 0;
  for (let seed = FIRST_SEED; seed < FIRST_SEED + NETWORKS; seed++) {
    const { pairs, disagreements, verdicts } = compareNetwork(seed, HEADERS);
    const [first] = disagreements;
    expect(first === undefined ? '' : report(first)).toBe('');
    compared += pairs;
    said.reachable += verdicts.reachable;
    said['not-reachable'] += verdicts['not-reachable'];
    said.unknown += verdicts.unknown;
  }
  // Networks in which nothing works, nothing is blocked or nothing is open would prove nothing.
  expect(compared).toBe(NETWORKS * HEADERS);
  expect(said.reachable / compared).toBeGreaterThan(0.2);
  expect(said['not-reachable'] / compared).toBeGreaterThan(0.2);
  expect(said.unknown / compared).toBeGreaterThan(0.02);
});
