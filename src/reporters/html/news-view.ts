import type { AuditReport } from '../../findings/audit-report.ts';
import type { KnownFinding } from '../../findings/baseline/baseline.ts';
import type { SinceBaseline } from '../../findings/baseline/baseline-report.ts';
import { compareFindings } from '../../findings/baseline/baseline-of.ts';
import { compareResults, compareSeverity } from '../../findings/order.ts';
import type { Severity } from '../../model/verdict/severity.ts';
import { doubtWords } from '../doubt-words.ts';
import { capitalised, counted, grouped as thousands, instant } from '../wording.ts';
import { resourceView, type ResourceView } from './resource-view.ts';

/** A finding on one line of what is other than before. */
export interface NewsRow {
  /** Where the finding stands in the page; nothing where it is not in it. */
  readonly anchor: string | undefined;
  readonly severity: Severity;
  readonly resource: ResourceView;
  readonly title: string;
  /** What there is to say besides; empty where there is nothing. */
  readonly aside: string;
}

/** Findings under one heading. */
export interface NewsList {
  readonly heading: string;
  readonly words: string;
  readonly rows: readonly NewsRow[];
  readonly omitted: string;
}

/** What is other than in the baseline. */
export interface NewsView {
  readonly heading: string;
  readonly words: string;
  readonly count: string;
  readonly lists: readonly NewsList[];
}

/** So many findings are named under each heading. */
const named = 25;

/** How a finding stands to the baseline, in a word; the words are also those of the list's menu. */
export const standingWords: Readonly<Record<SinceBaseline, string>> = {
  new: 'new',
  worse: 'graver than before',
  changed: 'changed',
  unchanged: 'known',
  incomparable: 'not in the baseline, which could not have told',
};

/** What is new, gone, or cannot be told against the baseline; `undefined` without one. */
export function newsView(report: AuditReport): NewsView | undefined {
  const { baseline, results } = report;
  if (baseline === undefined) return undefined;
  const { counts, collectedAt } = baseline;
  const ofStanding = (standing: SinceBaseline): readonly NewsRow[] =>
    results
      .filter(({ sinceBaseline }) => sinceBaseline === standing)
      .toSorted(compareResults)
      .map((result) => rowOf(result, `f-${result.fingerprint}`, ''));
  const gone = (findings: readonly { readonly finding: KnownFinding; readonly aside: string }[]): readonly NewsRow[] =>
    findings
      .toSorted(
        (a, b) =>
          compareSeverity(a.finding.effectiveSeverity, b.finding.effectiveSeverity) ||
          compareFindings(a.finding, b.finding),
      )
      .map(({ finding, aside }) => rowOf(finding, undefined, aside));
  const lists = [
    listOf('New', '', ofStanding('new')),
    listOf('Graver than before', '', ofStanding('worse')),
    listOf('Changed', 'The same finding with another severity or other evidence.', ofStanding('changed')),
    listOf(
      'Not in the baseline',
      'The baseline could not have told, so nobody knows whether they are new. They count as new.',
      ofStanding('incomparable'),
    ),
    listOf(
      'Resolved',
      'Everything that would show them was read, and they are not there.',
      gone(baseline.resolved.map((finding) => ({ finding, aside: '' }))),
    ),
    listOf(
      'Not seen, and not proven to be gone',
      'What would show them was not read, so they are not called resolved.',
      gone(baseline.unproven.map(({ finding, doubt }) => ({ finding, aside: capitalised(doubtWords(doubt)) }))),
    ),
  ];
  const news = counts.new + counts.worse + counts.incomparable;
  return {
    heading: collectedAt === undefined ? 'Since the baseline' : `Since ${instant(collectedAt)}`,
    words: `${news === 0 ? 'Nothing is new' : `${counted(news, 'finding')} ${news === 1 ? 'is' : 'are'} new or graver`}, ${counted(counts.resolved, 'finding is', 'findings are')} resolved, and ${thousands(counts.unchanged + counts.changed)} known before.`,
    count: thousands(news),
    lists: lists.filter(({ rows }) => rows.length > 0),
  };
}

const rowOf = (
  { effectiveSeverity, resource, title }: Pick<KnownFinding, 'effectiveSeverity' | 'resource' | 'title'>,
  anchor: string | undefined,
  aside: string,
): NewsRow => ({
  anchor,
  severity: effectiveSeverity,
  resource: resourceView(resource),
  title: capitalised(title),
  aside,
});

function listOf(heading: string, words: string, rows: readonly NewsRow[]): NewsList {
  const omitted = rows.length - named;
  return {
    heading: `${heading} (${thousands(rows.length)})`,
    words,
    rows: rows.slice(0, named),
    omitted: omitted > 0 ? `and ${counted(omitted, 'more', 'more')}, in report.json` : '',
  };
}
