import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder, mode 0700, with those above it; resolves to the first one that was made, `undefined` where it was there.
 * Node's own recursive `mkdir` never returns where a file system answers ENOENT below a folder that exists, as /proc does.
 */
export async function makeFolder(path: string): Promise<string | undefined> {
  const made = await makeOne(path);
  if (made !== 'no parent') return made ? path : undefined;
  const parent = dirname(path);
  const first = parent === path ? undefined : await makeFolder(parent);
  // Somebody else may have been faster
  const now = await makeOne(path);
  if (now === 'no parent') throw Object.assign(new Error(`${path}: no folder can be made there`), { code: 'ENOENT' });
  return first ?? (now ? path : undefined);
}

async function makeOne(path: string): Promise<boolean | 'no parent'> {
  try {
    await mkdir(path, { mode: 0o700 });
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') return 'no parent';
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return false;
    throw error;
  }
}
