import type { AccountId } from '../model/id.ts';
import { requiredText } from '../model/decode.ts';
import { type Call, createCall } from './call.ts';
import { type Clients, createClients } from './clients.ts';
import { type Clock, systemClock } from './clock.ts';
import { type CredentialOptions, type CredentialSource, credentialSources } from './credential-sources.ts';
import { CredentialsError } from './credentials-error.ts';
import { credentialsOf } from './credentials.ts';
import { AwsCallError, failureOf } from './errors.ts';
import { createLimiter } from './limiter.ts';
import type { OperationId } from './operation.ts';
import type { RenewableCredentials } from './renewable-credentials.ts';
import { readSharedConfig } from './shared-config.ts';
import { createTransport, type TransportOptions } from './transport.ts';

/** How to reach AWS, as whom, and how fast. */
export interface ConnectOptions extends TransportOptions {
  readonly credentials?: CredentialOptions;
  /** The first Region asked for; it tells the partition where nothing else does. */
  readonly requestedRegion?: string | undefined;
  /** The only operations that this connection sends, `sts:GetCallerIdentity` among them. */
  readonly declared: ReadonlySet<OperationId>;
  /** Requests in flight at once. */
  readonly concurrency?: number;
  readonly clock?: Clock;
  readonly signal?: AbortSignal | undefined;
}

/** An account that answered who we are in it. */
export interface Account {
  readonly accountId: AccountId;
  /** The principal that reads, as sts:GetCallerIdentity names it. */
  readonly arn: string;
  /** With which credentials, in words. */
  readonly label: string;
  readonly homeRegion: string;
  readonly credentials: RenewableCredentials;
}

/** A source that gave no account, and why. */
export interface UnusableSource {
  readonly label: string;
  readonly accountId?: AccountId;
  readonly reason: string;
}

/** A live connection to one or more accounts. */
export interface Connection {
  /** Each account once, in the order of the sources. */
  readonly accounts: readonly Account[];
  readonly unusable: readonly UnusableSource[];
  /** Sources that lead to an account which another source gives already. */
  readonly duplicates: readonly { readonly label: string; readonly accountId: AccountId }[];
  readonly call: Call;
  readonly clients: Clients;
  readonly clock: Clock;
  /** Ends the connections kept alive, so that the process can end. */
  readonly close: () => void;
}

/**
 * Finds the credentials and asks each source who it is. One source that fails does not stop the others; when none is
 * left, a `CredentialsError` says why.
 */
export async function connect(options: ConnectOptions): Promise<Connection> {
  const clock = options.clock ?? systemClock;
  const concurrency = options.concurrency ?? 40;
  const credentialOptions = options.credentials ?? {};
  const config = await readSharedConfig();
  const sources = credentialSources(credentialOptions, config, options.requestedRegion);
  const transport = createTransport({ maxSockets: concurrency, ...options });
  const clients = createClients(transport);
  const call = createCall({
    clients,
    limiter: createLimiter({ clock, concurrency }),
    transport,
    declared: options.declared,
  });
  try {
    const identities = await Promise.all(
      sources.map(async (source) => {
        const credentials = credentialsOf(source, { options: credentialOptions, config, transport, clock });
        return identify(call, source, credentials, options.signal);
      }),
    );
    options.signal?.throwIfAborted();
    const found = identities.flatMap((identity) => ('arn' in identity ? [identity] : []));
    const unusable = identities.flatMap((identity) => ('arn' in identity ? [] : [identity]));
    const accounts = found.filter(
      ({ accountId }, index) => found.findIndex((other) => other.accountId === accountId) === index,
    );
    if (accounts.length === 0) throw new CredentialsError(unusable[0]?.reason ?? 'There are no AWS credentials.');
    const duplicates = found
      .filter((identity) => !accounts.includes(identity))
      .map(({ label, accountId }) => ({ label, accountId }));
    return { accounts, unusable, duplicates, call, clients, clock, close: transport.close };
  } catch (error) {
    transport.close();
    throw error;
  }
}

async function identify(
  call: Call,
  source: CredentialSource,
  credentials: RenewableCredentials,
  signal: AbortSignal | undefined,
): Promise<Account | UnusableSource> {
  const { label, homeRegion, accountId } = source;
  const target = { accountId: label, region: homeRegion, credentials };
  try {
    const identity = await call(
      target,
      { service: 'sts', operation: 'GetCallerIdentity' },
      {},
      { tally: { requests: 0, throttled: 0 }, signal },
    );
    return {
      accountId: requiredText(identity, 'Account') as AccountId,
      arn: requiredText(identity, 'Arn'),
      label,
      homeRegion,
      credentials,
    };
  } catch (error) {
    return {
      label,
      ...(accountId === undefined ? {} : { accountId }),
      reason: identityFailure(label, homeRegion, error),
    };
  }
}

/** Why a source does not tell who it is, in one sentence. */
function identityFailure(label: string, region: string, error: unknown): string {
  if (error instanceof CredentialsError) return error.message;
  if (error instanceof AwsCallError && error.cause instanceof CredentialsError) return error.cause.message;
  const { failure, errorCode, message } = failureOf(error);
  if (failure === 'network') return `STS in ${region} could not be reached for ${label}: ${message} (${errorCode}).`;
  return `AWS does not accept the credentials of ${label}: ${errorCode}: ${message}`;
}
