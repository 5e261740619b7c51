/**
 * The library: what the command line does, without a terminal. Nothing here prints, reads the environment or ends the
 * process; errors that make it impossible to go on carry a `code`.
 */
import type { AnyCheck } from './auditors/check.ts';
import { readsOf } from './auditors/check.ts';
import { loadChecks } from './auditors/registry.ts';
import { reportSections } from './auditors/report-sections.ts';
import { listPrices } from './cost/list-prices.ts';
import { overridden, type PriceTable } from './cost/price-table.ts';
import { type CheckVerdict, verdictsOf } from './auditors/run.ts';
import { assessStandards } from './auditors/assess-standard.ts';
import { standardsOf } from './auditors/standards.ts';
import type { AuditReport, Run } from './findings/audit-report.ts';
import { annotated } from './findings/annotate.ts';
import { baselineOf } from './findings/baseline/baseline-of.ts';
import type { Baseline } from './findings/baseline/baseline.ts';
import { parsedJson, readBaseline } from './findings/baseline/read-baseline.ts';
import {
  type AllowanceTally,
  allowanceTally,
  configurationReport,
} from './findings/configuration/configuration-report.ts';
import { type BlockList, blockListReport } from './findings/configuration/read-block-list.ts';
import { composeReport, listedByDefault } from './findings/compose.ts';
import { listing } from './findings/listing.ts';
import { type Memory, remembered } from './findings/remembered.ts';
import { tagsIn } from './findings/suppressions/resource-tags.ts';
import { type Configuration, noConfiguration } from './model/configuration/configuration.ts';
import { isRaw } from './model/decode.ts';
import { iamActionOf, type ResourceKey } from './model/resources.ts';
import type { Snapshot } from './model/snapshot/snapshot.ts';
import { internetExposure } from './network/exposure.ts';
import { buildNetwork } from './network/network.ts';
import { withExamplePaths } from './network/example-paths.ts';
import { exposedClasses } from './network/result/exposed-classes.ts';
import type { CheckDescription } from './model/verdict/check-description.ts';
import type { Defect } from './model/verdict/defect.ts';
import type { ExposedClass } from './model/verdict/exposure.ts';
import type { Outcome } from './model/verdict/verdict.ts';
import { readReport } from './reporters/read-report.ts';

export { allStandards, standardChecks } from './auditors/standards.ts';
export { endpointOverrides } from './aws/endpoint-overrides.ts';
export { collect, type CollectOptions } from './collectors/collect.ts';
export { iamPolicy, organizationPolicy, sessionPolicy } from './collectors/iam-policy.ts';
export type { Progress } from './collectors/progress.ts';
export { preflight, type PreflightOptions } from './collectors/preflight.ts';
export type { AuditReport, Coverage, Result } from './findings/audit-report.ts';
export { type Baseline, unsuppressed } from './findings/baseline/baseline.ts';
export { firstBaseline, pruned, updated } from './findings/baseline/carry-on.ts';
export { diff, type Diff, diffStatus } from './findings/diff/diff.ts';
export { type BlockList, readBlockList } from './findings/configuration/read-block-list.ts';
export { configurationFile, readConfiguration } from './findings/configuration/read-configuration.ts';
export { exitStatus, withFailedDeliveries } from './findings/exit-status.ts';
export { continued, type History, isForgotten, readHistory, timeOf } from './findings/history/history.ts';
export { readSuppressions, suppressionsFile } from './findings/suppressions/read-suppressions.ts';
export { dayOf, daysBetween, hasExpired, type Suppression } from './findings/suppressions/suppression.ts';
export { type LogConnection, openLogs } from './aws/log-queries/log-connection.ts';
export { athenaDdl } from './flow-logs/athena/ddl.ts';
export { evidenceFromAthena } from './flow-logs/sources/athena-evidence.ts';
export { evidenceFromBucket, findObjects } from './flow-logs/sources/bucket.ts';
export { evidenceFromLogGroup } from './flow-logs/sources/log-group-evidence.ts';
export { evidenceFromFiles, type FilesOptions } from './flow-logs/sources/files-evidence.ts';
export { bytesText, estimateOf, parseBytes } from './flow-logs/sources/estimate.ts';
export { formatsOf, formatsOfLogGroup, formatsToBuckets, sourcesIn } from './flow-logs/sources/formats-of.ts';
export { flowLogStatements } from './flow-logs/sources/policy.ts';
export { type FlowSource, parseSource } from './flow-logs/sources/source.ts';
export { parseWindow } from './flow-logs/sources/window.ts';
export { findFiles } from './flow-logs/files/find.ts';
export { type FlowLogLine, parseFlowLogLine } from './flow-logs/format/flow-log-line.ts';
export { questionOfLine } from './flow-logs/evidence/line-question.ts';
export { parseLogFormat } from './flow-logs/format/log-format.ts';
export { type KnownBlock, namesOf, parseKnownBlocks } from './flow-logs/evidence/words.ts';
export { defaultThresholds, isThresholdName, type Thresholds, thresholdsWith } from './flow-logs/engine/thresholds.ts';
export type { FlowEvidence } from './model/verdict/flow-evidence.ts';
export { flowsSummary } from './reporters/flows/flows-summary.ts';
export { flowsText } from './reporters/flows/flows-text.ts';
export { type Configuration, noConfiguration } from './model/configuration/configuration.ts';
export {
  breakEven,
  crossZonePerGb,
  gatewayEndpointSavingPerYear,
  interfaceEndpointPerMonth,
  natGatewayPerMonth,
} from './cost/arithmetic.ts';
export { listPrices } from './cost/list-prices.ts';
export type { Prices, PriceTable, RegionPrices } from './cost/price-table.ts';
export { readPrices } from './cost/read-prices.ts';
export type { CostReport } from './model/verdict/cost.ts';
export { mergeSnapshots } from './model/snapshot/merge.ts';
export type { Manifest } from './model/snapshot/manifest.ts';
export { readSnapshot } from './model/snapshot/read.ts';
export type { RegionSnapshot, Snapshot } from './model/snapshot/snapshot.ts';
export { exposureFrom, type Exposures, internetExposure, internetReach } from './network/exposure.ts';
export { buildNetwork, type Network } from './network/network.ts';
export { exposedClasses } from './network/result/exposed-classes.ts';
export {
  reachabilityDifference,
  type ReachabilitySide,
  reportedExposure,
} from './network/result/reachability-difference.ts';
export { HeadersUnreadable } from './network/result/traffic-of-headers.ts';
export { notLookedAt } from './network/difference.ts';
export { QueryError, trace } from './network/trace.ts';
export { redactSnapshot } from './redaction/redact-snapshot.ts';
export { diffText } from './reporters/diff-text.ts';
export { renderLines } from './reporters/json.ts';
export { memorySummary } from './reporters/memory-text.ts';
export { type FormatName, loadReporter, outputFormats } from './reporters/formats/formats.ts';
export { templateReporter } from './reporters/formats/template/template.ts';
export { terminalSummary } from './reporters/terminal.ts';
export { exposureText } from './reporters/trace/exposure-text.ts';
export { walk } from './reporters/trace/walk.ts';

/** Every check, in alphabetical order of ids. */
export const allChecks = (): Promise<readonly AnyCheck[]> => loadChecks();

/** The kinds of resources that checks read: what a collection for them has to fetch. */
export function needsOf(checks: readonly AnyCheck[]): readonly ResourceKey[] {
  return [...new Set(checks.flatMap(readsOf))];
}

/** What is said of a check, with the permissions that it needs. */
export function describeCheck(
  check: AnyCheck,
): CheckDescription & { readonly needs: readonly ResourceKey[]; readonly iamActions: readonly string[] } {
  const { id, title, severity, rationale, remediation, references, relatedChecks, options } = check;
  const reads = readsOf(check);
  return {
    id,
    title,
    severity,
    rationale,
    remediation,
    references,
    relatedChecks,
    ...(options === undefined ? {} : { options }),
    needs: reads,
    iamActions: [...new Set(reads.map(iamActionOf))].sort(),
  };
}

/** What `auditSnapshot` is told besides the evidence. */
export interface AuditSettings extends Memory {
  readonly checks: readonly AnyCheck[];
  /** The outcomes that the report lists; everything is counted all the same. Failures and unknowns by default. */
  readonly list?: readonly Outcome[];
  /** What the owner of the network says of it, and the file in which it stands. Its disabled checks do not run. */
  readonly configuration?: { readonly file: string; readonly said: Configuration };
  /** Addresses and CIDRs that must reach nothing, and the file in which they stand. */
  readonly blockList?: BlockList;
  /** Prices that take the place of the list prices of their Regions. */
  readonly prices?: PriceTable;
  /** The standards that the report is to be about, by id; it tells how every standard stands where none is named. */
  readonly standards?: readonly string[];
  /** Asked when the verdicts are in, so that the caller alone has a clock. */
  readonly run: () => Run;
}

/** Audits a snapshot, in the light of what is remembered of earlier audits. */
export function auditSnapshot(snapshot: Snapshot, settings: AuditSettings): AuditReport {
  const {
    checks: selected,
    configuration,
    blockList,
    prices = new Map(),
    list = listedByDefault,
    standards = [],
    run,
    ...memory
  } = settings;
  const said: Configuration = {
    ...(configuration?.said ?? noConfiguration),
    ...(blockList === undefined ? {} : { blockList: blockList.blocks }),
  };
  const checks = selected.filter(({ id }) => said.checks[id]?.disabled === undefined);
  const allowances = allowanceTally();
  const { exposures, broken } = exposuresOf(snapshot);
  const { sections, broken: brokenSections } = reportSections(snapshot, overridden(listPrices, prices));
  const defects: Defect[] = [...broken, ...brokenSections];
  const report = composeReport({
    manifest: snapshot.manifest,
    snapshotFacts: snapshot,
    verdicts: tallied(verdictsOf(snapshot, checks, defects, said), allowances),
    defects,
    checks: checks.map((check) => ({ ...check, standards: standardsOf(check.id) })),
    exposures,
    sections,
    run: run(),
    // What is not shown is compared all the same
    list: [...listedByDefault, ...list],
  });
  const tagsOf = tagsIn(snapshot);
  const whole = annotated(remembered(report, memory, tagsOf), tagsOf);
  return listing(
    {
      ...whole,
      ...(blockList === undefined ? {} : { blockList: blockListReport(blockList) }),
      ...(configuration === undefined
        ? {}
        : { configuration: configurationReport(configuration.said, configuration.file, selected, allowances) }),
      standards: assessStandards(whole, standards),
    },
    list,
  );
}

function* tallied(verdicts: Iterable<CheckVerdict>, { count }: AllowanceTally): Generator<CheckVerdict> {
  for (const one of verdicts) {
    count(one.resource, one.verdict);
    yield one;
  }
}

/** What the internet reaches; an error on the way is a defect of this program and costs nothing else. */
function exposuresOf(snapshot: Snapshot): {
  readonly exposures: readonly ExposedClass[];
  readonly broken: readonly Defect[];
} {
  try {
    const network = buildNetwork(snapshot);
    return { exposures: withExamplePaths(network, exposedClasses(internetExposure(network))), broken: [] };
  } catch (error) {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const broken = snapshot.regions.map(({ accountId, region }) => ({
      checkId: 'internet-exposure',
      accountId,
      region,
      message,
    }));
    return { exposures: [], broken };
  }
}

/** Reads what an audit can be compared with: a baseline, or the report of an earlier audit; `file` is what errors call it. */
export function readComparable(text: string, file: string): Baseline {
  const document = parsedJson(text, file);
  return isRaw(document) && 'results' in document
    ? baselineOf(readReport(text, file), file)
    : readBaseline(document, file);
}

export { baselineOf, listing, type Memory, parsedJson, readReport };
