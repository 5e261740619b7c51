/**
 * Snapshots damaged at random: each is read and audited, or refused with one sentence, and no check breaks on it. The seed
 * is printed; FUZZ_SEED repeats a run and FUZZ_RUNS sets how many snapshots there are.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleAccount } from '../../mocks/accounts/index.ts';
import { writeWorld } from '../../mocks/write-world.ts';
import { allChecks, auditSnapshot, readSnapshot } from '../../src/index.ts';
import { SnapshotUnreadable } from '../../src/model/snapshot/snapshot-unreadable.ts';
import { renderLines } from '../../src/reporters/json.ts';
import { mutations } from '../findings/mutations.ts';

const seed = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const runs = Number(process.env['FUZZ_RUNS'] ?? 60);
const samples = ['nacl-traps', 'hostile', 'eks-private', 'peered-dev-prod'] as const;

describe('damaged snapshots', { timeout: 24 * 3600_000 }, () => {
  let folder = '';
  beforeAll(async () => {
    process.stderr.write(`fuzz seed ${seed}, ${runs} snapshots\n`);
    folder = mkdtempSync(join(tmpdir(), 'vpc-auditor-fuzz-'));
    for (const name of samples) await writeWorld(sampleAccount(name).world, join(folder, name));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(samples)('of %s are audited or refused, and break no check', async (name) => {
    const checks = await allChecks();
    const whole = join(folder, name);
    const damaged = join(folder, `${name}-damaged`);
    cpSync(whole, damaged, { recursive: true });
    const files = readdirSync(whole, { recursive: true, encoding: 'utf8' })
      .filter((path) => statSync(join(whole, path)).isFile())
      .toSorted((a, b) => (a < b ? -1 : 1));
    const each = Math.ceil(runs / samples.length);
    // Files with something in them, each as often as the others
    const full = files.filter((path) => readFileSync(join(whole, path), 'utf8').length > 60);
    let refused = 0;
    for (const [at, path] of full.entries()) {
      const original = readFileSync(join(whole, path), 'utf8');
      const count = Math.floor(((at + 1) * each) / full.length) - Math.floor((at * each) / full.length);
      for (const text of mutations(original, count, seed + at)) {
        writeFileSync(join(damaged, path), text);
        try {
          const report = auditSnapshot(await readSnapshot(damaged), {
            checks,
            run: () => ({ startedAt: '2026-01-01T00:00:00.000Z', durationMs: 0 }),
          });
          expect(report.defects, `seed ${seed + at}, ${path}: ${JSON.stringify(text)}`).toEqual([]);
          renderLines(report);
        } catch (error) {
          refused += 1;
          if (!(error instanceof SnapshotUnreadable))
            throw new Error(`seed ${seed + at}, ${path}: ${String(error)}\n${JSON.stringify(text)}`, { cause: error });
        }
      }
      writeFileSync(join(damaged, path), original);
    }
    expect(refused).toBeLessThan(each);
  });
});
