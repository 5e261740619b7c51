/** The two families of IP; filters, routes and sets never mix them. */
export type Family = 4 | 6;

/** What a parser gives: the value, or the reason why the text is none. */
export type Parsed<T> =
  | { readonly value: T; readonly reason?: never }
  | { readonly reason: string; readonly value?: never };

/** One address as a number: IPv4 below 2^32, IPv6 as a bigint below 2^128. */
export type IpAddress = { readonly family: 4; readonly value: number } | { readonly family: 6; readonly value: bigint };

const decimalOctet = /^(0|[1-9][0-9]{0,2})$/;
const hexGroup = /^[0-9a-fA-F]{1,4}$/;

/**
 * An IPv4 address, strictly: four decimal octets without leading zeros (which some programs read as octal).
 */
export function parseIpv4(text: string): Parsed<number> {
  const octets = text.split('.');
  if (octets.length !== 4) return { reason: `"${text}" is not an IPv4 address: it should have four parts` };
  let value = 0;
  for (const octet of octets) {
    if (!decimalOctet.test(octet)) {
      const why = /^0[0-9]+$/.test(octet) ? 'has a leading zero' : 'is not a number from 0 to 255';
      return { reason: `"${text}" is not an IPv4 address: "${octet}" ${why}` };
    }
    const part = Number(octet);
    if (part > 255) return { reason: `"${text}" is not an IPv4 address: ${octet} is above 255` };
    value = value * 256 + part;
  }
  return { value };
}

/**
 * An IPv6 address in any spelling of RFC 4291 but one: addresses with an IPv4 address inside (`::ffff:10.0.0.1`) are
 * refused, since no EC2 answer holds them and no filter of a VPC matches them as either family.
 */
export function parseIpv6(text: string): Parsed<bigint> {
  const refuse = (why: string): Parsed<bigint> => ({ reason: `"${text}" is not an IPv6 address: ${why}` });
  if (text.includes('%')) return refuse('a zone index has no meaning outside one host');
  if (text.includes('.')) return refuse('it holds an IPv4 address; write that address as IPv4');
  const halves = text.split('::');
  if (halves.length > 2) return refuse('"::" may stand only once');
  const head = groupsOf(halves[0] as string);
  const tail = halves.length === 2 ? groupsOf(halves[1] as string) : [];
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return refuse('it should have eight groups');
  let value = 0n;
  for (const group of [...head, ...Array.from({ length: missing }, () => '0'), ...tail]) {
    if (!hexGroup.test(group)) return refuse(`"${group}" is not a group of one to four hexadecimal digits`);
    value = (value << 16n) | BigInt(Number.parseInt(group, 16));
  }
  if (value >> 32n === 0xffffn) return refuse('it is an IPv4-mapped address; write it as IPv4');
  return { value };
}

const groupsOf = (half: string): readonly string[] => (half === '' ? [] : half.split(':'));

/** An address of either family. */
export function parseIpAddress(text: string): Parsed<IpAddress> {
  if (text.includes(':')) {
    const v6 = parseIpv6(text);
    return v6.reason === undefined ? { value: { family: 6, value: v6.value } } : v6;
  }
  const v4 = parseIpv4(text);
  return v4.reason === undefined ? { value: { family: 4, value: v4.value } } : v4;
}

/** Dotted decimal. */
export const formatIpv4 = (value: number): string =>
  `${Math.floor(value / 0x1000000)}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;

/** The shortest spelling, as RFC 5952 asks for it. */
export function formatIpv6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) => Number((value >> BigInt(112 - 16 * index)) & 0xffffn));
  let best = { start: -1, length: 1 };
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (start + length < 8 && groups[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  const hex = groups.map((group) => group.toString(16));
  if (best.start < 0) return hex.join(':');
  return `${hex.slice(0, best.start).join(':')}::${hex.slice(best.start + best.length).join(':')}`;
}

/** The address as text. */
export const formatIpAddress = (address: IpAddress): string =>
  address.family === 4 ? formatIpv4(address.value) : formatIpv6(address.value);
