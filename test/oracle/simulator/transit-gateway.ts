import type { TransitGatewayVpcAttachment } from '../../../src/model/resources/transit-gateway.ts';
import {
  dropped,
  dropPending,
  type Ending,
  type Journey,
  type Move,
  note,
  type Position,
  unknownBeyond,
} from './journey.ts';
import { enterSubnet, leaveSubnet } from './network-acl.ts';
import { type Packet, TCP, UDP } from './packet.ts';
import { chooseTable } from './transit-policy-table.ts';
import { type TransitTarget, transitRoute } from './transit-route-table.ts';
import type { SubnetPlace } from './world/vpcs.ts';
import type { World } from './world/world.ts';

/** The one zone from which security-group references do not cross a transit gateway (VPC guide). */
const withoutReferences = 'use1-az3';

function subnetsOf(world: World, attachment: TransitGatewayVpcAttachment): readonly SubnetPlace[] {
  return attachment.subnetIds.flatMap((id) => world.subnets.get(id) ?? []);
}

const mayReference = (attachment: TransitGatewayVpcAttachment): boolean =>
  attachment.securityGroupReferencingSupport !== 'disable';

/** A route of a subnet leads to the transit gateway: in through the attachment's subnet of the sender's own zone. */
export function enterTransitGateway(journey: Journey, gatewayId: string, at: Position): Move {
  const { world } = journey;
  const left = leaveSubnet(journey, at.subnet);
  if (left !== undefined) return left;
  const attachments = [...world.transit.vpcAttachments.values()].filter(
    ({ transitGatewayId, vpcId }) => transitGatewayId === gatewayId && vpcId === at.vpcId,
  );
  const attachment = attachments.find(({ state }) => state === 'available') ?? attachments[0];
  if (attachment === undefined) {
    return world.isComplete('transitGatewayVpcAttachments', world.vpcs.get(at.vpcId)?.home)
      ? dropped(journey, gatewayId, `${at.vpcId} is not attached`)
      : unknownBeyond(journey, gatewayId, 'the attachments were not collected');
  }
  const attachmentId = attachment.transitGatewayAttachmentId;
  if (attachment.state !== 'available') return dropped(journey, attachmentId, `state ${attachment.state}`);
  const door = subnetsOf(world, attachment).find(({ zone }) => zone === at.zone);
  if (door === undefined) return dropped(journey, attachmentId, `no subnet of the attachment in zone ${at.zone}`);
  const entered = enterSubnet(journey, door);
  if (entered !== undefined) return entered;
  const gateway = world.transit.gateways.get(gatewayId)?.noun;
  const referencing =
    gateway?.securityGroupReferencingSupport === 'enable' && mayReference(attachment) && at.zone !== withoutReferences;
  // No outbound reference holds over a transit gateway, wherever it leads.
  const pending = dropPending(journey);
  if (pending !== undefined) return pending;
  note(journey, attachmentId, `into ${gatewayId} from ${at.zone}`);
  return { kind: 'transit', gatewayId, attachmentId, zone: at.zone, referencing };
}

/** Inside: the table associated with the attachment decides where the packet leaves. */
export function crossTransitGateway(
  journey: Journey,
  from: { gatewayId: string; attachmentId: string; zone: string; referencing: boolean },
): Move {
  const table = chooseTable(journey, from.gatewayId, from.attachmentId);
  if (typeof table !== 'string') return table;
  const target = transitRoute(journey, table);
  if ('kind' in target) return target;
  if (target.type === 'vpc') return leaveIntoVpc(journey, target, from);
  if (target.type === 'peering') return leaveIntoPeer(journey, target, from);
  return unknownBeyond(journey, target.attachmentId, `leaves AWS or the model: ${target.type ?? 'unknown type'}`);
}

/** The same for a packet and its reply. */
function flowKey({ protocol, source, destination, sourcePort, destinationPort }: Packet): string {
  const ports = protocol === TCP || protocol === UDP;
  const ends = [`${source.key} ${ports ? sourcePort : ''}`, `${destination.key} ${ports ? destinationPort : ''}`];
  return `${protocol} ${ends.sort().join(' ')}`;
}

/** The subnet of the attachment through which the packet comes out. */
function exitSubnet(journey: Journey, attachment: TransitGatewayVpcAttachment, zone: string): SubnetPlace | Ending {
  const { world, flow, choices } = journey;
  const id = attachment.transitGatewayAttachmentId;
  const subnets = [...subnetsOf(world, attachment)].sort((a, b) => (a.id < b.id ? -1 : 1));
  const key = `${id} ${flowKey(journey.packet)}`;
  const keep = attachment.applianceModeSupport === 'enable' ? flow.applianceZones.get(key) : zone;
  const same = subnets.find((subnet) => subnet.zone === keep);
  if (same !== undefined) return same;
  const picked = subnets[choices.pick('aws', `zone ${key} ${journey.direction}`, subnets.length)];
  if (picked === undefined) return unknownBeyond(journey, id, 'the subnets of the attachment are not in the snapshot');
  flow.applianceZones.set(key, picked.zone);
  return picked;
}

function leaveIntoVpc(
  journey: Journey,
  { attachmentId }: TransitTarget,
  from: { gatewayId: string; zone: string; referencing: boolean },
): Move {
  const { world } = journey;
  const attachment = world.transit.vpcAttachments.get(attachmentId);
  if (attachment === undefined) return unknownBeyond(journey, attachmentId, 'the attachment is not in the snapshot');
  if (attachment.state !== 'available') return dropped(journey, attachmentId, `state ${attachment.state}`);
  const vpcId = attachment.vpcId ?? '';
  if (!world.vpcs.has(vpcId)) return unknownBeyond(journey, attachmentId, `${vpcId} is not in the snapshot`);
  const exit = exitSubnet(journey, attachment, from.zone);
  if ('kind' in exit) return exit;
  const referencing = from.referencing && mayReference(attachment) && exit.zone !== withoutReferences;
  journey.crossed.push({ kind: 'transit-gateway', referencing });
  note(journey, attachmentId, `into ${vpcId} through ${exit.id}`);
  return { kind: 'route', at: { vpcId, subnet: exit, zone: exit.zone, sender: 'transit-gateway' } };
}

/** Over a peering of transit gateways: the far gateway has a table of its own for the attachment. */
function leaveIntoPeer(journey: Journey, { attachmentId }: TransitTarget, from: { gatewayId: string }): Move {
  const { transit } = journey.world;
  const peering = transit.peeringAttachments.find(
    (one) => one.transitGatewayAttachmentId === attachmentId || one.accepterTransitGatewayAttachmentId === attachmentId,
  );
  if (peering === undefined)
    return unknownBeyond(journey, attachmentId, 'the peering attachment is not in the snapshot');
  if (peering.state !== 'available') return dropped(journey, attachmentId, `state ${peering.state}`);
  const requester = peering.requesterTgwInfo?.transitGatewayId;
  const accepter = peering.accepterTgwInfo?.transitGatewayId;
  const accepterAttachmentId = peering.accepterTransitGatewayAttachmentId ?? peering.transitGatewayAttachmentId;
  const far =
    from.gatewayId === requester
      ? { gatewayId: accepter, attachmentId: accepterAttachmentId }
      : { gatewayId: requester, attachmentId: peering.transitGatewayAttachmentId as string };
  if (far.gatewayId === undefined) return unknownBeyond(journey, attachmentId, 'the far transit gateway is not told');
  journey.crossed.push({ kind: 'transit-gateway', referencing: false });
  note(journey, attachmentId, `into ${far.gatewayId}`);
  return {
    kind: 'transit',
    gatewayId: far.gatewayId,
    attachmentId: far.attachmentId,
    // Whether the far gateway keeps to the sender's zone is not told: it may pick any.
    zone: '',
    referencing: false,
  };
}
