import type { Result, Summary } from '../../findings/audit-report.ts';
import type { SuppressionNote } from '../../findings/suppressions/suppressions-report.ts';
import { severities, type Severity } from '../../model/verdict/severity.ts';

/** Does nobody have to act on it? What is suppressed is shown and does not count. */
export const isSuppressed = ({ suppression }: Result): boolean => suppression !== undefined;

/** Who answers for a finding, until when and why. */
export function suppressionText({ owner, reason, expires, ticket }: SuppressionNote): string {
  return `suppressed until ${expires} by ${owner}${ticket === undefined ? '' : ` (${ticket})`}: ${reason}`;
}

/** Failures that count. */
export const openFailures = ({ failures }: Summary): number => total(failures);

/** Failures that are suppressed. */
export const suppressedFailures = ({ suppressed }: Summary): number =>
  suppressed === undefined ? 0 : total(suppressed);

/** All of a count by severity. */
export const total = (counts: Readonly<Record<Severity, number>>): number =>
  severities.reduce((sum, severity) => sum + counts[severity], 0);
