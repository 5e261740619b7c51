import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { openRoot, readDocument } from './document.ts';
import { filesOf } from './files-of.ts';
import { journalName, readJournal } from './journal.ts';
import type { Manifest, ManifestCall } from './manifest.ts';
import { readManifest } from './read.ts';
import { lockName } from './write.ts';

/** What a collection that was interrupted left behind. */
export interface EarlierCollection {
  readonly manifest: Manifest;
  /** The calls whose answers are there and whole. */
  readonly calls: readonly ManifestCall[];
  /** The answer of such a call, part by part. */
  readonly answer: (call: ManifestCall) => Iterable<unknown>;
}

/**
 * What is left of an earlier collection in a folder: all that its journal, or its manifest where it came to an end, has on
 * record as collected. A file that is missing or cut off counts as not collected. `undefined` for a folder that is not
 * there or is empty; throws SnapshotUnreadable for one that holds no collection.
 */
export async function earlierCollection(folder: string): Promise<EarlierCollection | undefined> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  });
  if (names.every((name) => name === lockName || name.includes(journalName))) return undefined;
  const root = openRoot(await realpath(folder));
  const manifest = readManifest(folder, root);
  const known = new Map<string, ManifestCall>();
  for (const call of [...manifest.calls, ...(await readJournal(folder))])
    if (call.status === 'collected') known.set(callKey(call), call);
  const calls = [...known.values()].filter((call) => isWhole(root.path, call));
  return {
    manifest,
    calls,
    answer: function* (call) {
      for (const file of filesOf(call)) yield readDocument(root, file);
    },
  };
}

/** What makes a call the same call. */
export function callKey({
  accountId,
  region,
  service,
  operation,
  input,
}: Pick<ManifestCall, 'accountId' | 'region' | 'service' | 'operation' | 'input'>): string {
  return [accountId, region, service, operation, JSON.stringify(input)].join('\n');
}

const isWhole = (root: string, call: ManifestCall): boolean =>
  call.file !== undefined && filesOf(call).every((file) => endsAsWritten(join(root, file)));

const ending = Buffer.from('}\n');

/** Does it end as every answer does? After a power failure a file may have its name and not its content. */
function endsAsWritten(path: string): boolean {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, 'r');
    const { size } = fstatSync(descriptor);
    const tail = Buffer.alloc(ending.length);
    return (
      size > tail.length && readSync(descriptor, tail, 0, tail.length, size - tail.length) > 0 && tail.equals(ending)
    );
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
