import { type AddressSet, hasAddress } from '../../network/sets/address-set.ts';
import type { Intervals } from '../../network/sets/intervals.ts';
import { formatIpv4, parseIpAddress } from '../../network/sets/ip-address.ts';

/**
 * How questions sort addresses: our own and private ones each by themselves, all others by the class of addresses that
 * every rule of the snapshot treats alike. So an answer never holds a row per stranger, and each class can be judged by
 * any of its members.
 */
export interface AddressPlaces {
  /** Private addresses, those of our VPCs, and whatever else is no stranger. */
  readonly internal: AddressSet;
  /** Where classes begin that no rule tells apart and that lie in one subnet or none: ascending IPv4 numbers, the first 0. */
  readonly bounds: readonly number[];
}

/** Is the address one of ours or private? What is no address is not. */
export function isInternal({ internal }: AddressPlaces, address: string | null): boolean {
  const parsed = address === null ? undefined : parseIpAddress(address).value;
  return parsed !== undefined && hasAddress(internal, parsed);
}

/** Is it an address of the public internet that is not ours? */
export function isStranger(places: AddressPlaces, address: string | null): boolean {
  return address !== null && parseIpAddress(address).value !== undefined && !isInternal(places, address);
}

/** The IPv4 number of a text column, null for anything else. */
const number = (column: string): string =>
  `CASE WHEN ${column} LIKE '%.%.%.%' THEN TRY_CAST(split_part(${column}, '.', 1) AS BIGINT) * 16777216 + TRY_CAST(split_part(${column}, '.', 2) AS BIGINT) * 65536 + TRY_CAST(split_part(${column}, '.', 3) AS BIGINT) * 256 + TRY_CAST(split_part(${column}, '.', 4) AS BIGINT) END`;

/**
 * Is the address in a text column internal? By prefixes of the text where blocks end at a dot, else by number. IPv6: the
 * fd00::/8 and fe80::/10 of everybody, and our VPCs' blocks by the digits that they share.
 */
export function internalSql({ internal }: AddressPlaces, column: string): string {
  const tests = [`${column} LIKE 'fd%:%'`, `${column} LIKE 'fe80:%'`, `${column} LIKE 'ff%:%'`];
  const ranges: string[] = [];
  for (let i = 0; i < internal.ipv4.length; i += 2) {
    const from = internal.ipv4[i] as number;
    const to = internal.ipv4[i + 1] as number;
    const prefix = dottedPrefix(from, to);
    if (prefix !== undefined) tests.push(`${column} LIKE '${prefix}%'`);
    else ranges.push(`${number(column)} BETWEEN ${from} AND ${to - 1}`);
  }
  for (const prefix of ipv6Prefixes(internal.ipv6)) tests.push(`${column} LIKE '${prefix}%'`);
  return `(${[...tests, ...ranges].join(' OR ')})`;
}

function dottedPrefix(from: number, to: number): string | undefined {
  const size = to - from;
  const [a, b, c] = formatIpv4(from).split('.');
  if (size === 2 ** 24 && from % size === 0) return `${a}.`;
  if (size === 2 ** 16 && from % size === 0) return `${a}.${b}.`;
  return size === 256 && from % size === 0 ? `${a}.${b}.${c}.` : undefined;
}

/** The text that all addresses of a block begin with, for blocks of /56 and the like; never too wide. */
function ipv6Prefixes(blocks: Intervals<bigint>): readonly string[] {
  const out: string[] = [];
  for (let i = 0; i < blocks.length; i += 2) {
    const from = blocks[i] as bigint;
    const to = blocks[i + 1] as bigint;
    const groups = Array.from({ length: 4 }, (_, index) => Number((from >> BigInt(112 - 16 * index)) & 0xffffn));
    if (from >> 112n === 0xfd00n >> 0n || groups[0] === 0) continue;
    const head = groups.slice(0, 3).map((group) => group.toString(16));
    const size = to - from;
    if (size === 1n << 64n) out.push(`${[...head, groups[3]?.toString(16)].join(':')}:`);
    else if (size === 1n << 72n && (groups[3] ?? 0) >= 0x1000)
      out.push(`${head.join(':')}:${((groups[3] ?? 0) >> 8).toString(16)}`);
    else if (size === 1n << 80n) out.push(`${head.join(':')}:`);
  }
  return out;
}

/** The address itself where it is internal or IPv6, else `#` and the number at which its class begins. */
export function placeSql(places: AddressPlaces, column: string): string {
  return `CASE WHEN ${column} IS NULL OR ${column} LIKE '%:%' OR ${internalSql(places, column)} THEN ${column} ELSE '#' || CAST(${classSql(places.bounds, number(column))} AS VARCHAR) END`;
}

/** `#` and the number at which the class of an IPv4 address begins, ours too; an IPv6 address itself. */
export const addressClassSql = ({ bounds }: AddressPlaces, column: string): string =>
  `CASE WHEN ${column} LIKE '%.%.%.%' THEN '#' || CAST(${classSql(bounds, number(column))} AS VARCHAR) ELSE ${column} END`;

/** The bound at which the class of a number begins; a tree of comparisons, so that many classes cost few of them. */
export function classSql(bounds: readonly number[], value: string): string {
  if (bounds.length <= 1) return String(bounds[0] ?? 0);
  const middle = bounds.length >> 1;
  const left = classSql(bounds.slice(0, middle), value);
  const right = classSql(bounds.slice(middle), value);
  return `CASE WHEN ${value} < ${bounds[middle]} THEN ${left} ELSE ${right} END`;
}

/** The address that stands for a place: itself, or the first of its class. */
export const addressOfPlace = (place: string): string =>
  place.startsWith('#') ? formatIpv4(Number(place.slice(1))) : place;
