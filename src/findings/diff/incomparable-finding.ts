import type { KnownFinding } from '../baseline/baseline.ts';
import type { Doubt } from './comparability.ts';

/** A finding that stands on one side, and why that says nothing. */
export interface IncomparableFinding {
  readonly finding: KnownFinding;
  /** The side that has it. */
  readonly in: 'old' | 'new';
  readonly doubt: Doubt;
}
