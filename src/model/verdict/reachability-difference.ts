import type { ExposedAddress } from './exposure.ts';
import type { PacketHeaders } from './path.ts';

/** What is other about some packets between two audits, exactly. A packet stands in one list at most. */
export interface TrafficDifference {
  /** Gets through now, and surely did not before. */
  readonly became: readonly PacketHeaders[];
  /** Got through before, and surely does not now. */
  readonly gone: readonly PacketHeaders[];
  /** Cannot be compared: one of the two audits does not know. */
  readonly incomparable: readonly PacketHeaders[];
}

/** What the internet gets through to some addresses that changed alike; they themselves stand as "all" in the traffic. */
export interface ExposureDifference extends TrafficDifference {
  readonly accountId: string;
  readonly region: string;
  readonly vpcId: string;
  readonly addresses: readonly ExposedAddress[];
  /** Why nothing can be compared, where one of the two audits did not look. */
  readonly coverage?: string;
}

/** What some addresses get through to others, all of them alike; sources and destinations stand as "all" in the traffic. */
export interface PairDifference extends TrafficDifference {
  readonly from: readonly ExposedAddress[];
  readonly to: readonly ExposedAddress[];
  /** Why nothing can be compared, where one of the two audits did not look. */
  readonly coverage?: string;
}

/** What became reachable, what no longer is, and what cannot be compared. */
export interface ReachabilityDifference {
  readonly exposure: readonly ExposureDifference[];
  /** Absent where pairs were not compared; `notCompared` says why. */
  readonly pairs?: readonly PairDifference[];
  /** What was left out of the comparison, a sentence each. */
  readonly notCompared: readonly string[];
}
