import { type Address, anyContains, isPrivateIpv4, parseAddress } from './address.ts';
import { isAttached } from './attachment.ts';
import { passPublicAccess } from './block-public-access.ts';
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
import { leaveSubnet } from './network-acl.ts';
import { consult } from './route-table.ts';
import { type Nic, owns, typeOf } from './world/interfaces.ts';

function attachedGateway(journey: Journey, vpcId: string): string | undefined {
  for (const [id, { noun }] of journey.world.internetGateways) {
    if (noun.attachments.some((attachment) => isAttached(attachment, vpcId))) return id;
  }
  return undefined;
}

/** The public address of the sender; the gateway translates one to one, and IPv6 not at all. */
function publicAddressOf(journey: Journey, at: Position): Address | undefined {
  const { packet, world } = journey;
  if (at.natGatewayId !== undefined) {
    const nat = world.natGateways.get(at.natGatewayId)?.noun;
    const own = nat?.natGatewayAddresses.find(({ privateIp, publicIp }) => {
      const sentFrom = privateIp ?? publicIp;
      return sentFrom !== undefined && parseAddress(sentFrom).key === packet.source.key;
    });
    return own?.publicIp === undefined ? undefined : parseAddress(own.publicIp);
  }
  for (const nic of world.nicsByVpc.get(at.vpcId) ?? []) {
    if (!owns(nic, packet.source)) continue;
    return packet.source.family === 6 ? packet.source : nic.publicAddresses.get(packet.source.key);
  }
  return undefined;
}

/** Edge table: the reply to what came in through a middlebox may not go around it. */
function bypassesMiddlebox(journey: Journey, gatewayId: string, at: Position): boolean {
  if (journey.direction === 'forward') return false;
  const edge = journey.world.tables.byGateway.get(gatewayId);
  if (edge === undefined || at.natGatewayId !== undefined) return false;
  const before = journey.packet;
  const way = consult({ ...journey, log: [], packet: { ...before, destination: before.source } }, edge, {
    ...at,
    subnet: undefined,
    sender: 'gateway',
  });
  if (way.kind !== 'hand-over' || way.target.kind === 'local') return false;
  return !journey.flow.inspectedBy.has(way.target.id);
}

const deniesInternet = (nic: Nic | undefined): boolean => nic?.noun.denyAllIgwTraffic === true;

/** Out of the VPC to the internet. */
export function leaveByInternetGateway(journey: Journey, gatewayId: string, at: Position): Move {
  const { packet, world } = journey;
  const left = leaveSubnet(journey, at.subnet);
  if (left !== undefined) return left;
  const gateway = world.internetGateways.get(gatewayId);
  const seen = world.vpcs.get(at.vpcId)?.viewers.some((home) => world.isComplete('internetGateways', home)) === true;
  if (gateway === undefined && !seen) {
    return unknownBeyond(journey, gatewayId, 'the internet gateway is not in the snapshot');
  }
  if (gateway?.noun.attachments.some((attachment) => isAttached(attachment, at.vpcId)) !== true) {
    return dropped(journey, gatewayId, `not attached to ${at.vpcId}`);
  }
  if (isPrivateIpv4(packet.destination)) return dropped(journey, gatewayId, 'private destination');
  const sender = world.nicsByVpc.get(at.vpcId)?.find((nic) => owns(nic, packet.source));
  const isNat = at.natGatewayId !== undefined || (sender !== undefined && typeOf(sender) === 'nat_gateway');
  const blocked = passPublicAccess(journey, at, isNat ? 'nat-gateway' : 'internet-gateway');
  if (blocked !== undefined) return blocked;
  const publicAddress = publicAddressOf(journey, at);
  if (publicAddress === undefined) return dropped(journey, gatewayId, 'the sender has no public address');
  if (deniesInternet(sender)) return dropped(journey, gatewayId, 'the interface denies traffic of internet gateways');
  if (bypassesMiddlebox(journey, gatewayId, at)) return dropped(journey, gatewayId, 'goes around the middlebox');
  const lost = loseIdentity(journey);
  if (lost !== undefined) return lost;
  journey.packet = { ...packet, source: publicAddress };
  note(journey, gatewayId, 'out to the internet');
  return { kind: 'internet' };
}

/** A range of the customer's own is on the internet only while it is advertised, which no answer tells. */
function passAdvertisement(journey: Journey, address: Address): Ending | undefined {
  if (!journey.world.ownRangeAddresses.has(address.key)) return undefined;
  if (journey.choices.pick('not-known', `advertised ${address.key}`, 2) === 1) return undefined;
  return dropped(journey, address.key, 'the range may not be advertised');
}

/** The place where an inbound packet first touches the VPC: the middlebox of the edge table, else the interface itself. */
function publicFace(journey: Journey, first: Move, nic: Nic): Pick<Position, 'vpcId' | 'subnet'> {
  const { world } = journey;
  const endpoint =
    first.kind === 'hand-over' && first.target.kind === 'vpc-endpoint'
      ? world.endpoints.get(first.target.id)
      : undefined;
  const subnetId = endpoint?.noun.subnetIds[0] ?? nic.subnetId;
  return { vpcId: nic.vpcId, subnet: world.subnets.get(subnetId) };
}

/** From the internet to an interface behind the gateway: the public address becomes the private one. */
export function enterByInternetGateway(journey: Journey, nic: Nic, address: Address): Move {
  const { world, packet } = journey;
  const vpc = world.vpcs.get(nic.vpcId);
  const gatewayId = attachedGateway(journey, nic.vpcId);
  if (gatewayId === undefined) {
    // Everybody who sees the VPC sees its internet gateway.
    const seen = vpc?.viewers.some((home) => world.isComplete('internetGateways', home)) === true;
    if (seen) return dropped(journey, nic.vpcId, 'no internet gateway');
    return unknownBeyond(journey, nic.vpcId, 'the internet gateways were not collected');
  }
  if (isPrivateIpv4(packet.source)) return dropped(journey, gatewayId, 'private source');
  // Nothing that a VPC's own hosts send comes in by its internet gateway: "spoofed sources are rejected".
  if (anyContains(vpc?.cidrs ?? [], packet.source)) return dropped(journey, gatewayId, 'spoofed source');
  if (deniesInternet(nic)) return dropped(journey, gatewayId, 'the interface denies traffic of internet gateways');
  const unadvertised = passAdvertisement(journey, packet.destination);
  if (unadvertised !== undefined) return unadvertised;
  journey.packet = { ...packet, destination: address };
  const at: Position = { vpcId: nic.vpcId, subnet: undefined, zone: '', sender: 'gateway' };
  const edge = world.tables.byGateway.get(gatewayId);
  const first: Move = edge === undefined ? { kind: 'deliver', at } : consult(journey, edge, at);
  const face = publicFace(journey, first, nic);
  const blocked = passPublicAccess(journey, face, typeOf(nic) === 'nat_gateway' ? 'nat-gateway' : 'internet-gateway');
  if (blocked !== undefined) return blocked;
  note(journey, gatewayId, 'in from the internet');
  return first;
}
