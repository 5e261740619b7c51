import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockedIn } from '../../src/cli/run-lock.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { lockName } from '../../src/model/snapshot/write.ts';

let base: string;
let folder: string;
let warnings: string[];
let lock: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'run-lock-'));
  folder = join(base, 'out');
  lock = join(folder, lockName);
  warnings = [];
});
afterEach(() => {
  rmSync(base, { recursive: true, force: true });
});

const nothing = (): undefined => undefined;
const plain = { bold: String, dim: String, red: String, yellow: String, green: String, cyan: String };
const terminal: Terminal = {
  note: nothing,
  say: nothing,
  warn: (line) => void warnings.push(line),
  data: nothing,
  live: nothing,
  end: nothing,
  style: plain,
  dataStyle: plain,
};

const run = (inner: () => Promise<unknown> = () => Promise.resolve()): Promise<unknown> =>
  lockedIn([folder], terminal, inner);

/** The number of a process that has ended. */
const deadPid = (): number => spawnSync(process.execPath, ['-e', '']).pid;

function leave(holder: object | string, ageMs = 0): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(lock, typeof holder === 'string' ? holder : JSON.stringify(holder));
  const time = new Date(Date.now() - ageMs);
  utimesSync(lock, time, time);
}

const since = '2026-01-15T02:00:00.000Z';

describe('a folder that a run works in', () => {
  it('is locked while it does, and leaves nothing behind', async () => {
    await run(async () => {
      expect(statSync(lock).mode & 0o777).toBe(0o600);
      await expect(run()).rejects.toMatchObject({
        name: 'UsageError',
        message: expect.stringMatching(new RegExp(`process ${process.pid} on ${hostname()}`)) as string,
      });
    });
    expect(existsSync(folder)).toBe(false);
    expect(warnings).toEqual([]);
  });

  it('is free again after a failure, and keeps what was written', async () => {
    await expect(
      run(async () => {
        writeFileSync(join(folder, 'report.json'), '{}');
        throw new Error('broken');
      }),
    ).rejects.toThrow('broken');
    expect(readdirSync(folder)).toEqual(['report.json']);
    await run();
  });

  it('is locked once where it is named twice', async () => {
    await lockedIn([folder, join(folder, '..', 'out')], terminal, () => Promise.resolve());
  });
});

describe('the lock of a run that is dead', () => {
  it.each([
    ['by its number', () => ({ pid: deadPid(), host: hostname(), born: 'boot/1', since }), 0],
    ['by another birth of the same number', () => ({ pid: 1, host: hostname(), born: 'boot/1', since }), 0],
    ['by our own number before us', () => ({ pid: process.pid, host: hostname(), born: 'boot/1', since }), 0],
    ['by long silence elsewhere', () => ({ pid: 1, host: 'another-machine', born: 'boot/1', since }), 11 * 60_000],
    ['by a record that is none', () => '{"pid":', 5 * 60_000],
  ])('is known %s, and taken over aloud', async (_, holder, age) => {
    leave(holder(), age);
    let ran = false;
    await run(async () => {
      ran = true;
    });
    expect(ran).toBe(true);
    expect(warnings).toEqual([expect.stringContaining('taken over') as string]);
    expect(existsSync(lock)).toBe(false);
  });

  it('goes to one of many that want it, each time', async () => {
    for (let round = 0; round < 25; round += 1) {
      leave({ pid: deadPid(), host: hostname(), born: 'boot/1', since });
      let atOnce = 0;
      let most = 0;
      const ends = await Promise.allSettled(
        Array.from({ length: 12 }, () =>
          run(async () => {
            atOnce += 1;
            most = Math.max(most, atOnce);
            await new Promise((resolve) => setTimeout(resolve, 20));
            atOnce -= 1;
          }),
        ),
      );
      expect(most).toBe(1);
      for (const end of ends) if (end.status === 'rejected') expect(end.reason).toMatchObject({ name: 'UsageError' });
    }
  });
});

describe('the lock of a run that may be alive', () => {
  it.each([
    ['elsewhere', { pid: 1, host: 'another-machine', born: 'boot/1', since }, 60_000],
    ['here, as far as can be told', { pid: process.ppid, host: hostname(), since }, 0],
    ['as one that is just being written', '', 0],
  ])('%s is respected', async (_, holder, age) => {
    leave(holder, age);
    await expect(run()).rejects.toMatchObject({ name: 'UsageError' });
    expect(existsSync(lock)).toBe(true);
    expect(warnings).toEqual([]);
  });
});
