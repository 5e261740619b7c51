import { internetAddresses } from '../network/facts/special-addresses.ts';
import { type AddressSet, countAddresses, intersectAddresses, noAddresses } from '../network/sets/address-set.ts';

/**
 * Up to here a set of sources may be one organisation's: a /8 of IPv4, a /16 of IPv6, which nobody exceeds. A set above
 * it is strangers, however it is written: `0.0.0.0/0`, its two halves, a prefix list, all blocks but one.
 */
const largestOrganisation = { ipv4: 2n ** 24n, ipv6: 2n ** 112n };

/** The part of a set of sources that is on the internet. */
export const onInternet = (sources: AddressSet): AddressSet => intersectAddresses(sources, internetAddresses);

/** Does the set span the internet, in one family at least? */
export function spansInternet(sources: AddressSet): boolean {
  const { ipv4, ipv6 } = onInternet(sources);
  return (
    countAddresses({ ...noAddresses, ipv4 }) > largestOrganisation.ipv4 ||
    countAddresses({ ...noAddresses, ipv6 }) > largestOrganisation.ipv6
  );
}
