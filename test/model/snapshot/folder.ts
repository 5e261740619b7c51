import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll } from 'vitest';
import type { Collected } from '../../../src/model/snapshot/collected.ts';
import type { ManifestCall } from '../../../src/model/snapshot/manifest.ts';
import type { RegionSnapshot, Snapshot } from '../../../src/model/snapshot/snapshot.ts';
import type { ResourceKey, Resources } from '../../../src/model/resources.ts';

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Files by their path: text and bytes as they are, anything else as JSON; zipped where the name ends in `.gz`. */
export type Files = Readonly<Record<string, unknown>>;

/** A folder with these files, removed when the tests are over. */
export function folderOf(files: Files): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'vpc-auditor-test-')));
  folders.push(folder);
  write(folder, files);
  return folder;
}

/** One folder that is filled again and again with files of the same names, for properties with many runs. */
export function refillable(): (files: Files) => string {
  const folder = folderOf({});
  return (files) => {
    write(folder, files);
    return folder;
  };
}

function write(folder: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    const data = content instanceof Uint8Array || typeof content === 'string' ? content : JSON.stringify(content);
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), path.endsWith('.gz') && typeof content !== 'string' ? gzipSync(data) : data);
  }
}

export const accountId = '111122223333';
export const region = 'eu-west-1';

/** A call as a manifest records it. */
export function callOf(
  operation: string,
  more: Partial<Record<keyof ManifestCall, unknown>> = {},
): Record<string, unknown> {
  return {
    accountId,
    region,
    service: 'ec2',
    operation,
    input: {},
    status: 'collected',
    iamAction: `ec2:${operation}`,
    requests: 1,
    throttled: 0,
    durationMs: 5,
    ...more,
  };
}

/** A manifest of these calls; their Regions are the scope. */
export function manifestOf(calls: readonly Record<string, unknown>[], more: Record<string, unknown> = {}): unknown {
  return {
    schemaVersion: '1',
    tool: { name: 'vpc-auditor', version: '1.0.0' },
    createdAt: '2026-01-01T00:00:00.000Z',
    caller: { accountId, arn: `arn:aws:iam::${accountId}:role/auditor` },
    scope: { accounts: [accountId], regions: [region] },
    notVisible: [],
    calls,
    ...more,
  };
}

/** A snapshot of one Region in which each operation is collected with the answer given. */
export function snapshotFiles(answers: Readonly<Record<string, unknown>>): Files {
  const files: Record<string, unknown> = {};
  const calls = Object.entries(answers).map(([operation, answer]) => {
    const file = `${accountId}/${region}/ec2.${operation}.json`;
    files[file] = answer;
    return callOf(operation, { file });
  });
  return { 'manifest.json': manifestOf(calls), ...files };
}

/** The one Region of a snapshot. */
export function onlyRegion(snapshot: Snapshot): RegionSnapshot {
  if (snapshot.regions.length !== 1 || snapshot.regions[0] === undefined)
    throw new Error(`${snapshot.regions.length} Regions instead of one`);
  return snapshot.regions[0];
}

/** One kind of the one Region of a snapshot. */
export function kindOf<K extends ResourceKey>(snapshot: Snapshot, key: K): Collected<Resources[K]> {
  return onlyRegion(snapshot).resources[key];
}

/** The resources of a kind that was collected. */
export function collectedOf<K extends ResourceKey>(snapshot: Snapshot, key: K): readonly Resources[K][] {
  const collected = kindOf(snapshot, key);
  if (collected.status !== 'collected') throw new Error(`${key} is ${collected.status}`);
  return collected.resources;
}
