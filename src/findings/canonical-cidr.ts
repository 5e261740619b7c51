import { isIPv4, isIPv6 } from 'node:net';

/**
 * One spelling for all spellings of an address block: the bits behind the prefix cleared, IPv6 written out in full, a bare
 * address as the block that holds it alone. What is no block (a prefix-list id, a security-group id) stays as it is.
 */
export function canonicalCidr(text: string): string {
  const [address = '', length, ...rest] = text.split('/');
  if (rest.length > 0) return text;
  const version = isIPv4(address) ? 4 : isIPv6(address) && !address.includes('%') ? 6 : undefined;
  if (version === undefined) return text;
  const bits = version === 4 ? 32 : 128;
  const prefix = length === undefined ? bits : /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN;
  if (!(prefix <= bits)) return text;
  const behind = BigInt(bits - prefix);
  const value = ((version === 4 ? ipv4Value(address) : ipv6Value(address)) >> behind) << behind;
  return `ipv${version}:${value.toString(16).padStart(bits / 4, '0')}/${prefix}`;
}

const ipv4Value = (address: string): bigint =>
  address.split('.').reduce((value, byte) => value * 256n + BigInt(byte), 0n);

/** The value of an IPv6 address that is known to be well formed (RFC 4291, section 2.2). */
function ipv6Value(address: string): bigint {
  const groups = withoutEmbeddedIpv4(address);
  const [head = '', tail] = groups.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after].reduce((value, group) => value * 65536n + BigInt(`0x${group}`), 0n);
}

/** `::ffff:192.0.2.1` with its last four bytes written as two groups. */
function withoutEmbeddedIpv4(address: string): string {
  if (!address.includes('.')) return address;
  const start = address.lastIndexOf(':') + 1;
  const value = ipv4Value(address.slice(start));
  return `${address.slice(0, start)}${(value >> 16n).toString(16)}:${(value & 65535n).toString(16)}`;
}
