/** A file of suppressions that cannot be used. The message is one sentence: which file, which line, what to mend. */
export class SuppressionsUnreadable extends Error {
  override readonly name = 'SuppressionsUnreadable';
  readonly code = 'SUPPRESSIONS_UNREADABLE';
}
