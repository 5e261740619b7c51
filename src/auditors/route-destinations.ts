import type { Route } from '../model/resources/route-table.ts';
import type { Snapshot } from '../model/snapshot/snapshot.ts';
import { prefixListAddresses } from '../network/facts/prefix-lists.ts';
import type { Known } from '../network/known.ts';
import { type AddressSet, addressesOfCidr } from '../network/sets/address-set.ts';
import { parseCidr } from '../network/sets/cidr.ts';

/** The addresses that a route is for: one block, or all that its prefix list names. */
export function routeDestinations(snapshot: Snapshot, route: Route): Known<AddressSet> {
  if (route.destinationPrefixListId !== undefined) return prefixListAddresses(snapshot, route.destinationPrefixListId);
  const cidr = parseCidr(route.destinationCidrBlock ?? route.destinationIpv6CidrBlock ?? '');
  return cidr.reason === undefined ? { value: addressesOfCidr(cidr.value) } : { missing: { fact: cidr.reason } };
}
