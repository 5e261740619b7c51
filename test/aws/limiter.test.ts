import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLimiter } from '../../src/aws/limiter.ts';
import { type TokenBucket, tokenBucketOf } from '../../src/aws/token-buckets.ts';
import { simulatedClock } from './simulated-clock.ts';

/** AWS's side of a bucket: takes a request if a token is there. */
function serverBucket({ capacity, refillPerSecond }: TokenBucket): (now: number) => boolean {
  let tokens = capacity;
  let last = 0;
  return (now) => {
    tokens = Math.min(capacity, tokens + ((now - last) / 1000) * refillPerSecond);
    last = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}

interface Outcome {
  readonly seconds: number;
  readonly throttled: number;
  readonly mostAtOnce: number;
  readonly order: readonly number[];
}

/** Sends so many calls at once, each of which reaches AWS after some way and comes back after as much. */
async function simulate(
  bucket: TokenBucket,
  calls: number,
  concurrency: number,
  latency: (call: number) => number,
): Promise<Outcome> {
  const clock = simulatedClock();
  const limiter = createLimiter({ clock, concurrency });
  const accepts = serverBucket(bucket);
  const order: number[] = [];
  let throttled = 0;
  let running = 0;
  let mostAtOnce = 0;
  const all = Promise.all(
    Array.from({ length: calls }, (_, index) =>
      limiter.run('111122223333/eu-west-1', bucket, async () => {
        running += 1;
        mostAtOnce = Math.max(mostAtOnce, running);
        order.push(index);
        await clock.sleep(latency(index) / 2);
        if (!accepts(clock.now())) throttled += 1;
        await clock.sleep(latency(index) / 2);
        running -= 1;
      }),
    ),
  );
  await clock.run(all);
  return { seconds: clock.now() / 1000, throttled, mostAtOnce, order };
}

const describeSubnets = tokenBucketOf({ service: 'ec2', operation: 'DescribeSubnets' });
const staleGroups = tokenBucketOf({ service: 'ec2', operation: 'DescribeStaleSecurityGroups' });

describe('the limiter', () => {
  it.each([
    { bucket: describeSubnets, calls: 600, bound: 25 },
    { bucket: staleGroups, calls: 120, bound: 20 },
    { bucket: tokenBucketOf({ service: 'elbv2', operation: 'DescribeListeners' }), calls: 240, bound: 20 },
  ])(
    'spends the bucket of $bucket.name without one refusal, close to the lower bound',
    async ({ bucket, calls, bound }) => {
      const { seconds, throttled, mostAtOnce } = await simulate(bucket, calls, 50, (call) => 30 + ((call * 37) % 60));
      expect(throttled).toBe(0);
      expect(seconds).toBeLessThan(bound * 1.05);
      expect(seconds).toBeGreaterThanOrEqual((calls - bucket.capacity) / bucket.refillPerSecond);
      expect(mostAtOnce).toBeLessThanOrEqual(50);
    },
  );

  it('never overdraws a bucket, whatever the bucket, the latencies and the concurrency', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ capacity: fc.integer({ min: 1, max: 60 }), refillPerSecond: fc.constantFrom(0.5, 1, 5, 10, 20) }),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 20 }),
        async (size, calls, concurrency) => {
          const { throttled, mostAtOnce } = await simulate({ name: 'any', ...size }, calls, concurrency, () => 40);
          expect(throttled).toBe(0);
          expect(mostAtOnce).toBeLessThanOrEqual(concurrency);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('starts the calls on one bucket in the order in which they were asked', async () => {
    const { order } = await simulate(staleGroups, 60, 4, () => 500);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  it('lets the calls of one bucket pass while another is empty, even when all slots could be waiting', async () => {
    const clock = simulatedClock();
    const limiter = createLimiter({ clock, concurrency: 2 });
    const slow: TokenBucket = { name: 'slow', capacity: 1, refillPerSecond: 0.5 };
    const done: string[] = [];
    const call = (place: string, bucket: TokenBucket): Promise<unknown> =>
      limiter.run(place, bucket, async () => {
        await clock.sleep(10);
        done.push(`${place} ${bucket.name}`);
      });
    await clock.run(
      Promise.all([...Array.from({ length: 5 }, () => call('a', slow)), call('a', describeSubnets), call('b', slow)]),
    );
    expect(done.indexOf('a ec2:DescribeSubnets')).toBeLessThan(3);
    expect(done.indexOf('b slow')).toBeLessThan(3);
  });

  it('does not come to a stop when every running call waits for a token to retry with', async () => {
    const clock = simulatedClock();
    const limiter = createLimiter({ clock, concurrency: 2 });
    const bucket: TokenBucket = { name: 'one', capacity: 2, refillPerSecond: 1 };
    let finished = 0;
    await clock.run(
      Promise.all(
        Array.from({ length: 6 }, () =>
          limiter.run('a', bucket, async () => {
            limiter.drained('a', bucket);
            await limiter.retry('a', bucket);
            finished += 1;
          }),
        ),
      ),
    );
    expect(finished).toBe(6);
  });

  it('ends the wait for a token when it is stopped, and a failing call frees its slot', async () => {
    const clock = simulatedClock();
    const limiter = createLimiter({ clock, concurrency: 1 });
    const bucket: TokenBucket = { name: 'one', capacity: 1, refillPerSecond: 0.001 };
    const failing = limiter.run('a', bucket, () => Promise.reject(new Error('no')));
    await expect(clock.run(failing)).rejects.toThrow('no');
    const stop = new AbortController();
    const waiting = limiter.run('a', bucket, () => Promise.resolve('never'), stop.signal);
    await new Promise((resolve) => setImmediate(resolve));
    stop.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('aborted');
    expect(await clock.run(limiter.run('b', bucket, () => Promise.resolve('free')))).toBe('free');
  });
});
