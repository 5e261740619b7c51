/** Just enough address arithmetic to hand out addresses and to lint fixtures; the engine has its own, which this must not lean on. */

/** An address range: the family, its first address and the length of its prefix. */
export interface Cidr {
  readonly family: 4 | 6;
  readonly base: bigint;
  readonly length: number;
}

const bitsOf = (family: 4 | 6): number => (family === 4 ? 32 : 128);

/** The number of an IPv4 or IPv6 address. Throws on anything else. */
export function parseAddress(text: string): { readonly family: 4 | 6; readonly value: bigint } {
  if (text.includes(':')) return { family: 6, value: parseIpv6(text) };
  const octets = text.split('.').map(Number);
  if (octets.length !== 4 || octets.some((octet) => !Number.isInteger(octet) || octet < 0 || octet > 255)) {
    throw new Error(`not an IP address: ${text}`);
  }
  return { family: 4, value: octets.reduce((value, octet) => value * 256n + BigInt(octet), 0n) };
}

function parseIpv6(text: string): bigint {
  const [head = '', tail, ...rest] = text.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = 8 - left.length - right.length;
  const whole = tail === undefined ? left : [...left, ...Array<string>(Math.max(missing, 0)).fill('0'), ...right];
  if (rest.length > 0 || whole.length !== 8 || whole.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) {
    throw new Error(`not an IPv6 address: ${text}`);
  }
  return whole.reduce((value, group) => value * 65536n + BigInt(Number.parseInt(group, 16)), 0n);
}

/** The address as text, IPv6 in its canonical form (RFC 5952). */
export function formatAddress(family: 4 | 6, value: bigint): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.');
  const groups = Array.from({ length: 8 }, (_, index) => ((value >> BigInt(112 - 16 * index)) & 65535n).toString(16));
  const text = groups.join(':');
  const runs = [...text.matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].sort(
    (a, b) => b[0].length - a[0].length || a.index - b.index,
  );
  const longest = runs[0];
  if (longest === undefined) return text;
  const before = text.slice(0, longest.index);
  const after = text.slice(longest.index + longest[0].length + 1);
  return `${before}::${after}`;
}

/** A range such as `10.0.0.0/16` or `2001:db8::/32`; a bare address is a range of one. */
export function parseCidr(text: string): Cidr {
  const [address = '', prefix] = text.split('/');
  const { family, value } = parseAddress(address);
  const bits = bitsOf(family);
  const length = prefix === undefined ? bits : Number(prefix);
  if (!Number.isInteger(length) || length < 0 || length > bits) throw new Error(`not a CIDR: ${text}`);
  const host = BigInt(bits - length);
  return { family, base: (value >> host) << host, length };
}

/** The range in its canonical form, host bits cleared, as EC2 stores it. */
export function canonicalCidr(text: string): string {
  const { family, base, length } = parseCidr(text);
  return `${formatAddress(family, base)}/${length}`;
}

/** How many addresses the range holds. */
export function cidrSize(text: string): bigint {
  const { family, length } = parseCidr(text);
  return 1n << BigInt(bitsOf(family) - length);
}

/** The nth address of a range, counted from 0. Throws beyond its end. */
export function nthAddress(cidr: string, n: number | bigint): string {
  const { family, base } = parseCidr(cidr);
  if (BigInt(n) >= cidrSize(cidr)) throw new Error(`${cidr} has no address number ${n}`);
  return formatAddress(family, base + BigInt(n));
}

/** Does `outer` hold all of `inner` (a CIDR or an address)? */
export function cidrContains(outer: string, inner: string): boolean {
  const a = parseCidr(outer);
  const b = parseCidr(inner);
  if (a.family !== b.family || a.length > b.length) return false;
  const host = BigInt(bitsOf(a.family) - a.length);
  return a.base >> host === b.base >> host;
}

/** Do the two share an address? */
export function cidrsOverlap(a: string, b: string): boolean {
  return cidrContains(a, b) || cidrContains(b, a);
}
