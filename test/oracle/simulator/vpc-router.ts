import { anyContains } from './address.ts';
import { dropped, type Journey, type Move, type Position, unknown } from './journey.ts';
import { crossSubnets } from './network-acl.ts';
import { type Nic, owns } from './world/interfaces.ts';

/** The interface of the VPC that owns the packet's destination address. */
export function holderOf(journey: Journey, vpcId: string): Nic | undefined {
  for (const nic of journey.world.nicsByVpc.get(vpcId) ?? []) if (owns(nic, journey.packet.destination)) return nic;
  return undefined;
}

/** Hands the packet to the interface that owns its destination, across the border of its subnet if it comes from outside. */
export function deliver(journey: Journey, at: Position): Move {
  const { world, packet } = journey;
  // Hosts of the internet were asked for: what a VPC keeps inside, as IPv6 to its own block, does not get there.
  if (journey.meant === 'internet') return dropped(journey, at.vpcId, 'stays inside the VPC');
  const vpc = world.vpcs.get(at.vpcId);
  if (vpc === undefined) return unknown(journey, at.vpcId, 'the VPC is not in the snapshot');
  if (!anyContains(vpc.cidrs, packet.destination)) {
    return dropped(journey, at.vpcId, 'the destination is not in the CIDR blocks of the VPC');
  }
  const nic = holderOf(journey, at.vpcId);
  if (nic === undefined) {
    const subnet = [...world.subnets.values()].find(
      ({ vpcId, cidrs }) => vpcId === at.vpcId && anyContains(cidrs, packet.destination),
    );
    const blocked = crossSubnets(journey, at.subnet, subnet);
    if (blocked !== undefined) return blocked;
    if (journey.meant !== undefined)
      return dropped(journey, at.vpcId, `${journey.meant} does not have the address here`);
    if (world.isComplete('networkInterfaces', vpc.home))
      return dropped(journey, at.vpcId, 'no interface has the address');
    return unknown(journey, at.vpcId, 'no interface has the address, but not all were collected');
  }
  const blocked = crossSubnets(journey, at.subnet, world.subnets.get(nic.subnetId));
  return blocked ?? { kind: 'arrived', arrival: { kind: 'interface', nic, insideHost: false } };
}
