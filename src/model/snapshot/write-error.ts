/** The snapshot cannot be written: nothing that would be collected could be kept. */
export class SnapshotWriteError extends Error {
  override readonly name = 'SnapshotWriteError';
  readonly code = 'SNAPSHOT_UNWRITABLE';
  readonly path: string;

  constructor(path: string, reason: string, options?: ErrorOptions) {
    super(`${path} cannot be written: ${reason}.`, options);
    this.path = path;
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left on the device',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOTDIR: 'a part of the path is a file',
  EISDIR: 'it is a folder',
  ENAMETOOLONG: 'the path is too long',
  EEXIST: 'a part of the path is a file',
  ENOENT: 'no folder can be made there',
  EFBIG: 'a file would be larger than the system allows',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
};

/** Runs a file operation; what the file system refuses becomes one error that names the path. */
export async function writing<T>(path: string, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    if (error instanceof SnapshotWriteError) throw error;
    throw new SnapshotWriteError(path, whyUnwritable(error) ?? 'unknown reason', { cause: error });
  }
}

/** In words, what the file system refused; `undefined` for an error that is none of its. */
export function whyUnwritable(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return code === undefined ? undefined : (reasons[code] ?? code);
}
