import { anyContains } from './address.ts';
import type { Listener } from '../../../src/model/resources/load-balancer.ts';
import type { TargetGroup } from '../../../src/model/resources/target-group.ts';
import { dropped, type Ending, type Identity, type Journey, note, unknown } from './journey.ts';
import type { Leg, Service } from './leg.ts';
import { type Packet, TCP, UDP } from './packet.ts';
import { attribute, isRead, pickTarget, type Target } from './target.ts';
import { balancerOf } from './world/balancers.ts';
import type { Seen } from './world/gather.ts';
import { type Nic, owns, typeOf } from './world/interfaces.ts';
import { pickPort } from './ephemeral-port.ts';

const protocolsOf: Readonly<Record<string, readonly number[]>> = {
  TCP: [TCP],
  TLS: [TCP],
  UDP: [UDP],
  TCP_UDP: [TCP, UDP],
  QUIC: [UDP],
  TCP_QUIC: [TCP, UDP],
};

const listensTo = (listener: Listener, packet: Packet): boolean =>
  listener.port === packet.destinationPort && (protocolsOf[listener.protocol ?? ''] ?? []).includes(packet.protocol);

/** Does the target see the client's own address? */
function preserves(journey: Journey, group: Seen<TargetGroup>, target: Target): boolean {
  const { protocol, targetGroupArn } = group.noun;
  if (target.address.family !== journey.packet.source.family) return false;
  if (protocol === 'UDP' || protocol === 'TCP_UDP') return true;
  const told = attribute(journey, 'targetGroupAttributes', group.home, targetGroupArn, 'preserve_client_ip.enabled');
  return told === 'true';
}

const sameHost = (a: Nic, b: Nic | undefined): boolean =>
  a.id === b?.id || (a.instanceId !== undefined && a.instanceId === b?.instanceId);

/** A node of another load balancer as target: one of its addresses in reach. */
function nodeTarget(journey: Journey, balancerArn: string, port: number): Target | Ending {
  const name = balancerArn.slice(balancerArn.indexOf('loadbalancer/') + 'loadbalancer/'.length);
  const nodes = [...journey.world.nics.values()].filter(({ noun }) => noun.description === `ELB ${name}`);
  const nic = nodes[journey.choices.pick('aws', `node ${balancerArn}`, nodes.length)];
  const address = nic?.addresses.find(({ family }) => family === 4);
  if (nic === undefined || address === undefined) return unknown(journey, balancerArn, 'its nodes were not collected');
  return { address, port, nic };
}

function targetOf(journey: Journey, node: Nic, group: Seen<TargetGroup>): Target | Ending {
  const { world } = journey;
  if (group.noun.targetType === 'alb') {
    if (!isRead(world, 'targetHealth', group.home, group.noun.targetGroupArn)) {
      return unknown(journey, group.noun.targetGroupArn, 'its targets could not be read');
    }
    const registered = world.balancers.targets.find(
      ({ targetGroupArn }) => targetGroupArn === group.noun.targetGroupArn,
    );
    if (registered === undefined) return dropped(journey, group.noun.targetGroupArn, 'no target');
    return nodeTarget(journey, registered.targetId, registered.port ?? group.noun.port ?? 0);
  }
  const balancer = balancerOf(world.balancers, node.noun.description);
  if (balancer === undefined) return unknown(journey, node.id, 'the load balancer is not in the snapshot');
  return pickTarget(journey, balancer, group, world.subnets.get(node.subnetId)?.zone ?? '');
}

/** The packet from the node to the target it picked. */
function secondLeg(
  journey: Journey,
  node: Nic,
  client: readonly Identity[],
  group: Seen<TargetGroup>,
  privateLink: boolean,
): Service {
  const { packet } = journey;
  const target = targetOf(journey, node, group);
  if ('kind' in target) return target;
  const preservesClient = !privateLink && preserves(journey, group, target);
  const asNode: Identity = { nic: node, before: [] };
  const destination = { destination: target.address, destinationPort: target.port };
  if (!preservesClient) {
    const own = node.addresses.find(({ family }) => family === target.address.family);
    if (own === undefined) return dropped(journey, node.id, 'the node has no address of the target’s family');
    const leg: Leg = {
      sender: node,
      packet: { ...packet, ...destination, source: own, sourcePort: pickPort(journey, node.id) },
      identity: [asNode],
      preservesClient,
    };
    return { kind: 'next-leg', leg };
  }
  const near = anyContains(journey.world.vpcs.get(node.vpcId)?.cidrs ?? [], target.address);
  if (!near) return unknown(journey, node.id, 'client address kept towards another VPC');
  const self = client.find(({ nic }) => owns(nic, packet.source));
  if (self !== undefined && sameHost(self.nic, target.nic)) {
    return dropped(journey, node.id, 'the target would receive a packet from its own address');
  }
  note(journey, node.id, 'keeps the client address');
  const identity = [...client.map(({ nic, before }) => ({ nic, before: [...before, ...journey.crossed] })), asNode];
  return { kind: 'next-leg', leg: { sender: node, packet: { ...packet, ...destination }, identity, preservesClient } };
}

/** A node of a network load balancer takes only what a listener listens to, and hands it to a target. */
export function serveNetworkBalancer(journey: Journey, node: Nic, privateLink: boolean): Service {
  const { world, packet } = journey;
  const balancer = balancerOf(world.balancers, node.noun.description);
  if (balancer === undefined) return unknown(journey, node.id, 'the load balancer is not in the snapshot');
  const arn = balancer.noun.loadBalancerArn;
  if (balancer.noun.state !== 'active' && balancer.noun.state !== 'active_impaired') {
    return dropped(journey, arn, `state ${balancer.noun.state}`);
  }
  if (!isRead(world, 'listeners', balancer.home, arn)) return unknown(journey, arn, 'its listeners could not be read');
  const listener = world.balancers.listeners.find((one) => one.loadBalancerArn === arn && listensTo(one, packet));
  if (listener === undefined) return dropped(journey, arn, 'no listener');
  const groups = listener.defaultActions.flatMap((action) => (action.type === 'forward' ? action.targetGroupArns : []));
  const groupArn = groups[journey.choices.pick('aws', `group ${listener.listenerArn}`, groups.length)];
  const group = groupArn === undefined ? undefined : world.balancers.targetGroups.get(groupArn);
  if (group === undefined) return unknown(journey, listener.listenerArn, 'its target group is not in the snapshot');
  return secondLeg(journey, node, privateLink ? [] : journey.identity, group, privateLink);
}

/** Is the interface a node of a network load balancer? */
export function isNetworkBalancerNode(nic: Nic): boolean {
  return typeOf(nic) === 'network_load_balancer';
}
