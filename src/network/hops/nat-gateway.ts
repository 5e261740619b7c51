import type { NatGateway } from '../../model/resources/nat-gateway.ts';
import { type Located, missingResource } from '../facts/inventory.ts';
import { natGatewayById, subnetById, vpcById } from '../facts/resources-by-id.ts';
import { routeTableNamed } from '../facts/vpc-tables.ts';
import { nat64 } from '../facts/special-addresses.ts';
import { intersectIntervals, type Intervals } from '../sets/intervals.ts';
import { formatIpv4, parseIpv4 } from '../sets/ip-address.ts';
import { ephemeralPorts } from '../sets/port-set.ts';
import { onlyProtocol, protocolNumbers } from '../sets/protocol.ts';
import { everyIpv4Packet, everyIpv6Packet, intersectTraffic, type Traffic } from '../sets/traffic.ts';
import {
  type Arrival,
  blocked,
  doubted,
  entryInto,
  type Flow,
  identityLost,
  isBackAt,
  nobody,
  waypointOf,
  waypointsBefore,
  withStep,
} from '../path/flow.ts';
import { admitOnly, parted } from '../path/pass-filter.ts';
import type { Place } from '../path/place.ts';
import { addressesSeen, choice, end, familiesOf, fork, go, type Step } from '../path/step.ts';
import { replyView } from '../path/view.ts';
import { passNetworkAcl } from './network-acl.ts';
import { outboundReferencesEnd } from './outbound-references.ts';

type AtNat = Extract<Place, { kind: 'nat-gateway' }>;
type NatComponent = { readonly id: string; readonly type: 'nat-gateway' };

/** What a NAT gateway carries: TCP, UDP and ICMP (VPC guide, NAT gateway basics). */
const carried: Traffic = [
  { ...everyIpv4Packet, protocols: [1, 2, 6, 7, 17, 18] },
  { ...everyIpv6Packet, protocols: [6, 7, 17, 18, 58, 59] },
];

/** What a NAT gateway takes nothing from. */
const foreignTo: ReadonlyMap<Arrival, string> = new Map([
  ['peering', 'a peering'],
  ['vpn-gateway', 'a virtual private gateway'],
  ['internet', 'an internet gateway'],
]);

/** Packets routed to a NAT gateway: outbound ones are given its address; replies that it did not ask for are dropped. */
export function passNatGateway(arriving: Flow, place: AtNat): Step {
  const { natGatewayId, subnet, vpcId } = place;
  const component: NatComponent = { id: natGatewayId, type: 'nat-gateway' };
  const flow = outboundReferencesEnd(arriving, component);
  const located = natGatewayById(flow.journey.snapshot).get(natGatewayId);
  if (located === undefined) {
    const near = vpcById(flow.journey.snapshot).get(vpcId)?.resource.ownerId;
    const missing = missingResource(flow.journey.snapshot, 'natGateways', natGatewayId, { accountId: near });
    return end(
      doubted(flow, { explanationCode: 'UNKNOWN_RESOURCE', component, text: `${natGatewayId} is not known.` }, [
        missing,
      ]),
    );
  }
  const { resource } = located;
  if (flow.direction === 'return') return reply(flow, resource, component);
  let next = flow;
  if (resource.state !== 'available') {
    next = blocked(next, {
      explanationCode: 'BAD_STATE',
      component,
      text: `${natGatewayId} is ${resource.state ?? 'in an unknown state'}.`,
    });
  }
  const foreign = foreignTo.get(flow.arrivedBy);
  if (foreign !== undefined) {
    const text = `${natGatewayId} takes traffic from its own VPC and over a transit gateway, not over ${foreign}.`;
    return end(blocked(next, { explanationCode: 'NGW_REQUIRES_SOURCE_IN_VPC', component, text }));
  }
  if (waypointOf(next, natGatewayId) !== undefined) {
    const text = `The route table of ${natGatewayId} leads back to itself.`;
    return end(blocked(next, { explanationCode: 'ROUTING_LOOP', component, text }));
  }
  next = admitOnly(next, (seen) => intersectTraffic(seen, carried), {
    explanationCode: 'PROTOCOL_RESTRICTION',
    component,
    text: `${natGatewayId} carries TCP, UDP and ICMP alone.`,
  });
  if (resource.hasAttachedAppliances) {
    const text = `A firewall proxy attached to ${natGatewayId} may filter the traffic.`;
    next = doubted(next, { explanationCode: 'MIDDLEBOX_NOT_VISIBLE', component, text }, [
      { fact: `the rules of the proxy at ${natGatewayId}` },
    ]);
  }
  return resource.availabilityMode === 'regional'
    ? regional(next, resource, subnet, component)
    : zonal(next, resource, subnet, component);
}

type FromSubnet = AtNat['subnet'];

/** A zonal gateway stands in a subnet: its ACL is met, and its route table decides what comes next. */
function zonal(flow: Flow, nat: NatGateway, from: FromSubnet, component: NatComponent): Step {
  const own = nat.subnetId === undefined ? undefined : subnetById(flow.journey.snapshot).get(nat.subnetId);
  if (own === undefined) {
    const missing = missingResource(flow.journey.snapshot, 'subnets', nat.subnetId ?? component.id, {});
    return end(
      doubted(
        flow,
        { explanationCode: 'NOT_COLLECTED', component, text: `The subnet of ${component.id} is not known.` },
        [missing],
      ),
    );
  }
  const entered = from?.resource.subnetId === own.resource.subnetId ? flow : passNetworkAcl(flow, own, 'ingress');
  const place: Place = { kind: 'leaving-subnet', subnet: own, from: undefined };
  return fromEachAddress(entered, nat, component, own.resource.subnetId, place);
}

/** A regional gateway has no subnet and so no ACL, but a route table of its own. */
function regional(flow: Flow, nat: NatGateway, from: FromSubnet, component: NatComponent): Step {
  let next = flow;
  const zone = from?.resource.availabilityZoneId;
  const zones = nat.natGatewayAddresses
    .map(({ availabilityZoneId }) => availabilityZoneId)
    .filter((id) => id !== undefined);
  if (zone !== undefined && zones.length > 0 && !zones.includes(zone) && nat.autoProvisionZones !== 'enabled') {
    const text = `${component.id} is not registered in Availability Zone ${zone}.`;
    const reason = { explanationCode: 'REGIONAL_NGW_ROUTE_AZ_RESTRICTION' as const, component, text };
    const mode = { fact: `whether ${component.id} grows into further zones`, iamAction: 'ec2:DescribeNatGateways' };
    next = nat.autoProvisionZones === 'disabled' ? blocked(next, reason) : doubted(next, reason, [mode]);
  }
  const local = { ...nat, natGatewayAddresses: zonesOwn(nat, zone) };
  const table = nat.routeTableId === undefined ? undefined : routeTableNamed(flow.journey.snapshot, nat.routeTableId);
  if (table?.value === undefined || nat.vpcId === undefined) {
    const missing = table?.missing ?? { fact: `the route table of ${component.id}` };
    const text = `The route table of ${component.id} is not known.`;
    return end(doubted(next, { explanationCode: 'NOT_COLLECTED', component, text }, [missing]));
  }
  const place: Place = { kind: 'routing', table: table.value, vpcId: nat.vpcId, subnet: undefined };
  return fromEachAddress(next, local, component, undefined, place);
}

function zonesOwn(nat: NatGateway, zone: string | undefined): NatGateway['natGatewayAddresses'] {
  const own = nat.natGatewayAddresses.filter(({ availabilityZoneId }) => availabilityZoneId === zone);
  return own.length > 0 ? own : nat.natGatewayAddresses;
}

/** The gateway picks one of its addresses for each connection. */
function fromEachAddress(
  flow: Flow,
  nat: NatGateway,
  component: NatComponent,
  subnetId: string | undefined,
  place: Place,
): Step {
  const own = nat.natGatewayAddresses
    .filter(({ status }) => status === undefined || status === 'succeeded')
    .map(({ privateIp, publicIp }) => parseIpv4(privateIp ?? publicIp ?? '').value)
    .filter((value) => value !== undefined)
    .sort((a, b) => a - b);
  if (own.length === 0) {
    const text = `The addresses of ${component.id} are not known.`;
    const fact = { fact: `the addresses of ${component.id}`, iamAction: 'ec2:DescribeNatGateways' };
    return end(doubted(flow, { explanationCode: 'NOT_COLLECTED', component, text }, [fact]));
  }
  const text = `The addresses of ${component.id} are not treated alike: some connections succeed, others fail.`;
  const { like: icmpv6, unlike: others } = familiesOf(flow).includes(6)
    ? parted(flow, [everyIcmpv6Packet])
    : { like: undefined, unlike: flow };
  const steps: Step[] = [];
  if (icmpv6 !== undefined) steps.push(withoutIcmpTranslation(icmpv6, component));
  if (others !== undefined) {
    const ways = own.map((address) => go(translate(others, nat, component, subnetId, address), place));
    steps.push(choice(ways, { explanationCode: 'INTERMITTENT', component, text }));
  }
  return fork(steps);
}

const everyIcmpv6Packet = { ...everyIpv6Packet, protocols: onlyProtocol(protocolNumbers.icmpv6) };

/** NAT64 turns ICMPv6 into ICMP, with other types and codes (RFC 7915): what filters beyond see is not modelled. */
function withoutIcmpTranslation(flow: Flow, component: NatComponent): Step {
  const text = `${component.id} turns ICMPv6 into ICMP; what becomes of it is not modelled.`;
  return end(
    doubted(flow, { explanationCode: 'NOT_MODELLED', component, text }, [
      { fact: `how ${component.id} translates ICMPv6` },
    ]),
  );
}

/** The source becomes the gateway's address (a regional one has public ones alone), its port one of 1024 to 65535. */
function translate(
  flow: Flow,
  nat: NatGateway,
  component: NatComponent,
  subnetId: string | undefined,
  address: number,
): Flow {
  const sources: Intervals<number> = [address, address + 1];
  const next = withStep(flow, {
    component,
    effect: 'admits',
    vpcId: nat.vpcId,
    subnetId,
    outboundHeader: { sourceAddress: formatIpv4(address) },
    additionalDetails: ['NGW_SOURCE_ADDRESS_REASSIGN', 'NGW_DEST_ADDRESS_PRESERVATION', 'REMAP_EPHEMERAL_PORT'],
  });
  const waypoint = {
    key: component.id,
    view: flow.view,
    identity: flow.identity,
    arrivedBy: flow.arrivedBy,
  };
  return {
    ...next,
    view: { ...next.view, ...embedded(flow), sources, sourcePorts: ephemeralPorts },
    identity: identityLost(next.identity, component),
    arrivedBy: 'interface',
    waypoints: { last: waypoint, before: next.waypoints },
  };
}

/** NAT64: an IPv6 packet to an address of 64:ff9b::/96 goes on as IPv4 to the address written in it. */
function embedded(flow: Flow): { readonly family?: 4; readonly destinations?: Intervals } {
  const [family] = familiesOf(flow);
  if (family !== 6) return {};
  const wrapped = intersectIntervals(addressesSeen(flow, 'destinations', 6), nat64.ipv6);
  const base = nat64.ipv6[0] ?? 0n;
  return { family: 4, destinations: wrapped.map((bound) => Number(BigInt(bound) - base)) };
}

/** A reply that a route takes to the gateway: it never saw the packet that is answered, and drops it. */
function reply(flow: Flow, nat: NatGateway, component: NatComponent): Step {
  const way = nat.vpcId === undefined ? undefined : entryInto(flow, nat.vpcId);
  const igw = way?.kind === 'internet-gateway' ? way.internetGatewayId : undefined;
  const step = withStep(flow, { component, effect: 'blocks', vpcId: nat.vpcId, subnetId: nat.subnetId });
  const stopped = blocked(step, {
    explanationCode: 'NAT_GATEWAY_HAS_NO_STATE',
    component,
    ...(igw === undefined ? {} : { missingComponent: { id: igw, type: 'internet-gateway' as const } }),
    text: `The reply leaves by ${component.id}, which never saw the packet that it answers and drops it.`,
  });
  return way === undefined ? end(stopped) : go(stopped, way);
}

/** The reply has reached the gateway's own address: it is turned back to the client and sent on from the gateway. */
export function answerClient(flow: Flow, natGatewayId: string): Step {
  const component: NatComponent = { id: natGatewayId, type: 'nat-gateway' };
  const located: Located<NatGateway> | undefined = natGatewayById(flow.journey.snapshot).get(natGatewayId);
  const waypoint = waypointOf(flow, natGatewayId);
  if (waypoint !== undefined && isBackAt(flow, natGatewayId))
    return { kind: 'arrived', flow: withStep(flow, { component, effect: 'admits' }) };
  if (located === undefined || waypoint === undefined) {
    const text = `${natGatewayId} takes no connections: it listens to nobody.`;
    return end(blocked(flow, { explanationCode: 'NAT_GATEWAY_IS_NOT_A_DESTINATION', component, text }));
  }
  const { resource } = located;
  const step = withStep(flow, { component, effect: 'admits', vpcId: resource.vpcId, subnetId: resource.subnetId });
  const next: Flow = {
    ...step,
    view: replyView(waypoint.view),
    identity: nobody,
    arrivedBy: 'interface',
    waypoints: waypointsBefore(flow, natGatewayId),
  };
  const own = resource.subnetId === undefined ? undefined : subnetById(flow.journey.snapshot).get(resource.subnetId);
  if (own !== undefined) return go(next, { kind: 'leaving-subnet', subnet: own, from: undefined });
  const table =
    resource.routeTableId === undefined ? undefined : routeTableNamed(flow.journey.snapshot, resource.routeTableId);
  if (table?.value !== undefined && resource.vpcId !== undefined) {
    return go(next, { kind: 'routing', table: table.value, vpcId: resource.vpcId, subnet: undefined });
  }
  const missing = table?.missing ?? { fact: `the route table of ${natGatewayId}` };
  return end(
    doubted(
      next,
      { explanationCode: 'NOT_COLLECTED', component, text: `The way back from ${natGatewayId} is not known.` },
      [missing],
    ),
  );
}
