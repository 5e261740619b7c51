import type { Raw } from '../model/decode.ts';
import type { Clients, Target } from './clients.ts';
import { withDeadline } from './deadline.ts';
import { isThrottling } from './errors.ts';
import type { Limiter } from './limiter.ts';
import { type Operation, type OperationId, operationId } from './operation.ts';
import { type SdkCommand, serviceSdk } from './sdk.ts';
import { tokenBucketOf } from './token-buckets.ts';
import type { Transport } from './transport.ts';

/** What a call cost, counted while it runs: every request that is sent, retries included. */
export interface Tally {
  requests: number;
  throttled: number;
}

/** One request for one page, with the SDK's retries. Throws what the SDK throws; `failureOf` sorts it. */
export type Call = (
  target: Target,
  operation: Operation,
  input: Raw,
  options: { readonly tally: Tally; readonly signal?: AbortSignal | undefined },
) => Promise<Raw>;

/** What a call goes through. */
export interface CallContext {
  readonly clients: Clients;
  readonly limiter: Limiter;
  readonly transport: Transport;
  /** The only operations that may be sent. */
  readonly declared: ReadonlySet<OperationId>;
}

/** Sends declared operations, each attempt at AWS's pace and each page within its deadline. */
export function createCall({ clients, limiter, transport, declared }: CallContext): Call {
  return async (target, operation, input, { tally, signal }) => {
    const id = operationId(operation);
    if (!declared.has(id)) throw new Error(`${id} is not among the declared operations, so it is not sent`);
    const Command = serviceSdk(operation.service).command(operation.operation);
    if (Command === undefined) throw new Error(`the SDK has no ${id}`);
    const place = `${target.accountId}/${target.region}`;
    const bucket = tokenBucketOf(operation);
    const send = (): Promise<Raw> =>
      withDeadline(transport.timeouts.deadlineMs, signal, (abortSignal) => {
        const command = new Command({ ...input });
        onEachAttempt(command, tally, {
          beforeRetry: () => limiter.retry(place, bucket, abortSignal),
          afterThrottling: () => limiter.drained(place, bucket),
        });
        return clients.of(target, operation.service).send(command, { abortSignal });
      });
    const { $metadata: _, ...answer } = await limiter.run(place, bucket, send, signal);
    return answer;
  };
}

/** Counts and paces the attempts inside the SDK's own retry, of which its result tells too little. */
function onEachAttempt(
  command: SdkCommand,
  tally: Tally,
  hooks: { readonly beforeRetry: () => Promise<void>; readonly afterThrottling: () => void },
): void {
  let attempts = 0;
  command.middlewareStack.addRelativeTo(
    (next) => async (args) => {
      attempts += 1;
      if (attempts > 1) await hooks.beforeRetry();
      tally.requests += 1;
      try {
        return await next(args);
      } catch (error) {
        if (isThrottling(error)) {
          tally.throttled += 1;
          hooks.afterThrottling();
        }
        throw error;
      }
    },
    { name: 'paceAttempts', relation: 'after', toMiddleware: 'retryMiddleware' },
  );
}
