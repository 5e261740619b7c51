import type { NetworkInterface } from '../../model/resources/network-interface.ts';
import { privateAddressesOf } from '../facts/group-members.ts';
import { interfacesOfInstance } from '../facts/resources-by-id.ts';
import { type AddressSet, uniteAllAddresses } from '../sets/address-set.ts';
import type { Flow } from '../path/flow.ts';

/** The private addresses of all interfaces of the host that an interface belongs to; alone, its own. */
export function addressesOfHost(flow: Flow, resource: NetworkInterface): AddressSet {
  const instanceId = resource.attachment?.instanceId;
  const all = instanceId === undefined ? undefined : interfacesOfInstance(flow.journey.snapshot).get(instanceId);
  if (all === undefined || all.length < 2) return privateAddressesOf(resource);
  return uniteAllAddresses(all.map((located) => privateAddressesOf(located.resource)));
}
