import type { Clock } from '../../src/aws/clock.ts';

interface Sleeper {
  readonly at: number;
  readonly order: number;
  readonly wake: () => void;
}

/** A clock that jumps from one sleeper to the next as soon as nothing else is left to do. */
export function simulatedClock(): Clock & {
  /** Runs until the promise settles; fails if everything sleeps for ever. */
  readonly run: <T>(promise: Promise<T>) => Promise<T>;
} {
  let time = 0;
  let count = 0;
  const sleepers: Sleeper[] = [];
  const clock: Clock = {
    now: () => time,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted === true) {
          reject(new Error('aborted'));
          return;
        }
        count += 1;
        sleepers.push({ at: time + ms, order: count, wake: resolve });
        signal?.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
      }),
  };
  return {
    ...clock,
    run: async (promise) => {
      const state = { settled: false };
      const finish = (): void => {
        state.settled = true;
      };
      promise.then(finish, finish);
      for (;;) {
        // All that can be done at this moment is done before the clock moves.
        await new Promise((resolve) => setImmediate(resolve));
        if (state.settled) return promise;
        const next = sleepers.sort((a, b) => a.at - b.at || a.order - b.order).shift();
        if (next === undefined) throw new Error('nothing sleeps and nothing is done');
        time = Math.max(time, next.at);
        next.wake();
      }
    },
  };
}
