import type { NetworkInterface } from '../../model/resources/network-interface.ts';
import type { RegionSnapshot, Snapshot } from '../../model/snapshot/snapshot.ts';
import type { Missing } from '../../model/verdict/verdict.ts';
import { type AddressSet, noAddresses, parseAddressSet } from '../sets/address-set.ts';
import { parseCidr } from '../sets/cidr.ts';
import { type Bound, intervalsHave, type Intervals } from '../sets/intervals.ts';
import { type Family, parseIpAddress, parseIpv4 } from '../sets/ip-address.ts';
import { derive, type Derived } from './derive.ts';
import { everywhere, gapIn, type Located } from './inventory.ts';
import { interfaceById, natGatewayById, vpcById } from './resources-by-id.ts';

/** The addresses of a VPC by family: every associated block. */
export const vpcAddresses: Derived<Snapshot, ReadonlyMap<string, AddressSet>> = derive(
  (snapshot) =>
    new Map(
      [...vpcById(snapshot)].map(([vpcId, { resource }]) => [
        vpcId,
        parseAddressSet([...resource.cidrBlocks, ...resource.ipv6CidrBlocks]).value ?? noAddresses,
      ]),
    ),
);

/** One address of an interface, with the public one that an internet gateway maps onto it. */
export interface HeldAddress {
  readonly family: Family;
  readonly value: Bound;
  readonly located: Located<NetworkInterface>;
  readonly publicAddress: number | undefined;
  /** The text of the public address. */
  readonly publicIp: string | undefined;
}

/** The addresses of one VPC's interfaces: single ones by value, delegated prefixes as ranges. */
export interface VpcHolders {
  readonly single: ReadonlyMap<Bound, HeldAddress>;
  readonly prefixes: readonly {
    readonly family: Family;
    readonly range: Intervals;
    readonly located: Located<NetworkInterface>;
  }[];
  /** The single addresses in ascending order, for questions about ranges; IPv4 first. */
  readonly sorted: readonly HeldAddress[];
}

const noHolders: VpcHolders = { single: new Map(), prefixes: [], sorted: [] };

interface AddressIndex {
  readonly byVpc: ReadonlyMap<string, VpcHolders>;
  readonly byPublicAddress: ReadonlyMap<number, HeldAddress>;
}

const addressIndex: Derived<Snapshot, AddressIndex> = derive((snapshot) => {
  const byVpc = new Map<string, { single: Map<Bound, HeldAddress>; prefixes: VpcHolders['prefixes'][number][] }>();
  const byPublicAddress = new Map<number, HeldAddress>();
  for (const located of interfaceById(snapshot).values()) {
    const { resource } = located;
    let holders = byVpc.get(resource.vpcId);
    if (holders === undefined) byVpc.set(resource.vpcId, (holders = { single: new Map(), prefixes: [] }));
    for (const held of heldBy(located)) {
      holders.single.set(held.value, held);
      if (held.publicAddress !== undefined) byPublicAddress.set(held.publicAddress, held);
    }
    for (const prefix of [...resource.ipv4Prefixes, ...resource.ipv6Prefixes]) {
      const cidr = parseCidr(prefix).value;
      if (cidr !== undefined) holders.prefixes.push({ family: cidr.family, range: cidr.addresses, located });
    }
  }
  return {
    byVpc: new Map(
      [...byVpc].map(([vpcId, holders]) => [vpcId, { ...holders, sorted: [...holders.single.values()].sort(byValue) }]),
    ),
    byPublicAddress,
  };
});

const byValue = (a: HeldAddress, b: HeldAddress): number =>
  a.family - b.family || (a.value < b.value ? -1 : a.value > b.value ? 1 : 0);

/** The single addresses of an interface, the primary one first. */
export function heldBy(located: Located<NetworkInterface>): readonly HeldAddress[] {
  const { resource } = located;
  const ipv4 = resource.privateIpAddresses.flatMap(({ privateIpAddress, association }): HeldAddress[] => {
    const value = parseIpv4(privateIpAddress).value;
    const publicIp = association?.publicIp;
    const publicAddress = publicIp === undefined ? undefined : parseIpv4(publicIp).value;
    return value === undefined ? [] : [{ family: 4, value, located, publicAddress, publicIp }];
  });
  const ipv6 = resource.ipv6Addresses.flatMap((text): HeldAddress[] => {
    const address = parseIpAddress(text).value;
    if (address === undefined || address.family !== 6) return [];
    return [{ family: 6, value: address.value, located, publicAddress: undefined, publicIp: undefined }];
  });
  return [...ipv4, ...ipv6];
}

/** Who holds which address in a VPC. */
export const holdersIn = (snapshot: Snapshot, vpcId: string): VpcHolders =>
  addressIndex(snapshot).byVpc.get(vpcId) ?? noHolders;

/** The interface that holds an address of a VPC, by itself or by a delegated prefix. */
export function holderOf(
  snapshot: Snapshot,
  vpcId: string,
  family: Family,
  value: Bound,
): Located<NetworkInterface> | undefined {
  const holders = holdersIn(snapshot, vpcId);
  const single = holders.single.get(value);
  if (single !== undefined) return single.located;
  return holders.prefixes.find((prefix) => prefix.family === family && intervalsHave(prefix.range, value))?.located;
}

/** The private address behind a public one, over every account and Region of the snapshot. */
export const behindPublicAddress = (snapshot: Snapshot, publicAddress: number): HeldAddress | undefined =>
  addressIndex(snapshot).byPublicAddress.get(publicAddress);

/** A public address of a NAT gateway. */
export const natGatewayOfPublicAddress: Derived<Snapshot, ReadonlyMap<number, string>> = derive((snapshot) => {
  const found = new Map<number, string>();
  for (const { resource } of natGatewayById(snapshot).values()) {
    if (resource.state !== 'available') continue;
    for (const { publicIp } of resource.natGatewayAddresses) {
      const value = publicIp === undefined ? undefined : parseIpv4(publicIp).value;
      if (value !== undefined) found.set(value, resource.natGatewayId);
    }
  }
  return found;
});

/** The VPCs that contain an address. */
export function vpcsWith(snapshot: Snapshot, family: Family, value: Bound): readonly string[] {
  return [...vpcAddresses(snapshot)]
    .filter(([, set]) => intervalsHave(family === 4 ? set.ipv4 : set.ipv6, value))
    .map(([vpcId]) => vpcId)
    .sort();
}

/**
 * What keeps us from saying that nobody holds an address of a VPC: the owner's list of interfaces was not read, or was
 * read without the interfaces that services manage.
 */
export function interfaceInventoryGap(snapshot: Snapshot, vpcId: string): Missing | undefined {
  const vpc = vpcById(snapshot).get(vpcId);
  if (vpc === undefined) return { fact: `${vpcId} is not in the snapshot`, iamAction: 'ec2:DescribeVpcs' };
  if (vpc.resource.ownerId !== undefined && vpc.resource.ownerId !== vpc.region.accountId) {
    return {
      fact: `the interfaces of ${vpcId}: its owner, account ${vpc.resource.ownerId}, is not in scope`,
      iamAction: 'ec2:DescribeNetworkInterfaces',
    };
  }
  return gapIn(vpc.region, 'networkInterfaces') ?? managedInterfacesGap(snapshot, vpc.region);
}

function managedInterfacesGap(snapshot: Snapshot, region: RegionSnapshot): Missing | undefined {
  const call = snapshot.manifest.calls.find(
    ({ operation, accountId, region: name }) =>
      operation === 'DescribeNetworkInterfaces' && accountId === region.accountId && name === region.region,
  );
  if (call === undefined || call.input['IncludeManagedResources'] === true) return undefined;
  return {
    fact: `interfaces that AWS services manage were not asked for in account ${region.accountId}, ${region.region}`,
    iamAction: 'ec2:DescribeNetworkInterfaces',
  };
}

const elasticAddresses = everywhere('addresses');

/** Public addresses of ranges that the customer brought along: reachable only while the range is advertised. */
export const broughtAlong: Derived<Snapshot, ReadonlyMap<number, string>> = derive((snapshot) => {
  const found = new Map<number, string>();
  for (const { resource } of elasticAddresses(snapshot)) {
    const pool = resource.publicIpv4Pool;
    const value = resource.publicIp === undefined ? undefined : parseIpv4(resource.publicIp).value;
    if (value !== undefined && pool?.startsWith('ipv4pool-ec2-') === true) found.set(value, pool);
  }
  return found;
});
