import type { Network } from '../network.ts';
import { blocked, doubted, type Flow, nobody, type SenderIdentity } from '../path/flow.ts';
import type { Place } from '../path/place.ts';
import { end, go, type Step } from '../path/step.ts';
import { asAsked } from '../path/view.ts';
import { noTraffic, type Traffic } from '../sets/traffic.ts';
import type { Aim } from './destination.ts';
import { type PacketQuestion, packetsBetween } from './packets.ts';
import type { Start } from './start.ts';

/** The packets of a question that go from a start to an aim. */
export function packetsOf(question: PacketQuestion, { sources }: Start, { destinations }: Aim): Traffic {
  return [
    ...packetsBetween(question, 4, sources.ipv4, destinations.ipv4),
    ...packetsBetween(question, 6, sources.ipv6, destinations.ipv6),
  ];
}

/** Far more than any path of AWS's has, with all its forks: ways beyond are left open. */
const mostHops = 5000;

/** Packets before their first hop. */
export function flowFrom(network: Network, start: Start, aim: Aim | undefined, asked: Traffic): Flow {
  const { origin, sender, arrivedBy } = start;
  const identity: SenderIdentity = sender === undefined ? nobody : { groups: sender.resource.groupIds };
  return {
    journey: { snapshot: network.snapshot, origin, sender, goal: aim?.goal, budget: { hops: mostHops } },
    asked,
    alive: asked,
    doubtful: noTraffic,
    view: asAsked,
    direction: 'forward',
    target: aim?.target,
    arrivedBy,
    identity,
    waypoints: undefined,
    entries: undefined,
    replyVia: undefined,
    trail: undefined,
    forward: undefined,
    decisions: undefined,
    picked: undefined,
    findings: undefined,
    assumptions: undefined,
  };
}

/** The first step of a walk, with what is already known against it. */
export function beginning(network: Network, start: Start, aim: Aim, asked: Traffic): Step {
  let flow = flowFrom(network, start, aim, asked);
  if (start.obstacle !== undefined) return end(blocked(flow, start.obstacle));
  if (start.doubt !== undefined) flow = doubted(flow, start.doubt.reason, start.doubt.missing);
  if (aim.hidden === undefined || start.place.kind !== 'internet') return go(flow, start.place);
  const { networkInterfaceId, vpcId } = aim.hidden.located.resource;
  const place: Place = { kind: 'internet-gateway-in', vpcId, held: aim.hidden };
  const component = { id: networkInterfaceId, type: 'network-interface' as const };
  const text = `${networkInterfaceId} has no public IPv4 address, so nothing on the internet can address it.`;
  const explanationCode = 'IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS' as const;
  return go(blocked(flow, { explanationCode, component, packetDirection: 'ingress', text }), place);
}
