import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Manifest } from '../../src/model/snapshot/manifest.ts';

/**
 * A snapshot folder by path: the hash of every file, and of the manifest everything but when it was made, how long its
 * calls took and how often they had to be sent.
 */
export async function snapshotDigest(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const digest = new Map<string, string>();
  for (const file of files.sort()) {
    const text = await readFile(file, 'utf8');
    const path = relative(folder, file);
    const content = path === 'manifest.json' ? timeless(text) : text;
    digest.set(path, createHash('sha256').update(content).digest('hex'));
  }
  return digest;
}

function timeless(text: string): string {
  const manifest = JSON.parse(text) as Manifest;
  return JSON.stringify({
    ...manifest,
    createdAt: undefined,
    calls: manifest.calls.map((call) => ({ ...call, durationMs: 0, requests: 0, throttled: 0 })),
  });
}

/** The paths in which two snapshots differ. */
export function differences(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): readonly string[] {
  return [...new Set([...a.keys(), ...b.keys()])].filter((path) => a.get(path) !== b.get(path)).sort();
}
