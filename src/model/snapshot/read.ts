import { readdir, realpath, stat } from 'node:fs/promises';
import { MalformedAnswer } from '../decode.ts';
import { openRoot, readDocument, type Root, sentenceOf, UnreadableFile } from './document.ts';
import type { Manifest } from './manifest.ts';
import { NewerSchema, parseManifest } from './parse-manifest.ts';
import { readFolder } from './read-folder.ts';
import { readPlain } from './read-plain.ts';
import type { Snapshot } from './snapshot.ts';
import { SnapshotUnreadable } from './snapshot-unreadable.ts';

const manifestName = 'manifest.json';

/**
 * Reads a snapshot folder, or a tree of plain `aws ec2 describe-*` output where there is no `manifest.json`. Throws
 * SnapshotUnreadable where the folder as a whole cannot be read; whatever else is wrong stands in the snapshot.
 */
export async function readSnapshot(folder: string): Promise<Snapshot> {
  const { root, names } = await openFolder(folder);
  if (!names.includes(manifestName)) return readPlain(folder, root);
  return readFolder(root, readManifest(folder, root));
}

async function openFolder(folder: string): Promise<{ readonly root: Root; readonly names: readonly string[] }> {
  try {
    const root = await realpath(folder);
    if (!(await stat(root)).isDirectory())
      throw new SnapshotUnreadable('not-a-folder', folder, `${folder} is a file: name the folder that holds it`);
    const names = await readdir(root);
    if (names.length === 0)
      throw new SnapshotUnreadable('empty', folder, `${folder} is empty: there is nothing to audit in it`);
    return { root: openRoot(root), names };
  } catch (error) {
    if (error instanceof SnapshotUnreadable || !(error instanceof Error) || !('code' in error)) throw error;
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR')
      throw new SnapshotUnreadable('not-found', folder, `${folder} does not exist: check the path`);
    throw new SnapshotUnreadable('not-permitted', folder, `${folder} ${sentenceOf(error)}`);
  }
}

/** The manifest of a snapshot folder; throws SnapshotUnreadable where it is missing or none. */
export function readManifest(folder: string, root: Root): Manifest {
  const refused = (reason: string): SnapshotUnreadable =>
    new SnapshotUnreadable(
      'manifest-malformed',
      folder,
      `${folder}/${manifestName} ${reason}; collect again, or, if the folder holds plain \`aws\` output, remove that file`,
    );
  try {
    return parseManifest(readDocument(root, manifestName));
  } catch (error) {
    if (error instanceof UnreadableFile) throw refused(error.reason);
    if (error instanceof MalformedAnswer) throw refused(`is not a manifest: ${error.message}`);
    if (error instanceof NewerSchema)
      throw new SnapshotUnreadable(
        'newer-schema',
        folder,
        `${folder} was written by a newer version of this program (schema version ${error.schemaVersion}, this one reads 1): update vpc-auditor`,
      );
    throw error;
  }
}
