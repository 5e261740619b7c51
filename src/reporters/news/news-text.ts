import type { AuditReport, Result } from '../../findings/audit-report.ts';
import type { KnownFinding } from '../../findings/baseline/baseline.ts';
import type { SuppressionEntry } from '../../findings/suppressions/suppressions-report.ts';
import { severities } from '../../model/verdict/severity.ts';
import { cut } from '../formats/cut.ts';
import { headline, placeText } from '../formats/result-text.ts';
import { visibleText } from '../visible-text.ts';
import { counted, series } from '../wording.ts';
import type { News } from './news.ts';

/** So many findings are named; whoever wants the others opens the report. */
export const namedFindings = 10;

const longestLine = 280;

/** A heading with its lines, in plain words that nothing is escaped in yet. */
export interface NewsSection {
  readonly heading: string;
  readonly lines: readonly string[];
}

/** `2 new findings (1 critical, 1 high) in 3 accounts`. */
export function newsHeadline({ scope }: Pick<AuditReport, 'scope'>, news: News | undefined): string {
  const accounts = counted(scope.accounts.length, 'account');
  if (news === undefined) return `Nothing new in ${accounts}`;
  const { fresh, resolved, lost, ending, compared } = news;
  const bySeverity = severities
    .map((severity) => ({
      severity,
      count: fresh.filter(({ effectiveSeverity }) => effectiveSeverity === severity).length,
    }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}`);
  const parts = [
    ...(fresh.length === 0
      ? []
      : [`${counted(fresh.length, compared ? 'new finding' : 'finding')} (${bySeverity.join(', ')})`]),
    ...(resolved.length === 0 ? [] : [`${resolved.length} resolved`]),
    ...(lost.length === 0 ? [] : ['less could be read']),
    ...(ending.length === 0 ? [] : [counted(ending.length, 'suppression ends', 'suppressions end')]),
  ];
  return `${series(parts)} in ${accounts}`;
}

/** The news as sections of plain lines, each of at most ten lines and how many more there are. */
export function newsSections(news: News): readonly NewsSection[] {
  return [
    section(news.compared ? 'New' : 'Findings', news.fresh, findingLine),
    section('Resolved', news.resolved, resolvedLine),
    section('Less could be read', news.lost, (line) => line),
    section('Suppressions', news.ending, suppressionLine),
  ].filter(({ lines }) => lines.length > 0);
}

function section<T>(heading: string, items: readonly T[], line: (item: T) => string): NewsSection {
  const lines = items.slice(0, namedFindings).map((item) => cut(line(item), longestLine));
  return {
    heading,
    lines: items.length > namedFindings ? [...lines, `and ${items.length - namedFindings} more`] : lines,
  };
}

const findingLine = (result: Result): string =>
  visibleText(
    `${result.effectiveSeverity}: ${headline(result)} – ${named(result)}, ${placeText(result.resource)}` +
      `${result.sinceBaseline === 'worse' ? ' (graver than before)' : ''} [${result.checkId}]`,
  );

const resolvedLine = ({ title, resource, effectiveSeverity, checkId }: KnownFinding): string =>
  visibleText(`${effectiveSeverity}: ${title} – ${named({ resource })}, ${placeText(resource)} [${checkId}]`);

const suppressionLine = ({ id, owner, expires, state, findings }: SuppressionEntry): string =>
  visibleText(
    state === 'expired'
      ? `${id} (${owner}) ended on ${expires}: ${counted(findings, 'finding counts', 'findings count')} again`
      : `${id} (${owner}) ends on ${expires}: ${counted(findings, 'finding')} will count`,
  );

/** A name is the owner's own text and can be long: enough of it to know the thing again. */
function named({ resource: { id, name } }: Pick<Result, 'resource'>): string {
  if (name === undefined || name === '') return id;
  return `${id} (${name.length > 60 ? `${name.slice(0, 59)}…` : name})`;
}
