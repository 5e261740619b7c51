import type { AuditReport } from '../../findings/audit-report.ts';
import { grouped } from '../../findings/grouped.ts';
import { compareResults } from '../../findings/order.ts';
import { severities, type Severity } from '../../model/verdict/severity.ts';
import { countsOfFamilies, familiesOf, type Family } from '../same-rule.ts';
import { capitalised, counted, grouped as thousands } from '../wording.ts';
import { type CheckCard, checkCards } from './check-card.ts';
import { fairShares } from './fair-shares.ts';
import { familyView, type FamilyView } from './finding-view.ts';

/** So many findings, each with all its evidence, can be read without a script and on paper. */
export const writtenOut = 200;

/** All findings of one check at one severity. */
export interface CheckGroupView extends CheckCard {
  readonly anchor: string;
  /** The severity of these findings, which need not be the check's own. */
  readonly severity: Severity;
  readonly count: string;
  /** The anchor of the group that describes the check already, at a worse severity. */
  readonly describedAt: string | undefined;
  /** The findings shown at once, and those behind a fold. */
  readonly first: readonly FamilyView[];
  readonly folded: readonly FamilyView[];
  readonly foldedWords: string;
  /** How many more there are that are not written out; empty where there are none. */
  readonly omitted: string;
}

/** All findings of one severity. */
export interface SeverityView {
  readonly severity: Severity;
  readonly heading: string;
  /** `12 findings`, and the number alone. */
  readonly count: string;
  readonly number: string;
  readonly groups: readonly CheckGroupView[];
}

/** The findings that are written out. */
export interface FindingsView {
  readonly sections: readonly SeverityView[];
  readonly total: number;
  /** What to say where there is nothing to list. */
  readonly empty: string;
  /** What is not written out; empty where everything is. */
  readonly limits: string;
}

/** So many findings of a check are shown at once. */
const shownAtOnce = 8;

interface Group {
  readonly check: CheckCard;
  readonly severity: Severity;
  readonly families: readonly Family[];
  readonly findings: number;
}

/** The worst failures, by severity and check; the room is shared fairly among the checks. */
export function findingsView(report: AuditReport): FindingsView {
  const failures = report.results.filter(({ outcome }) => outcome === 'fail').toSorted(compareResults);
  const families = familiesOf(failures);
  const groups = groupsOf(report, families);
  const shares = fairShares(
    groups.map((group) => group.families.length),
    writtenOut,
  );
  const described = new Map<string, string>();
  const views = groups.map((group, at) => {
    const view = groupView(group, shares[at] ?? 0, described.get(group.check.id));
    if (!described.has(group.check.id)) described.set(group.check.id, view.anchor);
    return view;
  });
  return {
    sections: severities
      .map((severity): SeverityView => {
        const own = groups.filter((group) => group.severity === severity).flatMap((group) => group.families);
        return {
          severity,
          heading: capitalised(severity),
          count: countWords(own, failures.filter(({ effectiveSeverity }) => effectiveSeverity === severity).length),
          number: thousands(report.summary.failures[severity]),
          groups: views.filter((view) => view.severity === severity),
        };
      })
      .filter(({ groups: own }) => own.length > 0),
    total: failures.length,
    empty: emptyWords(report),
    limits: limitWords(failures.length, families.length),
  };
}

/** A family stands with its worst finding, so that a section also tells milder ones, and leaves some to the sections above. */
function countWords([first, ...rest]: readonly Family[], findings: number): string {
  if (first === undefined) return counted(findings, 'finding');
  const { own, milder } = countsOfFamilies([first, ...rest]);
  return [
    counted(own, 'finding'),
    ...(milder > 0 ? [`and ${thousands(milder)} milder by the same rules`] : []),
    ...(findings > own ? [`${thousands(findings - own)} more above, by the rule of a worse one`] : []),
  ].join(', ');
}

/** A family stands where its worst finding stands. */
function groupsOf(report: AuditReport, families: readonly Family[]): readonly Group[] {
  const cards = checkCards(report);
  const byCheck = grouped(families, ({ lead }) => `${lead.effectiveSeverity} ${lead.checkId}`);
  return [...byCheck.values()].flatMap((own) => {
    const { checkId, effectiveSeverity: severity } = own[0].lead;
    const check = cards.get(checkId);
    if (check === undefined) return [];
    return [{ check, severity, families: own, findings: own.reduce((sum, { others }) => sum + 1 + others.length, 0) }];
  });
}

function groupView(
  { check, severity, families, findings }: Group,
  share: number,
  describedAt: string | undefined,
): CheckGroupView {
  const shown = families.slice(0, share).map(familyView);
  const folded = shown.length > shownAtOnce + 2 ? shown.slice(shownAtOnce) : [];
  const omitted = families.slice(share).reduce((sum, { others }) => sum + 1 + others.length, 0);
  return {
    ...check,
    anchor: `${severity}-${check.id}`,
    severity,
    count: counted(findings, 'finding'),
    describedAt,
    first: folded.length === 0 ? shown : shown.slice(0, shownAtOnce),
    folded,
    foldedWords: `${counted(folded.length, 'more finding')} of this check`,
    omitted: omitted === 0 ? '' : `${counted(omitted, 'more finding')} of this check`,
  };
}

function emptyWords({ summary }: AuditReport): string {
  if (!summary.listed.includes('fail')) return 'This report was asked not to list findings; they are counted above.';
  if (summary.outcomes.fail > 0) return 'The findings are counted above; this file does not list them.';
  if (severities.some((severity) => (summary.suppressed?.[severity] ?? 0) > 0))
    return 'Nothing fails but what is suppressed.';
  return summary.outcomes.unknown > 0
    ? 'Nothing fails in what could be read.'
    : 'Nothing fails: every question that was asked has a good answer.';
}

function limitWords(findings: number, families: number): string {
  if (families <= writtenOut) return '';
  return `Written out here are the worst of ${counted(findings, 'finding')}, with their evidence and shared fairly among the checks. All of them are in this page’s own list, which needs JavaScript and a screen, and in report.json.`;
}
