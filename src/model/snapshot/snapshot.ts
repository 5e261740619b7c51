import type { AccountId, RegionName } from '../id.ts';
import type { Resources } from '../resources.ts';
import type { Collected } from './collected.ts';
import type { Manifest } from './manifest.ts';

/** Everything known of one account in one Region. */
export interface RegionSnapshot {
  readonly accountId: AccountId;
  readonly region: RegionName;
  readonly resources: { readonly [K in keyof Resources]: Collected<Resources[K]> };
  /**
   * Kinds that were never asked for and are seldom in force, taken as off: only in a folder of plain `describe-*`
   * output. A verdict that rests on one of them names it.
   */
  readonly assumedOff: readonly (keyof Resources)[];
}

/** A file that was passed over, and why; the path is relative to the snapshot folder. */
export interface Note {
  readonly file: string;
  readonly reason: string;
}

/** The evidence of an audit: what AWS answered, typed, with the record of what it did not answer. */
export interface Snapshot {
  readonly manifest: Manifest;
  readonly regions: readonly RegionSnapshot[];
  /** Files that were passed over, and why: not an answer that this program reads. */
  readonly notes: readonly Note[];
}
