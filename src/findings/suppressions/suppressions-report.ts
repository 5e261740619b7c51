/** The suppression that applies to a finding. */
export interface SuppressionNote {
  readonly id: string;
  readonly owner: string;
  readonly reason: string;
  /** The last day on which it holds, in UTC. */
  readonly expires: string;
  readonly ticket?: string;
}

/**
 * What became of a suppression: it `matched`; it is `expired`, and what it matched counts again; it is `unused`, although
 * everything was read that it could match; or that was not read or not run (`not-tested`).
 */
export type SuppressionState = 'matched' | 'expired' | 'unused' | 'not-tested';

/** A suppression of the file and what it did. */
export interface SuppressionEntry extends SuppressionNote {
  readonly state: SuppressionState;
  /** How many findings it matches; of an expired one, how many it no longer suppresses. */
  readonly findings: number;
  /** It ends within the next two weeks, while findings still rest on it. */
  readonly expiresSoon?: true;
}

/** Every suppression, in the order of its file. */
export interface SuppressionsReport {
  /** The day on which they were judged, in UTC. */
  readonly asOf: string;
  readonly entries: readonly SuppressionEntry[];
}
