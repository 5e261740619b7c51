/** The run cannot start, or cannot go on for one account, because there are no credentials that work. */
export class CredentialsError extends Error {
  override readonly name = 'CredentialsError';
  readonly code = 'NO_CREDENTIALS';
}
