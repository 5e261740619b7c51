import type { Snapshot } from '../model/snapshot/snapshot.ts';
import { derive } from './facts/derive.ts';

/**
 * The network of a snapshot: all accounts and Regions joined by id. Facts about it are worked out when they are first
 * asked for and kept with the snapshot, so building one costs nothing and asking the same thing twice costs it once.
 */
export interface Network {
  readonly snapshot: Snapshot;
}

/** The network of a snapshot; the same object for the same snapshot. */
export const buildNetwork: (snapshot: Snapshot) => Network = derive((snapshot: Snapshot) => ({ snapshot }));
