import type { AuditReport, CheckReport, Result } from '../../findings/audit-report.ts';
import { grouped } from '../../findings/grouped.ts';
import { compareResults, compareText } from '../../findings/order.ts';
import { severities, type Severity } from '../../model/verdict/severity.ts';
import { capitalised, counted, grouped as thousands } from '../wording.ts';
import { fairShares } from './fair-shares.ts';
import { findingView, type FindingView } from './finding-view.ts';

/** How much of a long report the page holds; the rest is in the JSON, and the page says so. */
export const pageLimits = {
  /** Findings with all their evidence and their fix. */
  detailed: 200,
  /** Findings with one line each. */
  listed: 2000,
} as const;

/** All findings of one check at one severity. */
export interface CheckGroupView {
  readonly anchor: string;
  readonly checkId: string;
  readonly title: string;
  readonly severity: Severity;
  readonly count: string;
  /** The anchor of the group that describes the check already, at a worse severity. */
  readonly describedAt: string | undefined;
  readonly rationale: string;
  readonly remediation: string;
  readonly references: readonly ReferenceView[];
  /** The same question in other tools, and how many of their checks ask it. */
  readonly related: readonly { readonly tool: string; readonly ids: readonly string[] }[];
  readonly relatedWords: string;
  /** The findings shown at once, and those behind a fold. */
  readonly first: readonly FindingView[];
  readonly folded: readonly FindingView[];
  readonly foldedWords: string;
  /** How many more there are that the page does not hold; empty where there are none. */
  readonly omitted: string;
}

/** A page of documentation; only an https address becomes a link. */
export interface ReferenceView {
  readonly text: string;
  readonly href: string | undefined;
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

/** The findings of the page. */
export interface FindingsView {
  readonly sections: readonly SeverityView[];
  readonly total: number;
  /** What to say where there is nothing to list. */
  readonly empty: string;
  /** What the page leaves to the JSON; empty where it holds everything. */
  readonly limits: string;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  readonly filters: boolean;
}

const toolNames: Readonly<Record<string, string>> = {
  cloudsploit: 'CloudSploit',
  config: 'AWS Config',
  prowler: 'Prowler',
  scoutsuite: 'ScoutSuite',
  securityhub: 'AWS Security Hub',
  steampipe: 'Steampipe',
};

/** So many findings of a check are shown at once. */
const shownAtOnce = 8;

interface Group {
  readonly check: CheckReport;
  readonly severity: Severity;
  readonly results: readonly Result[];
}

/** The failures, by severity and check, the worst first; the page's room is shared fairly among the checks. */
export function findingsView(report: AuditReport): FindingsView {
  const failures = report.results.filter(({ outcome }) => outcome === 'fail').toSorted(compareResults);
  const groups = groupsOf(report, failures);
  const wanted = groups.map(({ results }) => results.length);
  const listed = fairShares(wanted, pageLimits.listed);
  const detailed = fairShares(wanted, pageLimits.detailed);
  const described = new Map<string, string>();
  const views = groups.map((group, at) => {
    const view = groupView(group, listed[at] ?? 0, detailed[at] ?? 0, described.get(group.check.id));
    if (!described.has(group.check.id)) described.set(group.check.id, view.anchor);
    return view;
  });
  return {
    sections: severities
      .map((severity): SeverityView => {
        const own = views.filter((view) => view.severity === severity);
        const count = groups.filter((group) => group.severity === severity).flatMap(({ results }) => results).length;
        return {
          severity,
          heading: capitalised(severity),
          count: counted(count, 'finding'),
          number: thousands(count),
          groups: own,
        };
      })
      .filter(({ groups }) => groups.length > 0),
    total: failures.length,
    empty: emptyWords(report),
    limits: limitWords(failures.length),
    accounts: [...new Set(failures.map(({ resource }) => resource.accountId))].sort(),
    regions: [...new Set(failures.map(({ resource }) => resource.region))].sort(),
    filters: failures.length > 1,
  };
}

function groupsOf(report: AuditReport, failures: readonly Result[]): readonly Group[] {
  const checks = new Map(report.checks.map((check) => [check.id, check]));
  const byCheck = grouped(failures, ({ effectiveSeverity, checkId }) => `${effectiveSeverity} ${checkId}`);
  return [...byCheck.values()].map((results) => {
    const { checkId, effectiveSeverity } = results[0];
    return { check: checks.get(checkId) ?? undescribed(results[0]), severity: effectiveSeverity, results };
  });
}

/** A saved report may name a check that it does not describe; its findings are shown all the same. */
const undescribed = ({ checkId, title, severity }: Result): CheckReport => ({
  id: checkId,
  title,
  severity,
  rationale: '',
  remediation: '',
  references: [''],
  relatedChecks: [],
  standards: [],
  outcomes: { fail: 0, unknown: 0, pass: 0, 'not-applicable': 0 },
});

function groupView(
  { check, severity, results }: Group,
  listed: number,
  detailed: number,
  describedAt: string | undefined,
): CheckGroupView {
  const shown = results.slice(0, listed).map((result, at) => findingView(result, at < detailed));
  const folded = shown.length > shownAtOnce + 2 ? shown.slice(shownAtOnce) : [];
  const omitted = results.length - shown.length;
  return {
    anchor: `${severity}-${check.id}`,
    checkId: check.id,
    title: check.title,
    severity,
    count: counted(results.length, 'finding'),
    describedAt,
    rationale: check.rationale,
    remediation: check.remediation,
    references: check.references.filter((reference) => reference !== '').map(referenceView),
    related: [...grouped(check.relatedChecks, ({ tool }) => tool)]
      .map(([tool, own]) => ({ tool: toolNames[tool] ?? tool, ids: own.map(({ id }) => id) }))
      .sort((a, b) => compareText(a.tool, b.tool)),
    relatedWords: `Covers ${counted(check.relatedChecks.length, 'check')} of other tools`,
    first: folded.length === 0 ? shown : shown.slice(0, shownAtOnce),
    folded,
    foldedWords: `${counted(folded.length, 'more finding')} of this check`,
    omitted: omitted === 0 ? '' : `${counted(omitted, 'more finding')} of this check`,
  };
}

function referenceView(reference: string): ReferenceView {
  const url = URL.canParse(reference) ? new URL(reference) : undefined;
  return { text: reference.replace(/^https:\/\//, ''), href: url?.protocol === 'https:' ? url.href : undefined };
}

function emptyWords({ summary }: AuditReport): string {
  if (!summary.listed.includes('fail')) return 'This report was asked not to list findings; they are counted above.';
  if (summary.outcomes.fail > 0) return 'The findings are counted above; this file does not list them.';
  return summary.outcomes.unknown > 0
    ? 'Nothing fails in what could be read.'
    : 'Nothing fails: every question that was asked has a good answer.';
}

function limitWords(total: number): string {
  const { detailed, listed } = pageLimits;
  if (total <= detailed) return '';
  const evidence = `This page holds the evidence and the fix of ${counted(detailed, 'finding')}, shared among the checks`;
  if (total <= listed) return `${evidence}, and one line for each of the others. All of it is in report.json.`;
  return `${evidence}, one line for each of ${counted(listed - detailed, 'more', 'more')}, and how many follow. All ${counted(total, 'finding')} with their evidence are in report.json.`;
}
