import { allIpv4Addresses, allIpv6Addresses, type Cidr, cidrTexts, parseCidrOrAddress } from './cidr.ts';
import {
  type Bound,
  disjointIntervals,
  intersectIntervals,
  type Intervals,
  intervalsHave,
  intervalsOfRanges,
  intervalsWithin,
  noNumbers,
  sameIntervals,
  subtractIntervals,
  uniteIntervals,
} from './intervals.ts';
import type { IpAddress, Parsed } from './ip-address.ts';

/** A set of IPv4 and IPv6 addresses; canonical and immutable. */
export interface AddressSet {
  readonly ipv4: Intervals<number>;
  readonly ipv6: Intervals<bigint>;
}

/** No address. */
export const noAddresses: AddressSet = { ipv4: noNumbers, ipv6: noNumbers };
/** 0.0.0.0/0 */
export const allIpv4: AddressSet = { ipv4: allIpv4Addresses, ipv6: noNumbers };
/** ::/0 */
export const allIpv6: AddressSet = { ipv4: noNumbers, ipv6: allIpv6Addresses };
/** Every address of both families. */
export const allAddresses: AddressSet = { ipv4: allIpv4Addresses, ipv6: allIpv6Addresses };

/** The members of a block. */
export const addressesOfCidr = (cidr: Cidr): AddressSet =>
  cidr.family === 4 ? { ipv4: cidr.addresses, ipv6: noNumbers } : { ipv4: noNumbers, ipv6: cidr.addresses };

/** One address alone. */
export const onlyAddress = (address: IpAddress): AddressSet =>
  address.family === 4
    ? { ipv4: [address.value, address.value + 1], ipv6: noNumbers }
    : { ipv4: noNumbers, ipv6: [address.value, address.value + 1n] };

/** The union of blocks and bare addresses, or the reason of the first that is neither. */
export function parseAddressSet(texts: Iterable<string>): Parsed<AddressSet> {
  const ipv4: (readonly [number, number])[] = [];
  const ipv6: (readonly [bigint, bigint])[] = [];
  for (const text of texts) {
    const cidr = parseCidrOrAddress(text);
    if (cidr.reason !== undefined) return cidr;
    if (cidr.value.family === 4) ipv4.push([cidr.value.addresses[0] as number, cidr.value.addresses[1] as number]);
    else ipv6.push([cidr.value.addresses[0] as bigint, cidr.value.addresses[1] as bigint]);
  }
  return { value: { ipv4: intervalsOfRanges(ipv4), ipv6: intervalsOfRanges(ipv6) } };
}

/** Keeps `a` itself where an operation changed neither family, so that identity tells "unchanged". */
const keep = (a: AddressSet, ipv4: Intervals<number>, ipv6: Intervals<bigint>): AddressSet =>
  ipv4 === a.ipv4 && ipv6 === a.ipv6 ? a : { ipv4, ipv6 };

/** Addresses in either. */
export const uniteAddresses = (a: AddressSet, b: AddressSet): AddressSet =>
  keep(a, uniteIntervals(a.ipv4, b.ipv4), uniteIntervals(a.ipv6, b.ipv6));

/** Addresses in both. */
export const intersectAddresses = (a: AddressSet, b: AddressSet): AddressSet =>
  keep(a, intersectIntervals(a.ipv4, b.ipv4), intersectIntervals(a.ipv6, b.ipv6));

/** Addresses of `a` that are not in `b`. */
export const subtractAddresses = (a: AddressSet, b: AddressSet): AddressSet =>
  keep(a, subtractIntervals(a.ipv4, b.ipv4), subtractIntervals(a.ipv6, b.ipv6));

/** The union of many sets, in one pass. */
export function uniteAllAddresses(sets: Iterable<AddressSet>): AddressSet {
  const ipv4: (readonly [number, number])[] = [];
  const ipv6: (readonly [bigint, bigint])[] = [];
  for (const set of sets) {
    for (let i = 0; i < set.ipv4.length; i += 2) ipv4.push([set.ipv4[i] as number, set.ipv4[i + 1] as number]);
    for (let i = 0; i < set.ipv6.length; i += 2) ipv6.push([set.ipv6[i] as bigint, set.ipv6[i + 1] as bigint]);
  }
  return { ipv4: intervalsOfRanges(ipv4), ipv6: intervalsOfRanges(ipv6) };
}

/** Is there no address in it? */
export const hasNoAddress = (a: AddressSet): boolean => a.ipv4.length === 0 && a.ipv6.length === 0;

/** Have they no address in common? */
export const disjointAddresses = (a: AddressSet, b: AddressSet): boolean =>
  disjointIntervals(a.ipv4, b.ipv4) && disjointIntervals(a.ipv6, b.ipv6);

/** Is every address of `a` in `b`? */
export const addressesWithin = (a: AddressSet, b: AddressSet): boolean =>
  intervalsWithin(a.ipv4, b.ipv4) && intervalsWithin(a.ipv6, b.ipv6);

/** Same addresses? */
export const sameAddresses = (a: AddressSet, b: AddressSet): boolean =>
  sameIntervals(a.ipv4, b.ipv4) && sameIntervals(a.ipv6, b.ipv6);

/** Is the address a member? */
export const hasAddress = (a: AddressSet, address: IpAddress): boolean =>
  address.family === 4 ? intervalsHave(a.ipv4, address.value) : intervalsHave(a.ipv6, address.value);

/** How many addresses it holds. */
export function countAddresses(a: AddressSet): bigint {
  const size = (bounds: Intervals): bigint => {
    let sum = 0n;
    for (let i = 0; i < bounds.length; i += 2) sum += BigInt(bounds[i + 1] as Bound) - BigInt(bounds[i] as Bound);
    return sum;
  };
  return size(a.ipv4) + size(a.ipv6);
}

/** The fewest CIDR blocks that hold exactly these addresses: IPv4 first, ascending. */
export const formatAddresses = (a: AddressSet): readonly string[] => [...cidrTexts(4, a.ipv4), ...cidrTexts(6, a.ipv6)];
