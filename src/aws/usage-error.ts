/** The caller asked for something that does not exist or does not fit together. Nothing was called or written. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code = 'BAD_CONFIG';
}
