import type { NetworkInterface } from '../../model/resources/network-interface.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import { type HeldAddress, heldBy } from './addresses.ts';
import { parseCidr } from '../sets/cidr.ts';
import type { Bound } from '../sets/intervals.ts';
import { atomOf, edgesWithin } from './atoms.ts';
import { derive, type Derived } from './derive.ts';
import { compareText, type Located } from './inventory.ts';
import { interfaceRole } from './interface-role.ts';
import { instanceById, interfaceById } from './resources-by-id.ts';

/** How an address can be called: by a public IPv4 address in front of it, by itself as IPv6, or from private networks alone. */
export type AddressKind = 'public-ipv4' | 'ipv6' | 'private-ipv4';

/**
 * Addresses that every filter, route and gateway treats alike: same subnet, same security groups, same kind, and between
 * the same edges of all rules and routes. What holds for one holds for all.
 */
export interface AddressClass {
  readonly key: string;
  readonly kind: AddressKind;
  /** The first by id: it stands for all of them. */
  readonly representative: HeldAddress;
  readonly members: readonly HeldAddress[];
}

/** All addresses of all interfaces in classes, in an order that depends on nothing but their keys. */
export const addressClasses: Derived<Snapshot, readonly AddressClass[]> = derive((snapshot) => {
  const classes = new Map<string, { kind: AddressKind; members: HeldAddress[] }>();
  const keys = new Map<NetworkInterface, string>();
  for (const located of interfaceById(snapshot).values()) {
    for (const held of [...heldBy(located), ...delegated(snapshot, located)]) {
      const kind = kindOf(held);
      let own = keys.get(located.resource);
      if (own === undefined) keys.set(located.resource, (own = interfaceKey(snapshot, located)));
      const key = `${own} ${kind} ${atomOf(snapshot, held.family, held.value)}`;
      const known = classes.get(key);
      if (known === undefined) classes.set(key, { kind, members: [held] });
      else known.members.push(held);
    }
  }
  return [...classes]
    .sort(([a], [b]) => compareText(a, b))
    .map(([key, { kind, members }]) => {
      const sorted = members.sort(byInterface);
      return { key, kind, representative: sorted[0] as HeldAddress, members: sorted };
    });
});

/** Delegated prefixes by the first address of each stretch that no rule and no route divides. */
function delegated(snapshot: Snapshot, located: Located<NetworkInterface>): readonly HeldAddress[] {
  const { ipv4Prefixes, ipv6Prefixes } = located.resource;
  if (ipv4Prefixes.length + ipv6Prefixes.length === 0) return [];
  return [...ipv4Prefixes, ...ipv6Prefixes].flatMap((prefix) => {
    const cidr = parseCidr(prefix).value;
    if (cidr === undefined) return [];
    const [from, to] = cidr.addresses as readonly [Bound, Bound];
    return [from, ...edgesWithin(snapshot, cidr.family, from, to)].map(
      (value): HeldAddress => ({
        family: cidr.family,
        value,
        located,
        publicAddress: undefined,
        publicIp: undefined,
      }),
    );
  });
}

const kindOf = ({ family, publicAddress }: HeldAddress): AddressKind =>
  family === 6 ? 'ipv6' : publicAddress === undefined ? 'private-ipv4' : 'public-ipv4';

const byInterface = (a: HeldAddress, b: HeldAddress): number =>
  compareText(a.located.resource.networkInterfaceId, b.located.resource.networkInterfaceId) ||
  (a.value < b.value ? -1 : a.value > b.value ? 1 : 0);

/** What of an interface decides about its packets. Interfaces of services and appliances are each a class of their own. */
function interfaceKey(snapshot: Snapshot, { resource }: Located<NetworkInterface>): string {
  const { subnetId, groupIds, networkInterfaceId, status, denyAllIgwTraffic } = resource;
  if (interfaceRole(resource) !== 'plain') return `${subnetId} ${networkInterfaceId}`;
  const instanceId = resource.attachment?.instanceId;
  const state =
    instanceId === undefined ? status : (instanceById(snapshot).get(instanceId)?.resource.state ?? 'running');
  const groups = groupIds.length < 2 ? (groupIds[0] ?? '') : [...groupIds].sort().join(',');
  return `${subnetId} ${groups} ${state === 'in-use' ? 'running' : state} ${denyAllIgwTraffic === true ? 'denied' : ''}`;
}
