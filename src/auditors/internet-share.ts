import {
  type AddressSet,
  allAddresses,
  countAddresses,
  intersectAddresses,
  noAddresses,
  parseAddressSet,
  subtractAddresses,
} from '../network/sets/address-set.ts';

const parsed = (texts: readonly string[]): AddressSet => {
  const set = parseAddressSet(texts);
  if (set.reason !== undefined) throw new Error(set.reason);
  return set.value;
};

/** What no packet from the internet can bear as its source (IANA special-purpose registries, RFC 6890). */
const neverOnTheInternet = parsed([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/3',
]);

/** The addresses of the internet: unicast and routed there. IPv6 has been given out of 2000::/3 alone. */
export const internetAddresses: AddressSet = {
  ipv4: subtractAddresses(allAddresses, neverOnTheInternet).ipv4,
  ipv6: parsed(['2000::/3']).ipv6,
};

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
