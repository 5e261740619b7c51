import type { NetworkInterface } from '../../model/resources/network-interface.ts';
import type { Missing } from '../../model/verdict/verdict.ts';
import { type HeldAddress, holdersIn } from '../facts/addresses.ts';
import { blockModeOf } from '../facts/block-public-access.ts';
import { missingResource } from '../facts/inventory.ts';
import { internetGatewayById, natGatewaysOfVpc, subnetById, vpcById } from '../facts/resources-by-id.ts';
import { rfc1918, rfc6598 } from '../facts/special-addresses.ts';
import { type AddressSet, allAddresses, intersectAddresses, subtractAddresses } from '../sets/address-set.ts';
import { allIpv6Addresses } from '../sets/cidr.ts';
import { type Bound, type Intervals, intervalsWithin } from '../sets/intervals.ts';
import { formatIpv4, parseIpv4 } from '../sets/ip-address.ts';
import { everyIpv4Packet, everyIpv6Packet, intersectTraffic, type Traffic } from '../sets/traffic.ts';
import { assumed, blocked, doubted, type Flow, identityLost, isGoal, withStep } from '../path/flow.ts';
import { likelyWay } from '../path/likely-way.ts';
import { admitOnly } from '../path/pass-filter.ts';
import type { Place } from '../path/place.ts';
import { addressesSeen, end, fork, go, ofFamily, restricted, type Step, without } from '../path/step.ts';
import { isSingle } from '../path/view.ts';
import { mayNotBypass } from './middlebox-bypass.ts';
import { outboundReferencesEnd } from './outbound-references.ts';
import { refuseForeign } from './spoofed-source.ts';

type AtGateway = Extract<Place, { kind: 'internet-gateway' }>;

/** Out through an internet gateway: one-to-one NAT for IPv4, nothing for IPv6, and no private address on the far side. */
export function leaveByInternetGateway(arriving: Flow, place: AtGateway): Step {
  const { internetGatewayId, vpcId } = place;
  const component = { id: internetGatewayId, type: 'internet-gateway' as const };
  const flow = outboundReferencesEnd(arriving, component);
  const gateway = internetGatewayById(flow.journey.snapshot).get(internetGatewayId);
  if (gateway === undefined) {
    const near = vpcById(flow.journey.snapshot).get(vpcId)?.region;
    const missing = missingResource(flow.journey.snapshot, 'internetGateways', internetGatewayId, {
      accountId: near?.accountId,
      region: near?.region,
    });
    return end(
      doubted(flow, { explanationCode: 'NOT_COLLECTED', component, text: `${internetGatewayId} is not known.` }, [
        missing,
      ]),
    );
  }
  let next = flow;
  if (!isAttached(gateway.resource.attachments, vpcId)) {
    next = blocked(next, {
      explanationCode: 'BAD_STATE_ATTACHMENT',
      component,
      missingComponent: { id: vpcId, type: 'vpc' },
      text: `${internetGatewayId} is not attached to ${vpcId}.`,
    });
  }
  next = mayNotBypass(next, internetGatewayId);
  const { identity } = next;
  next = { ...next, identity: identityLost(identity, component), arrivedBy: 'internet' };
  const v4 = ofFamily(next, 4);
  const v6 = ofFamily(next, 6);
  return fork([
    ...(v4 === undefined ? [] : [leaveByIpv4(v4, place, component)]),
    ...(v6 === undefined ? [] : [leaveByIpv6(v6, place, component)]),
  ]);
}

/** Is the gateway attached to this VPC? On the wire the state reads `available`; documentation calls it `attached`. */
export const isAttached = (
  attachments: readonly { readonly vpcId: string | undefined; readonly state: string | undefined }[],
  vpcId: string,
): boolean =>
  attachments.some(
    (attachment) => attachment.vpcId === vpcId && (attachment.state === 'available' || attachment.state === 'attached'),
  );

type GatewayComponent = { readonly id: string; readonly type: 'internet-gateway' };

function leaveByIpv4(flow: Flow, place: AtGateway, component: GatewayComponent): Step {
  const { vpcId } = place;
  const next = refusePrivate(flow, component, 'destinations');
  if (next !== flow && next.findings?.last.traffic === next.asked) return elsewhere(next, vpcId);
  const sources = addressesSeen(next, 'sources', 4);
  if (isSingle(sources)) return translate(next, place, component, sources[0] as number);
  const steps: Step[] = [];
  let rest: Flow | undefined = next;
  for (const held of holdersIn(flow.journey.snapshot, vpcId).sorted) {
    if (held.family !== 4 || held.publicAddress === undefined) continue;
    const range: Intervals = [held.value, Number(held.value) + 1];
    const part = restricted(next, 'sources', 4, range);
    if (part === undefined) continue;
    steps.push(translate(part, place, component, Number(held.value)));
    if (rest !== undefined) rest = without(rest, 'sources', 4, range);
  }
  if (rest !== undefined) steps.push(translate(rest, place, component, undefined));
  return fork(steps);
}

/** Nothing of it can pass: followed on along the way that should have been routed, where there is one. */
function elsewhere(flow: Flow, vpcId: string): Step {
  const way = likelyWay(flow, vpcId, undefined);
  const last = flow.findings?.last;
  if (way === undefined || way.place.kind === 'internet-gateway' || last === undefined) return end(flow);
  const explanation = { ...last.explanation, missingComponent: way.component };
  return go({ ...flow, findings: { last: { ...last, explanation }, before: flow.findings?.before } }, way.place);
}

/** The source becomes the public address associated with it; without one the packet is dropped. */
function translate(
  flow: Flow,
  { vpcId, subnet }: AtGateway,
  component: GatewayComponent,
  source: number | undefined,
): Step {
  const face = source === undefined ? undefined : publicFace(flow, vpcId, source);
  let next = publicAccess(
    flow,
    vpcId,
    component,
    subnet?.resource.subnetId ?? face?.subnetId,
    face?.isNatGateway === true ? 'nat-gateway' : 'interface',
    'egress',
  );
  const publicAddress = face?.publicAddress;
  if (publicAddress === undefined) {
    next = blocked(next, {
      explanationCode: 'IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS',
      component,
      ...(face === undefined ? {} : { missingComponent: { id: face.interfaceId, type: 'network-interface' as const } }),
      packetDirection: 'egress',
      text: `The sender${source === undefined ? '' : ` ${formatIpv4(source)}`} has no public IPv4 address, so ${component.id} drops its packets.`,
    });
  }
  const step = {
    component,
    effect: publicAddress === undefined ? ('blocks' as const) : ('admits' as const),
    packetDirection: 'egress' as const,
    vpcId,
    outboundHeader: publicAddress === undefined ? undefined : { sourceAddress: formatIpv4(publicAddress) },
  };
  next = withStep(next, step);
  if (publicAddress !== undefined)
    next = { ...next, view: { ...next.view, sources: [publicAddress, publicAddress + 1] } };
  return out(next, component.id);
}

/** On the internet, or arrived where the question leads to the gateway alone. */
function out(flow: Flow, id: string): Step {
  const internet: Place = { kind: 'internet' };
  return go(flow, isGoal(flow, id) ? { kind: 'delivered', to: undefined, reply: internet, goal: id } : internet);
}

interface PublicFace {
  readonly publicAddress: number | undefined;
  readonly subnetId: string | undefined;
  readonly interfaceId: string;
  readonly isNatGateway: boolean;
}

/** Who stands behind a private address towards the internet: an interface or a NAT gateway. */
function publicFace(flow: Flow, vpcId: string, address: number): PublicFace | undefined {
  for (const { resource } of natGatewaysOfVpc(flow.journey.snapshot).get(vpcId) ?? []) {
    for (const { privateIp, publicIp } of resource.natGatewayAddresses) {
      const publicAddress = publicIp === undefined ? undefined : parseIpv4(publicIp).value;
      const own = privateIp === undefined ? publicAddress : parseIpv4(privateIp).value;
      if (own !== address) continue;
      return { publicAddress, subnetId: resource.subnetId, interfaceId: resource.natGatewayId, isNatGateway: true };
    }
  }
  const held = holdersIn(flow.journey.snapshot, vpcId).single.get(address);
  if (held === undefined) return undefined;
  const { resource } = held.located;
  return {
    publicAddress: held.publicAddress,
    subnetId: resource.subnetId,
    interfaceId: resource.networkInterfaceId,
    isNatGateway: isNat(resource),
  };
}

const isNat = ({ interfaceType }: NetworkInterface): boolean =>
  interfaceType === 'natGateway' || interfaceType === 'nat_gateway';

function leaveByIpv6(flow: Flow, { vpcId, subnet }: AtGateway, component: GatewayComponent): Step {
  const sources = addressesSeen(flow, 'sources', 6);
  const held = holdersIn(flow.journey.snapshot, vpcId).single.get(sources[0] as Bound);
  let next = publicAccess(
    flow,
    vpcId,
    component,
    (subnet ?? held?.located ?? flow.journey.sender)?.resource.subnetId,
    'interface',
    'egress',
  );
  next = refuseForeign(next, vpcId, component);
  next = denyAllIgwTraffic(next, held, 'egress');
  next = withStep(next, { component, effect: 'admits', packetDirection: 'egress', vpcId });
  return out(next, component.id);
}

/** An interface can be set to refuse all traffic of internet gateways (EC2 API, DenyAllIgwTraffic). */
export function denyAllIgwTraffic(
  flow: Flow,
  held: HeldAddress | undefined,
  packetDirection: 'ingress' | 'egress',
): Flow {
  const networkInterface = held?.located.resource;
  if (networkInterface?.denyAllIgwTraffic !== true) return flow;
  const { networkInterfaceId } = networkInterface;
  const component = { id: networkInterfaceId, type: 'network-interface' as const };
  const text = `${networkInterfaceId} denies all traffic of internet gateways.`;
  return blocked(flow, { explanationCode: 'ENI_DENIES_IGW_TRAFFIC', component, packetDirection, text });
}

const notPrivate = (refused: AddressSet): AddressSet => subtractAddresses(allAddresses, refused);
const notRfc1918 = notPrivate(rfc1918);
const notRfc6598 = notPrivate(rfc6598);

const passable = intersectAddresses(notRfc1918, notRfc6598).ipv4;

const only = (field: 'sources' | 'destinations', addresses: AddressSet): Traffic => [
  { ...everyIpv4Packet, [field]: addresses.ipv4 },
  { ...everyIpv6Packet, [field]: allIpv6Addresses },
];

/** Private and shared addresses do not pass an internet gateway, neither as destination outbound nor as source inbound. */
export function refusePrivate(flow: Flow, component: GatewayComponent, field: 'sources' | 'destinations'): Flow {
  if (intervalsWithin(addressesSeen(flow, field, 4), passable)) return flow;
  const outbound = field === 'destinations';
  const packetDirection = outbound ? ('egress' as const) : ('ingress' as const);
  const common = { component, packetDirection };
  const kept1918 = only(field, notRfc1918);
  const kept6598 = only(field, notRfc6598);
  const next = admitOnly(flow, (seen) => intersectTraffic(seen, kept1918), {
    ...common,
    explanationCode: outbound
      ? 'IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS'
      : 'IGW_SOURCE_ADDRESS_NOT_IN_RFC1918_INGRESS',
    text: `${component.id} rejects private ${outbound ? 'destinations' : 'sources'} (RFC 1918).`,
  });
  return admitOnly(next, (seen) => intersectTraffic(seen, kept6598), {
    ...common,
    explanationCode: outbound
      ? 'IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS'
      : 'IGW_SOURCE_ADDRESS_NOT_IN_RFC6598_INGRESS',
    text: `${component.id} rejects ${outbound ? 'destinations' : 'sources'} of shared address space (RFC 6598).`,
  });
}

/** VPC Block Public Access at the subnet that holds the public face. Traffic that a NAT or egress-only gateway opens passes `block-ingress`. */
export function publicAccess(
  flow: Flow,
  vpcId: string,
  component: { readonly id: string; readonly type: 'internet-gateway' | 'egress-only-internet-gateway' },
  subnetId: string | undefined,
  face: 'interface' | 'nat-gateway' | 'egress-only-internet-gateway',
  packetDirection: 'ingress' | 'egress',
): Flow {
  const subnet = subnetId === undefined ? undefined : subnetById(flow.journey.snapshot).get(subnetId);
  const block = blockModeOf(flow.journey.snapshot, vpcId, subnet);
  if (block.missing !== undefined) {
    const text = 'Whether VPC Block Public Access applies is not known.';
    return doubted(flow, { explanationCode: 'NOT_COLLECTED', component, packetDirection, text }, [block.missing]);
  }
  const next = block.assumption === undefined ? flow : assumed(flow, block.assumption);
  if (block.mode === 'off' || (block.mode === 'block-ingress' && face !== 'interface')) return next;
  const where = subnetId ?? vpcId;
  return blocked(next, {
    explanationCode: 'VPC_BLOCK_PUBLIC_ACCESS_ENABLED',
    component,
    packetDirection,
    missingComponent: subnetId === undefined ? { id: vpcId, type: 'vpc' } : { id: subnetId, type: 'subnet' },
    text: `VPC Block Public Access (${block.mode}) applies to ${where}: an exclusion for it is missing.`,
  });
}

/** What would have to be read to know an internet gateway of a VPC. */
export function internetGatewayGap(flow: Flow, vpcId: string): Missing | undefined {
  const near = vpcById(flow.journey.snapshot).get(vpcId)?.region;
  const collected = near?.resources.internetGateways;
  if (collected === undefined || collected.status === 'collected') return undefined;
  return { fact: `the internet gateway of ${vpcId}`, iamAction: collected.iamAction };
}
