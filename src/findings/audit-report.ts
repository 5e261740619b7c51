import type { AccountId, RegionName } from '../model/id.ts';
import type { CallStatus, FailureClass } from '../model/snapshot/manifest.ts';
import type { Advice } from '../model/verdict/advice.ts';
import type { CheckDescription } from '../model/verdict/check-description.ts';
import type { BlockListReport, ConfigurationReport } from '../model/verdict/configuration-report.ts';
import type { CostReport } from '../model/verdict/cost.ts';
import type { Defect } from '../model/verdict/defect.ts';
import type { DefenceInDepth } from '../model/verdict/defence-in-depth.ts';
import type { Evidence } from '../model/verdict/evidence.ts';
import type { ExposedClass } from '../model/verdict/exposure.ts';
import type { NetworkMap } from '../model/verdict/network-map.ts';
import type { OrganisationMap } from '../model/verdict/organisation-map.ts';
import type { FlowEvidence } from '../model/verdict/flow-evidence.ts';
import type { TraceResult } from '../model/verdict/path.ts';
import type { ResourceReference } from '../model/verdict/resource-reference.ts';
import type { TierChain } from '../model/verdict/tier-chain.ts';
import type { Severity } from '../model/verdict/severity.ts';
import type { StandardAssessment } from '../model/verdict/standard-assessment.ts';
import type { Allowance, Fix, Missing, Outcome } from '../model/verdict/verdict.ts';
import type { BaselineReport, SinceBaseline } from './baseline/baseline-report.ts';
import type { TrendPoint } from './history/trend.ts';
import type { SuppressionNote, SuppressionsReport } from './suppressions/suppressions-report.ts';

/** One line of the coverage table: an operation in one account and Region, all its calls together. */
export interface CoverageRow {
  readonly accountId: AccountId;
  readonly region: RegionName;
  readonly service: string;
  readonly operation: string;
  readonly iamAction: string;
  /** `failed` where any of the calls failed, else `skipped` where any was not made. */
  readonly status: CallStatus;
  /** How many calls were planned, and how many of them were answered. */
  readonly calls: number;
  readonly collected: number;
  /** Of the calls that failed, the class, code and message that most of them have. */
  readonly failure?: FailureClass;
  readonly errorCode?: string;
  readonly message?: string;
}

/** What was read, what was not, and what would mend it. */
export interface Coverage {
  /** Calls answered ÷ calls planned, 0 to 1; 0 where none was planned. What a check needed and nobody called was planned. */
  readonly ratio: number;
  readonly calls: number;
  readonly collected: number;
  /** HTTP requests made, all pages and retries, and how many of them AWS answered with "slow down". */
  readonly requests: number;
  readonly throttled: number;
  readonly rows: readonly CoverageRow[];
  /** Accounts and Regions that exist and were not looked at. */
  readonly notVisible: readonly {
    readonly accountId: AccountId;
    readonly region?: RegionName;
    readonly reason: string;
    /** The account is suspended, closed or not yet active: nobody can read it, and the audit is not incomplete for it. */
    readonly inactive?: true;
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
  /** Why the check says nothing (`not-applicable`), or why what would be a finding passes (`pass`). */
  readonly reason?: string;
  /** The entry of the configuration by which it passes. */
  readonly allowedBy?: Pick<Allowance, 'kind' | 'by'>;
  /** Kinds that the check reads and that the snapshot never asked for: taken as off. */
  readonly assumedOff?: readonly string[];
  readonly fix?: Fix;
  /** Tags of the resource, without its name: the owner's own words, hostile text until escaped. */
  readonly tags?: readonly { readonly key: string; readonly value: string }[];
  /** A path that shows what the finding speaks of; of the worst findings. Only for `fail`. */
  readonly path?: TraceResult;
  /** Who answers for this finding and until when: it is shown and does not count. Only for `fail`. */
  readonly suppression?: SuppressionNote;
  /** How it stands to the baseline; absent without one, and of what is suppressed. Only for `fail`. */
  readonly sinceBaseline?: SinceBaseline;
  /** When the kept history or the baseline first saw it: ISO 8601, UTC. Only for `fail`. */
  readonly firstSeen?: string;
}

/** A check that ran, with how often it said what. */
export interface CheckReport extends CheckDescription {
  readonly standards: readonly string[];
  /** The kinds of resources that it reads, and the permissions that this takes. */
  readonly needs?: readonly string[];
  readonly iamActions?: readonly string[];
  readonly outcomes: Readonly<Record<Outcome, number>>;
}

/** What differs from run to run although the evidence is the same; everything outside it is determined by the snapshot. */
export interface Run {
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
}

/** Counts over everything that the checks said, whether or not it is listed. */
export interface Summary {
  /** Failures by effective severity, without those that are suppressed. */
  readonly failures: Readonly<Record<Severity, number>>;
  /** Failures that are suppressed, by effective severity; absent where no suppressions were given. */
  readonly suppressed?: Readonly<Record<Severity, number>>;
  /** Of `failures`, those that the baseline lacks or knew as milder; absent without a baseline. */
  readonly new?: Readonly<Record<Severity, number>>;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Resources with a failure that is not suppressed. */
  readonly resourcesFailing: number;
  /** Unknown verdicts that something readable and not read would settle; the rest is beyond what is modelled. */
  readonly unread: number;
  /** The outcomes that `results` lists; the others are only counted. */
  readonly listed: readonly Outcome[];
}

/** The members of a report that are worked out over the network as a whole, beside what checks say. */
export type ReportSections = Pick<
  AuditReport,
  'defenceInDepth' | 'networkMaps' | 'organisationMap' | 'tierChains' | 'advice' | 'cost'
>;

/** The one result of an audit; every output format is made from it and from nothing else. */
export interface AuditReport {
  readonly schemaVersion: '1';
  readonly tool: { readonly name: string; readonly version: string };
  readonly run: Run;
  readonly scope: {
    readonly accounts: readonly AccountId[];
    readonly regions: readonly RegionName[];
    readonly caller?: { readonly accountId: AccountId; readonly arn: string };
    /** When the evidence was collected: ISO 8601, UTC; absent where a folder of plain answers does not say. */
    readonly collectedAt?: string;
  };
  readonly coverage: Coverage;
  readonly checks: readonly CheckReport[];
  /** In the order of `compareResults`. */
  readonly results: readonly Result[];
  /** What the internet really reaches, class by class. */
  readonly exposures: readonly ExposedClass[];
  /** What keeps the internet from each subnet, layer by layer. */
  readonly defenceInDepth?: readonly DefenceInDepth[];
  /** Each VPC in the columns of the console's resource map. */
  readonly networkMaps?: readonly NetworkMap[];
  /** How the VPCs are joined, and what gets through. */
  readonly organisationMap?: OrganisationMap;
  /** The applications by their tiers, and the ways that leave one out. */
  readonly tierChains?: readonly TierChain[];
  /** What flow logs say of the network, where they were given. */
  readonly flowEvidence?: FlowEvidence;
  /** What private networks need to reach, what serves it, and what AWS recommends. */
  readonly advice?: readonly Advice[];
  /** What gateways, endpoints and public addresses cost by the hour: estimates. */
  readonly cost?: CostReport;
  readonly defects: readonly Defect[];
  /** What the owner of the network said of it, and what followed; absent where nothing was said. */
  readonly configuration?: ConfigurationReport;
  /** The list of addresses that must reach nothing, where one was given. */
  readonly blockList?: BlockListReport;
  /** How the standards stand that were asked for, or that the checks have a part in; in alphabetical order of ids. */
  readonly standards?: readonly StandardAssessment[];
  /** The suppressions that were given, and what each did. */
  readonly suppressions?: SuppressionsReport;
  /** What is other than in the baseline. */
  readonly baseline?: BaselineReport;
  /** The runs that the history keeps up to this one, the earliest first. */
  readonly trend?: readonly TrendPoint[];
  readonly summary: Summary;
}
