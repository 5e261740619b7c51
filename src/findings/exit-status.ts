import { atLeast, severities, type Severity } from '../model/verdict/severity.ts';
import type { AuditReport } from './audit-report.ts';

/** When an audit counts as failed. */
export interface ExitPolicy {
  /** The mildest severity that counts; `none`: findings never do. */
  readonly failOn: Severity | 'none';
  /** Only what the baseline lacks, or knew as milder, counts. */
  readonly onlyNew?: boolean;
  /** The least part of the planned readings that must have been answered, in percent. */
  readonly minCoverage: number;
}

/** Findings at `high` or worse fail an audit, and so does any reading that is missing. */
export const defaultExitPolicy: ExitPolicy = { failOn: 'high', minCoverage: 100 };

/** How the program ends, and why. */
export interface ExitStatus {
  /** Bit 1: findings; bit 2: the audit is incomplete; bit 4: somebody could not be told, or results not be kept. */
  readonly code: number;
  /** The reason in words, ending with a full stop. */
  readonly sentence: string;
}

/**
 * Decides from everything that was found, whether or not it is listed: what is displayed never changes the outcome. What
 * is suppressed does not count.
 *
 * An audit is incomplete where too little was read, where an account could not be entered, where a check broke, and,
 * unless less than all is asked for, where a verdict is unknown for want of a reading. A Region that is not enabled and
 * an account that is suspended or closed cannot be read by anybody and do not count; what is not modelled does not either, since no reading would settle it.
 */
export function exitStatus(
  report: Pick<AuditReport, 'summary' | 'coverage' | 'defects'>,
  policy: ExitPolicy = defaultExitPolicy,
): ExitStatus {
  const found = findings(report, policy);
  const gaps = incompleteness(report, policy.minCoverage);
  const code = (found === undefined ? 0 : 1) + (gaps.length === 0 ? 0 : 2);
  const parts = [
    found ?? nothingFound(report, policy),
    gaps.length === 0 ? completeness(report) : `the audit is incomplete: ${gaps.join('; ')}`,
  ];
  return { code, sentence: `Exit ${code}: ${parts.join(', and ')}.` };
}

/** The same end where so many deliveries failed: the report is there, but not where it should be. */
export function withFailedDeliveries({ code, sentence }: ExitStatus, failed: number): ExitStatus {
  if (failed === 0) return { code, sentence };
  const reason = sentence.replace(/^Exit \d+: /, '').replace(/\.$/, '');
  return {
    code: code | 4,
    sentence: `Exit ${code | 4}: ${reason}, and ${plural(failed, 'delivery', 'deliveries')} failed.`,
  };
}

type Counts = Readonly<Record<Severity, number>>;

/** A report that was compared with nothing has nothing but news. */
const countedBy = ({ summary }: Pick<AuditReport, 'summary'>, { onlyNew }: ExitPolicy): Counts =>
  onlyNew === true ? (summary.new ?? summary.failures) : summary.failures;

const total = (counts: Counts): number => severities.reduce((sum, severity) => sum + counts[severity], 0);

function findings(report: Pick<AuditReport, 'summary'>, policy: ExitPolicy): string | undefined {
  const { failOn } = policy;
  if (failOn === 'none') return undefined;
  const counts = countedBy(report, policy);
  const counted = severities.filter((severity) => atLeast(severity, failOn) && counts[severity] > 0);
  if (counted.length === 0) return undefined;
  const words = counted.map((severity) => `${counts[severity]} ${severity}`);
  const sum = counted.reduce((before, severity) => before + counts[severity], 0);
  const fresh = policy.onlyNew === true ? 'new ' : '';
  return `${series(words)} ${fresh}${sum === 1 ? 'finding' : 'findings'} (fails on ${fresh}${failOn}${failOn === 'critical' ? '' : ' and worse'})`;
}

function nothingFound(report: Pick<AuditReport, 'summary'>, policy: ExitPolicy): string {
  const { failOn } = policy;
  const all = total(report.summary.failures);
  const hidden = total(report.summary.suppressed ?? none);
  const suppressed = hidden === 0 ? '' : ` and ${hidden} suppressed`;
  if (failOn === 'none') return `${plural(all, 'finding')}${suppressed}, none of which counts (fails on none)`;
  if (all === 0 && hidden === 0) return 'no finding at all';
  if (policy.onlyNew !== true) return `no finding at ${failOn} or worse (${all} milder${suppressed})`;
  const milder = total(countedBy(report, policy));
  return `no new finding at ${failOn} or worse (${milder} new and milder, ${all - milder} known${suppressed})`;
}

const none: Counts = { critical: 0, high: 0, medium: 0, low: 0, informational: 0 };

function incompleteness(
  { summary, coverage, defects }: Pick<AuditReport, 'summary' | 'coverage' | 'defects'>,
  minCoverage: number,
): readonly string[] {
  const accounts = new Set(
    coverage.notVisible
      .filter(({ region, inactive }) => region === undefined && inactive !== true)
      .map(({ accountId }) => accountId),
  );
  const lost = coverage.calls - coverage.collected;
  const worst = coverage.missingPermissions[0];
  const mend = worst === undefined ? '' : ` (${worst.iamAction} alone would mend ${worst.readings})`;
  return [
    ...(coverage.calls === 0 ? ['nothing was read'] : []),
    ...(coverage.calls > 0 && coverage.ratio * 100 < minCoverage
      ? [`${lost} of ${plural(coverage.calls, 'reading')} ${lost === 1 ? 'is' : 'are'} missing${mend}`]
      : []),
    ...(accounts.size > 0 ? [`${plural(accounts.size, 'account')} could not be entered`] : []),
    ...(minCoverage >= 100 && summary.unread > 0
      ? [`${plural(summary.unread, 'verdict')} unknown for want of a reading`]
      : []),
    ...(defects.length > 0 ? [`${plural(defects.length, 'check run')} broke by a defect of this program`] : []),
  ];
}

const completeness = ({ coverage }: Pick<AuditReport, 'coverage'>): string =>
  coverage.collected === coverage.calls
    ? `all ${plural(coverage.calls, 'reading')} answered`
    : `${coverage.collected} of ${plural(coverage.calls, 'reading')} answered, which is enough`;

const plural = (count: number, noun: string, several = `${noun}s`): string =>
  `${count} ${count === 1 ? noun : several}`;

function series(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}
