import type { AccountId, RegionName } from '../model/id.ts';
import type { CallStatus, FailureClass } from '../model/snapshot/manifest.ts';
import type { CheckDescription } from '../model/verdict/check-description.ts';
import type { Defect } from '../model/verdict/defect.ts';
import type { Evidence } from '../model/verdict/evidence.ts';
import type { ResourceReference } from '../model/verdict/resource-reference.ts';
import type { Severity } from '../model/verdict/severity.ts';
import type { Fix, Missing, Outcome } from '../model/verdict/verdict.ts';

/** One line of the coverage table: an operation in one account and Region, all its calls together. */
export interface CoverageRow {
  readonly accountId: AccountId;
  readonly region: RegionName;
  readonly service: string;
  readonly operation: string;
  readonly iamAction: string;
  readonly status: CallStatus;
  /** How many calls were planned, and how many of them were answered. */
  readonly calls: number;
  readonly collected: number;
  readonly failure?: FailureClass;
  readonly errorCode?: string;
  readonly message?: string;
}

/** What was read, what was not, and what would mend it. */
export interface Coverage {
  /** Calls answered ÷ calls planned, 0 to 1. */
  readonly ratio: number;
  readonly rows: readonly CoverageRow[];
  /** Accounts and Regions that exist and were not looked at. */
  readonly notVisible: readonly {
    readonly accountId: AccountId;
    readonly region?: RegionName;
    readonly reason: string;
  }[];
  /** The permissions whose lack cost a reading, each with how many readings it cost, the costliest first. */
  readonly missingPermissions: readonly { readonly iamAction: string; readonly readings: number }[];
  /** Kinds taken as off because a folder of plain answers does not hold them. */
  readonly assumedOff: readonly {
    readonly accountId: AccountId;
    readonly region: RegionName;
    readonly kinds: readonly string[];
  }[];
  /** Files passed over. */
  readonly notes: readonly { readonly file: string; readonly reason: string }[];
}

/** A verdict made whole: which check, which resource, how bad, what it rests on. */
export interface Result {
  readonly checkId: string;
  readonly outcome: Outcome;
  /** The check's own severity. */
  readonly severity: Severity;
  /** The severity of this instance, after what is known about it. */
  readonly effectiveSeverity: Severity;
  readonly resource: ResourceReference;
  /** Identity over time: 64 hexadecimal digits, made of the check, the place, the resource and the rule's meaning. */
  readonly fingerprint: string;
  readonly title: string;
  readonly evidence: readonly Evidence[];
  /** Why it cannot be told; only for `unknown`. */
  readonly missing?: readonly Missing[];
  /** Why the check says nothing; only for `not-applicable`. */
  readonly reason?: string;
  readonly fix?: Fix;
}

/** What differs from run to run although the evidence is the same; everything outside it is determined by the snapshot. */
export interface Run {
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
}

/** Counts by severity (effective) of failures, and by outcome of everything. */
export interface Summary {
  readonly failures: Readonly<Record<Severity, number>>;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  readonly resourcesFailing: number;
}

/** The one result of an audit; every output format is made from it and from nothing else. */
export interface AuditReport {
  readonly schemaVersion: '1';
  readonly tool: { readonly name: string; readonly version: string };
  readonly run: Run;
  readonly scope: {
    readonly accounts: readonly AccountId[];
    readonly regions: readonly RegionName[];
    readonly caller?: { readonly accountId: AccountId; readonly arn: string };
    /** When the evidence was collected. */
    readonly collectedAt: string;
  };
  readonly coverage: Coverage;
  readonly checks: readonly (CheckDescription & { readonly standards: readonly string[] })[];
  readonly results: readonly Result[];
  readonly exposures: readonly unknown[];
  readonly defects: readonly Defect[];
  readonly summary: Summary;
}
