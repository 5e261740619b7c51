import { createHmac } from 'node:crypto';

/** Stands for texts in a way that the key alone connects with them: the same text always gets the same pseudonym. */
export interface Pseudonyms {
  /** As many hexadecimal digits as asked for, at most 64. */
  readonly hex: (kind: string, text: string, digits: number) => string;
  /** As many decimal digits as asked for, at most 16. */
  readonly decimal: (kind: string, text: string, digits: number) => string;
  /** A word of six letters. */
  readonly word: (text: string) => string;
  /** One bit. */
  readonly bit: (kind: string, text: string) => 0 | 1;
}

const letters = 'bcdfghjklmnpqrstvwxz';

/** Pseudonyms by HMAC-SHA-256 (RFC 2104). */
export function pseudonyms(key: Uint8Array): Pseudonyms {
  const digest = (kind: string, text: string): Buffer =>
    createHmac('sha256', key).update(kind).update('\0').update(text).digest();
  const known = new Map<string, string>();
  const once = (kind: string, text: string, make: (bytes: Buffer) => string): string => {
    const name = `${kind}\0${text}`;
    const before = known.get(name);
    if (before !== undefined) return before;
    const made = make(digest(kind, text));
    known.set(name, made);
    return made;
  };
  return {
    hex: (kind, text, digits) => once(`hex ${digits} ${kind}`, text, (bytes) => bytes.toString('hex').slice(0, digits)),
    decimal: (kind, text, digits) =>
      once(`decimal ${digits} ${kind}`, text, (bytes) =>
        (bytes.readBigUInt64BE() % 10n ** BigInt(digits)).toString().padStart(digits, '0'),
      ),
    word: (text) =>
      once('word', text, (bytes) =>
        [...bytes.subarray(0, 6)].map((byte) => letters.charAt(byte % letters.length)).join(''),
      ),
    bit: (kind, text) => ((digest(kind, text)[0] ?? 0) & 1 ? 1 : 0),
  };
}
