import { setMaxListeners } from 'node:events';
import { reasonOf } from '../aws/clock.ts';

/** The end of a collection, or of one Region of it, before its time. */
export interface Stop {
  readonly signal: AbortSignal;
  readonly now: (reason: Error) => void;
  /** Stops listening to the outer signal and to the clock. */
  readonly release: () => void;
}

/** The time that was allowed is over. The message says so in words that stand in the coverage record. */
export class DeadlineReached extends Error {
  override readonly name = 'DeadlineReached';
  readonly code = 'DEADLINE';
}

/** How long something may take, and what of. */
export interface Allowance {
  readonly ms: number;
  /** As in "the deadline of this Region". */
  readonly what: string;
}

/** setTimeout counts no further (Node.js, Timers). */
const longestTimer = 2 ** 31 - 1;

/** A stop of its own that also heeds the caller's signal and a deadline; hundreds of calls may wait on it at once. */
export function stopOn(outer: AbortSignal | undefined, allowed?: Allowance): Stop {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  const follow = (): void => {
    if (outer !== undefined) controller.abort(reasonOf(outer));
  };
  if (outer?.aborted === true) follow();
  outer?.addEventListener('abort', follow, { once: true });
  const timer =
    allowed === undefined
      ? undefined
      : setTimeout(
          () =>
            controller.abort(new DeadlineReached(`${allowed.what}, ${spoken(allowed.ms)}, came before this was read`)),
          Math.min(allowed.ms, longestTimer),
        );
  return {
    signal: controller.signal,
    now: (reason) => controller.abort(reason),
    release: () => {
      clearTimeout(timer);
      outer?.removeEventListener('abort', follow);
    },
  };
}

/** Why something was not read, for the coverage record. */
export function whySkipped(signal: AbortSignal): string {
  const reason: unknown = signal.reason;
  return reason instanceof DeadlineReached ? reason.message : 'the collection was stopped before this was read';
}

const spoken = (ms: number): string => (ms % 60_000 === 0 ? `${ms / 60_000} min` : `${ms / 1000} s`);
