import { internetAddresses } from '../network/facts/special-addresses.ts';
import { type AddressSet, intersectAddresses } from '../network/sets/address-set.ts';
import type { Intervals } from '../network/sets/intervals.ts';

/**
 * Up to here a set of sources may be one organisation's: a /8 of IPv4, a /16 of IPv6, which nobody exceeds. A set above
 * it is strangers, however it is written: `0.0.0.0/0`, its two halves, a prefix list, all blocks but one.
 */
const largestOrganisation = { ipv4: 2 ** 24, ipv6: 2 ** 112 };

/** The number of members; above 2^53 near enough, for these numbers are compared and never counted with. */
function sizeOf(bounds: Intervals): number {
  let size = 0;
  for (let i = 0; i < bounds.length; i += 2) size += Number(bounds[i + 1]) - Number(bounds[i]);
  return size;
}

/** How many addresses of the internet a set holds, both families together; for comparing. */
export function internetSize(sources: AddressSet): number {
  const { ipv4, ipv6 } = intersectAddresses(sources, internetAddresses);
  return sizeOf(ipv4) + sizeOf(ipv6);
}

/** Does the set span the internet, in one family at least? */
export function spansInternet(sources: AddressSet): boolean {
  const { ipv4, ipv6 } = intersectAddresses(sources, internetAddresses);
  return sizeOf(ipv4) > largestOrganisation.ipv4 || sizeOf(ipv6) > largestOrganisation.ipv6;
}
