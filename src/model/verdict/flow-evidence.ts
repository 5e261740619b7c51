import type { Explanation, PathRule } from './path.ts';
import type { Fix } from './verdict.ts';

/** A file of a source that was not read, and why. */
export interface SkippedFlowLogFile {
  readonly file: string;
  readonly reason: string;
  readonly detail: string;
  /** Were records lost with it? Otherwise there was nothing to read in it. */
  readonly costsRecords: boolean;
}

/** What was read of flow logs, what was not, and how much of the window that covers. */
export interface FlowLogReading {
  readonly files: number;
  readonly bytes: number;
  readonly filesOutsideWindow: number;
  /** Files that were set aside; those with nothing in them are among them. */
  readonly skipped: readonly SkippedFlowLogFile[];
  /** Lines that fit no record; absent where lines were not counted. */
  readonly rejectedLines?: number;
  readonly rejectedExamples: readonly string[];
  /** Records left out because another flow log of the same interface holds them. */
  readonly duplicateRecords: number;
  readonly formats: readonly {
    readonly flowLogId?: string;
    readonly kind: string;
    readonly files: number;
    readonly fields: readonly string[];
    readonly unknownFields: readonly string[];
  }[];
  readonly records: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly nodata: number;
  readonly skipdata: number;
  /** ISO 8601, UTC: the first and last record in the window. */
  readonly firstSeen?: string;
  readonly lastSeen?: string;
}

/** How much of the window the records of the interfaces cover. */
export interface FlowLogCoverage {
  readonly interfacesWithRecords: number;
  /** Interfaces of the snapshot without a single record; absent without a snapshot. */
  readonly interfacesWithout?: readonly string[];
  /** Interface-windows with a record and without loss ÷ those that should have one, 0 to 1. */
  readonly ratio: number;
  /** Interface-windows in which records were lost (SKIPDATA) ÷ all that have records. */
  readonly lost: number;
}

/** A question, and whether these records can answer it. */
export interface FlowLogQuestion {
  readonly id: string;
  readonly title: string;
  readonly answered: boolean;
  /** Fields to add to the log format so that it can be answered. */
  readonly missingFields: readonly string[];
  /** Why it is answered less well than it could be, or not at all. */
  readonly notes: readonly string[];
}

/** What rejected a conversation. */
export type RejectCause =
  | 'network-acl'
  | 'security-group'
  | 'block-public-access'
  | 'encryption-controls'
  /** Packets after the end of a connection, or a rule that changed within the window: no rule is blamed. */
  | 'late-or-changed'
  /** The configuration admits it now: it has changed since, or tracking had expired. */
  | 'configuration-changed'
  /** Without a snapshot only the log speaks. */
  | 'security-group-or-network-acl'
  | 'unknown';

/** Which rule rejects it, as far as that can be told. */
export interface RejectAttribution {
  readonly cause: RejectCause;
  readonly component?: { readonly id: string; readonly type: string };
  readonly rule?: PathRule;
  /** All that stands against it at this interface, in the order of evaluation. */
  readonly blockers: readonly Explanation[];
  /** `high` where log and snapshot lie within a day, `medium` within a week. */
  readonly confidence: 'high' | 'medium' | 'low';
  readonly text: string;
}

/** Conversations of one kind that one interface rejected. */
export interface RejectedConversations {
  readonly networkInterfaceId: string;
  readonly instanceId?: string;
  readonly direction: 'ingress' | 'egress' | 'transit' | 'unknown';
  /** Was the packet a request, the reply to one, or neither? */
  readonly part: 'request' | 'reply' | 'late-or-changed' | 'stated';
  readonly protocol: string;
  /** The port of the service that was asked for or that answered. */
  readonly port?: number;
  /** An address, or `internet` for strangers taken together. */
  readonly source: string;
  readonly destination: string;
  readonly sources: number;
  readonly conversations: number;
  readonly packets: number;
  /** How many windows of five minutes: a broken dependency is persistent. */
  readonly windows: number;
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly attribution: RejectAttribution;
  /** A question to `trace` that shows the path. */
  readonly trace?: {
    readonly from: string;
    readonly to: string;
    readonly protocol: string;
    readonly port?: number;
    readonly sourcePort?: number;
  };
}

/** A stranger that used a service. */
export interface ServicePeer {
  readonly address: string;
  /** From the list of known blocks. */
  readonly name?: string;
  readonly records: number;
  readonly bytes: number;
  readonly firstSeen: string;
}

/** A service that the internet reached. */
export interface ExercisedService {
  readonly networkInterfaceId: string;
  readonly instanceId?: string;
  readonly address: string;
  readonly protocol: string;
  readonly port: number;
  /** Did it answer? `unknown` where the log cannot tell a refusal from an answer. */
  readonly served: 'yes' | 'no' | 'unknown';
  /** What the snapshot says of it: reached by the internet, or not (drift, or an older rule). */
  readonly exposedNow?: 'yes' | 'no' | 'unknown';
  readonly peers: number;
  readonly topPeers: readonly ServicePeer[];
  readonly records: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly firstSeen: string;
  readonly lastSeen: string;
}

/** An exposure of the snapshot that nobody used in the window. */
export interface UnexercisedExposure {
  readonly networkInterfaceId: string;
  readonly instanceId?: string;
  readonly address: string;
  readonly protocol: string;
  readonly fromPort?: number;
  readonly toPort?: number;
  /** The share of the window that the interface's records cover, 0 to 1. */
  readonly coveredShare: number;
  /** `unused` where enough is covered. */
  readonly judged: 'unused' | 'unknown';
}

/** A rule of a security group or network ACL that no record of the window matches. */
export interface UnmatchedRule {
  readonly rule: PathRule;
  readonly accountId: string;
  readonly region: string;
  /** Interfaces that it applies to. */
  readonly interfaces: number;
  /** The smallest share of the window that the records of one of them cover. */
  readonly coveredShare: number;
  readonly judged: 'unused' | 'unknown';
  /** Why it cannot be called unused. */
  readonly reason?: string;
}

/** A narrower rule that would have sufficed for everything that was seen. */
export interface NarrowerRule {
  readonly rule: PathRule;
  readonly accountId: string;
  readonly region: string;
  readonly peers: readonly string[];
  readonly ports: readonly number[];
  /** Conversations seen that use the rule, and how many of them the narrower one admits on the model. */
  readonly conversations: number;
  readonly admitted: number;
  readonly coveredShare: number;
  readonly fix: Fix;
}

/** A fact about traffic that a threshold calls unusual, with its evidence. */
export interface FlowDetection {
  readonly id: string;
  readonly title: string;
  readonly severity: 'critical' | 'high' | 'medium' | 'low';
  readonly networkInterfaceId?: string;
  readonly instanceId?: string;
  readonly source?: string;
  readonly destination?: string;
  readonly protocol?: string;
  readonly port?: number;
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** What was counted, by name. */
  readonly evidence: Readonly<Record<string, string | number>>;
}

/** Patterns of traffic, for information. */
export interface FlowPatterns {
  readonly topTalkers: readonly {
    readonly source: string;
    readonly destination: string;
    readonly service?: string;
    readonly bytes: number;
    readonly packets: number;
  }[];
  readonly newExternalPeers: readonly {
    readonly networkInterfaceId: string;
    readonly address: string;
    readonly name?: string;
    readonly protocol: string;
    readonly port: number;
    readonly service?: string;
    readonly bytes: number;
    readonly firstSeen: string;
  }[];
  /** Bytes to services of AWS by the way they take; absent where the format does not tell. */
  readonly services?: readonly {
    readonly service: string;
    readonly way: 'nat-gateway' | 'vpc-resource' | 'gateway-endpoint' | 'internet-gateway' | 'other' | 'unknown';
    readonly direction: 'egress' | 'ingress';
    readonly bytes: number;
  }[];
  /** The share of bytes between internal addresses that cross a zone; absent where zones are not known. */
  readonly crossZone?: { readonly bytes: number; readonly ofBytes: number; readonly unknownBytes: number };
  /** The share of outgoing bytes that pass a NAT gateway; absent where the format does not tell. */
  readonly throughNat?: { readonly bytes: number; readonly ofBytes: number };
}

/** What flow logs tell of a network, in the light of a snapshot where one is given. */
export interface FlowEvidence {
  readonly schemaVersion: '1';
  readonly source: string;
  readonly engine: string;
  /** ISO 8601, UTC; `until` excluded. */
  readonly window: { readonly since: string; readonly until: string };
  /** When the snapshot was collected. */
  readonly snapshotAt?: string;
  readonly reading: FlowLogReading;
  readonly coverage: FlowLogCoverage;
  readonly questions: readonly FlowLogQuestion[];
  /** What flow logs never record: printed beside every claim that something was not seen. */
  readonly neverCaptured: readonly string[];
  readonly thresholds: Readonly<Record<string, number>>;
  readonly rejected: readonly RejectedConversations[];
  /** How many groups of rejected conversations there are beyond those listed: more than so many were found. */
  readonly rejectedCut?: number;
  /** Strangers that were refused, as one line. */
  readonly noise?: {
    readonly sources: number;
    readonly ports: number;
    readonly interfaces: number;
    readonly records: number;
    readonly packets: number;
  };
  readonly exercised: readonly ExercisedService[];
  readonly unexercised: readonly UnexercisedExposure[];
  readonly unmatchedRules: readonly UnmatchedRule[];
  readonly narrowerRules: readonly NarrowerRule[];
  readonly patterns: FlowPatterns;
  readonly detections: readonly FlowDetection[];
  /** What the query cost, where AWS bills it. */
  readonly cost?: { readonly bytesScanned: number; readonly milliseconds: number; readonly queries: number };
}
