/**
 * The library: what the command line does, without a terminal. Nothing here prints, reads the environment or ends the
 * process; errors that make it impossible to go on carry a `code`.
 */
import type { AnyCheck } from './auditors/check.ts';
import { readsOf } from './auditors/check.ts';
import { loadChecks } from './auditors/registry.ts';
import { runChecks } from './auditors/run.ts';
import type { AuditReport, Run } from './findings/audit-report.ts';
import { composeReport } from './findings/compose.ts';
import { iamActionOf, type ResourceKey } from './model/resources.ts';
import type { Snapshot } from './model/snapshot/snapshot.ts';
import { internetExposure } from './network/exposure.ts';
import { buildNetwork } from './network/network.ts';
import { exposedClasses } from './network/result/exposed-classes.ts';
import type { CheckDescription } from './model/verdict/check-description.ts';
import type { Outcome } from './model/verdict/verdict.ts';

export { endpointOverrides } from './aws/endpoint-overrides.ts';
export { collect, type CollectOptions } from './collectors/collect.ts';
export { iamPolicy, sessionPolicy } from './collectors/iam-policy.ts';
export type { Progress } from './collectors/progress.ts';
export { preflight, type PreflightOptions } from './collectors/preflight.ts';
export type { AuditReport, Coverage, Result } from './findings/audit-report.ts';
export { exitStatus } from './findings/exit-status.ts';
export type { Manifest } from './model/snapshot/manifest.ts';
export { readSnapshot } from './model/snapshot/read.ts';
export type { RegionSnapshot, Snapshot } from './model/snapshot/snapshot.ts';
export { exposureFrom, type Exposures, internetExposure, internetReach } from './network/exposure.ts';
export { buildNetwork, type Network } from './network/network.ts';
export { exposedClasses } from './network/result/exposed-classes.ts';
export { QueryError, trace } from './network/trace.ts';
export { readReport } from './reporters/read-report.ts';
export { renderReport } from './reporters/render.ts';
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
  const { id, title, severity, rationale, remediation, references, relatedChecks } = check;
  const reads = readsOf(check);
  return {
    id,
    title,
    severity,
    rationale,
    remediation,
    references,
    relatedChecks,
    needs: reads,
    iamActions: [...new Set(reads.map(iamActionOf))].sort(),
  };
}

/** What `auditSnapshot` is told besides the evidence. */
export interface AuditSettings {
  readonly checks: readonly AnyCheck[];
  /** The outcomes that the report lists; everything is counted all the same. Failures and unknowns by default. */
  readonly list?: readonly Outcome[];
  /** Asked when the verdicts are in, so that the caller alone has a clock. */
  readonly run: () => Run;
}

/** Audits a snapshot. */
export function auditSnapshot(snapshot: Snapshot, { checks, list, run }: AuditSettings): AuditReport {
  const { verdicts, defects } = runChecks(snapshot, checks);
  return composeReport({
    manifest: snapshot.manifest,
    snapshotFacts: snapshot,
    verdicts,
    defects,
    checks,
    exposures: exposedClasses(internetExposure(buildNetwork(snapshot))),
    run: run(),
    ...(list === undefined ? {} : { list }),
  });
}
