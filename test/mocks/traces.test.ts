import { expect, test } from 'vitest';
import { sampleAccount, sampleAccounts } from '../../mocks/accounts/index.ts';
import { snapshotOf } from '../../mocks/snapshot.ts';
import { buildNetwork } from '../../src/network/network.ts';
import { trace } from '../../src/network/trace.ts';
import { rulesOf, shortRule } from '../network/trace/scenario.ts';

const traces = Object.keys(sampleAccounts).flatMap((name) =>
  sampleAccount(name).expectedTraces.map((expected) => {
    const { from, to, protocol, port = '', because } = expected;
    return [name, `${from} to ${to} (${protocol} ${port}): ${because}`, expected] as const;
  }),
);

test.each(traces)('%s: %s', (name, _, expected) => {
  const { from, to, protocol, port, verdict, explanationCode, componentId, decidedBy = [] } = expected;
  const network = buildNetwork(snapshotOf(sampleAccount(name).world));
  const result = trace(network, { from, to, protocol, port });
  expect(result.verdict).toBe(verdict);
  const blocking = result.explanations.filter(({ effect }) => effect === 'blocks');
  const rules =
    verdict === 'not-reachable'
      ? blocking.flatMap(({ rule }) => (rule === undefined ? [] : [shortRule(rule)]))
      : [...rulesOf(result.forwardPathComponents), ...rulesOf(result.returnPathComponents)];
  let at = -1;
  for (const wanted of decidedBy) {
    at = rules.findIndex((rule, index) => index > at && rule.startsWith(wanted));
    expect(at, `${wanted} in this order among ${rules.join('; ')}`).toBeGreaterThanOrEqual(0);
  }
  if (verdict === 'not-reachable') expect(explanationCode, 'a blocked path names its code').toBeDefined();
  if (explanationCode === undefined) return;
  const blockers = blocking.map((one) => `${one.explanationCode} ${componentId === undefined ? '' : one.component.id}`);
  expect(blockers).toContain(`${explanationCode} ${componentId ?? ''}`);
});

test('every sample account has paths, or nothing to send on', () => {
  for (const name of Object.keys(sampleAccounts)) {
    const { world, expectedTraces } = sampleAccount(name);
    const hosts = snapshotOf(world).regions.flatMap(({ resources: { instances } }) =>
      instances.status === 'collected' ? instances.resources : [],
    );
    expect(expectedTraces.length > 0 || hosts.length === 0, name).toBe(true);
  }
});
