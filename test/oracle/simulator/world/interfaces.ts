import type { NetworkInterface } from '../../../../src/model/resources/network-interface.ts';
import type { RegionSnapshot } from '../../../../src/model/snapshot/snapshot.ts';
import { type Address, anyContains, type Cidr, parseAddress, parseCidr } from '../address.ts';
import type { Home } from './coverage.ts';
import { gatherById } from './gather.ts';

/** A network interface with its addresses as numbers. */
export interface Nic {
  readonly id: string;
  readonly noun: NetworkInterface;
  readonly home: Home;
  readonly vpcId: string;
  readonly subnetId: string;
  readonly groupIds: readonly string[];
  readonly addresses: readonly Address[];
  readonly prefixes: readonly Cidr[];
  /** The public address of a private one, by the private one's key. */
  readonly publicAddresses: ReadonlyMap<string, Address>;
  readonly instanceId: string | undefined;
}

/** The interface types by what they do to a packet; AWS writes some of them in two spellings. */
export function typeOf(nic: Nic): string {
  return nic.noun.interfaceType === 'natGateway' ? 'nat_gateway' : nic.noun.interfaceType;
}

/** Does the interface own the address: one of its own, or one of a delegated prefix? */
export function owns(nic: Nic, address: Address): boolean {
  for (const own of nic.addresses) if (own.key === address.key) return true;
  return anyContains(nic.prefixes, address);
}

function toNic(noun: NetworkInterface, home: Home): Nic {
  const ipv4 = noun.privateIpAddresses.map(({ privateIpAddress }) => parseAddress(privateIpAddress));
  const publicAddresses = new Map<string, Address>();
  for (const { privateIpAddress, association } of noun.privateIpAddresses) {
    if (association?.publicIp !== undefined) {
      publicAddresses.set(parseAddress(privateIpAddress).key, parseAddress(association.publicIp));
    }
  }
  return {
    id: noun.networkInterfaceId,
    noun,
    home,
    vpcId: noun.vpcId,
    subnetId: noun.subnetId,
    groupIds: noun.groupIds,
    addresses: [...ipv4, ...noun.ipv6Addresses.map(parseAddress)],
    prefixes: [...noun.ipv4Prefixes, ...noun.ipv6Prefixes].map(parseCidr),
    publicAddresses,
    instanceId: noun.attachment?.instanceId,
  };
}

/** All interfaces by id. */
export function nicsOf(regions: readonly RegionSnapshot[]): Map<string, Nic> {
  const seen = gatherById(
    regions,
    'networkInterfaces',
    ({ networkInterfaceId }) => networkInterfaceId,
    ({ ownerId }) => ownerId,
  );
  return new Map([...seen].map(([id, { noun, home }]) => [id, toNic(noun, home)]));
}
