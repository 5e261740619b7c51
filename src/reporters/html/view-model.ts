import type { AuditReport } from '../../findings/audit-report.ts';
import { openFindings } from '../../findings/open-findings.ts';
import { allVisible } from '../visible-text.ts';
import { counted, duration, grouped as thousands, instant } from '../wording.ts';
import { type ChainsView, chainsView } from './chains-view.ts';
import { type ChecksView, checksView } from './checks-view.ts';
import { type ConnectivityView, connectivityView } from './connectivity-view.ts';
import { type CoverageView, coverageView } from './coverage-view.ts';
import { type DepthView, depthView } from './depth-view.ts';
import { type ExposureView, exposureView } from './exposure-view.ts';
import { type FindingsView, findingsView } from './findings-view.ts';
import { islandOmission } from './island.ts';
import { type MapsView, mapsView } from './map/maps-view.ts';
import { type OrganisationView, organisationView } from './map/organisation-view.ts';
import { type SeverityRowView, severityView } from './severity-view.ts';
import { type NewsView, newsView } from './news-view.ts';
import { type StandardView, standardsView } from './standards-view.ts';
import { type SummaryView, summaryView } from './summary-view.ts';
import { type SuppressedView, suppressedView } from './suppressed-view.ts';
import { type TrendView, trendView } from './trend-view.ts';
import { type UnknownsView, unknownsView } from './unknowns-view.ts';

/** A fact of the page's head: `Accounts` and what there is to say. */
export interface HeadFact {
  readonly label: string;
  readonly values: readonly string[];
  /** What follows the values that are named. */
  readonly more: string;
  /** Ids and ARNs are set as code. */
  readonly code: boolean;
}

/** Everything that the page says, sorted and worded; every string in it can be seen whole. */
export interface ReportView {
  readonly title: string;
  readonly facts: readonly HeadFact[];
  readonly trend: TrendView | undefined;
  readonly summary: SummaryView;
  readonly news: NewsView | undefined;
  readonly coverage: CoverageView;
  readonly exposure: ExposureView;
  readonly severities: readonly SeverityRowView[];
  readonly findings: FindingsView;
  /** What the list of all results does not hold; empty where it holds everything. */
  readonly omission: string;
  readonly maps: MapsView | undefined;
  readonly chains: ChainsView | undefined;
  readonly organisation: OrganisationView | undefined;
  readonly depth: DepthView | undefined;
  readonly standards: readonly StandardView[];
  readonly connectivity: ConnectivityView | undefined;
  readonly unknowns: UnknownsView;
  readonly suppressed: SuppressedView | undefined;
  readonly checks: ChecksView;
  readonly defects: readonly {
    readonly checkId: string;
    readonly accountId: string;
    readonly region: string;
    readonly message: string;
  }[];
  readonly defectsOmitted: string;
  readonly tool: string;
  /** The only words that differ between two runs over the same snapshot. */
  readonly run: string;
  readonly counts: {
    readonly findings: string;
    readonly unknowns: string;
    readonly standards: string;
    readonly checks: string;
    readonly coverage: string;
    readonly defects: string;
  };
}

const namedInHead = 6;
const shownDefects = 24;

/** The page's content. */
export function reportView(report: AuditReport): ReportView {
  const coverage = coverageView(report);
  // What is suppressed stands in a section of its own
  const open = openFindings(report);
  const findings = findingsView(open);
  return allVisible({
    title: titleOf(report),
    facts: factsOf(report),
    trend: trendView(report),
    summary: summaryView(open),
    news: newsView(report),
    coverage,
    exposure: exposureView(report),
    severities: severityView(open, new Set(findings.sections.map(({ severity }) => severity))),
    findings,
    omission: islandOmission(open),
    maps: mapsView(report),
    chains: chainsView(report),
    organisation: organisationView(report),
    depth: depthView(report),
    standards: standardsView(report),
    connectivity: connectivityView(report),
    unknowns: unknownsView(report),
    suppressed: suppressedView(report),
    checks: checksView(report),
    defects: report.defects
      .slice(0, shownDefects)
      .map(({ checkId, accountId, region, message }) => ({ checkId, accountId, region, message })),
    defectsOmitted:
      report.defects.length > shownDefects
        ? `${counted(report.defects.length - shownDefects, 'more defect')}, in report.json.`
        : '',
    tool: `${report.tool.name} ${report.tool.version}`,
    run: `Audited on ${instant(report.run.startedAt)} in ${duration(report.run.durationMs)}.`,
    counts: {
      findings: thousands(open.summary.outcomes.fail),
      unknowns: thousands(report.summary.outcomes.unknown),
      standards: thousands(report.standards?.length ?? 0),
      checks: String(report.checks.length),
      coverage: coverage.ratio,
      defects: String(report.defects.length),
    },
  });
}

function titleOf({ scope }: AuditReport): string {
  const accounts =
    scope.accounts.length === 1 ? `account ${scope.accounts[0] ?? ''}` : counted(scope.accounts.length, 'account');
  return `AWS network audit of ${accounts}`;
}

function factsOf({ scope }: AuditReport): readonly HeadFact[] {
  const list = (label: string, values: readonly string[]): HeadFact => ({
    label,
    values: values.slice(0, namedInHead),
    more: values.length > namedInHead ? `and ${values.length - namedInHead} more` : '',
    code: true,
  });
  const when = scope.collectedAt === undefined ? 'not recorded' : instant(scope.collectedAt);
  return [
    list(scope.accounts.length === 1 ? 'Account' : 'Accounts', scope.accounts),
    list(scope.regions.length === 1 ? 'Region' : 'Regions', scope.regions),
    { label: 'Evidence collected', values: [when], more: '', code: false },
    {
      label: 'Collected by',
      values: [scope.caller?.arn ?? 'not recorded'],
      more: '',
      code: scope.caller !== undefined,
    },
  ];
}
