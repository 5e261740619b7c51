import { anyContains } from './address.ts';
import { dropped, dropPending, type Journey, type Move, note, type Position, unknownBeyond } from './journey.ts';
import { isAttached } from './attachment.ts';
import { leaveSubnet } from './network-acl.ts';

/** Out to the customer's own network, which no answer describes. */
export function leaveByVpnGateway(journey: Journey, gatewayId: string, at: Position): Move {
  const { world } = journey;
  const left = leaveSubnet(journey, at.subnet);
  if (left !== undefined) return left;
  const gateway = world.vpnGateways.get(gatewayId)?.noun;
  if (gateway === undefined) {
    return world.isComplete('vpnGateways', world.vpcs.get(at.vpcId)?.home)
      ? dropped(journey, gatewayId, 'does not exist')
      : unknownBeyond(journey, gatewayId, 'the virtual private gateway is not in the snapshot');
  }
  if (!gateway.vpcAttachments.some((attachment) => isAttached(attachment, at.vpcId))) {
    return dropped(journey, gatewayId, `not attached to ${at.vpcId}`);
  }
  if (!anyContains(world.vpcs.get(at.vpcId)?.cidrs ?? [], journey.packet.source)) {
    return dropped(journey, gatewayId, 'it is no transit: the sender is not in the VPC');
  }
  const tunnels = world.vpnConnections
    .filter(({ vpnGatewayId, state }) => vpnGatewayId === gatewayId && state === 'available')
    .flatMap((connection) => connection.tunnels);
  if (tunnels.length > 0 && tunnels.every(({ status }) => status === 'DOWN')) {
    return dropped(journey, gatewayId, 'all tunnels are down');
  }
  const pending = dropPending(journey);
  if (pending !== undefined) return pending;
  // Whoever stands there may answer; then the way back still counts.
  if (journey.direction === 'forward' && journey.choices.pick('not-known', `beyond ${gatewayId}`, 2) === 0) {
    return dropped(journey, gatewayId, 'leaves AWS: what stands beyond is not in the snapshot');
  }
  note(journey, gatewayId, 'out to the customer’s own network');
  const back: Position = { vpcId: at.vpcId, subnet: undefined, zone: at.zone, sender: 'gateway' };
  return { kind: 'arrived', arrival: { kind: 'on-premises', back } };
}
