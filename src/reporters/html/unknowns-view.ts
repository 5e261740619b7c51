import type { AuditReport, Result } from '../../findings/audit-report.ts';
import { grouped } from '../../findings/grouped.ts';
import { compareResults, compareText } from '../../findings/order.ts';
import { counted } from '../wording.ts';
import { fairShares } from './fair-shares.ts';
import { resourceView, type ResourceView } from './resource-view.ts';

/** A question that could not be answered, with everything it could not be answered for. */
export interface OpenQuestionView {
  readonly checkId: string;
  readonly title: string;
  readonly severity: string;
  readonly facts: readonly string[];
  readonly resources: readonly { readonly anchor: string; readonly resource: ResourceView }[];
  readonly omitted: string;
}

/** Open questions that the same permission, or the same piece of work on this program, would answer. */
export interface UnknownGroupView {
  readonly iamActions: readonly string[];
  /** In place of permissions where none would help. */
  readonly heading: string;
  readonly count: string;
  readonly questions: readonly OpenQuestionView[];
  readonly omitted: string;
}

/** Everything that could not be told. */
export interface UnknownsView {
  readonly total: number;
  readonly count: string;
  readonly groups: readonly UnknownGroupView[];
  readonly folded: readonly UnknownGroupView[];
  readonly foldedWords: string;
  readonly omitted: string;
  readonly empty: string;
}

/** So many resources are named on the page, shared fairly among the questions. */
const namedResources = 80;

/** So many questions are asked on the page; a fact that names its resource is a question of its own. */
const askedQuestions = 60;

const shownGroups = 8;

/** The unknown results, by what would mend them, the most first. */
export function unknownsView(report: AuditReport): UnknownsView {
  const unknown = report.results.filter(({ outcome }) => outcome === 'unknown').toSorted(compareResults);
  const titles = new Map(report.checks.map(({ id, title }) => [id, title]));
  const byMend = [...grouped(unknown, (result) => iamActionsOf(result).join(' '))].sort(
    ([a, x], [b, y]) => y.length - x.length || compareText(a, b),
  );
  const asked = byMend.map(([, results]) => [...grouped(results, questionOf).values()]);
  const rows = fairShares(
    asked.map(({ length }) => length),
    askedQuestions,
  );
  const questions = asked.map((own, group) => own.slice(0, rows[group] ?? 0));
  const shares = fairShares(
    questions.flat().map((results) => results.length),
    namedResources,
  );
  let at = 0;
  const groups = byMend
    .map(([, results], group) => ({
      iamActions: iamActionsOf(results[0]),
      heading: 'Beyond what this program models',
      count: counted(results.length, 'open question'),
      questions: (questions[group] ?? []).map((own) => questionView(own, titles, shares[at++] ?? 0)),
      omitted: omittedWords((asked[group] ?? []).slice(rows[group] ?? 0)),
    }))
    .filter((group) => group.questions.length > 0);
  const left = byMend.slice(groups.length).flatMap(([, results]) => results).length;
  return {
    total: report.summary.outcomes.unknown,
    count: counted(report.summary.outcomes.unknown, 'open question'),
    groups: groups.slice(0, shownGroups),
    folded: groups.slice(shownGroups),
    foldedWords: counted(Math.max(0, groups.length - shownGroups), 'more lack', 'more lacks'),
    omitted: left === 0 ? '' : `${counted(left, 'more open question')}, in report.json`,
    empty: emptyWords(report),
  };
}

const iamActionsOf = ({ missing }: Result): readonly string[] =>
  [...new Set((missing ?? []).flatMap(({ iamAction }) => (iamAction === undefined ? [] : [iamAction])))].sort();

const factsOf = ({ missing }: Result): readonly string[] => [...new Set((missing ?? []).map(({ fact }) => fact))];

const questionOf = (result: Result): string => JSON.stringify([result.checkId, factsOf(result)]);

function questionView(
  results: readonly [Result, ...Result[]],
  titles: ReadonlyMap<string, string>,
  share: number,
): OpenQuestionView {
  const { checkId, title, severity } = results[0];
  const omitted = results.length - share;
  return {
    checkId,
    title: titles.get(checkId) ?? title,
    severity,
    facts: factsOf(results[0]),
    resources: results
      .slice(0, share)
      .map(({ fingerprint, resource }) => ({ anchor: `f-${fingerprint}`, resource: resourceView(resource) })),
    omitted: omitted === 0 ? '' : `and ${counted(omitted, 'more', 'more')}, in report.json`,
  };
}

function omittedWords(left: readonly (readonly Result[])[]): string {
  return left.length === 0 ? '' : `${counted(left.flat().length, 'more open question')} of this kind, in report.json`;
}

function emptyWords({ summary }: AuditReport): string {
  if (summary.outcomes.unknown === 0) return 'None: every question that was asked could be answered.';
  return 'They are counted above; this file does not list them.';
}
