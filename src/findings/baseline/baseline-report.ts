import type { IncomparableFinding } from '../diff/incomparable-finding.ts';
import type { KnownFinding } from './baseline.ts';

/** How a finding stands to the baseline. What the baseline lacks and could not have told is `incomparable`. */
export type SinceBaseline = 'new' | 'worse' | 'changed' | 'unchanged' | 'incomparable';

/** What is other than in the baseline, besides what the findings say of themselves. */
export interface BaselineReport {
  /** When the baseline's evidence was collected, where it says so. */
  readonly collectedAt?: string;
  readonly counts: Readonly<Record<SinceBaseline | 'resolved' | 'unproven', number>>;
  /** Findings of the baseline that are proven to be gone. */
  readonly resolved: readonly KnownFinding[];
  /** Findings of the baseline that are not seen, where that proves nothing. */
  readonly unproven: readonly Omit<IncomparableFinding, 'in'>[];
}
