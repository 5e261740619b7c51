import type { NetworkInterface } from '../../model/resources/network-interface.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import { behindPublicAddress, type HeldAddress, heldBy } from '../facts/addresses.ts';
import { privateAddressesOf } from '../facts/group-members.ts';
import { compareText, everywhere, type Located, regionsInOrder } from '../facts/inventory.ts';
import { prefixListAddresses, prefixListsNamed } from '../facts/prefix-lists.ts';
import { interfaceById, natGatewayById, vpcEndpointById } from '../facts/resources-by-id.ts';
import { hostServices, internetAddresses } from '../facts/special-addresses.ts';
import {
  type AddressSet,
  addressesOfCidr,
  hasAddress,
  noAddresses,
  onlyAddress,
  parseAddressSet,
  uniteAllAddresses,
} from '../sets/address-set.ts';
import { parseCidrOrAddress } from '../sets/cidr.ts';
import { parseIpAddress } from '../sets/ip-address.ts';
import { holderAmongVpcs, interfacesNamed, loadBalancerNamed, nodesInOrder, NotVisible, notFound } from './find.ts';
import { QueryError } from './query-error.ts';

/** One way to address the destination of a question. */
export interface Aim {
  readonly destinations: AddressSet;
  /** The interfaces that have to get the packets, where the question names one. */
  readonly target: ReadonlySet<string> | undefined;
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
  if (to === 'internet' || to.startsWith('igw-'))
    return plain([{ destinations: internetAddresses, target: undefined }]);
  const named = interfacesNamed(snapshot, to);
  if (named !== undefined) return toInterfaces(named, to, outside);
  const balancer = loadBalancerNamed(snapshot, to);
  if (balancer !== undefined) {
    const nodes = nodesInOrder(snapshot, balancer);
    if (nodes.length === 0) {
      throw new NotVisible(to, {
        fact: `the interfaces of ${balancer.resource.loadBalancerName}`,
        iamAction: 'ec2:DescribeNetworkInterfaces',
      });
    }
    const internetFacing = balancer.resource.scheme === 'internet-facing';
    return { ...toInterfaces(nodes, to, internetFacing || outside), byChance: true };
  }
  if (to.startsWith('vpce-')) return toEndpoint(snapshot, to);
  if (to.startsWith('nat-')) return toNatGateway(snapshot, to, outside);
  if (/^(com|aws|cn)\./.test(to)) return toService(snapshot, to, senderVpcId);
  if (/^(vgw|vpn|tgw|tgw-attach|pcx|eigw|lgw|cagw)-/.test(to)) {
    throw new QueryError(`${to} passes packets on and receives none: name an address behind it`);
  }
  const slash = /^(vpc-[0-9a-z-]+)\/(.+)$/.exec(to);
  return toAddress(snapshot, to, slash?.[2] ?? to, slash?.[1], outside, senderVpcId);
}

const plain = (aims: readonly Aim[], vpcIds: readonly string[] = []): Destination => ({
  aims,
  vpcIds: new Set(vpcIds),
  byChance: false,
});

/** Interfaces are meant by their own addresses; from the public side by the public ones, and by IPv6. */
function toInterfaces(interfaces: readonly Located<NetworkInterface>[], name: string, outside: boolean): Destination {
  if (interfaces.length === 0) throw new QueryError(`no interface in ${name}`);
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
  const interfaces = endpoint.networkInterfaceIds
    .map((networkInterfaceId) => interfaceById(snapshot).get(networkInterfaceId))
    .filter((found) => found !== undefined);
  if (interfaces.length < endpoint.networkInterfaceIds.length || interfaces.length === 0) {
    throw new NotVisible(id, { fact: `the interfaces of ${id}`, iamAction: 'ec2:DescribeNetworkInterfaces' });
  }
  return toInterfaces(interfaces, id, false);
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

function toPrefixList(snapshot: Snapshot, service: string): Destination {
  const id =
    prefixListsNamed(snapshot)
      .get(service)
      ?.map(({ resource }) => resource.prefixListId)
      .sort(compareText)[0] ?? managedListNamed(snapshot, service);
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
  if (cidr.reason !== undefined) throw new QueryError(`${to} is no destination: ${cidr.reason}`);
  const destinations = addressesOfCidr(cidr.value);
  const address = parseIpAddress(text).value;
  if (address === undefined || hasAddress(hostServices, address)) return plain([{ destinations, target: undefined }]);
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
