import type { ResourceReference } from '../../model/verdict/resource-reference.ts';
import type { Severity } from '../../model/verdict/severity.ts';

/** A finding as a later audit recognises it. */
export interface KnownFinding {
  readonly fingerprint: string;
  /** What else the evidence says besides what makes the finding itself: 64 hexadecimal digits. */
  readonly evidenceHash: string;
  readonly checkId: string;
  readonly effectiveSeverity: Severity;
  readonly title: string;
  readonly resource: ResourceReference;
  /** When it was first seen and has stood since: ISO 8601, UTC. */
  readonly firstSeen?: string;
  readonly suppressed?: true;
}

export interface Place {
  readonly accountId: string;
  readonly region: string;
}

/** How an operation was answered in a place, where it was not answered in full. */
export type GapState = 'unread' | 'partly' | 'assumed-off';

/** An operation, as `ec2.DescribeSubnets`, that was not answered in full in one account and Region. */
export interface Gap extends Place {
  readonly operation: string;
  readonly state: GapState;
}

/** A question that could not be answered: of one resource, or, without one, of a whole account and Region. */
export interface OpenQuestion extends Place {
  readonly checkId: string;
  readonly resource?: string;
}

/**
 * What an audit found, and what it could not tell: all that a later audit needs in order to say what is new, what is gone
 * and what cannot be compared. A report comes down to one (`baselineOf`), and so does what is kept in a file.
 */
export interface Baseline {
  readonly schemaVersion: '1';
  readonly tool: { readonly name: string; readonly version: string };
  /** When the evidence was collected; absent where it does not say. */
  readonly collectedAt?: string;
  /** The checks that ran, each with the operations that it reads. */
  readonly checks: readonly { readonly id: string; readonly reads: readonly string[] }[];
  /** The accounts and Regions that were looked at. */
  readonly places: readonly Place[];
  readonly gaps: readonly Gap[];
  readonly open: readonly OpenQuestion[];
  /** In the order of their checks, places and resources, so that versions of a file compare and merge line by line. */
  readonly findings: readonly KnownFinding[];
}

/** What an audit looked at and could not tell: a baseline without its findings. */
export type Sight = Omit<Baseline, 'findings'>;

/** A key for an account and Region. */
export const placeKey = ({ accountId, region }: Place): string => `${accountId} ${region}`;

/** A resource as an open question names it. */
export const resourceKey = ({ type, id }: Pick<ResourceReference, 'type' | 'id'>): string => `${type}/${id}`;

/** A baseline without what is suppressed: a suppression ends on its own day, and nobody accepted what it covers. */
export const unsuppressed = (baseline: Baseline): Baseline => ({
  ...baseline,
  findings: baseline.findings.filter(({ suppressed }) => suppressed !== true),
});
