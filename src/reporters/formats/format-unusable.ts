/** A format cannot carry this report, or a template cannot be used. The message is one sentence: what, and what to do. */
export class FormatUnusable extends Error {
  override readonly name = 'FormatUnusable';
  readonly code = 'BAD_CONFIG';
}
