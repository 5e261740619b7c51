const maximumLength = 500;
/** Line breaks, other control characters, and marks that reorder or hide text on a terminal (Unicode UAX #9). */
const invisible = /[\p{Cc}\p{Cf}\u2028\u2029\s]+/gu;
const userInfo = /\b([a-z][a-z0-9+.-]*:\/\/)[^/\s@]+@/gi;
const accessKeyId = /\b(A[A-Z]{3})[A-Z0-9]{16}\b/g;
/** The alphabet of secret access keys, and the wider one of session tokens and encoded authorization messages. */
const secretLike = /[A-Za-z0-9+/=]{40,}/g;
const blobLike = /[A-Za-z0-9+/=_-]{100,}/g;
/** An ARN is kept whole: its long parts are names. */
const arn = /(arn:aws[\w+=.@:/-]*)/;

/**
 * Text that came from outside, fit for a message: one line, no control characters, at most 500 characters, and nothing
 * in it that may be a key, a session token or an encoded authorization message.
 */
export function safeText(text: string): string {
  const line = text
    .slice(0, 20_000)
    .replaceAll(invisible, ' ')
    .trim()
    .replaceAll(userInfo, '$1')
    .split(arn)
    .map((part) => (part.startsWith('arn:aws') ? part : withoutSecrets(part)))
    .join('');
  return line.length <= maximumLength ? line : `${line.slice(0, maximumLength - 1)}…`;
}

function withoutSecrets(text: string): string {
  return text
    .replaceAll(accessKeyId, '$1…')
    .replaceAll(blobLike, '…')
    .replaceAll(secretLike, (run) => (/\d/.test(run) && /[A-Z]/.test(run) && /[a-z]/.test(run) ? '…' : run));
}
