import type { PortRange } from '../../model/verdict/evidence.ts';

/** Which findings a suppression is for: all that is said must hold. Nothing in it is a pattern but what is called one. */
export interface Match {
  /** Check ids; `*` stands for any characters. */
  readonly check?: string;
  readonly fingerprint?: string;
  readonly accounts?: readonly string[];
  readonly regions?: readonly string[];
  readonly vpcs?: readonly string[];
  /** Resource ids or ARNs, exact. */
  readonly resources?: readonly string[];
  /** Resource ids; `*` stands for any characters. */
  readonly resourceGlob?: string;
  /** Tags that the resource must all carry. */
  readonly tags?: readonly { readonly key: string; readonly value: string }[];
  /** Bounds: every rule of the evidence lies within these ports and these blocks, so that a widened rule comes back. */
  readonly ports?: readonly PortRange[];
  readonly cidrs?: readonly string[];
}

/** A finding, or a class of them, that somebody answers for until a day. */
export interface Suppression {
  readonly id: string;
  readonly match: Match;
  readonly owner: string;
  readonly reason: string;
  /** The last day on which it holds, in UTC: `2026-12-31`. */
  readonly expires: string;
  readonly created?: string;
  readonly ticket?: string;
  /** Where it stands in its file, counted from 1. */
  readonly line: number;
}

/** The day of an instant, in UTC. */
export const dayOf = (instant: string): string => instant.slice(0, 10);

/** Has it ended on this day? It holds through its last day. */
export const hasExpired = ({ expires }: Pick<Suppression, 'expires'>, today: string): boolean => expires < today;

/** The whole days from one day to another; negative where the other is earlier. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
