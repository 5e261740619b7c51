import { createHash } from 'node:crypto';

/** One of several runs that share the accounts of an organization between them. */
export interface Shard {
  /** From 1 to `count`. */
  readonly index: number;
  readonly count: number;
}

/**
 * The shard that an account belongs to, from 1 to `count`: by its id alone, so that every run agrees and an account that
 * joins or leaves moves no other.
 */
export function shardOf(accountId: string, count: number): number {
  return (createHash('sha256').update(accountId).digest().readUInt32BE(0) % count) + 1;
}
