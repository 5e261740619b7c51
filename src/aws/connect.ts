import type { AccountId } from '../model/id.ts';
import { type Call, createCall } from './call.ts';
import { type Clients, createClients } from './clients.ts';
import { type Clock, systemClock } from './clock.ts';
import { type CredentialOptions, credentialSources } from './credential-sources.ts';
import { CredentialsError } from './credentials-error.ts';
import { credentialsOf } from './credentials.ts';
import { type Account, identify, type UnusableSource } from './identify.ts';
import { createLimiter, type Limiter } from './limiter.ts';
import { enterMembers } from './members.ts';
import { checkMemberOptions, type MemberOptions } from './member-options.ts';
import type { OperationId } from './operation.ts';
import type { EarlierAnswer, OrganizationReading } from './organization.ts';
import { readSharedConfig } from './shared-config.ts';
import { createTransport, type TransportOptions } from './transport.ts';
import { UsageError } from './usage-error.ts';

/** How to reach AWS, as whom, and how fast. */
export interface ConnectOptions extends TransportOptions {
  readonly credentials?: CredentialOptions;
  /** Reads other accounts by way of the one that the credentials lead to, which must then be one. */
  readonly members?: MemberOptions | undefined;
  /** Lists of the organization that need not be asked for again. */
  readonly earlier?: EarlierAnswer | undefined;
  /** The first Region asked for; it tells the partition where nothing else does. */
  readonly requestedRegion?: string | undefined;
  /** The only operations that this connection sends, `sts:GetCallerIdentity` among them. */
  readonly declared: ReadonlySet<OperationId>;
  /** Requests in flight at once. */
  readonly concurrency?: number;
  readonly clock?: Clock;
  readonly signal?: AbortSignal | undefined;
}

/** A live connection to one or more accounts. */
export interface Connection {
  /** Each account once, in the order of the sources. */
  readonly accounts: readonly Account[];
  readonly unusable: readonly UnusableSource[];
  /** Sources that lead to an account which another source gives already. */
  readonly duplicates: readonly { readonly label: string; readonly accountId: AccountId }[];
  /** Who started it all: the first source, also where its own account is not read. */
  readonly caller: Account;
  /** What was asked of Organizations to find the accounts. */
  readonly organization: readonly OrganizationReading[];
  /** Accounts that are left to other shards. */
  readonly elsewhere: readonly AccountId[];
  readonly call: Call;
  readonly clients: Clients;
  readonly limiter: Limiter;
  readonly clock: Clock;
  /** Ends the connections kept alive, so that the process can end. */
  readonly close: () => void;
}

/**
 * Finds the credentials and asks each source who it is. One source or member that fails does not stop the others; when
 * none is left, a `CredentialsError` says why.
 */
export async function connect(options: ConnectOptions): Promise<Connection> {
  const clock = options.clock ?? systemClock;
  const concurrency = options.concurrency ?? 40;
  const { members, signal } = options;
  if (members !== undefined) checkMemberOptions(members);
  const credentialOptions = ownOptions(options);
  const config = await readSharedConfig();
  const sources = credentialSources(credentialOptions, config, options.requestedRegion);
  if (members !== undefined && sources.length > 1)
    throw new UsageError('Members are entered by way of one profile or role: name one, or none.');
  const transport = createTransport({ maxSockets: concurrency, ...options });
  const clients = createClients(transport);
  const limiter = createLimiter({ clock, concurrency });
  const call = createCall({ clients, limiter, transport, declared: options.declared });
  try {
    const identities = await Promise.all(
      sources.map(async (source) => {
        const credentials = credentialsOf(source, { options: credentialOptions, config, transport, clock });
        return identify(call, source, credentials, signal);
      }),
    );
    signal?.throwIfAborted();
    const found = identities.flatMap((identity) => ('arn' in identity ? [identity] : []));
    const unusable = identities.flatMap((identity) => ('arn' in identity ? [] : [identity]));
    const own = found.filter(
      ({ accountId }, index) => found.findIndex((other) => other.accountId === accountId) === index,
    );
    const [caller] = own;
    if (caller === undefined) throw new CredentialsError(unusable[0]?.reason ?? 'There are no AWS credentials.');
    const duplicates = found
      .filter((identity) => !own.includes(identity))
      .map(({ label, accountId }) => ({ label, accountId }));
    const common = { duplicates, caller, call, clients, limiter, clock, close: transport.close };
    if (members === undefined) return { accounts: own, unusable, organization: [], elsewhere: [], ...common };
    const entered = await enterMembers(caller, members, {
      call,
      clock,
      transport,
      options: options.credentials ?? {},
      earlier: options.earlier,
      signal,
    });
    signal?.throwIfAborted();
    return { ...entered, ...common };
  } catch (error) {
    transport.close();
    throw error;
  }
}

/** A session that enters members has to be allowed to. */
function ownOptions({ credentials = {}, members }: ConnectOptions): CredentialOptions {
  const { hopPolicy } = credentials;
  return members === undefined || hopPolicy === undefined ? credentials : { ...credentials, sessionPolicy: hopPolicy };
}
