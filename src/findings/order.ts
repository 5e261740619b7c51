import { severities, type Severity } from '../model/verdict/severity.ts';
import type { Outcome } from '../model/verdict/verdict.ts';
import type { Result } from './audit-report.ts';

/** The outcomes in the order in which a reader wants them. */
export const outcomes: readonly Outcome[] = ['fail', 'unknown', 'pass', 'not-applicable'];

/** By code unit: the same on every machine, whatever its locale. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The worst first. */
export const compareSeverity = (a: Severity, b: Severity): number => severities.indexOf(a) - severities.indexOf(b);

/** Is a finding graver than it was? */
export const isWorse = (before: Severity, after: Severity): boolean => compareSeverity(after, before) < 0;

/** By account, Region, type and id. */
export const compareResources = (a: Result['resource'], b: Result['resource']): number =>
  compareText(a.accountId, b.accountId) ||
  compareText(a.region, b.region) ||
  compareText(a.type, b.type) ||
  compareText(a.id, b.id);

/** The order of a report: failures before what is not known, the worst first, then by check and place. */
export const compareResults = (a: Result, b: Result): number =>
  outcomes.indexOf(a.outcome) - outcomes.indexOf(b.outcome) ||
  compareSeverity(a.effectiveSeverity, b.effectiveSeverity) ||
  compareText(a.checkId, b.checkId) ||
  compareResources(a.resource, b.resource) ||
  compareText(a.fingerprint, b.fingerprint);
