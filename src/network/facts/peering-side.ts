import type { VpcPeeringConnectionVpcInfo } from '../../model/resources/vpc-peering-connection.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import { type AddressSet, noAddresses, parseAddressSet } from '../sets/address-set.ts';
import { vpcAddresses } from './addresses.ts';

/** The addresses of one side of a peering: its VPC's own where that is in the snapshot, else what the connection says. */
export function addressesOfSide(snapshot: Snapshot, side: VpcPeeringConnectionVpcInfo): AddressSet {
  const own = side.vpcId === undefined ? undefined : vpcAddresses(snapshot).get(side.vpcId);
  return own ?? parseAddressSet([...side.cidrBlocks, ...side.ipv6CidrBlocks]).value ?? noAddresses;
}
