import { setMaxListeners } from 'node:events';
import { reasonOf } from '../aws/clock.ts';

/** The end of a collection before its time: asked for from outside, or because nothing can be kept any more. */
export interface Stop {
  readonly signal: AbortSignal;
  readonly now: (reason: Error) => void;
  /** Stops listening to the outer signal. */
  readonly release: () => void;
}

/** A stop of its own that also heeds the caller's signal; hundreds of calls may wait on it at once. */
export function stopOn(outer: AbortSignal | undefined): Stop {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  const follow = (): void => {
    if (outer !== undefined) controller.abort(reasonOf(outer));
  };
  if (outer?.aborted === true) follow();
  outer?.addEventListener('abort', follow, { once: true });
  return {
    signal: controller.signal,
    now: (reason) => controller.abort(reason),
    release: () => outer?.removeEventListener('abort', follow),
  };
}
