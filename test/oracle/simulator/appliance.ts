import { dropped, type Journey, loseIdentity, type Move, type Position, unknown } from './journey.ts';
import { crossSubnets, leaveSubnet } from './network-acl.ts';
import { enterInterface } from './security-group.ts';
import { isAlive } from './host.ts';
import { owns } from './world/interfaces.ts';

/** A route leads to an interface: a router or firewall of the customer's own, whose rules nobody can see. */
export function enterAppliance(journey: Journey, interfaceId: string, at: Position): Move {
  const { world, packet } = journey;
  const nic = world.nics.get(interfaceId);
  if (nic === undefined) {
    // Wherever it stands, it is not in the sender's own subnet.
    const left = leaveSubnet(journey, at.subnet);
    if (left !== undefined) return left;
    return world.isComplete('networkInterfaces', world.vpcs.get(at.vpcId)?.home)
      ? dropped(journey, interfaceId, 'does not exist')
      : unknown(journey, interfaceId, 'the interface is not in the snapshot');
  }
  const blocked = crossSubnets(journey, at.subnet, world.subnets.get(nic.subnetId)) ?? isAlive(journey, nic);
  if (blocked !== undefined) return blocked;
  if (owns(nic, packet.destination)) return { kind: 'arrived', arrival: { kind: 'interface', nic, insideHost: false } };
  if (nic.noun.sourceDestCheck !== false) return dropped(journey, interfaceId, 'source/destination check');
  // A reply too is new to an appliance: had it seen the flow begin, what it did with it would not be known.
  const filtered = enterInterface(journey, nic);
  if (filtered !== undefined) return filtered;
  return (
    loseIdentity(journey) ?? unknown(journey, interfaceId, 'an appliance: what it does with the packet is not visible')
  );
}
