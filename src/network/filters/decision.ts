import type { Missing } from '../../model/verdict/verdict.ts';
import type { Traffic } from '../sets/traffic.ts';

/** What a filter says of the packets it was asked about, each packet falling into exactly one of the three sets. */
export interface Decision<Rule> {
  readonly admitted: Traffic;
  readonly refused: Traffic;
  /** Packets whose fate hangs on something that is not known. */
  readonly doubtful: Traffic;
  /** The rules that admit, in the filter's own order; enough of them to admit all of `admitted`. */
  readonly admittedBy: readonly Rule[];
  /** The rules that refuse; empty where nothing admits, which refuses too. */
  readonly refusedBy: readonly Rule[];
  /** What would have to be known to settle `doubtful`. */
  readonly missing: readonly Missing[];
}
