/** Why a file, or a part of it, was not read. */
export type SkipReason =
  | 'empty'
  | 'header-only'
  | 'truncated'
  | 'corrupt'
  | 'not-a-flow-log'
  | 'no-log-format'
  | 'two-formats'
  | 'duplicate-file'
  | 'unreadable';

/** A file that was set aside. */
export interface SkippedFile {
  readonly file: string;
  readonly reason: SkipReason;
  /** What is wrong with it and, where something helps, what to do. */
  readonly detail: string;
}

/** The reasons that cost records; files set aside for the others hold nothing that was not read. */
const costly: ReadonlySet<SkipReason> = new Set([
  'truncated',
  'corrupt',
  'not-a-flow-log',
  'no-log-format',
  'two-formats',
  'unreadable',
]);

/** Were records lost with the file? */
export const costsRecords = ({ reason }: SkippedFile): boolean => costly.has(reason);
