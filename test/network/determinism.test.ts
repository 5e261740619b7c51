/** The same account, answered again in another order: the same bytes, in everything that is said of it. */
import { beforeAll, describe, expect, it } from 'vitest';
import { sampleAccount, sampleAccounts } from '../../mocks/accounts/index.ts';
import { snapshotOf } from '../../mocks/snapshot.ts';
import {
  allChecks,
  auditSnapshot,
  baselineOf,
  buildNetwork,
  diff,
  exposedClasses,
  internetExposure,
  internetReach,
  reachabilityDifference,
  renderLines,
  trace,
} from '../../src/index.ts';
import type { Snapshot } from '../../src/model/snapshot/snapshot.ts';
import { shuffledWorld } from './shuffled-world.ts';

type Checks = Awaited<ReturnType<typeof allChecks>>;

/** Interfaces, a subnet and a gateway of each kind: the first ones by id, so that the list itself depends on no order. */
function endsOf({ regions }: Snapshot): readonly string[] {
  const ids = new Set<string>();
  for (const { resources } of regions) {
    const own = <T>(
      list: { readonly status: string; readonly resources?: readonly T[] },
      id: (item: T) => string,
    ): void => {
      for (const item of (list.resources ?? []).map(id).sort().slice(0, 6)) ids.add(item);
    };
    own(resources.networkInterfaces, ({ networkInterfaceId }) => networkInterfaceId);
    own(resources.internetGateways, ({ internetGatewayId }) => internetGatewayId);
    own(resources.transitGateways, ({ transitGatewayId }) => transitGatewayId);
    own(resources.vpcEndpoints, ({ vpcEndpointId }) => vpcEndpointId);
  }
  return [...ids].sort();
}

function tracesOf(snapshot: Snapshot, ends: readonly string[]): readonly string[] {
  const network = buildNetwork(snapshot);
  const answer = (from: string, to: string): string => {
    try {
      return JSON.stringify([trace(network, { from, to }), trace(network, { from, to, protocol: 'tcp', port: 443 })]);
    } catch (error) {
      return String(error);
    }
  };
  return ['internet', ...ends].flatMap((from) =>
    [...ends, 'internet'].filter((to) => to !== from).map((to) => `${from} ${to} ${answer(from, to)}`),
  );
}

const auditOf = (snapshot: Snapshot, checks: Checks): ReturnType<typeof auditSnapshot> =>
  auditSnapshot(snapshot, { checks, run: () => ({ startedAt: '2026-01-15T12:00:00.000Z', durationMs: 0 }) });

describe('the same answers in another order', () => {
  let checks: Checks;
  beforeAll(async () => {
    checks = await allChecks();
  });

  it.each(Object.keys(sampleAccounts))('of %s say the same, byte for byte', (name) => {
    const { world } = sampleAccount(name);
    const plain = snapshotOf(world);
    const ends = endsOf(plain);
    const traces = tracesOf(plain, ends);
    const exposed = JSON.stringify(exposedClasses(internetExposure(buildNetwork(plain))));
    const reach = JSON.stringify(exposedClasses(internetReach(buildNetwork(plain))));
    const report = auditOf(plain, checks);
    const other = snapshotOf(sampleAccount('legacy-flat').world);
    const compared = (snapshot: Snapshot, baseline = baselineOf(auditOf(snapshot, checks))): string => {
      const against = { network: buildNetwork(other) };
      return renderLines(
        diff(
          baselineOf(auditOf(other, checks)),
          baseline,
          reachabilityDifference(against, { network: buildNetwork(snapshot) }),
        ),
      );
    };
    const news = compared(plain);
    for (const seed of [1, 2026]) {
      const mixed = snapshotOf(shuffledWorld(world, seed));
      expect(endsOf(mixed)).toEqual(ends);
      expect(tracesOf(mixed, ends)).toEqual(traces);
      expect(JSON.stringify(exposedClasses(internetExposure(buildNetwork(mixed))))).toBe(exposed);
      expect(JSON.stringify(exposedClasses(internetReach(buildNetwork(mixed))))).toBe(reach);
      expect(JSON.stringify(auditOf(mixed, checks))).toBe(JSON.stringify(report));
      expect(compared(mixed)).toBe(news);
    }
  });
});
