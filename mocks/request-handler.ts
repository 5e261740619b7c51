import { Readable } from 'node:stream';
import { HttpResponse } from '@smithy/core/protocols';
import { StandardRetryStrategy } from '@smithy/core/retry';
import type { HttpHandlerOptions, HttpRequest } from '@smithy/types';
import { createEndpoint, type EndpointOptions } from './endpoint.ts';
import type { Delivery, WireReply } from './endpoint/wire.ts';

/** What an SDK client takes as its `requestHandler`. */
export interface MockRequestHandler {
  readonly metadata: { readonly handlerProtocol: string };
  readonly handle: (request: HttpRequest, options?: HttpHandlerOptions) => Promise<{ response: HttpResponse }>;
  readonly updateHttpClientConfig: () => void;
  readonly httpHandlerConfigs: () => Record<string, never>;
  readonly destroy: () => void;
}

/**
 * The mock AWS inside the process: the SDK's own serializer, signer, retry and parser, and no socket. One handler serves
 * the clients of every service, account and Region.
 */
export function createRequestHandler(options: EndpointOptions): MockRequestHandler {
  const endpoint = createEndpoint(options);
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    httpHandlerConfigs: () => ({}),
    updateHttpClientConfig: () => undefined,
    destroy: () => undefined,
    handle: async (request, { abortSignal } = {}) => {
      const signal = abortSignal instanceof AbortSignal ? abortSignal : undefined;
      if (signal?.aborted === true) throw aborted();
      const body: unknown = request.body;
      const reply = await endpoint.handle({
        headers: lowerCase(request.headers),
        body: typeof body === 'string' ? body : body instanceof Uint8Array ? new TextDecoder().decode(body) : '',
      });
      return { response: await toResponse(reply, signal) };
    },
  };
}

/** The SDK's standard retries, without the waiting between them. */
export function retryWithoutDelay(maxAttempts = 3): StandardRetryStrategy {
  return scoped(
    new StandardRetryStrategy({
      maxAttempts,
      backoff: { computeNextBackoffDelay: () => 0, setDelayBase: () => undefined },
    }),
  );
}

/** Clients of older releases of the SDK ask for a token without saying for what. */
function scoped(strategy: StandardRetryStrategy): StandardRetryStrategy {
  const acquire = strategy.acquireInitialRetryToken.bind(strategy);
  strategy.acquireInitialRetryToken = (scope: string | undefined) => acquire(scope ?? '');
  return strategy;
}

const lowerCase = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const aborted = (): Error => Object.assign(new Error('Request aborted'), { name: 'AbortError' });

const socketError = (code: string): Error => Object.assign(new Error(`socket: ${code}`), { code });

async function toResponse(reply: WireReply, signal: AbortSignal | undefined): Promise<HttpResponse> {
  if (reply.kind === 'reset') throw socketError('ECONNRESET');
  if (reply.kind === 'refuse') throw socketError('ECONNREFUSED');
  if (reply.kind === 'hang') return untilAborted(signal);
  return new HttpResponse({
    statusCode: reply.status,
    headers: { ...reply.headers },
    body: Readable.from(chunks(reply.body, reply.delivery, signal), { objectMode: false }),
  });
}

function untilAborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    if (signal?.aborted === true) reject(aborted());
    signal?.addEventListener('abort', () => reject(aborted()), { once: true });
  });
}

async function* chunks(body: string, delivery: Delivery, signal: AbortSignal | undefined): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(body);
  if (delivery.way === 'whole') {
    if (bytes.length > 0) yield bytes;
    return;
  }
  if (delivery.way === 'dripping') {
    for (let index = 0; index < bytes.length; index += delivery.atOnce) {
      yield bytes.subarray(index, index + delivery.atOnce);
      await pause(delivery.delayMs, signal);
    }
    return;
  }
  yield bytes.subarray(0, delivery.sent);
  if (delivery.way === 'truncated') throw socketError('ECONNRESET');
  await untilAborted(signal);
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        reject(aborted());
      },
      { once: true },
    );
  });
}
