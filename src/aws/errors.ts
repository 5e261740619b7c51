import type { FailureClass } from '../model/snapshot/manifest.ts';
import { CredentialsError } from './credentials-error.ts';
import { type Denial, denialIn } from './denial.ts';
import { safeText } from './safe-text.ts';

/** Why a call failed, in words fit for the coverage record. */
export interface Failure {
  readonly failure: FailureClass;
  /** AWS's error code, or a word of ours where AWS gave none. */
  readonly errorCode: string;
  readonly message: string;
  /** Who refused, where the message says so; only for `denied`. */
  readonly denial?: Denial;
}

/** A call that failed for good, after all retries. */
export class AwsCallError extends Error {
  override readonly name = 'AwsCallError';
  readonly reason: Failure;

  constructor(reason: Failure, options?: ErrorOptions) {
    super(`${reason.errorCode}: ${reason.message}`, options);
    this.reason = reason;
  }
}

/** An answer that came, and is not what the operation answers: never "there are none". */
export class BrokenAnswer extends Error {
  override readonly name = 'BrokenAnswer';
}

/** A call that got no complete answer within its deadline. */
export class DeadlineExceeded extends Error {
  override readonly name = 'DeadlineExceeded';

  constructor(milliseconds: number) {
    super(`no complete answer within ${Math.round(milliseconds / 1000)} s`);
  }
}

const codes: Readonly<Record<string, FailureClass>> = {
  UnauthorizedOperation: 'denied',
  AccessDenied: 'denied',
  AccessDeniedException: 'denied',
  AuthorizationError: 'denied',
  UnauthorizedAccess: 'denied',

  AuthFailure: 'region-not-enabled',
  OptInRequired: 'region-not-enabled',
  Blocked: 'region-not-enabled',
  PendingVerification: 'region-not-enabled',
  InvalidClientTokenId: 'region-not-enabled',
  UnrecognizedClientException: 'region-not-enabled',
  RegionDisabledException: 'region-not-enabled',

  InvalidAction: 'not-available-in-region',
  UnsupportedOperation: 'not-available-in-region',
  UnknownOperationException: 'not-available-in-region',

  RequestLimitExceeded: 'throttled',
  EC2ThrottledException: 'throttled',
  Throttling: 'throttled',
  ThrottlingException: 'throttled',
  ThrottledException: 'throttled',
  RequestThrottled: 'throttled',
  RequestThrottledException: 'throttled',
  TooManyRequestsException: 'throttled',
  SlowDown: 'throttled',

  ExpiredToken: 'expired-credentials',
  ExpiredTokenException: 'expired-credentials',
  RequestExpired: 'expired-credentials',
  TokenRefreshRequired: 'expired-credentials',
};

/** Node's own error codes of a connection that failed, and what they mean. */
const networkCodes: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was closed before the answer was complete',
  EPIPE: 'the connection was closed while the request was sent',
  ETIMEDOUT: 'no answer came in time',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ENOTFOUND: 'the host name does not resolve',
  EAI_AGAIN: 'the host name could not be resolved just now',
  CERT_HAS_EXPIRED: 'the certificate of the other side has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the other side shows a self-signed certificate',
  SELF_SIGNED_CERT_IN_CHAIN:
    'the other side shows a certificate of an unknown authority; a proxy may inspect the traffic',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'the other side shows a certificate of an unknown authority; a proxy may inspect the traffic',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificate of the other side cannot be verified',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate of the other side is for another name',
};

const explanations: Readonly<Record<string, string>> = {
  AuthFailure: 'the Region may not be enabled for the account, or the session token is not valid in it',
  InvalidClientTokenId: 'the Region may not be enabled for the account, or the session token is not valid in it',
  InvalidAction: 'the operation is not available in this Region',
};

/** Is this AWS asking for fewer requests? */
export function isThrottling(error: unknown): boolean {
  return codes[codeOf(error) ?? ''] === 'throttled' || statusOf(error) === 429;
}

/** Sorts whatever was thrown while calling AWS by what the reader of the report can do about it. */
export function failureOf(error: unknown): Failure {
  if (error instanceof AwsCallError) return error.reason;
  if (error instanceof BrokenAnswer)
    return { failure: 'broken-answer', errorCode: 'BrokenAnswer', message: safeText(error.message) };
  if (error instanceof DeadlineExceeded)
    return { failure: 'network', errorCode: 'DeadlineExceeded', message: error.message };
  const credentials = causeOf(
    error,
    (cause) => cause instanceof CredentialsError || cause.name === 'CredentialsProviderError',
  );
  if (credentials !== undefined) {
    return {
      failure: 'expired-credentials',
      errorCode: 'CredentialsUnavailable',
      message: safeText(`the credentials could not be renewed: ${credentials.message}`),
    };
  }
  const code = codeOf(error);
  if (code !== undefined) return serviceFailure(code, error);
  return transportFailure(error) ?? foreignAnswer(error) ?? otherFailure(error);
}

function serviceFailure(code: string, error: unknown): Failure {
  const message = [safeText(messageOf(error)), explanations[code]]
    .filter((part) => part !== undefined && part !== '')
    .join('; ');
  const failure = codes[code] ?? (statusOf(error) === 429 ? 'throttled' : 'other');
  const reason: Failure = {
    failure,
    errorCode: safeText(code),
    message: message === '' ? 'AWS gave no message' : message,
  };
  return failure === 'denied' ? { ...reason, denial: denialIn(messageOf(error)) } : reason;
}

function transportFailure(error: unknown): Failure | undefined {
  const cause = causeOf(
    error,
    (item) => networkCodes[nodeCodeOf(item) ?? ''] !== undefined || item.name === 'TimeoutError',
  );
  if (cause === undefined) return undefined;
  const code = nodeCodeOf(cause) ?? 'TimeoutError';
  return { failure: 'network', errorCode: code, message: networkCodes[code] ?? 'no answer came in time' };
}

/** An answer without an AWS error code, so not from AWS: the HTTP status is all that can be relied on. */
function foreignAnswer(error: unknown): Failure | undefined {
  const status = statusOf(error);
  if (status === undefined) return undefined;
  if (status >= 200 && status < 300) {
    return {
      failure: 'broken-answer',
      errorCode: 'UnreadableAnswer',
      message: `HTTP ${status} with a body that is not an AWS answer: broken on the way, or sent by a proxy or a captive portal`,
    };
  }
  return {
    failure: 'network',
    errorCode: `HTTP${status}`,
    message: `HTTP ${status} without an AWS error code: sent by a proxy, a firewall or a gateway on the way to AWS`,
  };
}

function otherFailure(error: unknown): Failure {
  const name = error instanceof Error && error.name !== '' ? error.name : 'Error';
  const message = safeText(messageOf(error));
  return { failure: 'other', errorCode: safeText(name), message: message === '' ? 'no message was given' : message };
}

/** The code of an error that AWS itself answered, `undefined` for everything else. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = 'Code' in error ? error.Code : undefined;
  if (typeof code === 'string' && code !== '') return code;
  // What is no answer of AWS has no code: a client of the SDK then puts a word of its own, or the HTTP status, in its place.
  return '$fault' in error && !/^(Unknown|UnknownError|\d+)$/.test(error.name) ? error.name : undefined;
}

function nodeCodeOf(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  const told = '$metadata' in error ? memberOf(error.$metadata, 'httpStatusCode') : undefined;
  // An older client that cannot read an answer says of it only what it keeps of the answer.
  const status = told ?? ('$response' in error ? memberOf(error.$response, 'statusCode') : undefined);
  return typeof status === 'number' ? status : undefined;
}

const memberOf = (value: unknown, member: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, member) : undefined;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The first of an error and its causes that matches. */
function causeOf(error: unknown, matches: (cause: Error) => boolean): Error | undefined {
  let current = error;
  for (let depth = 0; depth < 10 && current instanceof Error; depth += 1) {
    if (matches(current)) return current;
    current = current.cause;
  }
  return undefined;
}
