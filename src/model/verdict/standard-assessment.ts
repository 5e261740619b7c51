/** How a control of a standard stands, the worst first. */
export const controlOutcomes = [
  'fail',
  'unknown',
  'not-run',
  'manual',
  'not-covered',
  'pass',
  'not-applicable',
] as const;

/**
 * `unknown`: something that could fail it was not read. `not-run`: a check that answers it was left out. `manual`: the
 * standard leaves the judgement to a person, and the checks found nothing against it. `not-covered`: no check answers it.
 */
export type ControlOutcome = (typeof controlOutcomes)[number];

/** A control with what the checks say of it. */
export interface ControlAssessment {
  readonly id: string;
  readonly title: string;
  /** The level of a CIS benchmark. */
  readonly level?: number;
  readonly mode?: 'automated' | 'manual';
  readonly outcome: ControlOutcome;
  /** The checks that answer it; none where `notCovered` says why. */
  readonly checks: readonly string[];
  /** Failures that are about what the control asks, whether suppressed or not, and how many of them are suppressed. */
  readonly failures: number;
  readonly suppressed: number;
  readonly unknowns: number;
  /** Why no check answers it. */
  readonly notCovered?: string;
}

/** A standard control by control, in the standard's own order. */
export interface StandardAssessment {
  readonly id: string;
  readonly name: string;
  /** Which of its controls are listed here. */
  readonly scope: string;
  /** Where the standard, or the mapping, is published. */
  readonly source: string;
  /** Was the audit asked about this standard by name? */
  readonly requested: boolean;
  readonly counts: Readonly<Record<ControlOutcome, number>>;
  readonly controls: readonly ControlAssessment[];
}
