import type { Raw } from '../model/decode.ts';
import type { Call, Tally } from './call.ts';
import type { Target } from './clients.ts';
import { AwsCallError, type Failure, failureOf } from './errors.ts';
import type { Operation } from './operation.ts';
import { pages, type Reading } from './pager.ts';

/** Where the pages of an answer go. */
export interface PageSink {
  readonly page: (answer: Raw) => Promise<void>;
  /** All pages so far are void: the operation starts again from its first page. */
  readonly restart: () => Promise<void>;
}

/** What is read, from where, and how it may be ended. */
export interface ReadRequest {
  readonly target: Target;
  readonly operation: Operation;
  readonly reading: Reading;
  readonly tally: Tally;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads all pages of one operation. Where the credentials expired, the page token aged out or something was deleted
 * while the list was read, it starts again once with fresh credentials. Throws an `AwsCallError` when it fails for good;
 * what the sink throws, and the reason of an aborted signal, pass through as they are.
 */
export async function readPages(call: Call, request: ReadRequest, sink: PageSink): Promise<void> {
  const { target, operation, reading, tally, signal } = request;
  const send = (input: Raw): Promise<Raw> => call(target, operation, input, { tally, signal });
  for (let restarted = false; ; restarted = true) {
    const failure = await attempt(send, reading, sink, signal);
    if (failure === undefined) return;
    if (restarted || !isWorthRestarting(failure.reason)) throw failure;
    if (failure.reason.failure === 'expired-credentials') target.credentials.renew();
    await sink.restart();
  }
}

async function attempt(
  send: (input: Raw) => Promise<Raw>,
  reading: Reading,
  sink: PageSink,
  signal: AbortSignal | undefined,
): Promise<AwsCallError | undefined> {
  const iterator = pages(send, reading);
  for (;;) {
    let next: IteratorResult<Raw, void>;
    try {
      next = await iterator.next();
    } catch (error) {
      signal?.throwIfAborted();
      return new AwsCallError(failureOf(error), { cause: error });
    }
    if (next.done === true) return undefined;
    await sink.page(next.value);
  }
}

/** `InvalidVpcID.NotFound` and the like come even to an unfiltered list when something is deleted while it is read. */
function isWorthRestarting({ failure, errorCode, message }: Failure): boolean {
  return (
    failure === 'expired-credentials' ||
    /^Invalid\w+\.NotFound$/.test(errorCode) ||
    errorCode === 'InvalidPaginationToken' ||
    (errorCode === 'InvalidParameterValue' && /token/i.test(message))
  );
}
