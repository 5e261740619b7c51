/** Why a folder as a whole is no snapshot. */
export type SnapshotUnreadableCode =
  | 'not-found'
  | 'not-a-folder'
  | 'not-permitted'
  | 'empty'
  | 'manifest-malformed'
  | 'newer-schema'
  | 'several-snapshots'
  | 'nothing-recognised';

/** A folder that cannot be read as a snapshot. The message is one sentence: what is wrong, where, and what to do. */
export class SnapshotUnreadable extends Error {
  override readonly name = 'SnapshotUnreadable';
  readonly code: SnapshotUnreadableCode;
  readonly folder: string;

  constructor(code: SnapshotUnreadableCode, folder: string, message: string) {
    super(message);
    this.code = code;
    this.folder = folder;
  }
}
