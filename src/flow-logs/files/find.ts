import { lstat, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { FlowLogsUnusable } from '../unusable.ts';
import type { LocalFile } from './inspect.ts';
import { mayHold, pathFacts } from './path-facts.ts';

/** Files of a source, and how many lay outside the window. */
export interface FoundFiles<T> {
  readonly files: readonly T[];
  readonly bytes: number;
  readonly outsideWindow: number;
  /** The nearest minutes of files outside the window: milliseconds since 1970. */
  readonly nearest: { readonly before?: number; readonly after?: number };
}

/**
 * Every regular file under a folder (or the one file named), in the order of names, leaving out those whose name says
 * that they lie outside the window. Links are not followed.
 */
export async function findFiles(
  folder: string,
  sinceMs: number,
  untilMs: number,
): Promise<FoundFiles<LocalFile & { readonly size: number }>> {
  const found: { readonly path: string; readonly size: number }[] = [];
  const walk = async (path: string): Promise<void> => {
    for (const entry of await readdir(path, { withFileTypes: true })) {
      const child = join(path, entry.name);
      if (entry.isDirectory()) await walk(child);
      else if (entry.isFile() && !entry.name.startsWith('.') && !/^_SUCCESS$|\.crc$/.test(entry.name))
        found.push({ path: child, size: (await lstat(child)).size });
    }
  };
  try {
    const root = await lstat(folder);
    if (root.isDirectory()) await walk(folder);
    else found.push({ path: folder, size: root.size });
  } catch (cause) {
    const code = (cause as { readonly code?: unknown }).code;
    const why = code === 'ENOENT' ? 'there is no such folder' : cause instanceof Error ? cause.message : String(cause);
    throw new FlowLogsUnusable(`The flow logs in ${folder} cannot be read: ${why}.`, { cause });
  }
  found.sort((a, b) => (a.path < b.path ? -1 : 1));
  const named = found.map(({ path, size }) => ({
    path,
    size,
    name: relative(folder, path).split(sep).join('/') || path,
  }));
  return withinWindow(named, sinceMs, untilMs);
}

/** Keeps the files whose names allow records of the window. */
export function withinWindow<T extends { readonly name: string; readonly size: number }>(
  all: readonly T[],
  sinceMs: number,
  untilMs: number,
): FoundFiles<T> {
  let before: number | undefined;
  let after: number | undefined;
  const files: T[] = [];
  for (const file of all) {
    const facts = pathFacts(file.name);
    if (mayHold(facts, sinceMs, untilMs)) files.push(file);
    else if (facts.minute !== undefined) {
      if (facts.minute < sinceMs) before = Math.max(before ?? 0, facts.minute);
      else after = Math.min(after ?? Number.POSITIVE_INFINITY, facts.minute);
    }
  }
  return {
    files,
    bytes: files.reduce((sum, { size }) => sum + size, 0),
    outsideWindow: all.length - files.length,
    nearest: { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) },
  };
}
