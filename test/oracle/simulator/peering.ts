import { anyContains, type Cidr, parseCidr } from './address.ts';
import { dropped, type Journey, type Move, note, type Position, unknown } from './journey.ts';
import { leaveSubnet } from './network-acl.ts';
import type { VpcPeeringConnectionVpcInfo } from '../../../src/model/resources/vpc-peering-connection.ts';
import type { World } from './world/world.ts';

function cidrsOf(world: World, side: VpcPeeringConnectionVpcInfo): readonly Cidr[] {
  return world.vpcs.get(side.vpcId ?? '')?.cidrs ?? [...side.cidrBlocks, ...side.ipv6CidrBlocks].map(parseCidr);
}

/** Over the peering into the other VPC: both addresses must be of the two VPCs. */
export function crossPeering(journey: Journey, peeringId: string, at: Position): Move {
  const { world, packet } = journey;
  const left = leaveSubnet(journey, at.subnet);
  if (left !== undefined) return left;
  const peering = world.peerings.get(peeringId);
  if (peering === undefined) {
    return world.isComplete('vpcPeeringConnections', world.vpcs.get(at.vpcId)?.home)
      ? dropped(journey, peeringId, 'does not exist')
      : unknown(journey, peeringId, 'the peering connection is not in the snapshot');
  }
  if (peering.statusCode !== 'active') return dropped(journey, peeringId, `status ${peering.statusCode}`);
  const sides = [peering.requesterVpcInfo, peering.accepterVpcInfo];
  const near = sides.find((side) => side?.vpcId === at.vpcId);
  const far = sides.find((side) => side?.vpcId !== at.vpcId);
  if (near === undefined || far?.vpcId === undefined) return dropped(journey, peeringId, `does not join ${at.vpcId}`);
  if (!anyContains(cidrsOf(world, near), packet.source)) {
    return dropped(journey, peeringId, 'peering is not transitive: the sender is not in the VPC');
  }
  if (!anyContains(cidrsOf(world, far), packet.destination)) {
    return dropped(journey, peeringId, 'the destination is not in the other VPC');
  }
  if (!world.vpcs.has(far.vpcId)) return unknown(journey, peeringId, `${far.vpcId} is not in the snapshot`);
  if (journey.direction === 'forward') {
    const nat = world.natGateways.get(journey.flow.nat.at(-1)?.natGatewayId ?? '')?.noun;
    journey.flow.returnToSender = nat?.vpcId === at.vpcId ? { peeringId, natVpcId: at.vpcId } : undefined;
  }
  journey.crossed.push({ kind: 'peering', sameRegion: near.region === far.region });
  note(journey, peeringId, `into ${far.vpcId}`);
  const inside: Position = { vpcId: far.vpcId, subnet: undefined, zone: at.zone, sender: 'gateway' };
  return { kind: 'deliver', at: inside };
}
