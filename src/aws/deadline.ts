import { reasonOf } from './clock.ts';
import { DeadlineExceeded } from './errors.ts';

/**
 * Runs something that takes an AbortSignal and ends it after `ms`, or when `signal` aborts. The wait ends then even if
 * what was run does not heed its signal.
 */
export async function withDeadline<T>(
  ms: number,
  signal: AbortSignal | undefined,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const controller = new AbortController();
  let stop: (reason: Error) => void = () => undefined;
  const stopped = new Promise<never>((_resolve, reject) => {
    stop = (reason) => {
      controller.abort(reason);
      reject(reason);
    };
  });
  const timer = setTimeout(() => stop(new DeadlineExceeded(ms)), ms);
  const onAbort = (): void => {
    if (signal !== undefined) stop(reasonOf(signal));
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([run(controller.signal), stopped]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}
