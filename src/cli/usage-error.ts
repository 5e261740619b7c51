import { nearestNames } from '../model/nearest-names.ts';

/** What the caller asked cannot be done as asked: one sentence that says what, where and what to do. Exit code 64. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** ` Did you mean a or b?`, or nothing. */
export function suggestion(word: string, candidates: readonly string[]): string {
  const near = nearestNames(word, candidates);
  return near.length === 0 ? '' : ` Did you mean ${near.join(' or ')}?`;
}
