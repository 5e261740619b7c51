import type { Fault } from '../../mocks/faults.ts';

/** One kind of trouble in some of the calls. */
export interface Trouble extends Fault {
  readonly share: number;
}

/** Troubles that never pass: the call has to be on record as failed. */
export const lasting: readonly Trouble[] = [
  { kind: 'deny', share: 0.03, times: 'always' },
  { kind: 'hang', share: 0.0003, times: 'always' },
  { kind: 'drip', share: 0.0003, times: 'always', delayMs: 2500 },
  { kind: 'empty-body', share: 0.001, times: 'always' },
  { kind: 'malformed', share: 0.001, times: 'always' },
  { kind: 'captive-portal', share: 0.001, times: 'always' },
];

/** Troubles that pass: the call has to be answered in full. */
export const passing: readonly Trouble[] = [
  { kind: 'throttle', share: 0.05, times: 2 },
  { kind: 'reset', share: 0.01, times: 1 },
  { kind: 'hang', share: 0.001, times: 1 },
  { kind: 'drip', share: 0.003, times: 1, delayMs: 20, atOnce: 100 },
  { kind: 'truncate', share: 0.003, times: 1 },
  { kind: 'unavailable', share: 0.005, times: 1 },
];

/**
 * The script: the first line that chooses a call strikes it. Only what a collection reads is struck, since without an
 * identity nothing begins at all.
 */
export const troubles: readonly Fault[] = (['ec2', 'elbv2', 'elb'] as const).flatMap((service) =>
  [...lasting, ...passing].map((trouble) => ({ ...trouble, service })),
);
