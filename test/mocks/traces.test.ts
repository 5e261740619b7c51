import { expect, test } from 'vitest';
import { sampleAccount, sampleAccounts } from '../../mocks/accounts/index.ts';
import { snapshotOf } from '../../mocks/snapshot.ts';
import { buildNetwork } from '../../src/network/network.ts';
import { trace } from '../../src/network/trace.ts';

const traces = Object.keys(sampleAccounts).flatMap((name) =>
  sampleAccount(name).expectedTraces.map((expected) => {
    const { from, to, protocol, port = '', because } = expected;
    return [name, `${from} to ${to} (${protocol} ${port}): ${because}`, expected] as const;
  }),
);

test.each(traces)('%s: %s', (name, _, { from, to, protocol, port, verdict, explanationCode, componentId }) => {
  const network = buildNetwork(snapshotOf(sampleAccount(name).world));
  const result = trace(network, { from, to, protocol, port });
  expect(result.verdict).toBe(verdict);
  if (explanationCode === undefined) return;
  const blockers = result.explanations
    .filter(({ effect }) => effect === 'blocks')
    .map((one) => `${one.explanationCode} ${componentId === undefined ? '' : one.component.id}`);
  expect(blockers).toContain(`${explanationCode} ${componentId ?? ''}`);
});
