import { readFile } from 'node:fs/promises';
import { UsageError } from './usage-error.ts';

/** The text of a file that the caller named; where it cannot be read, one sentence that says why. */
export async function readInput(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new UsageError(`${path} cannot be read: ${reasonOf(cause)}.`, { cause });
  }
}

/** The text of a file, or `undefined` where there is none. */
export async function readInputIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return undefined;
    throw new UsageError(`${path} cannot be read: ${reasonOf(cause)}.`, { cause });
  }
}

const codeOf = (cause: unknown): unknown => (cause as { readonly code?: unknown }).code;

/** Why a file cannot be read, in words that follow a colon. */
export function reasonOf(cause: unknown): string {
  const code = codeOf(cause);
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EACCES') return 'permission denied';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'ENOTDIR') return 'it lies in a file, not in a folder';
  return cause instanceof Error ? cause.message : String(cause);
}
