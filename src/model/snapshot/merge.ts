import { copyFile, link, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { AccountId } from '../id.ts';
import { shardOf } from '../shard.ts';
import { openRoot } from './document.ts';
import { callKey } from './earlier.ts';
import { filesOf } from './files-of.ts';
import { readJournal } from './journal.ts';
import type { Manifest, ManifestCall, NotVisible } from './manifest.ts';
import { readManifest } from './read.ts';
import { type Selection, selectionDifference } from './selection.ts';
import { snapshotWriter } from './write.ts';
import { writing } from './write-error.ts';
import { makeFolder } from './make-folder.ts';

/** Snapshots that do not make one. The message is one sentence: which, and why not. */
export class NotMergeable extends Error {
  override readonly name = 'NotMergeable';
  readonly code = 'NOT_MERGEABLE';
}

interface Shard {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly calls: readonly ManifestCall[];
}

/** What is older than the newest by more is of another night. */
const longestSpread = 24 * 3_600_000;

/**
 * Joins the snapshots of the shards of one collection into one folder, as if it had never been shared out. A shard that
 * is not there, broke off or is of another night is a gap: its accounts are not visible, or what it had read is kept and
 * the rest not visible. Throws NotMergeable where they are not shards of one collection, or not of so many as `count` says.
 */
export async function mergeSnapshots(folders: readonly string[], into: string, count?: number): Promise<Manifest> {
  const shards = await Promise.all(folders.map(readShard));
  refuseStrangers(shards, count);
  const newest = Math.max(...shards.map(({ manifest }) => Date.parse(manifest.createdAt ?? '')));
  const isOfThisNight = ({ manifest }: Shard): boolean =>
    newest - Date.parse(manifest.createdAt ?? '') <= longestSpread;
  const present = shards.filter(isOfThisNight);
  const manifest = joined(present, [
    ...shards.filter((shard) => !isOfThisNight(shard)).flatMap(leftOut),
    ...missing(shards),
  ]);
  const writer = await snapshotWriter(into);
  try {
    const reason = 'The snapshots were not joined to the end.';
    await writer.begin({
      ...manifest,
      notVisible: manifest.scope.accounts.map((accountId) => ({ accountId, reason })),
      calls: [],
    });
    const from = new Map(present.flatMap(({ folder, calls }) => calls.map((call) => [call, folder])));
    for (const call of manifest.calls)
      for (const file of filesOf(call)) await bring(join(from.get(call) ?? '', file), join(into, file));
    await writer.end(manifest);
  } finally {
    await writer.close();
  }
  return manifest;
}

/** A shard with every call that it has on record; one that broke off has them in its journal. */
async function readShard(folder: string): Promise<Shard> {
  const manifest = readManifest(folder, openRoot(await realpath(folder)));
  const calls = new Map((await readJournal(folder)).map((call) => [callKey(call), call]));
  for (const call of manifest.calls) calls.set(callKey(call), call);
  return { folder, manifest, calls: [...calls.values()] };
}

function refuseStrangers(shards: readonly Shard[], expected: number | undefined): void {
  const [first] = shards;
  if (first === undefined) throw new NotMergeable('There is no snapshot to merge.');
  const count = expected ?? countOf(first);
  const owners = new Map<AccountId, string>();
  for (const { folder, manifest } of shards) {
    const difference = selectionDifference(whole(first.manifest, first.folder), whole(manifest, folder));
    if (difference !== undefined)
      throw new NotMergeable(`${folder} was collected with other ${difference} than ${first.folder}.`);
    const own = countOf({ manifest });
    if (own !== count) throw new NotMergeable(`${folder} is one of ${own ?? 0} shards, and not of ${count ?? 0}.`);
    for (const accountId of manifest.scope.accounts) {
      const other = owners.get(accountId);
      if (other !== undefined) throw new NotMergeable(`Account ${accountId} is in ${other} and in ${folder}.`);
      owners.set(accountId, folder);
    }
  }
}

/** The selection of the collection that a shard is a part of. */
function whole({ selection }: Manifest, folder: string): Selection {
  if (selection?.members?.shard === undefined)
    throw new NotMergeable(`${folder} is not a shard: it was collected without --shard.`);
  const { shard: _, ...members } = selection.members;
  return { ...selection, members };
}

function joined(present: readonly Shard[], gaps: readonly NotVisible[]): Manifest {
  const [first] = present.toSorted((a, b) => indexOf(a) - indexOf(b));
  if (first === undefined) throw new NotMergeable('There is no snapshot to merge.');
  const manifests = present.map(({ manifest }) => manifest);
  const calls = new Map<string, ManifestCall>();
  for (const call of present.flatMap((shard) => shard.calls)) {
    // The organization was listed by every shard
    const key = callKey(call);
    if (calls.get(key)?.status !== 'collected') calls.set(key, call);
  }
  const { schemaVersion, tool, caller } = first.manifest;
  return {
    schemaVersion,
    tool,
    createdAt: manifests.flatMap(({ createdAt }) => createdAt ?? []).sort()[0],
    caller,
    scope: {
      accounts: distinct(manifests.flatMap(({ scope }) => scope.accounts)),
      regions: distinct(manifests.flatMap(({ scope }) => scope.regions)),
    },
    selection: whole(first.manifest, first.folder),
    notVisible: [...manifests.flatMap(({ notVisible }) => notVisible), ...gaps].sort((a, b) =>
      compare(placeOf(a), placeOf(b)),
    ),
    calls: [...calls].sort(([a], [b]) => compare(a, b)).map(([, call]) => call),
  };
}

const countOf = ({ manifest }: Pick<Shard, 'manifest'>): number | undefined =>
  manifest.selection?.members?.shard?.count;
const indexOf = ({ manifest }: Shard): number => manifest.selection?.members?.shard?.index ?? 0;
const distinct = <T extends string>(items: readonly T[]): readonly T[] => [...new Set(items)].sort();
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const placeOf = ({ accountId, region, reason }: NotVisible): string => `${accountId} ${region ?? ''} ${reason}`;

function leftOut({ manifest, folder }: Shard): readonly NotVisible[] {
  const reason = `Its shard was collected at ${manifest.createdAt ?? ''}, more than a day before the newest, and is left out.`;
  if (manifest.createdAt === undefined) throw new NotMergeable(`${folder} does not say when it was collected.`);
  return manifest.scope.accounts.map((accountId) => ({ accountId, reason }));
}

/** The accounts that the shards left to others, none of which is here. */
function missing(shards: readonly Shard[]): readonly NotVisible[] {
  const told = new Set(
    shards.flatMap(({ manifest }) => [
      ...manifest.scope.accounts,
      ...manifest.notVisible.map(({ accountId }) => accountId),
    ]),
  );
  const count = shards.map(countOf)[0] ?? 1;
  return distinct(shards.flatMap(({ manifest }) => manifest.elsewhere ?? []))
    .filter((accountId) => !told.has(accountId))
    .map((accountId) => ({
      accountId,
      reason: `It belongs to shard ${shardOf(accountId, count)} of ${count}, which is not among the snapshots that were merged.`,
    }));
}

/** An answer is never changed once it has its name, so that two folders can share it. */
async function bring(from: string, to: string): Promise<void> {
  await writing(to, async () => {
    await makeFolder(dirname(to));
    await link(from, to).catch(() => copyFile(from, to));
  });
}
