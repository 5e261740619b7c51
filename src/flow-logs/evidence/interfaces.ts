import type { NetworkInterface } from '../../model/resources/network-interface.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import { holderOf, vpcAddresses } from '../../network/facts/addresses.ts';
import { privateAddressesOf } from '../../network/facts/group-members.ts';
import type { Located } from '../../network/facts/inventory.ts';
import { interfaceById, subnetById } from '../../network/facts/resources-by-id.ts';
import { hasAddress } from '../../network/sets/address-set.ts';
import { parseCidr } from '../../network/sets/cidr.ts';
import { intervalsHave } from '../../network/sets/intervals.ts';
import { type IpAddress, parseIpAddress } from '../../network/sets/ip-address.ts';

/** Which way a packet crossed an interface: into it, out of it, or through it on the way between two others. */
export type Crossing = 'ingress' | 'egress' | 'transit' | 'unknown';

/** An interface of the snapshot by the id in a record. */
export const interfaceNamed = (snapshot: Snapshot, id: string | null): Located<NetworkInterface> | undefined =>
  id === null ? undefined : interfaceById(snapshot).get(id);

/** Does the interface hold the address, by itself or by a delegated prefix? */
export function holds({ resource }: Located<NetworkInterface>, address: string | null): boolean {
  const parsed = address === null ? undefined : parseIpAddress(address).value;
  return parsed !== undefined && hasAddress(privateAddressesOf(resource), parsed);
}

/**
 * The direction of a record whose addresses are those of the packets. Where neither belongs to the interface it stands
 * between the two (NAT and transit gateways), or it has changed since.
 */
export function crossingOf(
  located: Located<NetworkInterface> | undefined,
  flowDirection: string | null,
  source: string | null,
  destination: string | null,
): Crossing {
  if (located !== undefined && !holds(located, source) && !holds(located, destination)) return 'transit';
  if (flowDirection === 'ingress' || flowDirection === 'egress') return flowDirection;
  if (located === undefined) return 'unknown';
  if (holds(located, destination)) return 'ingress';
  return holds(located, source) ? 'egress' : 'unknown';
}

/** The interface that holds an address, as the VPC of another interface sees it. */
export function holderSeenFrom(
  snapshot: Snapshot,
  vpcId: string,
  address: string,
): Located<NetworkInterface> | undefined {
  const parsed = parseIpAddress(address).value;
  return parsed === undefined ? undefined : holderOf(snapshot, vpcId, parsed.family, parsed.value);
}

/** How `trace` is told an address: with its VPC where that of the interface has it, so that overlaps do not confuse. */
export function traceName(snapshot: Snapshot, vpcId: string, address: string): string {
  const parsed = parseIpAddress(address).value;
  const own = vpcAddresses(snapshot).get(vpcId);
  return parsed !== undefined && own !== undefined && hasAddress(own, parsed) ? `${vpcId}/${address}` : address;
}

/** Does the address lie in the subnet of the interface? */
export function inSubnetOf(snapshot: Snapshot, { resource }: Located<NetworkInterface>, address: IpAddress): boolean {
  const subnet = subnetById(snapshot).get(resource.subnetId)?.resource;
  return [subnet?.cidrBlock, ...(subnet?.ipv6CidrBlocks ?? [])].some((text) => {
    const cidr = text === undefined ? undefined : parseCidr(text).value;
    return cidr !== undefined && cidr.family === address.family && intervalsHave(cidr.addresses, address.value);
  });
}
