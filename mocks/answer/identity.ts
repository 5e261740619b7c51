import type { World } from '../world.ts';
import { Refusal } from './refusal.ts';
import { seal, unseal } from './seal.ts';

/** Who signed a request. */
export interface Identity {
  readonly accountId: string;
  readonly arn: string;
  readonly userId: string;
  /** Whether the keys are those of an assumed role. */
  readonly isSession: boolean;
}

/** Keys to sign with. The secret is never checked. */
export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

const letters = 'ABCDEFGHIJ';

/** The long-term keys of an account's user: the account can be told from them, as AWS itself can. */
export function keysOf(accountId: string): Keys {
  return { accessKeyId: keyId('AKIA', accountId), secretAccessKey: 'mock-secret-that-is-never-checked' };
}

const keyId = (prefix: 'AKIA' | 'ASIA', accountId: string): string =>
  `${prefix}MOCK${accountId
    .split('')
    .map((digit) => letters.charAt(Number(digit)))
    .join('')}`;

function accountOf(accessKeyId: string): string | undefined {
  const match = /^A[KS]IAMOCK([A-J]{12})$/.exec(accessKeyId);
  return match?.[1] === undefined
    ? undefined
    : match[1]
        .split('')
        .map((letter) => letters.indexOf(letter))
        .join('');
}

/** What a session's token says of it. */
export interface Session {
  readonly accountId: string;
  readonly roleName: string;
  readonly sessionName: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Keys of an assumed role. */
export function sessionKeys(session: Session): Required<Keys> {
  return {
    accessKeyId: keyId('ASIA', session.accountId),
    secretAccessKey: 'mock-secret-that-is-never-checked',
    sessionToken: seal({ ...session }),
  };
}

/** The error codes that a service has for bad keys; each service has its own (common errors of each API). */
export interface KeyErrors {
  readonly invalid: { readonly code: string; readonly status: number };
  readonly expired: { readonly code: string; readonly status: number };
}

/**
 * Who signed with these keys. Keys of no account of the world are those of `fallback`, so that any dummy keys do;
 * without it they are refused.
 */
export function identityOf(
  world: World,
  accessKeyId: string,
  sessionToken: string | undefined,
  now: number,
  fallback: string | undefined,
  errors: KeyErrors,
): Identity {
  if (sessionToken !== undefined) return sessionIdentity(sessionToken, now, errors);
  const own = accountOf(accessKeyId);
  const accountId = own !== undefined && world.accounts.has(own) ? own : fallback;
  if (accountId === undefined) throw invalid(errors);
  return {
    accountId,
    arn: `arn:aws:iam::${accountId}:user/auditor`,
    userId: 'AIDAMOCKUSEREXAMPLE00',
    isSession: false,
  };
}

const invalid = ({ invalid: { code, status } }: KeyErrors): Refusal =>
  new Refusal(code, 'The security token included in the request is invalid.', status);

function sessionIdentity(sessionToken: string, now: number, errors: KeyErrors): Identity {
  const session = unseal(sessionToken) as Session | undefined;
  if (session === undefined) throw invalid(errors);
  if (session.expiresAt <= now) {
    throw new Refusal(
      errors.expired.code,
      'The security token included in the request is expired',
      errors.expired.status,
    );
  }
  const { accountId, roleName, sessionName } = session;
  return {
    accountId,
    arn: `arn:aws:sts::${accountId}:assumed-role/${roleName}/${sessionName}`,
    userId: `AROAMOCKROLEEXAMPLE00:${sessionName}`,
    isSession: true,
  };
}
