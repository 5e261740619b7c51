/** A question that cannot be asked: what is wrong with it, and what may have been meant. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
  /** Ways to put it that could be answered; empty where none suggests itself. */
  readonly candidates: readonly string[];

  constructor(message: string, candidates: readonly string[] = []) {
    super(candidates.length === 0 ? message : `${message} (candidates: ${candidates.join(', ')})`);
    this.candidates = candidates;
  }
}
