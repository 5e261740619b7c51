import type { NetworkInterface } from '../../model/resources/network-interface.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import { behindPublicAddress, type HeldAddress, heldBy, vpcAddresses } from '../facts/addresses.ts';
import { privateAddressesOf } from '../facts/group-members.ts';
import { compareText, everywhere, type Located, regionsInOrder } from '../facts/inventory.ts';
import { prefixListAddresses, prefixListsNamed } from '../facts/prefix-lists.ts';
import { interfaceById, natGatewayById, vpcById, vpcEndpointById } from '../facts/resources-by-id.ts';
import { hostServices, internetAddresses } from '../facts/special-addresses.ts';
import {
  type AddressSet,
  addressesOfCidr,
  disjointAddresses,
  hasAddress,
  hasNoAddress,
  intersectAddresses,
  noAddresses,
  onlyAddress,
  parseAddressSet,
  uniteAllAddresses,
} from '../sets/address-set.ts';
import { parseCidrOrAddress } from '../sets/cidr.ts';
import { parseIpAddress } from '../sets/ip-address.ts';
import { holderAmongVpcs, holdersOfBlock, interfacesNamed, NotVisible, notFound } from './find.ts';
import { loadBalancerNamed } from './find-load-balancer.ts';
import { idOfArn, isServiceName, noPlace } from './no-place.ts';
import { QueryError } from './query-error.ts';
import { goalNamed } from './to-gateway.ts';

/** One way to address the destination of a question. */
export interface Aim {
  readonly destinations: AddressSet;
  /** The interfaces that have to get the packets, where the question names one; `internet` where nobody inside may. */
  readonly target: ReadonlySet<string> | 'internet' | undefined;
  /** The gateway or attachment that has to take the packets, where the question leads to one. */
  readonly goal?: string;
  /** A private address asked for from the internet although no public one leads to it. */
  readonly hidden?: HeldAddress;
}

/** Where the packets of a question go to. */
export interface Destination {
  readonly aims: readonly Aim[];
  /** The VPCs that the destination lies in, where it lies in one. */
  readonly vpcIds: ReadonlySet<string>;
  /** Does the sender pick among the aims as chance (the DNS) has it, so that all have to work? */
  readonly byChance: boolean;
}

const allEndpoints = everywhere('vpcEndpoints');
const allAttributes = everywhere('vpcAttributes');

/** Reads the `to` of a question. `outside` says whether it is asked from the public side; `vpcId` where the sender stands. */
export function resolveDestination(
  snapshot: Snapshot,
  to: string,
  outside: boolean,
  senderVpcId: string | undefined,
): Destination {
  const name = idOfArn(to);
  if (name === 'internet') return plain([{ destinations: internetAddresses, target: 'internet' }]);
  const goal = goalNamed(snapshot, name, senderVpcId);
  if (goal !== undefined) return plain([{ destinations: goal.destinations, target: undefined, goal: goal.id }]);
  const named = interfacesNamed(snapshot, name);
  if (named !== undefined) return toInterfaces(named, outside);
  const balancer = loadBalancerNamed(snapshot, to);
  if (balancer !== undefined)
    return { ...toInterfaces(balancer.nodes, balancer.internetFacing || outside), byChance: true };
  if (name.startsWith('vpce-')) return toEndpoint(snapshot, name);
  if (name.startsWith('nat-')) return toNatGateway(snapshot, name, outside);
  if (name.startsWith('pl-')) return toPrefixList(snapshot, name, name);
  if (isServiceName(name)) return toService(snapshot, name, senderVpcId);
  const slash = /^(vpc-[^/]*)\/(.+)$/.exec(name);
  return toAddress(snapshot, name, slash?.[2] ?? name, slash?.[1], outside, senderVpcId);
}

const plain = (aims: readonly Aim[], vpcIds: readonly string[] = []): Destination => ({
  aims,
  vpcIds: new Set(vpcIds),
  byChance: false,
});

/** Interfaces are meant by their own addresses; from the public side by the public ones, and by IPv6. */
function toInterfaces(interfaces: readonly Located<NetworkInterface>[], outside: boolean): Destination {
  const target = new Set(interfaces.map(({ resource }) => resource.networkInterfaceId));
  const vpcIds = interfaces.map(({ resource }) => resource.vpcId);
  if (!outside) {
    return plain(
      [{ destinations: uniteAllAddresses(interfaces.map(({ resource }) => privateAddressesOf(resource))), target }],
      vpcIds,
    );
  }
  const aims = interfaces.flatMap((located) => publicAims(located, target));
  return plain(aims, vpcIds);
}

function publicAims(located: Located<NetworkInterface>, target: ReadonlySet<string>): readonly Aim[] {
  const own = heldBy(located);
  const open = own.flatMap((held): Aim[] => {
    if (held.family === 6) return [{ destinations: onlyAddress({ family: 6, value: BigInt(held.value) }), target }];
    return held.publicAddress === undefined
      ? []
      : [{ destinations: onlyAddress({ family: 4, value: held.publicAddress }), target }];
  });
  const [first] = own;
  if (open.length > 0 || first === undefined) return open;
  return [{ destinations: onlyAddress({ family: 4, value: Number(first.value) }), target, hidden: first }];
}

function toEndpoint(snapshot: Snapshot, id: string): Destination {
  const endpoint = vpcEndpointById(snapshot).get(id)?.resource;
  if (endpoint === undefined) return notFound(snapshot, 'vpcEndpoints', id, vpcEndpointById(snapshot).keys());
  if (endpoint.vpcEndpointType.toLowerCase() === 'gateway') return toPrefixList(snapshot, endpoint.serviceName ?? id);
  const interfaces = [...endpoint.networkInterfaceIds]
    .sort(compareText)
    .map((networkInterfaceId) => interfaceById(snapshot).get(networkInterfaceId))
    .filter((found) => found !== undefined);
  if (interfaces.length < endpoint.networkInterfaceIds.length || interfaces.length === 0) {
    throw new NotVisible(id, { fact: `the interfaces of ${id}`, iamAction: 'ec2:DescribeNetworkInterfaces' });
  }
  return toInterfaces(interfaces, false);
}

function toNatGateway(snapshot: Snapshot, id: string, outside: boolean): Destination {
  const gateway = natGatewayById(snapshot).get(id)?.resource;
  if (gateway === undefined) return notFound(snapshot, 'natGateways', id, natGatewayById(snapshot).keys());
  const texts = gateway.natGatewayAddresses
    .map(({ privateIp, publicIp }) => (outside ? publicIp : privateIp))
    .filter((text) => text !== undefined);
  const destinations = parseAddressSet(texts).value ?? noAddresses;
  return plain([{ destinations, target: undefined }], gateway.vpcId === undefined ? [] : [gateway.vpcId]);
}

/**
 * A service of AWS: the interface endpoint with private DNS where the sender's VPC has one and resolves names (both DNS
 * attributes on), else its public addresses.
 */
function toService(snapshot: Snapshot, service: string, senderVpcId: string | undefined): Destination {
  const attributes = allAttributes(snapshot).filter(({ resource }) => resource.vpcId === senderVpcId);
  const resolves = attributes.every(
    ({ resource }) => resource.enableDnsSupport !== false && resource.enableDnsHostnames !== false,
  );
  const own = allEndpoints(snapshot)
    .map(({ resource }) => resource)
    .filter(
      (endpoint) =>
        endpoint.vpcId === senderVpcId &&
        endpoint.serviceName === service &&
        endpoint.vpcEndpointType.toLowerCase() === 'interface',
    )
    .filter(({ privateDnsEnabled, state }) => privateDnsEnabled === true && state === 'available' && resolves)
    .sort((a, b) => compareText(a.vpcEndpointId, b.vpcEndpointId))[0];
  return own === undefined ? toPrefixList(snapshot, service) : toEndpoint(snapshot, own.vpcEndpointId);
}

function toPrefixList(snapshot: Snapshot, service: string, listId?: string): Destination {
  const id =
    listId ??
    prefixListsNamed(snapshot)
      .get(service)
      ?.map(({ resource }) => resource.prefixListId)
      .sort(compareText)[0] ??
    managedListNamed(snapshot, service);
  if (id === undefined) {
    throw new NotVisible(service, { fact: `the addresses of ${service}`, iamAction: 'ec2:DescribePrefixLists' });
  }
  const addresses = prefixListAddresses(snapshot, id);
  if (addresses.missing !== undefined) throw new NotVisible(service, addresses.missing);
  return plain([{ destinations: addresses.value, target: undefined }]);
}

function managedListNamed(snapshot: Snapshot, service: string): string | undefined {
  for (const { resources } of regionsInOrder(snapshot)) {
    if (resources.managedPrefixLists.status !== 'collected') continue;
    const found = resources.managedPrefixLists.resources.find(({ prefixListName }) => prefixListName === service);
    if (found !== undefined) return found.prefixListId;
  }
  return undefined;
}

function toAddress(
  snapshot: Snapshot,
  to: string,
  text: string,
  vpcId: string | undefined,
  outside: boolean,
  senderVpcId: string | undefined,
): Destination {
  const cidr = parseCidrOrAddress(text);
  if (cidr.reason !== undefined) return noPlace(snapshot, to, 'destination', cidr.reason);
  if (vpcId !== undefined && !vpcById(snapshot).has(vpcId)) notFound(snapshot, 'vpcs', vpcId, vpcById(snapshot).keys());
  const destinations = addressesOfCidr(cidr.value);
  const address = parseIpAddress(text).value;
  if (address === undefined) return toBlock(snapshot, text, destinations, vpcId, outside);
  if (hasAddress(hostServices, address)) return plain([{ destinations, target: undefined }]);
  if (address.family === 4 && vpcId === undefined && behindPublicAddress(snapshot, address.value) !== undefined) {
    return plain(
      [{ destinations, target: undefined }],
      [behindPublicAddress(snapshot, address.value)?.located.resource.vpcId ?? ''],
    );
  }
  const holder = preferred(snapshot, address, vpcId, senderVpcId);
  if (holder?.located === undefined)
    return plain([{ destinations, target: undefined }], holder === undefined ? [] : [holder.vpcId]);
  const target = new Set([holder.located.resource.networkInterfaceId]);
  const held = heldBy(holder.located).find(({ family, value }) => family === address.family && value === address.value);
  const hidden = outside && address.family === 4 ? held : undefined;
  return plain(
    [{ destinations, target: vpcId === undefined ? undefined : target, ...(hidden === undefined ? {} : { hidden }) }],
    [holder.vpcId],
  );
}

/**
 * A block is meant by its own addresses; from the public side, where nobody can address a private one, by the public
 * addresses of its interfaces.
 */
function toBlock(
  snapshot: Snapshot,
  text: string,
  destinations: AddressSet,
  vpcId: string | undefined,
  outside: boolean,
): Destination {
  const vpcs = [...vpcAddresses(snapshot)].filter(
    ([id, own]) => (vpcId === undefined || id === vpcId) && !disjointAddresses(own, destinations),
  );
  const vpcIds = vpcs.map(([id]) => id).sort(compareText);
  if (vpcId !== undefined && vpcs.length === 0) throw new QueryError(`${text} does not lie in ${vpcId}`);
  const open = intersectAddresses(destinations, internetAddresses);
  if (outside && hasNoAddress(open)) {
    const holders = vpcIds.flatMap((id) => holdersOfBlock(snapshot, id, destinations));
    if (holders.length === 0)
      throw new QueryError(`${text} is private, and no interface in the snapshot holds an address of it`);
    return toInterfaces(holders, true);
  }
  return plain([{ destinations: outside ? open : destinations, target: undefined }], vpcIds);
}

/** Where several VPCs have the address, the sender's own is meant. */
function preferred(
  snapshot: Snapshot,
  address: Parameters<typeof holderAmongVpcs>[1],
  vpcId: string | undefined,
  senderVpcId: string | undefined,
): ReturnType<typeof holderAmongVpcs> {
  if (vpcId === undefined && senderVpcId !== undefined) {
    const near = holderAmongVpcs(snapshot, address, senderVpcId);
    if (near?.located !== undefined) return near;
  }
  return holderAmongVpcs(snapshot, address, vpcId);
}
