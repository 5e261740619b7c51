import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Snapshot } from '../model/snapshot/snapshot.ts';
import { collectLive } from './live.ts';
import type { AccountOptions } from './options.ts';
import type { Terminal } from './terminal.ts';

/** The snapshot named, or else one collected for this question alone, which leaves nothing on disk. */
export async function evidenceOf(
  options: AccountOptions & { readonly snapshot?: string },
  terminal: Terminal,
): Promise<Snapshot> {
  const { readSnapshot } = await import('../index.ts');
  if (options.snapshot !== undefined) return readSnapshot(options.snapshot);
  const folder = await mkdtemp(join(tmpdir(), 'vpc-auditor-'));
  try {
    await collectLive({ options, folder, terminal });
    return await readSnapshot(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
