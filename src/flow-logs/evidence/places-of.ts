import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import { vpcAddresses } from '../../network/facts/addresses.ts';
import { edgesWithin } from '../../network/facts/atoms.ts';
import { derive, type Derived } from '../../network/facts/derive.ts';
import { everywhere } from '../../network/facts/inventory.ts';
import { internetAddresses } from '../../network/facts/special-addresses.ts';
import { allAddresses, subtractAddresses, uniteAddresses, uniteAllAddresses } from '../../network/sets/address-set.ts';
import { parseCidr } from '../../network/sets/cidr.ts';
import type { AddressPlaces } from '../engine/places.ts';

const notInternet = subtractAddresses(allAddresses, internetAddresses);

/**
 * How addresses are sorted: what is not of the public internet and what lies in our VPCs is internal; strangers fall into
 * the classes that no rule or route of the snapshot tells apart.
 */
export function placesOf(snapshot: Snapshot | undefined): AddressPlaces {
  if (snapshot === undefined) return { internal: notInternet, bounds: [0] };
  const ours = uniteAllAddresses([...vpcAddresses(snapshot)].map(([, set]) => set));
  return {
    internal: uniteAddresses(notInternet, ours),
    bounds: ascending([0, ...edgesWithin(snapshot, 4, 1, 2 ** 32).map(Number), ...subnetEdges(snapshot)]),
  };
}

const subnets = everywhere('subnets');

const subnetEdges = (snapshot: Snapshot): readonly number[] =>
  subnets(snapshot).flatMap(({ resource }) => {
    const cidr = resource.cidrBlock === undefined ? undefined : parseCidr(resource.cidrBlock).value;
    return cidr?.family === 4 ? cidr.addresses.filter((edge) => edge < 2 ** 32) : [];
  });

const ascending = (numbers: readonly number[]): readonly number[] => [...new Set(numbers)].sort((a, b) => a - b);

const groups = everywhere('securityGroups');
const acls = everywhere('networkAcls');

/** Ports at which a rule of the snapshot begins or ends, and those between which clients send from. */
export const portBoundsOf: Derived<Snapshot, readonly number[]> = derive((snapshot) => {
  const bounds = new Set([0, 1024, 32_768]);
  const add = (from: number | undefined, to: number | undefined): void => {
    if (from === undefined || from < 0) return;
    bounds.add(from);
    if (to !== undefined && to < 65_535) bounds.add(to + 1);
  };
  for (const { resource } of groups(snapshot)) {
    for (const { ipProtocol, fromPort, toPort } of [...resource.ipPermissions, ...resource.ipPermissionsEgress])
      if (ipProtocol === 'tcp' || ipProtocol === 'udp') add(fromPort, toPort);
  }
  for (const { resource } of acls(snapshot))
    for (const { portRange } of resource.entries) add(portRange?.from, portRange?.to);
  return ascending([...bounds]);
});
