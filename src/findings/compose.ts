import type { Manifest } from '../model/snapshot/manifest.ts';
import { iamActionOf, type ResourceKey } from '../model/resources.ts';
import { tool } from '../model/tool.ts';
import type { CheckDescription } from '../model/verdict/check-description.ts';
import type { Defect } from '../model/verdict/defect.ts';
import type { ExposedClass } from '../model/verdict/exposure.ts';
import type { ResourceReference } from '../model/verdict/resource-reference.ts';
import type { Severity } from '../model/verdict/severity.ts';
import type { Outcome, Verdict } from '../model/verdict/verdict.ts';
import type { AuditReport, CheckReport, ReportSections, Result, Run } from './audit-report.ts';
import { coverageOf, type SnapshotFacts } from './coverage.ts';
import { fingerprint } from './fingerprint.ts';
import { grouped } from './grouped.ts';
import { compareResults, compareText, outcomes } from './order.ts';
import { newTally } from './tally.ts';
import { noNeeds } from './unmade-calls.ts';

/** A verdict as the runner of the checks gives it. */
export interface GivenVerdict {
  readonly checkId: string;
  readonly resource: ResourceReference;
  readonly verdict: Verdict;
  /** Kinds that the check reads and that the snapshot never asked for. */
  readonly assumedOff?: readonly string[];
}

/** A check as a report describes it, with the controls of standards that it answers. */
export type DescribedCheck = CheckDescription & {
  readonly standards?: readonly string[];
  /** The kinds that it cannot do without, and those that it reads besides. */
  readonly needs?: readonly ResourceKey[];
  readonly uses?: readonly ResourceKey[];
};

/** Everything that an audit report is made from. */
export interface ReportParts {
  readonly manifest: Manifest;
  readonly snapshotFacts: SnapshotFacts;
  readonly verdicts: Iterable<GivenVerdict>;
  readonly checks: readonly DescribedCheck[];
  /** Read after the verdicts, so that a runner may still be filling it. */
  readonly defects: readonly Defect[];
  readonly run: Run;
  readonly exposures?: readonly ExposedClass[];
  readonly sections?: ReportSections;
  /** The outcomes to list, `listedByDefault` where absent; everything is counted all the same. */
  readonly list?: readonly Outcome[];
}

/** What a report lists where nothing else is asked for: passes are only counted. */
export const listedByDefault: readonly Outcome[] = ['fail', 'unknown'];

/**
 * Makes the report of an audit: verdicts become results with severity and fingerprint, in an order that depends on the
 * evidence alone. Throws where a verdict names a check that is not among `checks`.
 */
export function composeReport(parts: ReportParts): AuditReport {
  const { manifest, checks } = parts;
  const listed = outcomes.filter((outcome) => (parts.list ?? listedByDefault).includes(outcome));
  const known = new Map(checks.map((check) => [check.id, check]));
  const tally = newTally();
  const needs = noNeeds();
  const drafts: Draft[] = [];
  for (const given of parts.verdicts) {
    const check = known.get(given.checkId);
    if (check === undefined) throw new Error(`a verdict names the check ${given.checkId}, which was not run`);
    tally.count(check.id, given.verdict, effectiveSeverity(check, given.verdict), given.resource.arn);
    if (given.verdict.outcome === 'unknown') needs.need(given.resource, given.verdict.missing);
    if (listed.includes(given.verdict.outcome)) drafts.push(draftOf(check, given));
  }
  return {
    schemaVersion: '1',
    tool: { name: tool.name, version: tool.version },
    run: parts.run,
    scope: {
      accounts: manifest.scope.accounts.toSorted(compareText),
      regions: manifest.scope.regions.toSorted(compareText),
      ...(manifest.caller === undefined ? {} : { caller: manifest.caller }),
      ...(manifest.createdAt === undefined ? {} : { collectedAt: new Date(manifest.createdAt).toISOString() }),
    },
    coverage: coverageOf(manifest, parts.snapshotFacts, needs.unmade(manifest.calls)),
    checks: checks.map((check) => checkReport(check, tally.ofCheck(check.id))).sort((a, b) => compareText(a.id, b.id)),
    results: withFingerprints(drafts).sort(compareResults),
    exposures: parts.exposures ?? [],
    ...parts.sections,
    defects: parts.defects.toSorted(
      (a, b) =>
        compareText(a.checkId, b.checkId) ||
        compareText(a.accountId, b.accountId) ||
        compareText(a.region, b.region) ||
        compareText(a.message, b.message),
    ),
    summary: tally.summary(listed),
  };
}

/** A result but for its fingerprint. */
type Draft = Omit<Result, 'fingerprint'>;

const effectiveSeverity = (check: DescribedCheck, verdict: Verdict): Severity =>
  verdict.outcome === 'fail' ? (verdict.severity ?? check.severity) : check.severity;

function draftOf(check: DescribedCheck, { resource, verdict, assumedOff }: GivenVerdict): Draft {
  const allowed = verdict.outcome === 'pass' ? verdict.allowed : undefined;
  const said = verdict.outcome === 'fail' ? verdict : allowed;
  return {
    checkId: check.id,
    outcome: verdict.outcome,
    severity: check.severity,
    effectiveSeverity: effectiveSeverity(check, verdict),
    resource,
    title: said?.title ?? check.title,
    evidence: said?.evidence ?? [],
    ...(verdict.outcome === 'unknown' ? { missing: verdict.missing } : {}),
    ...(verdict.outcome === 'not-applicable' ? { reason: verdict.reason } : {}),
    ...(allowed === undefined ? {} : { reason: allowed.reason, allowedBy: { kind: allowed.kind, by: allowed.by } }),
    ...(assumedOff === undefined || assumedOff.length === 0 ? {} : { assumedOff: assumedOff.toSorted(compareText) }),
    ...(verdict.outcome === 'fail' && verdict.fix !== undefined ? { fix: verdict.fix } : {}),
  };
}

/**
 * A resource may break a check twice in the same words, as an ACL does that repeats an entry. Those results are numbered
 * in the order of their evidence, so that no two results of a report share a fingerprint.
 */
function withFingerprints(drafts: readonly Draft[]): Result[] {
  const alike = grouped(
    drafts.map((draft) => ({ draft, first: fingerprint(draft) })),
    ({ first }) => first,
  );
  return [...alike.values()].flatMap((group) =>
    group
      .toSorted((a, b) => (group.length === 1 ? 0 : compareText(JSON.stringify(a.draft), JSON.stringify(b.draft))))
      .map(({ draft, first }, occurrence) => ({
        ...draft,
        fingerprint: occurrence === 0 ? first : fingerprint(draft, occurrence),
      })),
  );
}

function checkReport(check: DescribedCheck, counts: CheckReport['outcomes']): CheckReport {
  const { id, title, severity, rationale, remediation, references, relatedChecks, standards } = check;
  return {
    id,
    title,
    severity,
    rationale,
    remediation,
    references,
    relatedChecks,
    standards: standards ?? [],
    ...readsOf(check),
    outcomes: counts,
  };
}

function readsOf({ needs, uses }: DescribedCheck): Pick<CheckReport, 'needs' | 'iamActions'> {
  if (needs === undefined) return {};
  const reads = [...needs, ...(uses ?? [])];
  return { needs: reads, iamActions: [...new Set(reads.map(iamActionOf))].sort(compareText) };
}
