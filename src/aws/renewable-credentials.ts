import type { Clock } from './clock.ts';
import type { AwsCredentials } from './sdk.ts';

/**
 * The credentials of one account, fetched once for all its clients and again before they expire. The SDK takes a
 * provider marked `memoized` as it is; any other it would ask anew for every client, so that one role would be assumed
 * (and one code asked for) once per Region and service.
 */
export interface RenewableCredentials {
  (): Promise<AwsCredentials>;
  /** Makes the next use fetch new credentials: AWS no longer takes the present ones. */
  readonly renew: () => void;
  readonly memoized: true;
  readonly configBound: true;
}

const longestMargin = 5 * 60_000;

/**
 * Wraps a source of credentials. They are fetched again five minutes before they expire, or after three quarters of
 * their life where that is shorter; while a renewal fails, the present ones serve until they really expire.
 */
export function renewableCredentials(
  fetchCredentials: (forceRefresh: boolean) => Promise<AwsCredentials>,
  clock: Clock,
): RenewableCredentials {
  let present: { readonly credentials: AwsCredentials; readonly renewAt: number } | undefined;
  let pending: Promise<AwsCredentials> | undefined;
  let rejected = false;

  const fetchOnce = (): Promise<AwsCredentials> => {
    pending ??= fetchCredentials(rejected)
      .then((credentials) => {
        present = { credentials, renewAt: renewalTime(credentials, clock.now()) };
        rejected = false;
        return credentials;
      })
      .finally(() => {
        pending = undefined;
      });
    return pending;
  };

  const provider = async (): Promise<AwsCredentials> => {
    if (present === undefined || rejected) return fetchOnce();
    const { credentials, renewAt } = present;
    if (clock.now() < renewAt) return credentials;
    try {
      return await fetchOnce();
    } catch (error) {
      if (credentials.expiration !== undefined && clock.now() < credentials.expiration.getTime()) return credentials;
      throw error;
    }
  };
  const renew = (): void => {
    rejected = true;
  };
  return Object.assign(provider, { renew, memoized: true as const, configBound: true as const });
}

function renewalTime({ expiration }: AwsCredentials, now: number): number {
  if (expiration === undefined) return Number.POSITIVE_INFINITY;
  const life = expiration.getTime() - now;
  return expiration.getTime() - Math.min(longestMargin, life / 4);
}
