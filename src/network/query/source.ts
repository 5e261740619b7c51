import type { NetworkInterface } from '../../model/resources/network-interface.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import { behindPublicAddress, vpcAddresses } from '../facts/addresses.ts';
import { privateAddressesOf } from '../facts/group-members.ts';
import { compareText, type Located } from '../facts/inventory.ts';
import { interfaceRole } from '../facts/interface-role.ts';
import { interfaceById, vpcById, vpcEndpointById } from '../facts/resources-by-id.ts';
import { internetAddresses } from '../facts/special-addresses.ts';
import {
  type AddressSet,
  addressesOfCidr,
  allAddresses,
  disjointAddresses,
  hasNoAddress,
  intersectAddresses,
  onlyAddress,
  subtractAddresses,
  uniteAllAddresses,
} from '../sets/address-set.ts';
import { parseCidrOrAddress } from '../sets/cidr.ts';
import { parseIpAddress } from '../sets/ip-address.ts';
import type { Reason } from '../path/flow.ts';
import type { Place } from '../path/place.ts';
import { holderAmongVpcs, holdersOfBlock, interfacesNamed, notFound } from './find.ts';
import { loadBalancerNamed } from './find-load-balancer.ts';
import { fromGateway, fromInternet } from './from-gateway.ts';
import { idOfArn, isServiceName, noPlace } from './no-place.ts';
import { noLine, privateLines } from './private-line.ts';
import { QueryError } from './query-error.ts';
import type { Source, Start } from './start.ts';

/**
 * Reads the `from` of a question. `towards` gives the VPCs that it leads to, where that decides the side that packets come
 * from.
 */
export function resolveSource(snapshot: Snapshot, from: string, towards: () => ReadonlySet<string>): Source {
  const name = idOfArn(from);
  if (name === 'internet') return fromInternet(internetAddresses);
  const gateway = fromGateway(snapshot, name, towards);
  if (gateway !== undefined) return gateway;
  const named = interfacesNamed(snapshot, name);
  if (named !== undefined) return { starts: classes(named), outside: false };
  if (name.startsWith('vpce-')) return fromEndpoint(snapshot, name);
  const balancer = loadBalancerNamed(snapshot, from);
  if (balancer !== undefined) return { starts: balancer.nodes.map((node) => fromInterface([node])), outside: false };
  if (isServiceName(name))
    throw new QueryError(`${name} is a service, which opens no connections into a VPC: ask for it as the destination`);
  const slash = /^(vpc-[^/]*)\/(.+)$/.exec(name);
  return fromAddresses(snapshot, name, slash?.[2] ?? name, slash?.[1], towards);
}

/** An endpoint opens no connections: the question can be asked, and that is the answer. */
function fromEndpoint(snapshot: Snapshot, id: string): Source {
  const endpoint = vpcEndpointById(snapshot).get(id)?.resource;
  if (endpoint === undefined) return notFound(snapshot, 'vpcEndpoints', id, vpcEndpointById(snapshot).keys());
  const nodes = [...endpoint.networkInterfaceIds]
    .sort(compareText)
    .map((networkInterfaceId) => interfaceById(snapshot).get(networkInterfaceId))
    .filter((found) => found !== undefined);
  if (nodes.length > 0) return { starts: nodes.map((node) => fromInterface([node])), outside: false };
  const component = { id, type: 'vpc-endpoint' as const };
  const obstacle: Reason = {
    explanationCode: 'VPCE_INTRA_VPC_TRAFFIC',
    component,
    text: `${id} opens no connections into ${endpoint.vpcId ?? 'its VPC'}.`,
  };
  const place: Place = { kind: 'gateway-endpoint-in', vpcEndpointId: id, vpcId: endpoint.vpcId ?? '' };
  const origin = { kind: 'outside', gatewayId: id } as const;
  return {
    starts: [{ place, sources: internetAddresses, origin, sender: undefined, arrivedBy: 'interface', obstacle }],
    outside: false,
  };
}

/** Interfaces that every filter treats alike start together; those of one instance each alone, for host-local traffic. */
function classes(interfaces: readonly Located<NetworkInterface>[]): readonly Start[] {
  const groups = new Map<string, Located<NetworkInterface>[]>();
  for (const located of interfaces) {
    const { resource } = located;
    const alone = interfaces.length <= 16 || resource.attachment?.instanceId !== undefined;
    const key = alone
      ? resource.networkInterfaceId
      : `${resource.subnetId} ${resource.interfaceType} ${resource.status} ${[...resource.groupIds].sort().join(' ')}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [located]);
    else group.push(located);
  }
  return [...groups].sort(([a], [b]) => compareText(a, b)).map(([, group]) => fromInterface(group));
}

function fromInterface(group: readonly Located<NetworkInterface>[], only?: AddressSet): Start {
  const [first] = group as readonly [Located<NetworkInterface>];
  const all = group
    .map(({ resource }) => privateAddressesOf(resource))
    .reduce((sum, own) => ({ ipv4: [...sum.ipv4, ...own.ipv4], ipv6: [...sum.ipv6, ...own.ipv6] }));
  const sources =
    only ??
    (group.length === 1
      ? privateAddressesOf(first.resource)
      : subtractAddresses(allAddresses, subtractAddresses(allAddresses, sortedSet(all))));
  const start = {
    place: { kind: 'leaving-interface', from: first } as const,
    sources,
    origin: { kind: 'interfaces', ids: new Set(group.map(({ resource }) => resource.networkInterfaceId)) } as const,
    sender: first,
    arrivedBy: 'interface' as const,
  };
  const obstacle = cannotInitiate(first.resource);
  return obstacle === undefined ? start : { ...start, obstacle };
}

const sortedSet = ({ ipv4, ipv6 }: AddressSet): AddressSet => ({
  ipv4: pairs(ipv4).flat(),
  ipv6: pairs(ipv6).flat(),
});

function pairs<T extends number | bigint>(bounds: readonly T[]): (readonly [T, T])[] {
  const out: (readonly [T, T])[] = [];
  for (let i = 0; i < bounds.length; i += 2) out.push([bounds[i] as T, bounds[i + 1] as T]);
  return out.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

function cannotInitiate(resource: NetworkInterface): Reason | undefined {
  const component = { id: resource.networkInterfaceId, type: 'network-interface' as const };
  switch (interfaceRole(resource)) {
    case 'vpc-endpoint':
    case 'gateway-load-balancer-endpoint':
      return {
        explanationCode: 'VPCE_INTRA_VPC_TRAFFIC',
        component,
        text: `${component.id} belongs to an endpoint, which opens no connections into its VPC.`,
      };
    case 'nat-gateway':
    case 'transit-gateway':
      return { explanationCode: 'NO_PATH', component, text: `${component.id} opens no connections of its own.` };
    default:
      return undefined;
  }
}

/** An address or block: interfaces that hold it, somebody on the internet, or one behind a private line. */
function fromAddresses(
  snapshot: Snapshot,
  from: string,
  text: string,
  vpcId: string | undefined,
  towards: () => ReadonlySet<string>,
): Source {
  const cidr = parseCidrOrAddress(text);
  if (cidr.reason !== undefined) return noPlace(snapshot, from, 'source', cidr.reason);
  if (vpcId !== undefined && !vpcById(snapshot).has(vpcId)) notFound(snapshot, 'vpcs', vpcId, vpcById(snapshot).keys());
  const set = addressesOfCidr(cidr.value);
  const address = parseIpAddress(text).value;
  if (address === undefined) return fromBlock(snapshot, text, set, vpcId, towards);
  const behind = address.family === 4 && vpcId === undefined ? behindPublicAddress(snapshot, address.value) : undefined;
  if (behind !== undefined) {
    return {
      starts: [fromInterface([behind.located], onlyAddress({ family: 4, value: Number(behind.value) }))],
      outside: false,
    };
  }
  const holder = holderAmongVpcs(snapshot, address, vpcId);
  if (holder?.located !== undefined) return { starts: [fromInterface([holder.located], set)], outside: false };
  if (holder !== undefined) throw new QueryError(`no interface in ${holder.vpcId} holds ${text}`);
  if (!disjointAddresses(set, internetAddresses)) return fromInternet(intersectAddresses(set, internetAddresses));
  return fromPrivateLine(snapshot, text, set, towards());
}

/**
 * A block: of a VPC, its interfaces that hold an address of it; a private one beyond, whoever sends by a private line; one
 * that the internet has a part of, the internet.
 */
function fromBlock(
  snapshot: Snapshot,
  text: string,
  set: AddressSet,
  vpcId: string | undefined,
  towards: () => ReadonlySet<string>,
): Source {
  const vpcs = [...vpcAddresses(snapshot)]
    .filter(([id, own]) => (vpcId === undefined || id === vpcId) && !disjointAddresses(own, set))
    .sort(([a], [b]) => compareText(a, b));
  const inside = uniteAllAddresses(vpcs.map(([, own]) => intersectAddresses(own, set)));
  const beyond = subtractAddresses(set, inside);
  const open = intersectAddresses(beyond, internetAddresses);
  if (vpcId === undefined && !hasNoAddress(open)) return fromInternet(intersectAddresses(set, internetAddresses));
  mustBeApart(text, vpcs, set);
  const holders = vpcs.flatMap(([id]) => holdersOfBlock(snapshot, id, set));
  const starts = holders.map((located) =>
    fromInterface([located], intersectAddresses(privateAddressesOf(located.resource), set)),
  );
  if (vpcId !== undefined || hasNoAddress(beyond)) {
    if (starts.length > 0) return { starts, outside: false };
    const where = vpcId ?? vpcs.map(([id]) => id).join(', ');
    throw new QueryError(
      vpcs.length === 0 ? `${text} does not lie in ${where}` : `no interface in ${where} holds an address of ${text}`,
    );
  }
  const lines = privateLines(snapshot, beyond, towards());
  if (starts.length + lines.length > 0) return { starts: [...starts, ...lines], outside: false };
  return noLine(snapshot, text);
}

/** A block that lies in several VPCs with the same addresses means too much. */
function mustBeApart(text: string, vpcs: readonly (readonly [string, AddressSet])[], set: AddressSet): void {
  const shared = vpcs.filter(([, own], index) =>
    vpcs.some(([, other], at) => at !== index && !disjointAddresses(intersectAddresses(own, set), other)),
  );
  if (shared.length === 0) return;
  throw new QueryError(
    `${text} lies in ${shared.length} VPCs that overlap: say which`,
    shared.map(([id]) => `${id}/${text}`),
  );
}

/** A private address of no VPC in the snapshot: it may come in by any private line of the destination's VPC. */
function fromPrivateLine(snapshot: Snapshot, text: string, sources: AddressSet, towards: ReadonlySet<string>): Source {
  const starts = privateLines(snapshot, sources, towards);
  return starts.length > 0 ? { starts, outside: false } : noLine(snapshot, text);
}
