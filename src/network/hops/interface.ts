import type { NatGateway } from '../../model/resources/nat-gateway.ts';
import type { NetworkInterface } from '../../model/resources/network-interface.ts';
import type { Vpc } from '../../model/resources/vpc.ts';
import { derive, type Derived } from '../facts/derive.ts';
import { type Located, missingResource } from '../facts/inventory.ts';
import { interfacesOfInstance, natGatewayById, subnetById, vpcById } from '../facts/resources-by-id.ts';
import { hostServices } from '../facts/special-addresses.ts';
import { type AddressSet, onlyAddress, uniteAddresses } from '../sets/address-set.ts';
import { parseCidr } from '../sets/cidr.ts';
import { type InterfaceRole, interfaceRole } from '../facts/interface-role.ts';
import { besideTheQuestion, blocked, doubted, type Flow, noted, waypointOf, withStep } from '../path/flow.ts';
import type { Place } from '../path/place.ts';
import { end, familiesOf, fork, go, restricted, type Step, without } from '../path/step.ts';
import { addressesOfHost } from './host-addresses.ts';
import { mustBeUp } from './host-state.ts';
import { passNetworkAcl } from './network-acl.ts';
import { settleOutboundReferences } from './outbound-references.ts';
import { passSecurityGroups } from './security-group.ts';

/** An interface sends: first what never leaves its host, then, past its security groups, everything else. */
export function leaveInterface(flow: Flow, { from }: Extract<Place, { kind: 'leaving-interface' }>): Step {
  const { resource } = from;
  const component = { id: resource.networkInterfaceId, type: 'network-interface' as const };
  let next = withStep(flow, { component, effect: 'admits', vpcId: resource.vpcId, subnetId: resource.subnetId });
  if (flow.direction === 'forward') next = mustBeUp(next, from);
  const steps: Step[] = [];
  let rest: Flow | undefined = next;
  const families = familiesOf(next);
  for (const [addresses, arrive] of [
    [addressesOfHost(next, resource), sameHost],
    [serviceAddresses(next, resource), hostService],
  ] as const) {
    for (const family of families) {
      const values = family === 4 ? addresses.ipv4 : addresses.ipv6;
      const part: Flow | undefined = rest === undefined ? undefined : restricted(rest, 'destinations', family, values);
      if (part === undefined || rest === undefined) continue;
      steps.push(arrive(part, resource));
      rest = without(rest, 'destinations', family, values);
    }
  }
  if (rest !== undefined) steps.push(leave(rest, from));
  return fork(steps);
}

function leave(flow: Flow, from: Located<NetworkInterface>): Step {
  const { resource } = from;
  const next = flow.direction === 'forward' && hasGroups(resource) ? passSecurityGroups(flow, from, 'egress') : flow;
  const subnet = subnetById(flow.journey.snapshot).get(resource.subnetId);
  if (subnet !== undefined) return go(next, { kind: 'leaving-subnet', subnet, from });
  const component = { id: resource.subnetId, type: 'subnet' as const };
  const missing = missingResource(flow.journey.snapshot, 'subnets', resource.subnetId, { accountId: resource.ownerId });
  return end(
    doubted(next, { explanationCode: 'NOT_COLLECTED', component, text: `${resource.subnetId} is not known.` }, [
      missing,
    ]),
  );
}

/** Interfaces of services that cannot have security groups. */
const groupless: ReadonlySet<InterfaceRole> = new Set([
  'nat-gateway',
  'transit-gateway',
  'gateway-load-balancer-endpoint',
  'gateway-load-balancer',
]);

/** Is the interface one that its security groups judge? A network load balancer made without groups has none for ever. */
function hasGroups(resource: NetworkInterface): boolean {
  const role = interfaceRole(resource);
  return !groupless.has(role) && !(role === 'network-load-balancer' && resource.groupIds.length === 0);
}

/** Amazon's resolver at the base of the VPC plus two, and the link-local services: neither filter nor route sees them. */
function serviceAddresses(flow: Flow, resource: NetworkInterface): AddressSet {
  const vpc = vpcById(flow.journey.snapshot).get(resource.vpcId)?.resource;
  return vpc === undefined ? hostServices : servicesOfVpc(vpc);
}

const servicesOfVpc: Derived<Vpc, AddressSet> = derive(({ cidrBlocks }) => {
  const cidr = parseCidr(cidrBlocks[0] ?? '').value;
  if (cidr?.family !== 4) return hostServices;
  const resolver = (cidr.addresses[0] ?? 0) + 2;
  return uniteAddresses(hostServices, onlyAddress({ family: 4, value: resolver }));
});

function sameHost(flow: Flow, resource: NetworkInterface): Step {
  const instanceId = resource.attachment?.instanceId;
  const component = { id: instanceId ?? resource.networkInterfaceId, type: 'instance' as const };
  const step = withStep(flow, { component, effect: 'admits' });
  const own = instanceId === undefined ? [] : (interfacesOfInstance(flow.journey.snapshot).get(instanceId) ?? []);
  const ids = [resource.networkInterfaceId, ...own.map((located) => located.resource.networkInterfaceId)];
  const { target } = flow;
  if (target === 'internet') return end(besideTheQuestion(flow));
  if (target !== undefined && !ids.some((id) => target.has(id))) {
    const text = `The address belongs to ${component.id} itself, so the packet never leaves it.`;
    return end(blocked(step, { explanationCode: 'ENI_ADDRESS_RESTRICTION', component, text }));
  }
  const text = 'Both addresses belong to one host: the packet never leaves it and no filter sees it.';
  return { kind: 'arrived', flow: noted(step, { explanationCode: 'SAME_HOST', component, text }) };
}

function hostService(flow: Flow): Step {
  const component = { id: 'amazon-provided', type: 'aws-service' as const };
  return { kind: 'arrived', flow: withStep(flow, { component, effect: 'admits' }) };
}

/** Packets reach an interface: its subnet's ACL unless they never left the subnet, then whatever the interface is. */
export function enterInterface(flow: Flow, { to, from }: Extract<Place, { kind: 'entering-interface' }>): Step {
  const { resource } = to;
  let next = flow;
  if (from?.resource.subnetId !== resource.subnetId) {
    const subnet = subnetById(flow.journey.snapshot).get(resource.subnetId);
    if (subnet === undefined) {
      const component = { id: resource.subnetId, type: 'subnet' as const };
      const missing = missingResource(flow.journey.snapshot, 'subnets', resource.subnetId, {
        accountId: resource.ownerId,
      });
      return end(
        doubted(flow, { explanationCode: 'NOT_COLLECTED', component, text: `${resource.subnetId} is not known.` }, [
          missing,
        ]),
      );
    }
    next = passNetworkAcl(flow, subnet, 'ingress');
  }
  return flow.direction === 'return' ? replyEnters(next, to) : forwardEnters(next, to);
}

function replyEnters(flow: Flow, { resource }: Located<NetworkInterface>): Step {
  const id = resource.networkInterfaceId;
  const component = { id, type: 'network-interface' as const };
  const role = interfaceRole(resource);
  if (role === 'nat-gateway') {
    const natGatewayId = natGatewayIdOf(flow, resource);
    return natGatewayId === undefined
      ? notADestination(flow, resource, role)
      : go(flow, { kind: 'nat-gateway-reply', natGatewayId });
  }
  if (waypointOf(flow, id) !== undefined) return go(flow, { kind: 'load-balancer-reply', interfaceId: id });
  const next = withStep(flow, {
    component,
    effect: 'admits',
    packetDirection: 'ingress',
    vpcId: resource.vpcId,
    subnetId: resource.subnetId,
  });
  if (flow.journey.origin.kind === 'interfaces' && flow.journey.origin.ids.has(id))
    return { kind: 'arrived', flow: next };
  const text = `The reply reaches ${id}, which did not send the packet.`;
  return end(blocked(next, { explanationCode: 'REPLY_GOES_ELSEWHERE', component, text }));
}

/** The NAT gateway on the forward path that this interface belongs to. */
function natGatewayIdOf(flow: Flow, resource: NetworkInterface): string | undefined {
  for (let at = flow.waypoints; at !== undefined; at = at.before) {
    const { key } = at.last;
    if (key.startsWith('nat-') && (resource.description.includes(key) || belongs(flow, key, resource))) return key;
  }
  return undefined;
}

function belongs(flow: Flow, natGatewayId: string, resource: NetworkInterface): boolean {
  const nat = natGatewayAddressesOf(flow, natGatewayId);
  return nat.some(
    ({ networkInterfaceId, privateIp }) =>
      networkInterfaceId === resource.networkInterfaceId ||
      resource.privateIpAddresses.some(({ privateIpAddress }) => privateIpAddress === privateIp),
  );
}

function forwardEnters(asked: Flow, to: Located<NetworkInterface>): Step {
  const { resource } = to;
  const { target } = asked;
  if (target === 'internet') return end(besideTheQuestion(asked));
  if (target?.has(resource.networkInterfaceId) === false) {
    const component = { id: resource.networkInterfaceId, type: 'network-interface' as const };
    const text = `On this path the address belongs to ${resource.networkInterfaceId}, another interface.`;
    return end(blocked(asked, { explanationCode: 'ENI_ADDRESS_RESTRICTION', component, text }));
  }
  const flow: Flow = settleOutboundReferences({ ...asked, target: undefined });
  const role = interfaceRole(resource);
  switch (role) {
    case 'nat-gateway': {
      const id = natGatewayOfInterface(flow, resource);
      const text = `${id} takes no connections: it listens to nobody.`;
      return end(
        blocked(flow, {
          explanationCode: 'NAT_GATEWAY_IS_NOT_A_DESTINATION',
          component: { id, type: 'nat-gateway' },
          text,
        }),
      );
    }
    case 'transit-gateway':
    case 'lambda':
    case 'gateway-load-balancer-endpoint':
      return notADestination(flow, resource, role);
    case 'network-load-balancer':
    case 'application-load-balancer':
    case 'classic-load-balancer':
      return go(hasGroups(resource) ? passSecurityGroups(flow, to, 'ingress') : flow, {
        kind: 'load-balancer',
        node: to,
      });
    case 'vpc-endpoint':
      return go(passSecurityGroups(flow, to, 'ingress'), { kind: 'interface-endpoint', at: to });
    case 'gateway-load-balancer': {
      const component = { id: resource.networkInterfaceId, type: 'network-interface' as const };
      const text = `${resource.networkInterfaceId} belongs to a gateway load balancer, which is not modelled.`;
      return end(
        doubted(flow, { explanationCode: 'NOT_MODELLED', component, text }, [
          { fact: 'what a gateway load balancer does with traffic of its own' },
        ]),
      );
    }
    default:
      return arrive(flow, to);
  }
}

function arrive(flow: Flow, to: Located<NetworkInterface>): Step {
  const { resource } = to;
  const component = { id: resource.networkInterfaceId, type: 'network-interface' as const };
  const judged = passSecurityGroups(flow, to, 'ingress');
  const next = withStep(mustBeUp(judged, to), {
    component,
    effect: 'admits',
    vpcId: resource.vpcId,
    subnetId: resource.subnetId,
  });
  return go(next, { kind: 'delivered', to, reply: { kind: 'leaving-interface', from: to } });
}

function notADestination(flow: Flow, resource: NetworkInterface, role: InterfaceRole): Step {
  const component = { id: resource.networkInterfaceId, type: 'network-interface' as const };
  const text = `${resource.networkInterfaceId} (${role}) takes no connections.`;
  return end(blocked(flow, { explanationCode: 'INTERFACE_IS_NOT_A_DESTINATION', component, text }));
}

const natGatewayAddressesOf = (flow: Flow, natGatewayId: string): NatGateway['natGatewayAddresses'] =>
  natGatewayById(flow.journey.snapshot).get(natGatewayId)?.resource.natGatewayAddresses ?? [];

/** The gateway that an interface belongs to, by the interface ids that the gateways name; else the interface itself. */
function natGatewayOfInterface(flow: Flow, resource: NetworkInterface): string {
  for (const { resource: nat } of natGatewayById(flow.journey.snapshot).values()) {
    if (nat.natGatewayAddresses.some(({ networkInterfaceId }) => networkInterfaceId === resource.networkInterfaceId))
      return nat.natGatewayId;
  }
  return resource.networkInterfaceId;
}
