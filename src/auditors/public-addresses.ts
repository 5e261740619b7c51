import type { NetworkInterface } from '../model/resources/network-interface.ts';
import type { Snapshot } from '../model/snapshot/snapshot.ts';
import type { RouteEvidence } from '../model/verdict/evidence.ts';
import type { Missing } from '../model/verdict/verdict.ts';
import { subnetById } from '../network/facts/resources-by-id.ts';
import { routeTableOfSubnet } from '../network/facts/vpc-tables.ts';
import { internetRoutes } from './internet-routes.ts';

/** The public IPv4 addresses that are mapped onto an interface. */
export const publicIpsOf = ({ privateIpAddresses }: NetworkInterface): readonly string[] =>
  privateIpAddresses.flatMap(({ association }) => association?.publicIp ?? []).toSorted();

/** Whether the subnet of an interface routes the internet to an internet gateway, in the families that the interface has. */
export function waysOfInterface(
  snapshot: Snapshot,
  own: NetworkInterface,
): { readonly routes: readonly RouteEvidence[]; readonly missing: readonly Missing[] } {
  const subnet = subnetById(snapshot).get(own.subnetId)?.resource;
  if (subnet === undefined) return { routes: [], missing: [{ fact: own.subnetId, iamAction: 'ec2:DescribeSubnets' }] };
  const table = routeTableOfSubnet(snapshot, subnet);
  if (table.value === undefined) return { routes: [], missing: [table.missing] };
  const families = [
    ...(publicIpsOf(own).length > 0 ? [4 as const] : []),
    ...(own.ipv6Addresses.length > 0 ? [6 as const] : []),
  ];
  const found = families.map((family) => internetRoutes(table.value, family));
  return { routes: found.flatMap(({ routes }) => routes), missing: found.flatMap(({ missing }) => missing) };
}
