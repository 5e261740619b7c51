import type { NetworkInterface } from '../../model/resources/network-interface.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import { type AddressSet, noAddresses, parseAddressSet, uniteAllAddresses } from '../sets/address-set.ts';
import { derive, type Derived } from './derive.ts';
import type { Located } from './inventory.ts';
import { interfaceById, peeringById } from './resources-by-id.ts';

/** The interfaces that carry each security group. */
export const interfacesOfGroup: Derived<Snapshot, ReadonlyMap<string, readonly Located<NetworkInterface>[]>> = derive(
  (snapshot) => {
    const members = new Map<string, Located<NetworkInterface>[]>();
    for (const located of interfaceById(snapshot).values()) {
      for (const groupId of located.resource.groupIds) {
        const list = members.get(groupId);
        if (list === undefined) members.set(groupId, [located]);
        else list.push(located);
      }
    }
    return members;
  },
);

/** The private addresses of an interface, delegated prefixes included: what a reference to its group matches. */
export const privateAddressesOf: Derived<NetworkInterface, AddressSet> = derive(
  (networkInterface) =>
    parseAddressSet([
      ...networkInterface.privateIpAddresses.map(({ privateIpAddress }) => privateIpAddress),
      ...networkInterface.ipv6Addresses,
      ...networkInterface.ipv4Prefixes,
      ...networkInterface.ipv6Prefixes,
    ]).value ?? noAddresses,
);

const memberAddresses: Derived<Snapshot, Map<string, AddressSet>> = derive(() => new Map());

/** The private addresses of a group's members in one VPC and in the VPCs peered with it in the same Region. */
export function memberAddressesSeenFrom(snapshot: Snapshot, groupId: string, vpcId: string): AddressSet {
  const memo = memberAddresses(snapshot);
  const key = `${groupId} ${vpcId}`;
  let addresses = memo.get(key);
  if (addresses === undefined) {
    const visible = new Set([vpcId, ...vpcsPeeredWith(snapshot, vpcId)]);
    addresses = uniteAllAddresses(
      (interfacesOfGroup(snapshot).get(groupId) ?? [])
        .filter(({ resource }) => visible.has(resource.vpcId))
        .map(({ resource }) => privateAddressesOf(resource)),
    );
    memo.set(key, addresses);
  }
  return addresses;
}

/** The VPCs of the same Region with an active peering: references to groups cross only those. */
function vpcsPeeredWith(snapshot: Snapshot, vpcId: string): readonly string[] {
  return [...peeringById(snapshot).values()].flatMap(({ resource }) => {
    const { requesterVpcInfo: one, accepterVpcInfo: other, statusCode } = resource;
    if (statusCode !== 'active' || one?.vpcId === undefined || other?.vpcId === undefined) return [];
    if (one.region !== other.region) return [];
    if (one.vpcId === vpcId) return [other.vpcId];
    return other.vpcId === vpcId ? [one.vpcId] : [];
  });
}
