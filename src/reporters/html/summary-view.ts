import type { AuditReport, Result } from '../../findings/audit-report.ts';
import { grouped } from '../../findings/grouped.ts';
import { compareResults, compareSeverity } from '../../findings/order.ts';
import { atLeast, severities } from '../../model/verdict/severity.ts';
import { counted, grouped as thousands, instant, series, seriesOfMost } from '../wording.ts';
import { reachSentence } from '../reach-words.ts';
import { notVisibleWords } from './coverage-view.ts';

/** One thing to say, under a word for what it is about. */
export interface BriefView {
  readonly label: string;
  readonly words: string;
  /** Where to read on. */
  readonly anchor: string | undefined;
}

/** What a person would write on top of the report. */
export interface SummaryView {
  /** The one sentence that counts. */
  readonly lead: string;
  readonly briefs: readonly BriefView[];
  /** The worst findings, each with where to read on. */
  readonly worst: readonly { readonly anchor: string; readonly title: string; readonly where: string }[];
}

const namedWorst = 3;
const namedNews = 2;

/** The summary: what is reached, what was found, what changed, what could not be read and what would mend most of it. */
export function summaryView(report: AuditReport): SummaryView {
  const failures = report.results.filter(({ outcome }) => outcome === 'fail').toSorted(compareResults);
  const brief = (label: string, words: string, anchor?: string): readonly BriefView[] =>
    words === '' ? [] : [{ label, words, anchor }];
  return {
    lead: leadSentence(report),
    briefs: [
      ...brief('Found', foundWords(report), 'findings'),
      ...brief('Changed', changedWords(report, failures), 'news'),
      ...brief('Not read', unreadWords(report), 'coverage'),
      ...brief('Judged', judgedWords(report), 'checks'),
    ],
    worst: worstChecks(failures, report),
  };
}

/** What the internet reaches comes before everything else. */
function leadSentence(report: AuditReport): string {
  const { coverage, summary } = report;
  if (coverage.calls === 0 && summary.outcomes.fail === 0 && report.exposures.length === 0)
    return 'Nothing was read, so nothing can be said.';
  return reachSentence(report);
}

function foundWords({ summary }: AuditReport): string {
  const { failures, outcomes } = summary;
  const hidden = suppressedCount(summary);
  const aside = hidden === 0 ? '' : ` ${counted(hidden, 'more finding is', 'more findings are')} suppressed.`;
  if (outcomes.fail === 0) return `Nothing fails${hidden > 0 ? ' but what is suppressed' : ''}.`;
  const counts = severities
    .filter((severity) => failures[severity] > 0)
    .map((severity) => `${thousands(failures[severity])} ${severity}`);
  const total = `${counted(outcomes.fail, 'finding')} on ${counted(summary.resourcesFailing, 'resource')}`;
  return `${total}: ${series(counts)}.${aside}`;
}

function changedWords({ baseline }: AuditReport, failures: readonly Result[]): string {
  if (baseline === undefined) return '';
  const { counts, collectedAt } = baseline;
  const since = collectedAt === undefined ? 'Since the baseline' : `Since ${instant(collectedAt)}`;
  const unproven = counts.unproven === 0 ? '' : `; ${thousands(counts.unproven)} not seen, which proves nothing`;
  const news = failures.filter(({ sinceBaseline: standing }) => standing === 'new' || standing === 'worse');
  const named = news
    .slice(0, namedNews)
    .map(({ resource, title, effectiveSeverity }) => `${effectiveSeverity}: ${title} (${resource.id})`);
  const among = named.length === 0 ? '' : ` ${news.length > namedNews ? 'The worst are ' : ''}${series(named)}.`;
  const fresh = counts.new + counts.worse + counts.incomparable;
  const said =
    fresh === 0 ? 'nothing is new' : `${counted(fresh, 'finding')} ${fresh === 1 ? 'is' : 'are'} new or graver`;
  return `${since} ${said}, ${thousands(counts.resolved)} ${counts.resolved === 1 ? 'is' : 'are'} resolved${unproven}.${among}`;
}

/** What could not be read, and the one permission that would mend most of it. */
function unreadWords({ coverage, summary }: AuditReport): string {
  const lost = coverage.calls - coverage.collected;
  const [worst] = coverage.missingPermissions;
  const hidden = notVisibleWords(coverage);
  const mend =
    worst === undefined
      ? ''
      : `Granting ${worst.iamAction} alone would restore ${worst.readings === lost ? (lost === 1 ? 'it' : 'all of them') : `${thousands(worst.readings)} of them`}.`;
  const sentences = [
    ...(lost > 0
      ? [`${thousands(lost)} of ${counted(coverage.calls, 'reading')} ${lost === 1 ? 'is' : 'are'} missing.`, mend]
      : []),
    ...(summary.unread > 0
      ? [
          `${counted(summary.unread, 'verdict')} ${summary.unread === 1 ? 'is' : 'are'} unknown for want of a reading: unknown is not clean.`,
        ]
      : []),
    ...(hidden === '' ? [] : [`Not visible at all: ${hidden}.`]),
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

function judgedWords({ scope, checks, summary }: AuditReport): string {
  const accounts =
    scope.accounts.length === 1 ? `account ${scope.accounts[0] ?? ''}` : counted(scope.accounts.length, 'account');
  const regions = scope.regions.length <= 3 ? series(scope.regions) : `${scope.regions.length} Regions`;
  const when =
    scope.collectedAt === undefined
      ? ''
      : ` as ${scope.accounts.length === 1 ? 'it' : 'they'} stood on ${instant(scope.collectedAt)}`;
  const { pass, unknown } = summary.outcomes;
  const passed = pass === 0 ? 'no verdict passed' : `${counted(pass, 'verdict')} passed`;
  const open = unknown === 0 ? '' : `, and ${counted(unknown, 'question')} could not be answered`;
  return `${counted(checks.length, 'check')} looked at ${accounts} in ${regions === '' ? 'no Region' : regions}${when}; ${passed}${open}.`;
}

const suppressedCount = ({ suppressed }: AuditReport['summary']): number =>
  severities.reduce((sum, severity) => sum + (suppressed?.[severity] ?? 0), 0);

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
