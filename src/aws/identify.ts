import { requiredText } from '../model/decode.ts';
import type { AccountId } from '../model/id.ts';
import type { Call } from './call.ts';
import type { CredentialSource } from './credential-sources.ts';
import { CredentialsError } from './credentials-error.ts';
import { AwsCallError, failureOf } from './errors.ts';
import type { RenewableCredentials } from './renewable-credentials.ts';

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
  /** The account is suspended, closed or not yet active: nobody can enter it. */
  readonly inactive?: true;
}

/** Asks a source of credentials whose they are. */
export async function identify(
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
