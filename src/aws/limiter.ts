import pLimit from 'p-limit';
import type { Clock } from './clock.ts';
import type { TokenBucket } from './token-buckets.ts';

/** Lets calls through at the pace that AWS publishes, and no more of them at once than the budget of the whole run. */
export interface Limiter {
  /** Runs a call when its bucket holds a token and a slot is free; calls on one bucket start in the order asked. */
  readonly run: <T>(place: string, bucket: TokenBucket, call: () => Promise<T>, signal?: AbortSignal) => Promise<T>;
  /** Waits for one more token of a bucket: for a retry within a running call. */
  readonly retry: (place: string, bucket: TokenBucket, signal?: AbortSignal) => Promise<void>;
  /** AWS says that the bucket is empty, so somebody else draws on it too. */
  readonly drained: (place: string, bucket: TokenBucket) => void;
  /** Forgets the buckets of an account and Region that is done, so that there are never more than of those in hand. */
  readonly release: (place: string) => void;
}

/** How a limiter works. */
export interface LimiterOptions {
  readonly clock: Clock;
  /** Calls in flight at once, over all accounts and Regions. */
  readonly concurrency: number;
}

interface Level {
  tokens: number;
  filledAt: number;
  /** One caller at a time waits for the bucket; the others queue behind it. */
  readonly gate: ReturnType<typeof pLimit>;
}

/** Requests reach AWS less evenly than they are sent: so many seconds' worth of tokens are never spent. */
const jitterSeconds = 0.25;

/** A limiter with all buckets full. `place` tells the accounts and Regions apart. */
export function createLimiter({ clock, concurrency }: LimiterOptions): Limiter {
  const slots = pLimit(concurrency);
  const places = new Map<string, Map<string, Level>>();

  const levelOf = (place: string, bucket: TokenBucket): Level => {
    const levels = places.get(place) ?? new Map<string, Level>();
    places.set(place, levels);
    const known = levels.get(bucket.name);
    if (known !== undefined) return known;
    const full: Level = { tokens: capacityOf(bucket), filledAt: clock.now(), gate: pLimit(1) };
    levels.set(bucket.name, full);
    return full;
  };

  const waitForToken = async (level: Level, bucket: TokenBucket, signal?: AbortSignal): Promise<void> => {
    for (;;) {
      refill(level, bucket, clock.now());
      if (level.tokens >= 1) return;
      await clock.sleep(Math.ceil(((1 - level.tokens) / bucket.refillPerSecond) * 1000), signal);
    }
  };

  return {
    run: async (place, bucket, call, signal) => {
      const level = levelOf(place, bucket);
      const started = await level.gate(async () => {
        for (;;) {
          signal?.throwIfAborted();
          await waitForToken(level, bucket, signal);
          const attempt = await startInSlot(slots, () => {
            refill(level, bucket, clock.now());
            if (level.tokens < 1) return undefined;
            level.tokens -= 1;
            return call();
          });
          if (attempt !== undefined) return attempt;
        }
      });
      return started.result;
    },
    retry: async (place, bucket, signal) => {
      // Not through the gate: its holder may be waiting for the slot that this call occupies.
      const level = levelOf(place, bucket);
      await waitForToken(level, bucket, signal);
      level.tokens -= 1;
    },
    drained: (place, bucket) => {
      const level = levelOf(place, bucket);
      refill(level, bucket, clock.now());
      level.tokens = Math.min(level.tokens, 0);
    },
    release: (place) => {
      places.delete(place);
    },
  };
}

/**
 * Waits for a slot and starts the call in it. Resolves as soon as the call has started, `undefined` if `start` found no
 * token any more while the slot was awaited; the result is boxed so that it is not awaited here.
 */
function startInSlot<T>(
  slots: ReturnType<typeof pLimit>,
  start: () => Promise<T> | undefined,
): Promise<{ readonly result: Promise<T> } | undefined> {
  return new Promise((resolve, reject) => {
    slots(async () => {
      const result = start();
      resolve(result === undefined ? undefined : { result });
      await result?.catch(() => undefined);
    }).catch(reject);
  });
}

function capacityOf({ capacity, refillPerSecond }: TokenBucket): number {
  return capacity - Math.min(capacity - 1, Math.ceil(refillPerSecond * jitterSeconds));
}

function refill(level: Level, bucket: TokenBucket, now: number): void {
  const gained = (Math.max(0, now - level.filledAt) / 1000) * bucket.refillPerSecond;
  level.tokens = Math.min(capacityOf(bucket), level.tokens + gained);
  level.filledAt = now;
}
