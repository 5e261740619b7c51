import type { LoadBalancer } from '../../model/resources/load-balancer.ts';
import type { NetworkInterface } from '../../model/resources/network-interface.ts';
import type { ResourceKey } from '../../model/resources.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import type { Missing } from '../../model/verdict/verdict.ts';
import { heldBy, holderOf, vpcsWith } from '../facts/addresses.ts';
import { compareText, gapIn, type Located, regionsInOrder } from '../facts/inventory.ts';
import { nodesOf } from '../facts/load-balancing.ts';
import {
  interfaceById,
  interfacesOfInstance,
  interfacesOfSubnet,
  loadBalancerByArn,
} from '../facts/resources-by-id.ts';
import type { IpAddress } from '../sets/ip-address.ts';
import { formatIpAddress } from '../sets/ip-address.ts';
import { QueryError } from './query-error.ts';

/** Something that was asked for and may be hidden in a part of the snapshot that was not read. */
export class NotVisible extends Error {
  override readonly name = 'NotVisible';
  readonly id: string;
  readonly missing: Missing;

  constructor(id: string, missing: Missing) {
    super(missing.fact);
    this.id = id;
    this.missing = missing;
  }
}

/** Nothing in the snapshot has this id: a list that was not read may hold it, else it is a wrong question. */
export function notFound(snapshot: Snapshot, kind: ResourceKey, id: string, known: Iterable<string>): never {
  for (const region of regionsInOrder(snapshot)) {
    const gap = gapIn(region, kind);
    if (gap !== undefined) throw new NotVisible(id, gap);
  }
  throw new QueryError(`${id} is not in the snapshot`, closest(id, known));
}

/** Up to three known names that begin most like the one asked for. */
function closest(id: string, known: Iterable<string>): readonly string[] {
  const common = (name: string): number => {
    let length = 0;
    while (length < name.length && name[length] === id[length]) length++;
    return length;
  };
  return [...known]
    .map((name) => ({ name, length: common(name) }))
    .sort((a, b) => b.length - a.length || compareText(a.name, b.name))
    .slice(0, 3)
    .map(({ name }) => name);
}

/** The interfaces that a name stands for: an interface, an instance, a subnet, a VPC. */
export function interfacesNamed(snapshot: Snapshot, name: string): readonly Located<NetworkInterface>[] | undefined {
  const sorted = (list: readonly Located<NetworkInterface>[]): readonly Located<NetworkInterface>[] =>
    [...list].sort((a, b) => compareText(a.resource.networkInterfaceId, b.resource.networkInterfaceId));
  if (name.startsWith('eni-')) {
    const found = interfaceById(snapshot).get(name);
    return found === undefined
      ? notFound(snapshot, 'networkInterfaces', name, interfaceById(snapshot).keys())
      : [found];
  }
  if (name.startsWith('i-')) {
    const found = interfacesOfInstance(snapshot).get(name);
    return found === undefined
      ? notFound(snapshot, 'networkInterfaces', name, interfacesOfInstance(snapshot).keys())
      : sorted(found);
  }
  if (name.startsWith('subnet-')) {
    const found = interfacesOfSubnet(snapshot).get(name);
    return found === undefined
      ? notFound(snapshot, 'networkInterfaces', name, interfacesOfSubnet(snapshot).keys())
      : sorted(found);
  }
  if (/^vpc-[0-9a-z-]+$/.test(name)) {
    return sorted([...interfaceById(snapshot).values()].filter(({ resource }) => resource.vpcId === name));
  }
  return undefined;
}

/** A load balancer by ARN, name or DNS name. */
export function loadBalancerNamed(snapshot: Snapshot, name: string): Located<LoadBalancer> | undefined {
  const all = [...loadBalancerByArn(snapshot).values()].filter(
    ({ resource }) =>
      resource.loadBalancerArn === name || resource.loadBalancerName === name || resource.dnsName === name,
  );
  if (all.length > 1) {
    throw new QueryError(
      `${name} names ${all.length} load balancers`,
      all.map(({ resource }) => resource.loadBalancerArn).sort(compareText),
    );
  }
  return all[0];
}

/** The nodes of a load balancer in a fixed order. */
export const nodesInOrder = (
  snapshot: Snapshot,
  balancer: Located<LoadBalancer>,
): readonly Located<NetworkInterface>[] =>
  [...nodesOf(snapshot, balancer.resource.loadBalancerArn)].sort((a, b) =>
    compareText(a.resource.networkInterfaceId, b.resource.networkInterfaceId),
  );

/** Who holds an address in which VPC; an error where two VPCs have it and the question does not say which is meant. */
export function holderAmongVpcs(
  snapshot: Snapshot,
  address: IpAddress,
  vpcId: string | undefined,
): { readonly vpcId: string; readonly located: Located<NetworkInterface> | undefined } | undefined {
  if (vpcId !== undefined) return { vpcId, located: holderOf(snapshot, vpcId, address.family, address.value) };
  const vpcs = vpcsWith(snapshot, address.family, address.value);
  const held = vpcs
    .map((id) => ({ vpcId: id, located: holderOf(snapshot, id, address.family, address.value) }))
    .filter(({ located }) => located !== undefined);
  if (held.length > 1) {
    const text = formatIpAddress(address);
    throw new QueryError(
      `${text} lies in ${held.length} VPCs: say which`,
      held.map((one) => `${one.vpcId}/${text}`),
    );
  }
  if (held[0] !== undefined) return held[0];
  return vpcs.length === 1 && vpcs[0] !== undefined ? { vpcId: vpcs[0], located: undefined } : undefined;
}

/** The public IPv4 addresses of an interface with what is behind each. */
export const publicAddressesOf = (located: Located<NetworkInterface>): ReturnType<typeof heldBy> =>
  heldBy(located).filter(({ publicAddress }) => publicAddress !== undefined);
