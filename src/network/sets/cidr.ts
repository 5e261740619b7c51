import { type Family, formatIpv4, formatIpv6, parseIpAddress, type Parsed } from './ip-address.ts';
import type { Intervals } from './intervals.ts';

/** An address block: its first address and the length of its prefix, and its members as `[from, to)`. */
export type Cidr =
  | { readonly family: 4; readonly prefixLength: number; readonly addresses: Intervals<number> }
  | { readonly family: 6; readonly prefixLength: number; readonly addresses: Intervals<bigint> };

/** All of IPv4 as boundaries. */
export const allIpv4Addresses: Intervals<number> = [0, 2 ** 32];
/** All of IPv6 as boundaries. */
export const allIpv6Addresses: Intervals<bigint> = [0n, 1n << 128n];

const prefix = /^(0|[1-9][0-9]{0,2})$/;

/**
 * A block in CIDR notation, strictly: `10.0.0.5/24` (bits set behind the prefix), `10.0.0.0/33`, `010.0.0.0/8` and
 * `10.0.0.0/08` are errors with a reason. EC2 itself answers only canonical blocks, so an odd one is damage or an error
 * of the person who typed it, and a guess would be a wrong verdict.
 */
export function parseCidr(text: string): Parsed<Cidr> {
  let parsed = known.get(text);
  if (parsed === undefined) {
    if (known.size >= mostKnown) known.clear();
    parsed = readCidr(text);
    known.set(text, parsed);
  }
  return parsed;
}

/** The blocks of one account come again and again, in rules, routes and networks: each is read once. */
const known = new Map<string, Parsed<Cidr>>();
const mostKnown = 32_768;

function readCidr(text: string): Parsed<Cidr> {
  const slash = text.indexOf('/');
  if (slash < 0) return { reason: `"${text}" is not a CIDR block: it has no prefix length` };
  const address = parseIpAddress(text.slice(0, slash));
  if (address.reason !== undefined) return { reason: `"${text}" is not a CIDR block: ${address.reason}` };
  const lengthText = text.slice(slash + 1);
  const bits = address.value.family === 4 ? 32 : 128;
  const prefixLength = prefix.test(lengthText) ? Number(lengthText) : Number.NaN;
  if (Number.isNaN(prefixLength) || prefixLength > bits) {
    return { reason: `"${text}" is not a CIDR block: "${lengthText}" is not a prefix length from 0 to ${bits}` };
  }
  return address.value.family === 4
    ? ipv4Block(text, address.value.value, prefixLength)
    : ipv6Block(text, address.value.value, prefixLength);
}

/** A CIDR block, or a bare address as the block that holds it alone. */
export function parseCidrOrAddress(text: string): Parsed<Cidr> {
  if (text.includes('/')) return parseCidr(text);
  const address = parseIpAddress(text);
  if (address.reason !== undefined) return address;
  return parseCidr(`${text}/${address.value.family === 4 ? 32 : 128}`);
}

function ipv4Block(text: string, from: number, prefixLength: number): Parsed<Cidr> {
  if (prefixLength === 0 && from === 0) return { value: { family: 4, prefixLength, addresses: allIpv4Addresses } };
  const size = 2 ** (32 - prefixLength);
  if (from % size !== 0) return hostBits(text, `${formatIpv4(from - (from % size))}/${prefixLength}`);
  return { value: { family: 4, prefixLength, addresses: [from, from + size] } };
}

function ipv6Block(text: string, from: bigint, prefixLength: number): Parsed<Cidr> {
  if (prefixLength === 0 && from === 0n) return { value: { family: 6, prefixLength, addresses: allIpv6Addresses } };
  const size = 1n << BigInt(128 - prefixLength);
  if (from % size !== 0n) return hostBits(text, `${formatIpv6(from - (from % size))}/${prefixLength}`);
  return { value: { family: 6, prefixLength, addresses: [from, from + size] } };
}

const hostBits = (text: string, canonical: string): Parsed<Cidr> => ({
  reason: `"${text}" is not a CIDR block: bits are set behind the prefix; the block is ${canonical}`,
});

/** The block as text. */
export const formatCidr = (cidr: Cidr): string =>
  cidr.family === 4
    ? `${formatIpv4(cidr.addresses[0] as number)}/${cidr.prefixLength}`
    : `${formatIpv6(cidr.addresses[0] as bigint)}/${cidr.prefixLength}`;

/** Sets of many ranges come again and again (the internet, a prefix list): their blocks are worked out once. */
const longTexts = new WeakMap<Intervals, readonly string[]>();

/** The fewest blocks that hold exactly the given addresses, in ascending order. */
export function cidrTexts(family: Family, addresses: Intervals): readonly string[] {
  if (addresses.length <= 4) return blockTexts(family, addresses);
  let texts = longTexts.get(addresses);
  if (texts === undefined) {
    texts = blockTexts(family, addresses);
    longTexts.set(addresses, texts);
  }
  return texts;
}

function blockTexts(family: Family, addresses: Intervals): readonly string[] {
  const out: string[] = [];
  for (let i = 0; i < addresses.length; i += 2) {
    if (family === 4) ipv4Blocks(addresses[i] as number, addresses[i + 1] as number, out);
    else ipv6Blocks(addresses[i] as bigint, addresses[i + 1] as bigint, out);
  }
  return out;
}

function ipv4Blocks(from: number, to: number, out: string[]): void {
  let at = from;
  while (at < to) {
    let prefixLength = 32;
    let size = 1;
    while (prefixLength > 0 && at % (size * 2) === 0 && at + size * 2 <= to) {
      size *= 2;
      prefixLength--;
    }
    out.push(`${formatIpv4(at)}/${prefixLength}`);
    at += size;
  }
}

function ipv6Blocks(from: bigint, to: bigint, out: string[]): void {
  let at = from;
  while (at < to) {
    let prefixLength = 128;
    let size = 1n;
    while (prefixLength > 0 && at % (size << 1n) === 0n && at + (size << 1n) <= to) {
      size <<= 1n;
      prefixLength--;
    }
    out.push(`${formatIpv6(at)}/${prefixLength}`);
    at += size;
  }
}
