import { parseCidr } from '../network/sets/cidr.ts';
import { formatIpv4, formatIpv6, parseIpAddress } from '../network/sets/ip-address.ts';
import type { Pseudonyms } from './pseudonyms.ts';

/**
 * Blocks whose meaning lies in their number (IANA special-purpose address registries): each keeps its place, so that what
 * is private, shared, link-local or for documentation stays so.
 */
const special: readonly string[] = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  '::/8',
  '64:ff9b::/96',
  '2000::/3',
  '2001:db8::/32',
  'fc00::/7',
  'fd00:ec2::/32',
  'fe80::/10',
  'ff00::/8',
];

/** Addresses and blocks with other numbers. */
export interface Addresses {
  /** The pseudonym of an address or a CIDR block, `undefined` for any other text. */
  readonly of: (text: string) => string | undefined;
}

/**
 * A permutation of the addresses that preserves prefixes: two addresses share as many leading bits afterwards as before
 * (Xu, Fan, Ammar, Moon: "Prefix-preserving IP address anonymization", ICNP 2002), so routes, filters and overlaps mean
 * what they meant. Blocks of special use keep their numbers, and within a block of `kept` an address keeps its offset:
 * AWS gives the first addresses of a subnet, and the third of a VPC, a meaning.
 */
export function addresses(pseudonyms: Pseudonyms, kept: Iterable<string>): Addresses {
  const ancestors = new Set<string>();
  for (const block of special) {
    const bits = bitsOf(block) ?? '';
    for (let length = 0; length < bits.length; length += 1) ancestors.add(bits.slice(0, length));
  }
  const frozen = new Set([...kept].flatMap((block) => bitsOf(block) ?? []));
  const known = new Map<string, string>();

  const permuted = (bits: string): string => {
    let out = bits.slice(0, 1);
    let still = frozen.has(out);
    for (let length = 1; length < bits.length; length += 1) {
      const prefix = bits.slice(0, length);
      still ||= frozen.has(prefix);
      const bit = bits.charAt(length);
      const flipped = !still && !ancestors.has(prefix) && pseudonyms.bit('address', prefix) === 1;
      out += flipped ? (bit === '1' ? '0' : '1') : bit;
    }
    return out;
  };

  return {
    of: (text) => {
      const before = known.get(text);
      if (before !== undefined) return before;
      const bits = bitsOf(text);
      if (bits === undefined) return undefined;
      const made = textOf(permuted(bits), text.includes('/'));
      known.set(text, made);
      return made;
    },
  };
}

/** The family (`4` or `6`) and the bits of an address, or of the prefix of a block. */
function bitsOf(text: string): string | undefined {
  const [head = ''] = text.split('/');
  const address = parseIpAddress(head).value;
  if (address === undefined) return undefined;
  const length = text.includes('/') ? parseCidr(text).value?.prefixLength : address.family === 4 ? 32 : 128;
  if (length === undefined) return undefined;
  const all = address.value.toString(2).padStart(address.family === 4 ? 32 : 128, '0');
  return `${address.family}${all.slice(0, length)}`;
}

function textOf(bits: string, isBlock: boolean): string {
  const size = bits.startsWith('4') ? 32 : 128;
  const value = BigInt(`0b${bits.slice(1).padEnd(size, '0')}`);
  const address = size === 32 ? formatIpv4(Number(value)) : formatIpv6(value);
  return isBlock ? `${address}/${bits.length - 1}` : address;
}
