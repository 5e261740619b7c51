import type { NatGateway } from '../../../src/model/resources/nat-gateway.ts';
import { addressOf, contains, nat64Prefix, parseAddress } from './address.ts';
import {
  dropped,
  type Ending,
  type Journey,
  loseIdentity,
  type Move,
  note,
  type Position,
  unknownBeyond,
} from './journey.ts';
import { crossSubnets, leaveSubnet } from './network-acl.ts';
import { hasPorts, ICMP, ICMPV6, type Packet, TCP, UDP } from './packet.ts';
import { pickPort } from './ephemeral-port.ts';
import type { World } from './world/world.ts';

/** An IPv6 packet to the well-known prefix becomes an IPv4 packet (RFC 6146). */
function toIpv4(packet: Packet): Packet | undefined {
  if (packet.destination.family === 4) return packet;
  if (!contains(nat64Prefix, packet.destination)) return undefined;
  return { ...packet, destination: addressOf(4, packet.destination.value & 0xffff_ffffn) };
}

function placeOf(world: World, nat: NatGateway, zone: string): Position {
  const subnet = nat.subnetId === undefined ? undefined : world.subnets.get(nat.subnetId);
  const table = nat.routeTableId === undefined ? undefined : world.tables.byId.get(nat.routeTableId);
  return {
    vpcId: nat.vpcId ?? '',
    subnet,
    ...(table === undefined ? {} : { table }),
    zone: subnet?.zone ?? zone,
    sender: 'interface',
    natGatewayId: nat.natGatewayId,
  };
}

/**
 * The addresses that the gateway may send from. A regional one not registered in the zone serves it from another one if
 * it expands by itself, and not at all if its zones are set by hand: which, the answers do not tell.
 */
function usableAddresses(journey: Journey, nat: NatGateway, zone: string): NatGateway['natGatewayAddresses'] {
  const alive = nat.natGatewayAddresses.filter(({ status }) => status === undefined || status === 'succeeded');
  if (nat.availabilityMode !== 'regional') return alive;
  const registered = alive.filter(({ availabilityZoneId }) => availabilityZoneId === zone);
  if (registered.length > 0 || alive.length === 0) return registered;
  return journey.choices.pick('not-known', `zone ${nat.natGatewayId}`, 2) === 0 ? [] : alive;
}

function ownAddress(journey: Journey, nat: NatGateway, zone: string): string | Ending {
  const usable = usableAddresses(journey, nat, zone);
  if (usable.length === 0) return dropped(journey, nat.natGatewayId, `no address that serves ${zone}`);
  const picked = usable[journey.choices.pick('aws', `nat ${nat.natGatewayId}`, usable.length)];
  // A regional gateway may tell no private address; its own traffic is then known by its public one alone.
  return picked?.privateIp ?? picked?.publicIp ?? unknownBeyond(journey, nat.natGatewayId, 'it tells no address');
}

/** A route leads to the NAT gateway: it sends the packet on as its own, from its own subnet. */
export function enterNatGateway(journey: Journey, natGatewayId: string, at: Position): Move {
  const { world, packet } = journey;
  const nat = world.natGateways.get(natGatewayId)?.noun;
  if (nat === undefined) {
    // Wherever it stands, it is not in the sender's own subnet.
    const left = leaveSubnet(journey, at.subnet);
    if (left !== undefined) return left;
    return world.isComplete('natGateways', world.vpcs.get(at.vpcId)?.home)
      ? dropped(journey, natGatewayId, 'does not exist')
      : unknownBeyond(journey, natGatewayId, 'the NAT gateway is not in the snapshot');
  }
  if (nat.state !== 'available') return dropped(journey, natGatewayId, `state ${nat.state}`);
  if (nat.vpcId !== at.vpcId) return dropped(journey, natGatewayId, 'in another VPC');
  if (at.natGatewayId === natGatewayId) return dropped(journey, natGatewayId, 'its own subnet routes back to it');
  if (at.sender === 'gateway') return dropped(journey, natGatewayId, 'the sender is not in the VPC');
  const place = placeOf(world, nat, at.zone);
  const blocked = crossSubnets(journey, at.subnet, place.subnet);
  if (blocked !== undefined) return blocked;
  if (journey.direction === 'return') return dropped(journey, natGatewayId, 'it did not see the flow begin');
  if (journey.flow.nat.some((entry) => entry.natGatewayId === natGatewayId)) {
    return dropped(journey, natGatewayId, 'its packet comes back to it: it goes round in circles');
  }
  if (packet.protocol === ICMPV6 && packet.destination.family === 6)
    return unknownBeyond(journey, natGatewayId, 'how it translates ICMPv6 is not described');
  const inner = toIpv4(packet);
  if (inner === undefined) return dropped(journey, natGatewayId, 'IPv6 outside the NAT64 prefix');
  if (![TCP, UDP, ICMP].includes(inner.protocol)) return dropped(journey, natGatewayId, `protocol ${packet.protocol}`);
  if (nat.hasAttachedAppliances && journey.choices.pick('not-known', `appliance ${natGatewayId}`, 2) === 0) {
    return dropped(journey, natGatewayId, 'the attached appliance may filter');
  }
  const own = ownAddress(journey, nat, place.zone);
  if (typeof own !== 'string') return own;
  const lost = loseIdentity(journey);
  if (lost !== undefined) return lost;
  const sourcePort = hasPorts(inner) ? pickPort(journey, natGatewayId) : inner.sourcePort;
  const after: Packet = { ...inner, source: parseAddress(own), sourcePort };
  journey.flow.nat.push({ natGatewayId, before: packet, after });
  journey.packet = after;
  journey.crossed = [];
  note(journey, natGatewayId, 'sent on as its own');
  return { kind: 'route', at: place };
}

/**
 * A packet for the gateway's own address. As a new flow it finds nobody; as the reply of a remembered flow it goes back
 * to whoever began it.
 */
export function returnToNatGateway(journey: Journey, nat: NatGateway): Move {
  const { packet, flow } = journey;
  const entry = flow.nat.findLast(({ natGatewayId }) => natGatewayId === nat.natGatewayId);
  const isReply =
    journey.direction === 'return' &&
    entry !== undefined &&
    entry.after.destination.key === packet.source.key &&
    (!hasPorts(packet) ||
      (entry.after.destinationPort === packet.sourcePort && entry.after.sourcePort === packet.destinationPort));
  if (!isReply) return dropped(journey, nat.natGatewayId, 'a NAT gateway is no destination');
  const { before } = entry;
  journey.packet = {
    ...packet,
    protocol: before.protocol,
    source: before.destination,
    destination: before.source,
    destinationPort: before.sourcePort,
  };
  journey.identity = [];
  journey.crossed = [];
  note(journey, nat.natGatewayId, 'back to the sender');
  return { kind: 'route', at: placeOf(journey.world, nat, '') };
}
