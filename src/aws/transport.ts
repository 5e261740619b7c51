import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Raw } from '../model/decode.ts';
import { type CredentialProvider, silentLogger } from './sdk.ts';

/** How long to wait, in milliseconds. The SDK's own default is for ever. */
export interface Timeouts {
  /** Until the connection stands. */
  readonly connectionMs: number;
  /** Until the answer begins. */
  readonly requestMs: number;
  /** While an answer has begun and nothing more of it comes. */
  readonly socketMs: number;
  /** For one page with all its retries: the only limit on an answer that drips. */
  readonly deadlineMs: number;
}

/** How AWS is reached. */
export interface TransportOptions {
  /** Everything is sent to this address instead of AWS. */
  readonly endpointUrl?: string;
  readonly timeouts?: Partial<Timeouts>;
  /** How often one request is sent at most, the first time included. */
  readonly maxAttempts?: number;
  /** Most connections to one host. */
  readonly maxSockets?: number;
  /** An SDK request handler that answers instead of the network; for tests. */
  readonly requestHandler?: unknown;
  /** An SDK retry strategy in place of the standard one; for tests. */
  readonly retryStrategy?: unknown;
}

/** The way to AWS, shared by all clients. */
export interface Transport {
  readonly timeouts: Timeouts;
  /** The configuration of one client. */
  readonly configuration: (region: string, credentials: CredentialProvider) => Raw;
  /** Closes the connections that are kept alive; without it the process would linger. */
  readonly close: () => void;
}

const defaultTimeouts: Timeouts = { connectionMs: 5_000, requestMs: 60_000, socketMs: 30_000, deadlineMs: 150_000 };

/** A transport; its connections are made when they are needed and kept alive. */
export function createTransport(options: TransportOptions): Transport {
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const agentOptions = { keepAlive: true, maxSockets: options.maxSockets ?? 64 };
  const httpAgent = new HttpAgent(agentOptions);
  const httpsAgent = new HttpsAgent(agentOptions);
  const shared: Raw = {
    logger: silentLogger,
    maxAttempts: options.maxAttempts ?? 8,
    // Not `adaptive`: it would slow down all actions of a client for one that is throttled, and each has a bucket of its
    // own, which the limiter knows and waits for.
    retryMode: 'standard',
    requestHandler: options.requestHandler ?? {
      connectionTimeout: timeouts.connectionMs,
      requestTimeout: timeouts.requestMs,
      throwOnRequestTimeout: true,
      socketTimeout: timeouts.socketMs,
      logger: silentLogger,
      httpAgent,
      httpsAgent,
    },
    ...(options.retryStrategy === undefined ? {} : { retryStrategy: options.retryStrategy }),
    ...(options.endpointUrl === undefined ? {} : { endpoint: options.endpointUrl }),
  };
  return {
    timeouts,
    configuration: (region, credentials) => ({ ...shared, region, credentials }),
    close: () => {
      httpAgent.destroy();
      httpsAgent.destroy();
    },
  };
}
