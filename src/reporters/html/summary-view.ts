import type { AuditReport, Result } from '../../findings/audit-report.ts';
import { grouped } from '../../findings/grouped.ts';
import { compareResults, compareSeverity } from '../../findings/order.ts';
import { atLeast, severities } from '../../model/verdict/severity.ts';
import { counted, grouped as thousands, instant, series, seriesOfMost } from '../wording.ts';
import { notVisibleWords } from './coverage-view.ts';

/** What a person would write on top of the report. */
export interface SummaryView {
  /** The one sentence that counts. */
  readonly lead: string;
  readonly sentences: readonly string[];
  /** The worst findings, each with where to read on. */
  readonly worst: readonly { readonly anchor: string; readonly title: string; readonly where: string }[];
}

const namedWorst = 3;

/** The summary: what was found, what is worst, what stays open and what would answer it. */
export function summaryView(report: AuditReport): SummaryView {
  const failures = report.results.filter(({ outcome }) => outcome === 'fail').toSorted(compareResults);
  return {
    lead: lead(report),
    sentences: [scopeSentence(report), ...openSentences(report), passedSentence(report), ...suppressedSentence(report)],
    worst: worstChecks(failures, report),
  };
}

function lead({ summary, coverage }: AuditReport): string {
  const { failures, outcomes } = summary;
  if (coverage.calls === 0 && outcomes.fail === 0) return 'Nothing was read, so nothing can be said.';
  const counts = severities
    .filter((severity) => failures[severity] > 0)
    .map((severity) => `${thousands(failures[severity])} ${severity}`);
  const open = outcomes.unknown === 0 ? '' : `, and ${counted(outcomes.unknown, 'question')} could not be answered`;
  if (outcomes.fail === 0)
    return `Nothing fails${suppressedCount(summary) > 0 ? ' but what is suppressed' : ''}${open}.`;
  const total = counted(outcomes.fail, 'finding');
  const resources = counted(summary.resourcesFailing, 'resource');
  const detail =
    counts.length === 1 ? `, ${outcomes.fail === 1 ? '' : 'all '}${(counts[0] ?? '').replace(/^\S+ /, '')},` : '';
  return counts.length === 1
    ? `${total}${detail} on ${resources}${open}.`
    : `${total} on ${resources}: ${series(counts)}${open}.`;
}

function scopeSentence({ scope, checks }: AuditReport): string {
  const accounts =
    scope.accounts.length === 1 ? `account ${scope.accounts[0] ?? ''}` : counted(scope.accounts.length, 'account');
  const regions = scope.regions.length <= 3 ? series(scope.regions) : `${scope.regions.length} Regions`;
  const when =
    scope.collectedAt === undefined
      ? ''
      : ` as ${scope.accounts.length === 1 ? 'it' : 'they'} stood on ${instant(scope.collectedAt)}`;
  return `${counted(checks.length, 'check')} judged ${accounts} in ${regions === '' ? 'no Region' : regions}${when}.`;
}

function openSentences({ coverage, summary }: AuditReport): readonly string[] {
  const lost = coverage.calls - coverage.collected;
  const worst = coverage.missingPermissions[0];
  const hidden = notVisibleWords(coverage);
  const mend =
    worst === undefined ? '' : ` Granting ${worst.iamAction} alone would restore ${thousands(worst.readings)} of them.`;
  return [
    ...(lost > 0
      ? [`${thousands(lost)} of ${counted(coverage.calls, 'reading')} ${lost === 1 ? 'is' : 'are'} missing.${mend}`]
      : []),
    ...(summary.unread > 0
      ? [
          `${counted(summary.unread, 'verdict')} ${summary.unread === 1 ? 'is' : 'are'} unknown for want of a reading: unknown is not clean.`,
        ]
      : []),
    ...(hidden === '' ? [] : [`Not visible at all: ${hidden}.`]),
  ];
}

function passedSentence({ summary }: AuditReport): string {
  const { pass } = summary.outcomes;
  return pass === 0 ? 'No verdict passed.' : `${counted(pass, 'verdict')} passed.`;
}

const suppressedCount = ({ suppressed }: AuditReport['summary']): number =>
  severities.reduce((sum, severity) => sum + (suppressed?.[severity] ?? 0), 0);

function suppressedSentence({ summary }: AuditReport): readonly string[] {
  const count = suppressedCount(summary);
  return count === 0
    ? []
    : [`${counted(count, 'more finding is', 'more findings are')} suppressed and not counted here.`];
}

/** The checks with the worst findings, and among equals those that fail most often; milder than medium is not worth a line. */
function worstChecks(failures: readonly Result[], report: AuditReport): SummaryView['worst'] {
  const titles = new Map(report.checks.map(({ id, title }) => [id, title]));
  const serious = failures.filter(({ effectiveSeverity }) => atLeast(effectiveSeverity, 'medium'));
  return [...grouped(serious, ({ checkId }) => checkId)]
    .sort(([, a], [, b]) => compareSeverity(a[0].effectiveSeverity, b[0].effectiveSeverity) || b.length - a.length)
    .slice(0, namedWorst)
    .map(([checkId, results]) => {
      const ids = [...new Set(results.map(({ resource }) => resource.id))];
      const bySeverity = grouped(results, ({ effectiveSeverity }) => effectiveSeverity);
      const counts = [...bySeverity].map(([severity, own]) => `${thousands(own.length)} ${severity}`);
      return {
        anchor: `${results[0].effectiveSeverity}-${checkId}`,
        title: titles.get(checkId) ?? results[0].title,
        where: `${series(counts)}, on ${seriesOfMost(ids, 2)}`,
      };
    });
}
