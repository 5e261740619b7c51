import type { Subnet } from '../../model/resources/subnet.ts';
import { derive, type Derived } from '../facts/derive.ts';
import { type AddressSet, noAddresses, parseAddressSet } from '../sets/address-set.ts';

/** The blocks of a subnet, of both families. */
export const subnetAddresses: Derived<Subnet, AddressSet> = derive(
  (subnet) =>
    parseAddressSet([...(subnet.cidrBlock === undefined ? [] : [subnet.cidrBlock]), ...subnet.ipv6CidrBlocks]).value ??
    noAddresses,
);
