import type { Subnet } from '../../model/resources/subnet.ts';
import type { ComponentReference } from '../../model/verdict/path.ts';
import { vpcAddresses } from '../facts/addresses.ts';
import { compareText, everywhere, type Located } from '../facts/inventory.ts';
import {
  internetGatewaysOfVpc,
  natGatewaysOfVpc,
  peeringById,
  transitGatewayAttachmentById,
  transitGatewayVpcAttachmentById,
} from '../facts/resources-by-id.ts';
import { internetAddresses } from '../facts/special-addresses.ts';
import { disjointIntervals, intersectIntervals, type Intervals } from '../sets/intervals.ts';
import type { Family } from '../sets/ip-address.ts';
import { entryInto, type Flow } from './flow.ts';
import type { Place } from './place.ts';
import { addressesSeen, familiesOf } from './step.ts';
import { isSingle } from './view.ts';

/** The target that a missing or broken route should have, and the place beyond it. */
export interface Way {
  readonly component: ComponentReference;
  readonly place: Place;
}

const egressOnlyGateways = everywhere('egressOnlyInternetGateways');

/**
 * The way that packets without a route would most likely have to take: back through the gateway that they came by, or
 * through what joins the two VPCs, or out to the internet. It names what is missing and lets the walk go on to the
 * blockers behind.
 */
export function likelyWay(flow: Flow, vpcId: string, subnet: Located<Subnet> | undefined): Way | undefined {
  const back = flow.direction === 'return' ? entryInto(flow, vpcId) : undefined;
  if (back !== undefined) return { component: componentOf(back), place: withSubnet(back, subnet) };
  const asked = flow.direction === 'forward' ? towards(flow.journey.goal, flow, vpcId, subnet) : undefined;
  if (asked !== undefined) return asked;
  const [family] = familiesOf(flow);
  if (family === undefined) return undefined;
  const destinations = addressesSeen(flow, 'destinations', family);
  const target = vpcHolding(flow, family, destinations, vpcId);
  if (target !== undefined && target !== vpcId) return between(flow, vpcId, target, subnet);
  if (disjointIntervals(destinations, family === 4 ? internetAddresses.ipv4 : internetAddresses.ipv6)) return undefined;
  return toInternet(flow, vpcId, subnet, family);
}

/** The gateway that the question leads to, where a route of this VPC may name it. */
function towards(
  goal: string | undefined,
  flow: Flow,
  vpcId: string,
  subnet: Located<Subnet> | undefined,
): Way | undefined {
  if (goal === undefined) return undefined;
  const attachment = transitGatewayAttachmentById(flow.journey.snapshot).get(goal)?.resource;
  const id = attachment?.transitGatewayId ?? goal;
  if (id.startsWith('igw-'))
    return {
      component: { id, type: 'internet-gateway' },
      place: { kind: 'internet-gateway', internetGatewayId: id, vpcId },
    };
  if (id.startsWith('pcx-'))
    return { component: { id, type: 'vpc-peering-connection' }, place: { kind: 'peering', id, vpcId } };
  if (id.startsWith('vgw-'))
    return { component: { id, type: 'vpn-gateway' }, place: { kind: 'vpn-gateway', vpnGatewayId: id, vpcId } };
  if (!id.startsWith('tgw-') || id.startsWith('tgw-attach-')) return undefined;
  return {
    component: { id, type: 'transit-gateway' },
    place: { kind: 'transit-gateway', transitGatewayId: id, subnet, vpcId },
  };
}

function vpcHolding(flow: Flow, family: Family, destinations: Intervals, from: string): string | undefined {
  const found = [...vpcAddresses(flow.journey.snapshot)]
    .filter(([, set]) => intersectIntervals(family === 4 ? set.ipv4 : set.ipv6, destinations).length > 0)
    .map(([vpcId]) => vpcId)
    .sort(compareText);
  return found.includes(from)
    ? from
    : (found.find((vpcId) => between(flow, from, vpcId, undefined) !== undefined) ?? found[0]);
}

function between(flow: Flow, from: string, to: string, subnet: Located<Subnet> | undefined): Way | undefined {
  const peerings = [...peeringById(flow.journey.snapshot).values()]
    .map(({ resource }) => resource)
    .filter(({ requesterVpcInfo, accepterVpcInfo }) => {
      const ends = [requesterVpcInfo?.vpcId, accepterVpcInfo?.vpcId];
      return ends.some((vpcId) => vpcId === from) && ends.some((vpcId) => vpcId === to);
    })
    .sort(
      (a, b) =>
        Number(b.statusCode === 'active') - Number(a.statusCode === 'active') ||
        compareText(a.vpcPeeringConnectionId, b.vpcPeeringConnectionId),
    );
  const [peering] = peerings;
  if (peering !== undefined && peering.statusCode === 'active') {
    const id = peering.vpcPeeringConnectionId;
    return { component: { id, type: 'vpc-peering-connection' }, place: { kind: 'peering', id, vpcId: from } };
  }
  const attached = (vpcId: string): readonly string[] =>
    [...transitGatewayVpcAttachmentById(flow.journey.snapshot).values()]
      .filter(({ resource }) => resource.vpcId === vpcId && resource.transitGatewayId !== undefined)
      .map(({ resource }) => resource.transitGatewayId as string)
      .sort(compareText);
  const transitGatewayId = attached(from).find((id) => attached(to).includes(id));
  if (transitGatewayId === undefined) return undefined;
  return {
    component: { id: transitGatewayId, type: 'transit-gateway' },
    place: { kind: 'transit-gateway', transitGatewayId, subnet, vpcId: from },
  };
}

/** A sender with a public address of its own leaves by the internet gateway, others by a NAT gateway where there is one. */
function toInternet(flow: Flow, vpcId: string, subnet: Located<Subnet> | undefined, family: Family): Way | undefined {
  const gateways = internetGatewaysOfVpc(flow.journey.snapshot).get(vpcId) ?? [];
  const igw = gateways.map(({ resource }) => resource.internetGatewayId).sort(compareText)[0];
  const viaIgw: Way | undefined =
    igw === undefined
      ? undefined
      : {
          component: { id: igw, type: 'internet-gateway' },
          place: { kind: 'internet-gateway', internetGatewayId: igw, vpcId },
        };
  if (family === 6) return viaIgw ?? egressOnly(flow, vpcId);
  const sources = addressesSeen(flow, 'sources', 4);
  const only = isSingle(sources) ? flow.journey.sender : undefined;
  const hasPublic =
    only?.resource.privateIpAddresses.some(({ association }) => association?.publicIp !== undefined) === true;
  const nat = (natGatewaysOfVpc(flow.journey.snapshot).get(vpcId) ?? [])
    .map(({ resource }) => resource)
    .filter(
      ({ state, connectivityType, subnetId }) =>
        state === 'available' && connectivityType === 'public' && subnetId !== subnet?.resource.subnetId,
    )
    .map(({ natGatewayId }) => natGatewayId)
    .sort(compareText)[0];
  if (hasPublic || nat === undefined) return viaIgw;
  return {
    component: { id: nat, type: 'nat-gateway' },
    place: { kind: 'nat-gateway', natGatewayId: nat, subnet, vpcId },
  };
}

function egressOnly(flow: Flow, vpcId: string): Way | undefined {
  const id = egressOnlyGateways(flow.journey.snapshot)
    .filter(({ resource }) => resource.attachments.some((attachment) => attachment.vpcId === vpcId))
    .map(({ resource }) => resource.egressOnlyInternetGatewayId)
    .sort(compareText)[0];
  if (id === undefined) return undefined;
  return {
    component: { id, type: 'egress-only-internet-gateway' },
    place: { kind: 'egress-only-internet-gateway', id, vpcId },
  };
}

function componentOf(place: Place): ComponentReference {
  switch (place.kind) {
    case 'internet-gateway':
      return { id: place.internetGatewayId, type: 'internet-gateway' };
    case 'egress-only-internet-gateway':
      return { id: place.id, type: 'egress-only-internet-gateway' };
    case 'peering':
      return { id: place.id, type: 'vpc-peering-connection' };
    case 'transit-gateway':
      return { id: place.transitGatewayId, type: 'transit-gateway' };
    case 'vpn-gateway':
      return { id: place.vpnGatewayId, type: 'vpn-gateway' };
    case 'vpc-endpoint':
      return { id: place.vpcEndpointId, type: 'vpc-endpoint' };
    default:
      return { id: place.kind, type: 'other' };
  }
}

const withSubnet = (place: Place, subnet: Located<Subnet> | undefined): Place =>
  place.kind === 'transit-gateway' ? { ...place, subnet } : place;
