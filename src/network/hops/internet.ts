import {
  behindPublicAddress,
  broughtAlong,
  type HeldAddress,
  holdersIn,
  natGatewayOfPublicAddress,
  vpcsWith,
} from '../facts/addresses.ts';
import {
  egressOnlyInternetGatewayById,
  internetGatewaysOfVpc,
  natGatewayById,
  vpcById,
  vpcEndpointById,
} from '../facts/resources-by-id.ts';
import { missingResource } from '../facts/inventory.ts';
import { edgeRouteTable } from '../facts/vpc-tables.ts';
import { internetAddresses } from '../facts/special-addresses.ts';
import { selectRoutes } from '../filters/route-selection.ts';
import type { Bound, Intervals } from '../sets/intervals.ts';
import { disjointIntervals, sameIntervals } from '../sets/intervals.ts';
import { type Family, formatIpv4, parseIpv4 } from '../sets/ip-address.ts';
import { blocked, doubted, type Flow, nobody, waypointOf, withStep } from '../path/flow.ts';
import { entered } from '../path/entering-vpc.ts';
import type { Place } from '../path/place.ts';
import { addressesSeen, end, familiesOf, fork, go, ofFamily, type Step } from '../path/step.ts';
import { isSingle } from '../path/view.ts';
import { denyAllIgwTraffic, internetGatewayGap, isAttached, publicAccess, refusePrivate } from './internet-gateway.ts';
import { refuseSpoofed } from './spoofed-source.ts';

const internet = { id: 'internet', type: 'internet' as const };

/** Packets on the public internet: to an address of the snapshot's own they come in again, all others have left AWS. */
export function crossInternet(flow: Flow): Step {
  const families = familiesOf(flow);
  return fork(
    families.flatMap((family) => {
      const part = families.length === 1 ? flow : ofFamily(flow, family);
      return part === undefined ? [] : [crossIn(part, family)];
    }),
  );
}

function crossIn(flow: Flow, family: Family): Step {
  const destinations = addressesSeen(flow, 'destinations', family);
  if (!isSingle(destinations)) return onTheInternet(flow, family, destinations);
  const address = destinations[0] as Bound;
  return family === 4
    ? toPublicIpv4(flow, address as number, destinations)
    : toPublicIpv6(flow, address as bigint, destinations);
}

function toPublicIpv4(flow: Flow, address: number, destinations: Intervals): Step {
  const held = behindPublicAddress(flow.journey.snapshot, address);
  if (held !== undefined) return enterVpc(advertised(flow, address), held.located.resource.vpcId, held);
  const natGatewayId = natGatewayOfPublicAddress(flow.journey.snapshot).get(address);
  if (natGatewayId !== undefined) return toNatGateway(flow, natGatewayId, address);
  const home = flow.direction === 'return' && flow.alive.length === 0 ? flow.journey.sender : undefined;
  if (home !== undefined && disjointIntervals(destinations, internetAddresses.ipv4)) {
    const own = holdersIn(flow.journey.snapshot, home.resource.vpcId).single.get(address);
    return enterVpc(flow, home.resource.vpcId, own);
  }
  return onTheInternet(flow, 4, destinations);
}

/** An address of a range that the customer brought along is on the internet only while the range is advertised. */
function advertised(flow: Flow, address: number): Flow {
  const pool = broughtAlong(flow.journey.snapshot).get(address);
  if (pool === undefined) return flow;
  const text = `${formatIpv4(address)} belongs to ${pool}, a range brought along; whether it is advertised is not known.`;
  const fact = { fact: `whether ${pool} is advertised`, iamAction: 'ec2:DescribeByoipCidrs' };
  return doubted(flow, { explanationCode: 'NOT_COLLECTED', component: internet, text }, [fact]);
}

function toPublicIpv6(flow: Flow, address: bigint, destinations: Intervals): Step {
  const [vpcId] = vpcsWith(flow.journey.snapshot, 6, address);
  if (vpcId === undefined) return onTheInternet(flow, 6, destinations);
  return enterVpc(flow, vpcId, holdersIn(flow.journey.snapshot, vpcId).single.get(address));
}

/** Beyond AWS: the end of a question about the internet, and an unknown host for any other. */
function onTheInternet(flow: Flow, family: Family, destinations: Intervals): Step {
  const arrived = withStep(flow, { component: internet, effect: 'admits' });
  if (flow.direction === 'return') {
    if (flow.journey.origin.kind === 'internet') {
      const { sources } = flow.view;
      const expected = sources === undefined || flow.asked.every((box) => sameIntervals(sources, box.destinations));
      if (expected) return { kind: 'arrived', flow: arrived };
      const text =
        'The reply reaches the client from another address than the one that it called, and is not taken for one.';
      return end(blocked(arrived, { explanationCode: 'REPLY_GOES_ELSEWHERE', component: internet, text }));
    }
    const text = 'The reply leaves for the internet, although the packet did not come from there.';
    return end(blocked(arrived, { explanationCode: 'REPLY_GOES_ELSEWHERE', component: internet, text }));
  }
  const reply: Place = { kind: 'internet' };
  const wide = !isSingle(destinations);
  if (wide) return go(arrived, { kind: 'delivered', to: undefined, reply });
  const text = `The packets leave AWS for ${family === 4 ? formatIpv4(Number(destinations[0])) : 'an IPv6 address'} that belongs to none of the accounts; what happens there is not visible.`;
  const far = doubted(arrived, { explanationCode: 'UNKNOWN_DESTINATION', component: internet, text }, [
    { fact: 'the host behind the public address' },
  ]);
  return go(far, { kind: 'delivered', to: undefined, reply });
}

/** In through the internet gateway of the VPC that owns the public address. */
export function enterVpc(flow: Flow, vpcId: string, held: HeldAddress | undefined): Step {
  const gateways = internetGatewaysOfVpc(flow.journey.snapshot).get(vpcId) ?? [];
  const gateway = gateways.find(({ resource }) => isAttached(resource.attachments, vpcId)) ?? gateways[0];
  const component = { id: gateway?.resource.internetGatewayId ?? vpcId, type: 'internet-gateway' as const };
  const id = held?.family === 6 ? eigwBehind(flow, vpcId) : undefined;
  if (id !== undefined) return throughEgressOnly(flow, vpcId, id, held?.located.resource.subnetId);
  let next = byGatewayAsked(flow, vpcId, component);
  if (gateway === undefined || !isAttached(gateway.resource.attachments, vpcId)) {
    const gap = gateway === undefined ? internetGatewayGap(flow, vpcId) : undefined;
    const where = { id: vpcId, type: 'vpc' as const };
    if (gap !== undefined)
      return end(
        doubted(
          flow,
          {
            explanationCode: 'NOT_COLLECTED',
            component: where,
            text: `The internet gateway of ${vpcId} is not known.`,
          },
          [gap],
        ),
      );
    next = blocked(next, {
      explanationCode: 'BAD_STATE_ATTACHMENT',
      component: where,
      packetDirection: 'ingress',
      text: `No internet gateway is attached to ${vpcId}.`,
    });
    if (gateway === undefined) return end(next);
  }
  next = refusePrivate(next, component, 'sources');
  const networkInterface = held?.located.resource;
  const nat = networkInterface?.interfaceType === 'natGateway' || networkInterface?.interfaceType === 'nat_gateway';
  next = refuseSpoofed(next, vpcId, component);
  const subnetId = middleboxSubnet(next, component.id, held) ?? networkInterface?.subnetId;
  next = publicAccess(next, vpcId, component, subnetId, nat ? 'nat-gateway' : 'interface', 'ingress');
  if (held?.family === 6) next = denyAllIgwTraffic(next, held, 'ingress');
  const translated = held?.family === 4 && held.publicAddress !== undefined;
  next = withStep(next, {
    component,
    effect: 'admits',
    packetDirection: 'ingress',
    vpcId,
    outboundHeader: translated ? { destinationAddress: formatIpv4(Number(held.value)) } : undefined,
    additionalDetails: reflected(next) ? ['IGW_NAT_REFLECTION'] : undefined,
  });
  if (translated) next = { ...next, view: { ...next.view, destinations: [held.value, Number(held.value) + 1] } };
  return pastGateway(next, vpcId, component.id);
}

/** Did the packets leave by an internet gateway and come in again by one, as for a neighbour's public address? */
const reflected = ({ direction, journey: { origin } }: Flow): boolean =>
  direction === 'forward' && origin.kind !== 'internet';

/** Where an edge route table leads through an endpoint, its subnet is the public face. */
function middleboxSubnet(flow: Flow, internetGatewayId: string, held: HeldAddress | undefined): string | undefined {
  const table = edgeRouteTable(flow.journey.snapshot, internetGatewayId);
  if (table === undefined || held === undefined) return undefined;
  const after = typeof held.value === 'number' ? held.value + 1 : held.value + 1n;
  const target = selectRoutes(table, held.family, [held.value, after])[0]?.route?.route.target;
  return target?.kind === 'vpc-endpoint'
    ? vpcEndpointById(flow.journey.snapshot).get(target.id)?.resource.subnetIds[0]
    : undefined;
}

/** A question about one internet gateway is about what comes in by it, and by no other. */
function byGatewayAsked(
  flow: Flow,
  vpcId: string,
  component: { readonly id: string; readonly type: 'internet-gateway' },
): Flow {
  const { origin } = flow.journey;
  if (flow.direction === 'return' || flow.entries !== undefined || origin.kind !== 'internet') return flow;
  const { gatewayId } = origin;
  if (gatewayId === undefined || gatewayId === component.id) return flow;
  const text = `What comes in by ${gatewayId} does not get to ${vpcId}, which has a gateway of its own or none.`;
  return blocked(flow, {
    explanationCode: 'NO_PATH',
    component: { id: gatewayId, type: 'internet-gateway' },
    packetDirection: 'ingress',
    text,
  });
}

/** Past the gateway: an edge route table may divert the packets before the VPC's router has them. */
function pastGateway(flow: Flow, vpcId: string, internetGatewayId: string): Step {
  const arrived: Flow = {
    ...flow,
    identity: flow.direction === 'forward' && flow.identity.lost === undefined ? nobody : flow.identity,
    arrivedBy: 'internet',
  };
  const inside = entered(arrived, vpcId, { kind: 'internet-gateway', internetGatewayId, vpcId });
  const table = edgeRouteTable(flow.journey.snapshot, internetGatewayId);
  if (table === undefined) return go(inside, { kind: 'in-vpc', vpcId, subnet: undefined });
  return go(inside, { kind: 'routing', table, vpcId, subnet: undefined });
}

function eigwBehind(flow: Flow, vpcId: string): string | undefined {
  if (flow.direction !== 'return') return undefined;
  for (let at = flow.waypoints; at !== undefined; at = at.before) {
    if (!at.last.key.startsWith('eigw-')) continue;
    const gateway = egressOnlyInternetGatewayById(flow.journey.snapshot).get(at.last.key)?.resource;
    if (gateway?.attachments.some((attachment) => attachment.vpcId === vpcId) === true) return at.last.key;
  }
  return undefined;
}

/** The reply to what an egress-only gateway let out comes in by it. */
function throughEgressOnly(flow: Flow, vpcId: string, id: string, subnetId: string | undefined): Step {
  const component = { id, type: 'egress-only-internet-gateway' as const };
  const next = publicAccess(flow, vpcId, component, subnetId, 'egress-only-internet-gateway', 'ingress');
  return go(withStep(next, { component, effect: 'admits', packetDirection: 'ingress', vpcId }), {
    kind: 'in-vpc',
    vpcId,
    subnet: undefined,
  });
}

/** A public address of a NAT gateway: for replies to what it sent, and for nobody else. */
function toNatGateway(flow: Flow, natGatewayId: string, address: number): Step {
  const gateway = natGatewayById(flow.journey.snapshot).get(natGatewayId)?.resource;
  const waypoint = waypointOf(flow, natGatewayId);
  if (
    gateway?.vpcId !== undefined &&
    flow.direction === 'return' &&
    waypoint !== undefined &&
    gateway.subnetId === undefined
  ) {
    return go(flow, { kind: 'nat-gateway-reply', natGatewayId });
  }
  const own = gateway?.natGatewayAddresses.find(
    ({ publicIp }) => publicIp !== undefined && parseIpv4(publicIp).value === address,
  );
  const value = own?.privateIp === undefined ? undefined : parseIpv4(own.privateIp).value;
  const located =
    value === undefined || gateway?.vpcId === undefined
      ? undefined
      : holdersIn(flow.journey.snapshot, gateway.vpcId).single.get(value)?.located;
  if (gateway?.vpcId !== undefined && value !== undefined && located !== undefined) {
    return enterVpc(flow, gateway.vpcId, {
      family: 4,
      value,
      located,
      publicAddress: address,
      publicIp: own?.publicIp,
    });
  }
  const component = { id: natGatewayId, type: 'nat-gateway' as const };
  if (gateway?.vpcId !== undefined && flow.direction === 'return' && waypoint !== undefined) {
    const id = own?.networkInterfaceId ?? natGatewayId;
    const text = `The interface of ${natGatewayId} is not known, so what the reply meets on the way to it is not either.`;
    const missing = missingResource(flow.journey.snapshot, 'networkInterfaces', id, {
      accountId: vpcById(flow.journey.snapshot).get(gateway.vpcId)?.resource.ownerId,
    });
    return end(doubted(flow, { explanationCode: 'NOT_COLLECTED', component, text }, [missing]));
  }
  const text = `${natGatewayId} takes no connections: it listens to nobody.`;
  return end(blocked(flow, { explanationCode: 'NAT_GATEWAY_IS_NOT_A_DESTINATION', component, text }));
}
