import { stat } from 'node:fs/promises';
import type { AnyCheck } from '../auditors/check.ts';
import type { Baseline } from '../findings/baseline/baseline.ts';
import { readInput, reasonOf } from './input-file.ts';
import { UsageError } from './usage-error.ts';

/**
 * What a path stands for in a comparison: a report.json, a baseline, or a snapshot folder, which is audited with these
 * checks.
 */
export async function comparableAt(path: string, checks: readonly AnyCheck[]): Promise<Baseline> {
  const { auditSnapshot, baselineOf, readComparable, readSnapshot } = await import('../index.ts');
  if (!(await isFolder(path))) return readComparable(await readInput(path), path);
  const snapshot = await readSnapshot(path);
  const run = { startedAt: new Date(0).toISOString(), durationMs: 0 };
  return baselineOf(auditSnapshot(snapshot, { checks, run: () => run }), path);
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (cause) {
    throw new UsageError(`${path} cannot be read: ${reasonOf(cause)}.`, { cause });
  }
}
