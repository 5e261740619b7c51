import { readFileSync } from 'node:fs';
import { open, readFile, rm, rmdir, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { parsedJson } from '../findings/baseline/read-baseline.ts';
import { isRaw } from '../model/decode.ts';
import { lockName } from '../model/snapshot/write.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { writing } from './write-outputs.ts';
import { makeFolder } from '../model/snapshot/make-folder.ts';

/** Who holds a lock. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process began, as the kernel counts; a number that is given out again does not deceive. */
  readonly born: string | undefined;
  readonly since: string;
}

/** How often a run says that it is alive, and after how long of silence a run on another machine counts as dead. */
const heartbeatMs = 60_000;
const silenceMs = 10 * 60_000;

/**
 * Runs something while nobody else of this program works in these folders. The lock of a run that is dead is taken over,
 * and said so; that of a live one is a UsageError. A folder that is made for the lock alone does not stay.
 */
export function lockedIn<T>(folders: readonly string[], terminal: Terminal, run: () => Promise<T>): Promise<T> {
  const distinct = [...new Set(folders.map((folder) => resolve(folder)))].sort();
  return distinct.reduceRight<() => Promise<T>>((inner, folder) => () => locked(folder, terminal, inner), run)();
}

async function locked<T>(folder: string, terminal: Terminal, run: () => Promise<T>): Promise<T> {
  const path = join(folder, lockName);
  const content = JSON.stringify({ ...ourselves(), since: new Date().toISOString() } satisfies Holder);
  let made: string | undefined;
  await writing(folder, async () => {
    made = await makeFolder(folder);
  });
  await acquire(path, content, terminal);
  const heartbeat = setInterval(() => {
    const now = new Date();
    // A folder that is gone, or full, will be told by whoever writes into it next
    utimes(path, now, now).catch(() => undefined);
  }, heartbeatMs);
  heartbeat.unref();
  try {
    return await run();
  } finally {
    clearInterval(heartbeat);
    if ((await contentOf(path)) === content) await rm(path, { force: true });
    // One that is not empty stays
    if (made !== undefined) await rmdir(folder).catch(() => undefined);
  }
}

async function acquire(path: string, content: string, terminal: Terminal): Promise<void> {
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    if (await create(path, content)) return;
    const found = await contentOf(path);
    if (found === undefined) continue;
    const holder = holderIn(found, path);
    const death = holder === undefined ? await whyBroken(path) : await whyDead(holder, path);
    if (death === undefined) throw inUse(path, holder);
    if (await takeAway(path, found)) terminal.warn(`${path}: a run left its lock behind (${death}); it is taken over.`);
  }
  throw inUse(path, undefined);
}

function inUse(path: string, holder: Holder | undefined): UsageError {
  const who = holder === undefined ? '' : ` (process ${holder.pid} on ${holder.host}, since ${holder.since})`;
  return new UsageError(
    `${path}: another run works in this folder${who}. Let it end, use another folder, or, if it is dead, remove that file.`,
  );
}

async function create(path: string, content: string): Promise<boolean> {
  let isNew = true;
  await writing(path, async () => {
    try {
      const file = await open(path, 'wx', 0o600);
      try {
        await file.writeFile(content);
      } catch (error) {
        await rm(path, { force: true });
        throw error;
      } finally {
        await file.close();
      }
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      isNew = false;
    }
  });
  return isNew;
}

/**
 * Removes a dead lock. One at a time may: whoever looks again behind the gate and still finds the dead one knows that
 * nobody can have put his own in its place. `false` where somebody else is at it, or was.
 */
async function takeAway(path: string, expected: string): Promise<boolean> {
  const gate = `${path}.takeover`;
  if (!(await create(gate, ''))) {
    if ((await silenceOf(gate)) > heartbeatMs) await rm(gate, { force: true });
    return false;
  }
  try {
    if ((await contentOf(path)) !== expected) return false;
    await rm(path, { force: true });
    return true;
  } finally {
    await rm(gate, { force: true });
  }
}

async function contentOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
}

function holderIn(text: string, path: string): Holder | undefined {
  try {
    const value = parsedJson(text, path);
    if (!isRaw(value)) return undefined;
    const { pid, host, born, since } = value;
    if (typeof pid !== 'number' || typeof host !== 'string' || typeof since !== 'string') return undefined;
    return { pid, host, born: typeof born === 'string' ? born : undefined, since };
  } catch {
    return undefined;
  }
}

/** A lock that does not say whose it is may be about to be written. */
const whyBroken = async (path: string): Promise<string | undefined> =>
  (await silenceOf(path)) > heartbeatMs ? 'it does not say whose it is' : undefined;

/** How long ago the holder said that it is alive, in milliseconds. */
const silenceOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );

/** Why the holder is dead, in a few words; `undefined` where it may be alive. */
async function whyDead(holder: Holder, path: string): Promise<string | undefined> {
  const { pid, host, born } = holder;
  if (host === hostname()) {
    const us = ourselves();
    if (pid === us.pid && born !== us.born) return `process ${pid} is this one, born later`;
    if (pid !== us.pid && !isAlive(pid)) return `process ${pid} is gone`;
    if (pid !== us.pid && born !== undefined && birthOf(pid) !== undefined && birthOf(pid) !== born)
      return `process ${pid} is another one by now`;
  }
  const silent = await silenceOf(path);
  return silent > silenceMs
    ? `process ${pid} on ${host} has been silent for ${Math.round(silent / 60_000)} min`
    : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

const ourselves = (): Omit<Holder, 'since'> => ({ pid: process.pid, host: hostname(), born: birthOf(process.pid) });

/** The start of a process in clock ticks since boot, with the boot it is counted from (proc_pid_stat(5), field 22). */
function birthOf(pid: number): string | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, '').trim().split(' ');
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[19] ?? ''}`;
  } catch {
    return undefined;
  }
}
