import { isAttached } from './attachment.ts';
import { passPublicAccess } from './block-public-access.ts';
import { dropped, type Journey, loseIdentity, type Move, note, type Position, unknownBeyond } from './journey.ts';
import { leaveSubnet } from './network-acl.ts';
import { type Nic, owns } from './world/interfaces.ts';

/** IPv6 outwards only. It remembers the flow; what it does not remember, it does not let out as a reply. */
export function leaveByEgressOnlyGateway(journey: Journey, gatewayId: string, at: Position): Move {
  const { packet, world } = journey;
  const left = leaveSubnet(journey, at.subnet);
  if (left !== undefined) return left;
  const gateway = world.egressOnlyGateways.get(gatewayId);
  if (gateway === undefined && !world.isComplete('egressOnlyInternetGateways', world.vpcs.get(at.vpcId)?.home)) {
    return unknownBeyond(journey, gatewayId, 'the egress-only internet gateway is not in the snapshot');
  }
  if (gateway?.noun.attachments.some((attachment) => isAttached(attachment, at.vpcId)) !== true) {
    return dropped(journey, gatewayId, `not attached to ${at.vpcId}`);
  }
  if (packet.source.family !== 6) return dropped(journey, gatewayId, 'IPv6 only');
  if (journey.direction === 'return') return dropped(journey, gatewayId, 'it did not see the flow begin');
  const sender = world.nicsByVpc.get(at.vpcId)?.find((nic) => owns(nic, packet.source));
  if (sender === undefined) {
    return dropped(journey, gatewayId, 'the sender is not in the VPC');
  }
  const blocked = passPublicAccess(journey, at, 'egress-only-internet-gateway') ?? loseIdentity(journey);
  if (blocked !== undefined) return blocked;
  journey.flow.egressOnly.add(at.vpcId);
  note(journey, gatewayId, 'out to the internet');
  return { kind: 'internet' };
}

/** The reply of a flow that the egress-only gateway let out. */
export function returnByEgressOnlyGateway(journey: Journey, nic: Nic): Move {
  const face = { vpcId: nic.vpcId, subnet: journey.world.subnets.get(nic.subnetId) };
  const blocked = passPublicAccess(journey, face, 'egress-only-internet-gateway');
  if (blocked !== undefined) return blocked;
  note(journey, nic.vpcId, 'in through the egress-only internet gateway');
  return { kind: 'deliver', at: { vpcId: nic.vpcId, subnet: undefined, zone: '', sender: 'gateway' } };
}
