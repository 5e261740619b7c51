import type { Choices } from './choices.ts';
import { isAlive } from './host.ts';
import {
  type Arrival,
  dropped,
  type Ending,
  type Flow,
  type Journey,
  type Move,
  newFlow,
  note,
  type Step,
  unknown,
} from './journey.ts';
import type { Leg } from './leg.ts';
import { crossSubnets, leaveSubnet } from './network-acl.ts';
import { hasPorts, type Packet, replyTo } from './packet.ts';
import { receive } from './receive.ts';
import { leaveInterface } from './security-group.ts';
import { walk } from './walk.ts';
import { type Nic, owns, typeOf } from './world/interfaces.ts';
import type { World } from './world/world.ts';

/** What one walk of the packets of a flow stands in. */
export interface Run {
  readonly world: World;
  readonly choices: Choices;
  readonly log: Step[];
  /** Where the asker wants the packet to arrive: `internet`, `address` (whoever has it), or an interface. */
  readonly to: string;
}

/** `undefined` where the flow works: delivered, and answered if there is an answer. */
export type Result = Ending | undefined;

function begin(run: Run, flow: Flow, direction: 'forward' | 'return', packet: Packet, meant?: string): Journey {
  const { world, choices, log } = run;
  return {
    world,
    choices,
    log,
    direction,
    flow,
    meant,
    packet,
    identity: [],
    crossed: [],
    pendingEgressGroups: undefined,
  };
}

/** The interface puts the packet on the wire, unless its own host holds the destination. */
function emit(journey: Journey, nic: Nic, preservesClient: boolean): Move {
  const { world, packet } = journey;
  const dead = isAlive(journey, nic);
  if (dead !== undefined) return dead;
  if (typeOf(nic) === 'vpc_endpoint') return dropped(journey, nic.id, 'an endpoint begins no flow');
  if (!preservesClient && !owns(nic, packet.source) && nic.noun.sourceDestCheck !== false) {
    return dropped(journey, nic.id, 'source/destination check: not its own address');
  }
  for (const other of world.nicsByVpc.get(nic.vpcId) ?? []) {
    if (journey.meant === 'internet') break;
    const sameHost = other.id === nic.id || (nic.instanceId !== undefined && other.instanceId === nic.instanceId);
    if (sameHost && owns(other, packet.destination)) {
      note(journey, nic.id, 'stays inside the host');
      return { kind: 'arrived', arrival: { kind: 'interface', nic: other, insideHost: true } };
    }
  }
  return leaveInterface(journey, nic) ?? fromInterface(journey, nic);
}

function fromInterface(journey: Journey, nic: Nic): Move {
  const subnet = journey.world.subnets.get(nic.subnetId);
  if (subnet === undefined) return unknown(journey, nic.subnetId, 'the subnet is not in the snapshot');
  return { kind: 'route', at: { vpcId: nic.vpcId, subnet, zone: subnet.zone, sender: 'interface' } };
}

/** How the reply sets out from where the packet arrived. */
function beginReturn(journey: Journey, leg: Leg, arrival: Arrival): Move {
  const { world, flow } = journey;
  if (arrival.kind === 'internet') return { kind: 'internet' };
  if (arrival.kind === 'service' || arrival.kind === 'on-premises') return { kind: 'deliver', at: arrival.back };
  const subnet = world.subnets.get(arrival.nic.subnetId);
  if (leg.preservesClient && leg.sender !== 'internet') {
    const blocked = crossSubnets(journey, subnet, world.subnets.get(leg.sender.subnetId));
    return blocked ?? { kind: 'arrived', arrival: { kind: 'interface', nic: leg.sender, insideHost: false } };
  }
  if (flow.returnToSender !== undefined) {
    note(journey, flow.returnToSender.peeringId, 'back to the NAT gateway, whatever the routes say');
    const at = { vpcId: flow.returnToSender.natVpcId, subnet: undefined, zone: '', sender: 'gateway' } as const;
    return leaveSubnet(journey, subnet) ?? { kind: 'deliver', at };
  }
  return fromInterface(journey, arrival.nic);
}

/** Is this the answer that the sender waits for? */
function answers(sent: Packet, reply: Packet): boolean {
  return (
    reply.source.key === sent.destination.key &&
    reply.destination.key === sent.source.key &&
    reply.protocol === sent.protocol &&
    (!hasPorts(sent) || (reply.sourcePort === sent.destinationPort && reply.destinationPort === sent.sourcePort))
  );
}

function sendBack(run: Run, leg: Leg, flow: Flow, arrival: Arrival, received: Packet): Result {
  const reply = replyTo(received);
  if (reply === undefined || (arrival.kind === 'interface' && arrival.insideHost)) return undefined;
  const journey = begin(run, flow, 'return', reply);
  if (arrival.kind === 'interface') journey.identity = [{ nic: arrival.nic, before: [] }];
  const back = walk(journey, beginReturn(journey, leg, arrival));
  if (back.kind === 'dropped' || back.kind === 'unknown') return back;
  if (back.kind === 'on-premises' && leg.sender !== 'internet') {
    return unknown(journey, back.kind, 'the reply leaves AWS: whether it comes back to the sender is not visible');
  }
  const home =
    leg.sender === 'internet' ? back.kind === 'internet' : back.kind === 'interface' && back.nic === leg.sender;
  if (!home) return dropped(journey, back.kind, 'the reply reaches somebody else');
  if (!answers(leg.packet, journey.packet))
    return dropped(journey, back.kind, 'the reply is not what the sender waits for');
  note(journey, leg.sender === 'internet' ? 'internet' : leg.sender.id, 'reply received');
  return undefined;
}

/** What a destination does with the packet: nothing at the internet and at services, which answer. */
function serve(run: Run, journey: Journey, arrival: Arrival, isFirst: boolean): Result {
  if (arrival.kind === 'internet') {
    if (run.to === 'internet' || !isFirst) return undefined;
    // Whoever has it may answer; then the way back still counts.
    if (run.choices.pick('not-known', 'foreign host', 2) === 1) return undefined;
    return dropped(journey, 'internet', 'the address is not one of the snapshot: nobody may answer there');
  }
  if (arrival.kind === 'service' || arrival.kind === 'on-premises') return undefined;
  if (isFirst && run.to !== 'address' && arrival.nic.id !== run.to) {
    return dropped(journey, arrival.nic.id, `has the address, but ${run.to} was meant`);
  }
  if (arrival.insideHost) return isAlive(journey, arrival.nic);
  const service = receive(journey, arrival.nic);
  if (service.kind === 'answers') return undefined;
  return service.kind === 'next-leg' ? exchange(run, service.leg, false) : service;
}

/** One leg there and back; what lies behind a load balancer is a leg of its own in between. */
export function exchange(run: Run, leg: Leg, isFirst = true): Result {
  const flow = newFlow();
  const meant = isFirst && run.to !== 'address' ? run.to : undefined;
  const journey = begin(run, flow, 'forward', leg.packet, meant);
  journey.identity = leg.identity;
  const start: Move = leg.sender === 'internet' ? { kind: 'internet' } : emit(journey, leg.sender, leg.preservesClient);
  const arrival = walk(journey, start);
  if (arrival.kind === 'dropped' || arrival.kind === 'unknown') return arrival;
  const received = journey.packet;
  const served = serve(run, journey, arrival, isFirst);
  return served ?? sendBack(run, leg, flow, arrival, received);
}
