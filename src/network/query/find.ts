import type { NetworkInterface } from '../../model/resources/network-interface.ts';
import type { ResourceKey } from '../../model/resources.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import type { Missing } from '../../model/verdict/verdict.ts';
import { holderOf, holdersIn, vpcsWith } from '../facts/addresses.ts';
import { compareText, gapIn, type Located, regionsInOrder } from '../facts/inventory.ts';
import {
  instanceById,
  interfaceById,
  interfacesOfInstance,
  interfacesOfSubnet,
  subnetById,
  vpcById,
} from '../facts/resources-by-id.ts';
import { type AddressSet } from '../sets/address-set.ts';
import { disjointIntervals, intervalsHave } from '../sets/intervals.ts';
import type { IpAddress } from '../sets/ip-address.ts';
import { formatIpAddress } from '../sets/ip-address.ts';
import { nearest } from './nearest.ts';
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

/** Something that was asked for and that no path is followed into or out of. */
export class NotModelled extends Error {
  override readonly name = 'NotModelled';
  readonly id: string;

  constructor(id: string) {
    super(`${id} is not modelled`);
    this.id = id;
  }
}

/** Local gateways of Outposts and carrier gateways of Wavelength Zones. */
export const isUnmodelledGateway = (id: string): boolean => /^(lgw|cagw)-/.test(id);

/** Nothing in the snapshot has this id: a list that was not read may hold it, else it is a wrong question. */
export function notFound(snapshot: Snapshot, kind: ResourceKey, id: string, known: Iterable<string>): never {
  for (const region of regionsInOrder(snapshot)) {
    const gap = gapIn(region, kind);
    if (gap !== undefined) throw new NotVisible(id, gap);
  }
  throw new QueryError(`${id} is not in the snapshot`, nearest(id, known));
}

/** The interfaces that a name stands for: an interface, an instance, a subnet, a VPC; `undefined` for any other name. */
export function interfacesNamed(snapshot: Snapshot, name: string): readonly Located<NetworkInterface>[] | undefined {
  const byInterface = interfaceById(snapshot);
  if (name.startsWith('eni-')) {
    const found = byInterface.get(name);
    return found === undefined ? notFound(snapshot, 'networkInterfaces', name, byInterface.keys()) : [found];
  }
  if (name.startsWith('i-')) {
    return all(snapshot, name, interfacesOfInstance(snapshot).get(name), instanceById(snapshot), 'instances');
  }
  if (name.startsWith('subnet-')) {
    return all(snapshot, name, interfacesOfSubnet(snapshot).get(name), subnetById(snapshot), 'subnets');
  }
  if (/^vpc-[^/]*$/.test(name)) {
    const found = [...byInterface.values()].filter(({ resource }) => resource.vpcId === name);
    return all(snapshot, name, found, vpcById(snapshot), 'vpcs');
  }
  return undefined;
}

/** In a fixed order; an error where there is none, and where the thing itself is unknown one with what it may be. */
function all(
  snapshot: Snapshot,
  name: string,
  found: readonly Located<NetworkInterface>[] | undefined,
  known: ReadonlyMap<string, unknown>,
  kind: ResourceKey,
): readonly Located<NetworkInterface>[] {
  if (found !== undefined && found.length > 0) {
    return [...found].sort((a, b) => compareText(a.resource.networkInterfaceId, b.resource.networkInterfaceId));
  }
  if (!known.has(name)) return notFound(snapshot, kind, name, known.keys());
  for (const region of regionsInOrder(snapshot)) {
    const gap = gapIn(region, 'networkInterfaces');
    if (gap !== undefined) throw new NotVisible(name, gap);
  }
  throw new QueryError(`there is no interface in ${name}`);
}

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

/** The interfaces of a VPC that hold an address of a block, by id. */
export function holdersOfBlock(
  snapshot: Snapshot,
  vpcId: string,
  set: AddressSet,
): readonly Located<NetworkInterface>[] {
  const { sorted, prefixes } = holdersIn(snapshot, vpcId);
  const found = new Map<string, Located<NetworkInterface>>();
  for (const { family, value, located } of sorted) {
    if (intervalsHave(family === 4 ? set.ipv4 : set.ipv6, value))
      found.set(located.resource.networkInterfaceId, located);
  }
  for (const { family, range, located } of prefixes) {
    if (!disjointIntervals(range, family === 4 ? set.ipv4 : set.ipv6))
      found.set(located.resource.networkInterfaceId, located);
  }
  return [...found].sort(([a], [b]) => compareText(a, b)).map(([, located]) => located);
}
