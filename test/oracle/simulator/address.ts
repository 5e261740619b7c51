/**
 * One address, one CIDR block: numbers to compare, nothing else. Deliberately not the engine's own reading of addresses.
 */

/** One IPv4 or IPv6 address. `key` is equal exactly where the addresses are. */
export interface Address {
  readonly family: 4 | 6;
  readonly value: bigint;
  readonly key: string;
}

/** A block of addresses, first and last included. */
export interface Cidr {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
  readonly length: number;
}

/** The address with this number. */
export function addressOf(family: 4 | 6, value: bigint): Address {
  return { family, value, key: `${family}:${value.toString(16)}` };
}

function ipv4Value(text: string): bigint {
  const parts = text.split('.').map(Number);
  if (parts.length !== 4 || parts.some((part) => !(part >= 0 && part <= 255))) throw new Error(`no address: ${text}`);
  return BigInt(parts.reduce((sum, part) => sum * 256 + part, 0));
}

function ipv6Value(text: string): bigint {
  const [head = '', tail] = text.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => '0');
  const groups = [...left, ...gap, ...right];
  if (groups.length !== 8) throw new Error(`no address: ${text}`);
  return groups.reduce((sum, group) => sum * 65536n + BigInt(Number.parseInt(group, 16)), 0n);
}

/** Reads an address as AWS writes it. */
export function parseAddress(text: string): Address {
  return text.includes(':') ? addressOf(6, ipv6Value(text)) : addressOf(4, ipv4Value(text));
}

const read = new Map<string, Cidr>();

/** Reads a block as AWS writes it. The same text is read once. */
export function parseCidr(text: string): Cidr {
  const before = read.get(text);
  if (before !== undefined) return before;
  if (read.size > 20_000) read.clear();
  const cidr = readCidr(text);
  read.set(text, cidr);
  return cidr;
}

function readCidr(text: string): Cidr {
  const [network = '', prefix = ''] = text.split('/');
  const { family, value } = parseAddress(network);
  const length = Number(prefix);
  const size = 1n << BigInt((family === 4 ? 32 : 128) - length);
  const first = value - (value % size);
  return { family, first, last: first + size - 1n, length };
}

/** Does the block hold the address? IPv4 and IPv6 never meet. */
export function contains(cidr: Cidr, address: Address): boolean {
  return cidr.family === address.family && cidr.first <= address.value && address.value <= cidr.last;
}

/** Does one of the blocks hold the address? */
export function anyContains(cidrs: readonly Cidr[], address: Address): boolean {
  for (const cidr of cidrs) if (contains(cidr, address)) return true;
  return false;
}

/** The address as text: dotted, or eight groups of hexadecimal digits. */
export function formatAddress({ family, value }: Address): string {
  const groups: string[] = [];
  const bits = family === 4 ? 8n : 16n;
  for (let index = family === 4 ? 3n : 7n; index >= 0n; index--) {
    const group = (value >> (index * bits)) & ((1n << bits) - 1n);
    groups.push(family === 4 ? group.toString() : group.toString(16));
  }
  return groups.join(family === 4 ? '.' : ':');
}

/** What an internet gateway refuses to send to and to take from: RFC 1918 and RFC 6598. */
const refusedByInternetGateways: readonly Cidr[] = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
].map(parseCidr);

export function isPrivateIpv4(address: Address): boolean {
  return anyContains(refusedByInternetGateways, address);
}

/** The well-known prefix under which NAT64 shows IPv4 addresses to IPv6 hosts (RFC 6052). */
export const nat64Prefix: Cidr = parseCidr('64:ff9b::/96');
