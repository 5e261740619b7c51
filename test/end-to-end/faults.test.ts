/**
 * The whole line over HTTP while a fault strikes one operation: nothing crashes or hangs, nothing passes on what was not
 * read, what recovers leaves no trace, and the exit code and the coverage table say what happened. The plain run pairs
 * every operation with some kind and every kind with some operations; FAULT_MATRIX=all tries every pair.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readsOf } from '../../src/auditors/check.ts';
import { rows } from '../../src/collectors/rows.ts';
import { allChecks, type AuditReport } from '../../src/index.ts';
import { resourceKinds } from '../../src/model/resources.ts';
import type { FaultKind } from '../../mocks/faults.ts';
import type { World } from '../../mocks/world.ts';
import { auditUnder, type Ending, endings, signInAs } from './fault-line.ts';
import { richWorld } from '../mocks/rich-world.ts';

const place = 'eu-west-1';
const kinds = Object.entries(endings) as [FaultKind, Ending][];

interface Pair {
  readonly kind: FaultKind;
  readonly ending: Ending;
  readonly key: (typeof rows)[number]['key'];
}

/** An answer that is one object has no list to leave out. */
const applies = ({ kind, key }: Pair): boolean => {
  const { member, shape } = resourceKinds[key];
  return kind !== 'missing-list' || (member !== undefined && shape !== 'object');
};

/** Every operation with the next kind in turn; and every kind with every operation where all are asked for. */
const pairs: readonly Pair[] =
  process.env['FAULT_MATRIX'] === 'all'
    ? rows.flatMap(({ key }) => kinds.map(([kind, ending]) => ({ kind, ending, key })))
    : rows.flatMap(({ key }, index) => {
        const chosen = kinds[index % kinds.length];
        return chosen === undefined ? [] : [{ kind: chosen[0], ending: chosen[1], key }];
      });

const withoutRun = ({ run: _run, ...report }: AuditReport): unknown => ({
  ...report,
  scope: { ...report.scope, collectedAt: '' },
  coverage: { ...report.coverage, requests: 0, throttled: 0 },
});

describe('an audit over HTTP under faults', () => {
  const before = { ...process.env };
  const silent: readonly FaultKind[] = ['hang', 'stall', 'drip'];
  let world: World;
  let undisturbed: AuditReport;

  beforeAll(async () => {
    world = richWorld();
    signInAs('111122223333');
    ({ report: undisturbed } = await auditUnder(world, []));
  });

  afterAll(() => {
    process.env = before;
  });

  it('reads everything when nothing strikes', () => {
    expect(undisturbed.coverage.rows.filter(({ status }) => status !== 'collected')).toEqual([]);
    expect(undisturbed.defects).toEqual([]);
    // Every operation must really be called, or a fault at it would prove nothing.
    const called = new Set(undisturbed.coverage.rows.map(({ service, operation }) => `${service}.${operation}`));
    for (const { key } of rows) {
      expect(called).toContain(`${resourceKinds[key].service}.${resourceKinds[key].operation}`);
    }
  });

  it.each(pairs.filter(applies))('$kind at $key', async ({ kind, ending, key }) => {
    const { service, operation } = resourceKinds[key];
    const { report, exitCode, script } = await auditUnder(
      world,
      [
        {
          kind,
          service,
          operation,
          region: place,
          ...(ending.times === undefined ? {} : { times: ending.times }),
          delayMs: 40,
        },
      ],
      silent.includes(kind),
    );
    expect(script.unused()).toEqual([]);
    expect(report.defects).toEqual([]);
    if (ending.ends === 'collected') {
      expect(withoutRun(report)).toEqual(withoutRun(undisturbed));
      return;
    }
    const row = report.coverage.rows.find((line) => line.service === service && line.operation === operation);
    expect(row?.status).toBe('failed');
    expect(row?.failure).toBeDefined();
    expect(exitCode & 2).toBe(2);
    const needing = (await allChecks()).filter((check) => check.needs.includes(key)).map(({ id }) => id);
    for (const id of needing) {
      const outcomes = report.results.filter(({ checkId }) => checkId === id).map(({ outcome }) => outcome);
      expect(outcomes, id).not.toContain('pass');
      expect(outcomes, id).toContain('unknown');
    }
    const untouched = (await allChecks()).filter((check) => !dependsOn(readsOf(check), key)).map(({ id }) => id);
    const of = (whole: AuditReport): unknown => whole.results.filter(({ checkId }) => untouched.includes(checkId));
    expect(of(report)).toEqual(of(undisturbed));
  });
});

/** Does one of the kinds rest on the struck one, itself or through the kinds it is asked per? */
function dependsOn(reads: readonly (keyof typeof resourceKinds)[], struck: string): boolean {
  return reads.some((key) => {
    for (let at: string | undefined = key; at !== undefined; at = resourceKinds[at as typeof key].per?.kind) {
      if (at === struck) return true;
    }
    return false;
  });
}
