import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest } from '../model/snapshot/manifest.ts';
import { type AuditOptions, runAudit } from './audit-run.ts';
import { reasonOf } from './input-file.ts';
import { lockedIn } from './run-lock.ts';
import { openTerminal, type Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { writing } from './write-outputs.ts';
import { makeFolder } from '../model/snapshot/make-folder.ts';

/** Everything `merge` can be told. */
export interface MergeOptions extends AuditOptions {
  /** How many shards there are. */
  readonly shards?: number;
  readonly removeShards?: true;
}

/** Joins the snapshots of shards in the output folder and audits them as one. */
export async function runMerge(places: readonly string[], options: MergeOptions): Promise<void> {
  const terminal = openTerminal(options);
  const folders = (await Promise.all(places.map(shardsIn))).flat();
  const snapshot = join(options.outputDir, 'snapshot');
  await lockedIn([options.outputDir, ...folders], terminal, async () => {
    const manifest = await joinedInto(snapshot, folders, options.shards);
    terminal.say(`${folders.length} shard(s) joined in ${snapshot}: ${manifest.scope.accounts.length} account(s).`);
  });
  await runAudit({ ...options, snapshot });
  if (options.removeShards !== true) return;
  await lockedIn(folders, terminal, async () => {
    for (const folder of folders) await removeShard(folder, terminal);
  });
}

/** A snapshot, or a folder of them that are called `shard-1`, `shard-2` … */
async function shardsIn(place: string): Promise<readonly string[]> {
  const names = await readdir(place).catch((cause: unknown) => {
    throw new UsageError(`${place} cannot be read: ${reasonOf(cause)}.`, { cause });
  });
  if (names.includes('manifest.json')) return [place];
  const shards = names.filter((name) => /^shard-\d+$/.test(name)).sort();
  if (shards.length === 0) throw new UsageError(`${place} holds no snapshot, and no folders called shard-1 and so on.`);
  return shards.map((name) => join(place, name));
}

/** Takes the place of the snapshot that is there only when it is whole. */
async function joinedInto(snapshot: string, folders: readonly string[], count: number | undefined): Promise<Manifest> {
  const { mergeSnapshots } = await import('../index.ts');
  const fresh = `${snapshot}.partial`;
  await writing(fresh, async () => {
    await rm(fresh, { recursive: true, force: true });
    await makeFolder(fresh);
  });
  const manifest = await mergeSnapshots(folders, fresh, count);
  await writing(snapshot, async () => {
    await rm(snapshot, { recursive: true, force: true });
    await rename(fresh, snapshot);
  });
  return manifest;
}

/** What a shard's folder holds; one with anything else in it is not ours to remove. */
const ours = /^(\d{12}|manifest\.json|calls\.jsonl|\..+)$/;

async function removeShard(folder: string, terminal: Terminal): Promise<void> {
  const strange = (await readdir(folder)).find((name) => !ours.test(name));
  if (strange !== undefined) {
    terminal.warn(`${folder} holds ${strange}, which is of no snapshot: it is left there.`);
    return;
  }
  await writing(folder, () => rm(folder, { recursive: true, force: true }));
}
