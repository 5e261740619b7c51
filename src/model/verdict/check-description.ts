import type { Severity } from './severity.ts';

/** A check of another tool that asks the same question, so that its users find theirs. */
export interface RelatedCheck {
  readonly tool: 'prowler' | 'cloudsploit' | 'scoutsuite' | 'securityhub' | 'config' | 'steampipe';
  readonly id: string;
}

/** A number that a configuration may set for a check: how much is too much. */
export interface CheckOption {
  /** As the configuration writes it: `most_rules`. */
  readonly name: string;
  /** What it says, without a full stop. */
  readonly title: string;
  readonly default: number;
  readonly least: number;
  readonly most: number;
}

/** What is said of a check, said once: documentation, rule lists and reports are made from it. */
export interface CheckDescription {
  /** `<aws-noun>-<failing-state>`, kebab-case, stable for ever, and the name of the check's file. */
  readonly id: string;
  /** What is wrong when it fails, without a full stop. */
  readonly title: string;
  readonly severity: Severity;
  /** Why it matters. */
  readonly rationale: string;
  /** What to do. */
  readonly remediation: string;
  /** Pages of AWS's documentation that say so. */
  readonly references: readonly [string, ...string[]];
  readonly relatedChecks: readonly RelatedCheck[];
  readonly options?: readonly CheckOption[];
}
