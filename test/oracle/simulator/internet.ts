import { type Address, anyContains, isPrivateIpv4, parseAddress } from './address.ts';
import { returnByEgressOnlyGateway } from './egress-only-gateway.ts';
import { enterByInternetGateway } from './internet-gateway.ts';
import { dropped, type Journey, type Move, unknownBeyond } from './journey.ts';
import { returnToNatGateway } from './nat-gateway.ts';
import type { VpcPlace } from './world/vpcs.ts';
import type { PublicHolder, World } from './world/world.ts';

/** Who has this address on the internet, among what was collected. */
function holderOnInternet(world: World, address: Address): PublicHolder | undefined {
  if (address.family === 6 && address.value >> 125n !== 1n) return undefined;
  const holder = world.publicHolders.get(address.key);
  if (holder !== undefined || address.family === 4) return holder;
  for (const nic of world.nics.values()) {
    if (anyContains(nic.prefixes, address)) return { kind: 'interface', nic, address };
  }
  return undefined;
}

/** The NAT gateway that says it has the address, whose interface is not in the answers. */
function natGatewayWith(world: World, address: Address): string | undefined {
  for (const [id, { noun }] of world.natGateways) {
    const own = noun.natGatewayAddresses.some(
      ({ publicIp }) => publicIp !== undefined && parseAddress(publicIp).key === address.key,
    );
    if (own && noun.state === 'available') return id;
  }
  return undefined;
}

/** IPv6 blocks of a VPC are its own on the internet too. */
function vpcOnInternet(world: World, address: Address): VpcPlace | undefined {
  if (address.family === 4) return undefined;
  return [...world.vpcs.values()].find(({ cidrs }) => anyContains(cidrs, address));
}

/** On the internet: on to the gateway of the VPC that has the address, or to a host out there. */
export function crossInternet(journey: Journey): Move {
  const { world, packet } = journey;
  const holder = holderOnInternet(world, packet.destination);
  const vpc = holder === undefined ? vpcOnInternet(world, packet.destination) : undefined;
  if (vpc !== undefined) {
    return world.isComplete('networkInterfaces', vpc.home)
      ? dropped(journey, vpc.id, 'no interface has the address')
      : unknownBeyond(journey, vpc.id, 'no interface has the address, but not all were collected');
  }
  if (holder === undefined) {
    const nat = natGatewayWith(world, packet.destination);
    if (nat !== undefined && journey.direction === 'forward')
      return dropped(journey, nat, 'a NAT gateway is no destination');
    if (nat !== undefined) return unknownBeyond(journey, nat, 'the interface of the NAT gateway was not collected');
    return isPrivateIpv4(packet.destination)
      ? dropped(journey, 'internet', 'no address of the internet')
      : { kind: 'arrived', arrival: { kind: 'internet' } };
  }
  if (holder.kind === 'regional-nat-gateway') return returnToNatGateway(journey, holder.nat);
  if (journey.direction === 'return' && holder.address.family === 6 && journey.flow.egressOnly.has(holder.nic.vpcId)) {
    return returnByEgressOnlyGateway(journey, holder.nic);
  }
  return enterByInternetGateway(journey, holder.nic, holder.address);
}
