import type { IpPermission } from '../model/resources/security-group.ts';

/** A rule that cannot be read is for the closer look to report. */
const knownProtocol = /^(-1|tcp|udp|icmp|icmpv6|\d{1,3})$/;

/**
 * Private ranges by how their blocks begin, with the shortest prefix that stays within the range: `10.0.0.0/7` begins like
 * a private block and holds `11.0.0.0/8`. The few blocks that are missed here only cost a closer look.
 */
const privateRanges: readonly (readonly [begins: RegExp, shortest: number])[] = [
  [/^10\./, 8],
  [/^172\.(1[6-9]|2\d|3[01])\./, 12],
  [/^192\.168\./, 16],
  [/^f[cd]/, 7],
];

/**
 * Can it be told from the lengths of the prefixes alone that these rules do not span the internet? Most groups of most
 * accounts are like that, and need not be taken apart. The bounds are those of `internet-share.ts`; `false` says nothing.
 */
export function areNarrow(permissions: readonly IpPermission[]): boolean {
  let ipv4 = 0;
  let ipv6 = 0;
  for (const { ipProtocol, ipRanges, ipv6Ranges, prefixListIds } of permissions) {
    if (prefixListIds.length > 0 || !knownProtocol.test(ipProtocol)) return false;
    for (const { cidrIp } of ipRanges) ipv4 += sizeOf(cidrIp, 32);
    for (const { cidrIpv6 } of ipv6Ranges) ipv6 += sizeOf(cidrIpv6, 128);
  }
  return ipv4 <= 2 ** 24 && ipv6 <= 2 ** 112;
}

const wellFormed = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f:]+)\/(\d{1,3})$/;

/** How many addresses a block has; everything where that cannot be read from it. */
function sizeOf(cidr: string, bits: number): number {
  const length = Number(wellFormed.exec(cidr)?.[1] ?? Number.NaN);
  if (!(length > 0 && length <= bits)) return Number.POSITIVE_INFINITY;
  const isPrivate = privateRanges.some(([begins, shortest]) => length >= shortest && begins.test(cidr));
  return isPrivate ? 0 : 2 ** (bits - length);
}
