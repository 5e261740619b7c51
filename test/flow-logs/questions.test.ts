/** Every question, answered by DuckDB and by plain loops over the same records; and its text as Athena gets it. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { snapshotOf } from '../../mocks/builders.ts';
import { type DuckdbEngine, openDuckdb } from '../../src/flow-logs/duckdb/duckdb-engine.ts';
import { athenaDialect } from '../../src/flow-logs/engine/dialect.ts';
import type { Question } from '../../src/flow-logs/engine/question.ts';
import { thresholdsWith } from '../../src/flow-logs/engine/thresholds.ts';
import { placesOf, portBoundsOf } from '../../src/flow-logs/evidence/places-of.ts';
import { inspectFiles } from '../../src/flow-logs/files/inspect.ts';
import * as behaviour from '../../src/flow-logs/questions/behaviour.ts';
import * as coverage from '../../src/flow-logs/questions/coverage.ts';
import * as rejects from '../../src/flow-logs/questions/rejects.ts';
import * as scans from '../../src/flow-logs/questions/scans.ts';
import * as services from '../../src/flow-logs/questions/services.ts';
import * as traffic from '../../src/flow-logs/questions/traffic.ts';
import { asV2, type Day, dayOf, midnight } from './day.ts';
import * as plain from './plain-evaluator.ts';

const window = { since: midnight, until: midnight + 86_400 };
// Low thresholds, so that every question has something to answer
const thresholds = thresholdsWith({
  'vertical-scan-ports': 4,
  'horizontal-scan-hosts': 5,
  'slow-scan-pairs': 4,
  'volume-history': 6,
  'volume-bytes': 20_000,
  'volume-deviations': 2,
});

describe.each(['v5', 'v2'] as const)('answers over %s', (format) => {
  let day: Day;
  let engine: DuckdbEngine;
  let folder = '';
  beforeAll(async () => {
    day = dayOf(7, 6000, 6);
    folder = mkdtempSync(join(tmpdir(), 'flow-logs-questions-'));
    const files = readdirSync(day[format]).map((name) => ({ name, path: join(day[format], name) }));
    engine = await openDuckdb(await inspectFiles(files, () => undefined), {
      inputs: [day[format]],
      workFolder: folder,
      memoryLimit: '512MB',
      threads: 2,
      window,
      several: true,
    });
    // What Athena calls otherwise, so that its text runs here
    await engine.run('CREATE MACRO approx_percentile(x, p) AS quantile_cont(x, p)', {});
    await engine.run('CREATE MACRO bitwise_or_agg(x) AS bit_or(x)', {});
  });
  afterAll(() => {
    engine.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const asked = (): plain.Asked => ({ places: placesOf(snapshotOf(day.estate.net.toWorld())), thresholds, window });
  const flows = (): readonly plain.Flow[] => (format === 'v5' ? day.flows : asV2(day.flows));
  const bounds = (): readonly number[] => portBoundsOf(snapshotOf(day.estate.net.toWorld()));

  type Any = Question;
  const cases: readonly (readonly [string, () => Any, () => readonly plain.Row[]])[] = [
    ['totals', () => coverage.totals, () => plain.totals(flows())],
    ['coverage', () => coverage.coverage, () => plain.coverage(flows(), asked())],
    ['rejects by port', () => rejects.rejectsByPort, () => plain.rejectsByPort(flows())],
    [
      'rejected conversations',
      () => rejects.rejectedConversations,
      () => plain.rejectedConversations(flows(), asked()),
    ],
    ['noise', () => rejects.rejectedStrangers, () => plain.rejectedStrangers(flows(), asked())],
    ['vertical scans', () => scans.verticalScans, () => plain.verticalScans(flows(), asked())],
    ['horizontal scans', () => scans.horizontalScans, () => plain.horizontalScans(flows(), asked())],
    ['slow scans', () => scans.slowScans, () => plain.slowScans(flows(), asked())],
    ['services reached', () => services.servicesReached, () => plain.servicesReached(flows(), asked())],
    ['beacons', () => behaviour.beacons, () => plain.beacons(flows(), asked())],
    ['unusual volumes', () => behaviour.unusualVolumes, () => plain.unusualVolumes(flows(), asked())],
    ['top talkers', () => traffic.topTalkers, () => plain.topTalkers(flows())],
    ['traffic paths', () => traffic.trafficPaths, () => plain.trafficPaths(flows())],
    ['internal pairs', () => traffic.internalPairs, () => plain.internalPairs(flows(), asked())],
    ['uses of rules', () => traffic.acceptedUses(bounds()), () => plain.acceptedUses(flows(), asked(), bounds())],
  ];

  const sorted = (rows: readonly plain.Row[], like: plain.Row | undefined): readonly string[] =>
    rows
      .map((row) =>
        JSON.stringify(Object.fromEntries(Object.keys(like ?? {}).map((key) => [key, rounded(row[key] ?? null)]))),
      )
      .sort();
  const rounded = (value: string | number | null): string | number | null =>
    typeof value === 'number' ? Math.round(value * 1000) / 1000 : value;

  it.each(cases)('%s', async (_, question, expected) => {
    const rows = (await engine.run(
      question().sql({ ...asked(), dialect: engine.dialect }),
      question().columns,
    )) as readonly plain.Row[];
    const wanted = expected();
    expect(wanted.length).toBeGreaterThan(0);
    expect(sorted(rows, wanted[0])).toEqual(sorted(wanted, wanted[0]));
  });

  const all: readonly (readonly [string, () => Any])[] = [
    ...cases.map(([name, question]) => [name, question] as const),
    ['new peers', () => traffic.newPeers],
    ['unexpected protocols', () => behaviour.unexpectedProtocols],
    ['accepted from', () => services.acceptedFrom(['198.51.100.66', "o'hara"])],
    ['transit losses', () => behaviour.transitLosses],
  ];

  it.each(all)('as Athena’s text too: %s', async (_, question) => {
    const sql = question().sql({ ...asked(), dialect: athenaDialect });
    expect(sql).not.toMatch(/\/\/|\bbit_or\b|quantile_cont|\bmedian\(|GROUP BY ALL|::/);
    const rows = await engine.run(sql, question().columns);
    const own = await engine.run(question().sql({ ...asked(), dialect: engine.dialect }), question().columns);
    expect(rows.map((row) => JSON.stringify(row)).sort()).toEqual(own.map((row) => JSON.stringify(row)).sort());
  });
});
