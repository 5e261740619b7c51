import type { NetworkInterface } from '../../model/resources/network-interface.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import type {
  ComponentEffect,
  ComponentReference,
  Explanation,
  PathDirection,
  PathRule,
} from '../../model/verdict/path.ts';
import type { Missing } from '../../model/verdict/verdict.ts';
import type { Located } from '../facts/inventory.ts';
import { intersectTraffic, noTraffic, subtractTraffic, type Traffic, uniteTraffic } from '../sets/traffic.ts';
import type { Place } from './place.ts';
import type { View } from './view.ts';

/** How packets came into the VPC that they are in: decides what its gateways let through and what filters recognise. */
export type Arrival = 'interface' | 'internet' | 'peering' | 'transit-gateway' | 'vpn-gateway' | 'endpoint-service';

/**
 * The security groups by which filters recognise the sender, as long as the path carries them (VPC guide,
 * security-group-rules): through a NAT, a gateway or an appliance they are lost, and rules that name them match nothing.
 */
export interface SenderIdentity {
  readonly groups: readonly string[];
  /** Groups that the sender has and the path does not carry, with the component that dropped them. */
  readonly lost?: {
    readonly groups: readonly string[];
    readonly code: 'SG_REFERENCES_NOT_PRESERVED' | 'SG_REFERENCING_SUPPORT';
    readonly component: ComponentReference;
  };
  /** Set where it is not known whether the path carries them. */
  readonly uncertain?: Missing;
  /** What the sender's outbound rules admit by a reference alone: in force until the way loses it. */
  readonly outbound?: OutboundReferences;
}

/** Packets that only a reference in an outbound rule admits: to the address of a member, by a way that keeps references. */
export interface OutboundReferences {
  readonly component: ComponentReference;
  /** To addresses of members. */
  readonly toMembers: Traffic;
  /** To addresses of which it is not known whether a member has them: that shows when the receiver is reached. */
  readonly toUnread: Traffic;
}

/** Nobody that a filter could recognise. */
export const nobody: SenderIdentity = { groups: [] };

/** The identity after a component that does not carry it on. */
export function identityLost(
  identity: SenderIdentity,
  component: ComponentReference,
  code: 'SG_REFERENCES_NOT_PRESERVED' | 'SG_REFERENCING_SUPPORT' = 'SG_REFERENCES_NOT_PRESERVED',
): SenderIdentity {
  if (identity.groups.length === 0) return identity;
  return { ...identity, groups: [], lost: { groups: identity.groups, code, component } };
}

/** A step as it is written down while walking; numbered and completed at the end. */
export interface TrailStep {
  readonly component: ComponentReference;
  readonly effect: ComponentEffect;
  readonly packetDirection?: 'ingress' | 'egress' | undefined;
  readonly vpcId?: string | undefined;
  readonly subnetId?: string | undefined;
  readonly rules?: readonly PathRule[] | undefined;
  readonly outboundHeader?: { readonly sourceAddress?: string; readonly destinationAddress?: string } | undefined;
  readonly additionalDetails?: readonly string[] | undefined;
}

/** A list that grows at its end and is shared by all the paths that fork from it. */
export interface Chain<T> {
  readonly last: T;
  readonly before: Chain<T> | undefined;
}

/** The list in order. */
export function chainItems<T>(chain: Chain<T> | undefined): readonly T[] {
  const out: T[] = [];
  for (let at = chain; at !== undefined; at = at.before) out.push(at.last);
  return out.reverse();
}

/** Something that stops, narrows or leaves open a part of the packets. */
export interface Finding {
  readonly explanation: Omit<Explanation, 'effect'>;
  readonly kind: 'blocks' | 'unknown' | 'note';
  /** The packets concerned, in the words of the question. */
  readonly traffic: Traffic;
  readonly missing: readonly Missing[];
}

/** A component that remembers the flow: a NAT gateway, a load balancer's node, an egress-only gateway. */
export interface Waypoint {
  /** The gateway's id or the node's interface. */
  readonly key: string;
  /** How the packets looked when they came in: the reply is turned back to it. */
  readonly view: View;
  readonly identity: SenderIdentity;
  readonly arrivedBy: Arrival;
  /** The node that the reply goes back through, where the packets came from one that kept the client's address. */
  readonly replyVia?: Located<NetworkInterface> | undefined;
}

/** Where a trace started, for a reply has to end there. */
export type Origin =
  | { readonly kind: 'interfaces'; readonly ids: ReadonlySet<string> }
  /** `gatewayId` where the packets have to come in by one internet gateway. */
  | { readonly kind: 'internet'; readonly gatewayId?: string }
  | { readonly kind: 'outside'; readonly gatewayId: string };

/** What does not change on the way. */
export interface Journey {
  readonly snapshot: Snapshot;
  readonly origin: Origin;
  /** The interface that sent the packets in the forward direction, where one did. */
  readonly sender: Located<NetworkInterface> | undefined;
  /** The gateway or attachment that has to take the packets, where the question leads to one. */
  readonly goal: string | undefined;
  /** How many more hops are followed over all ways together: the one thing that changes, so that no question runs for ever. */
  readonly budget: { hops: number };
}

/** How the packets arrived; set when the reply starts. */
export interface ForwardHalf {
  readonly trail: Chain<TrailStep> | undefined;
  /** What arrived, in the words of the question. */
  readonly delivered: Traffic;
  /** The interface that it arrived at, where it did at one. */
  readonly to: Located<NetworkInterface> | undefined;
  /** The gateway that took it, where the question leads to one. */
  readonly goal: string | undefined;
}

/** Packets at one place of one path. Immutable: every hop makes new ones. */
export interface Flow {
  readonly journey: Journey;
  /** The packets in question, whatever has been refused on the way: they are followed to the end to find every blocker. */
  readonly asked: Traffic;
  /** Those that nothing has stopped. */
  readonly alive: Traffic;
  /** Those that nothing has surely stopped, and something may have. */
  readonly doubtful: Traffic;
  readonly view: View;
  readonly direction: PathDirection;
  /**
   * The interfaces that were asked for by name: packets that another one gets have gone astray. `internet` where hosts out
   * there were asked for: what stays inside a VPC, as IPv6 to its own block does, was not.
   */
  readonly target: ReadonlySet<string> | 'internet' | undefined;
  readonly arrivedBy: Arrival;
  readonly identity: SenderIdentity;
  readonly waypoints: Chain<Waypoint> | undefined;
  /** The gateways through which the forward packets entered each VPC, the last first: replies leave by them. */
  readonly entries: Chain<{ readonly vpcId: string; readonly place: Place }> | undefined;
  /** The load balancer's node through which the reply returns although it is addressed to the client. */
  readonly replyVia: Located<NetworkInterface> | undefined;
  readonly trail: Chain<TrailStep> | undefined;
  readonly forward: ForwardHalf | undefined;
  /** The routing decisions behind it, with the view at each: the same decision on the same packets means a circle. */
  readonly decisions: Chain<{ readonly key: string; readonly view: View }> | undefined;
  /** What was picked of several ways before and stays picked for the flow, by what it is about. */
  readonly picked: Chain<{ readonly about: string; readonly way: string }> | undefined;
  readonly findings: Chain<Finding> | undefined;
  readonly assumptions: Chain<string> | undefined;
}

/** Writes a step down. */
export const withStep = (flow: Flow, step: TrailStep): Flow => ({ ...flow, trail: { last: step, before: flow.trail } });

const withFinding = (flow: Flow, finding: Finding): Chain<Finding> => ({ last: finding, before: flow.findings });

/** What a hop knows of its blocker; direction and effect are filled in. */
export type Reason = Omit<Explanation, 'effect' | 'direction'>;

/** Stops a part of the packets (all of them, unless said otherwise) and follows them on as if it did not. */
export function blocked(flow: Flow, reason: Reason, traffic: Traffic = flow.asked): Flow {
  const explanation = { ...reason, direction: flow.direction };
  const findings = withFinding(flow, { explanation, kind: 'blocks', traffic, missing: [] });
  if (traffic === flow.asked) return { ...flow, alive: noTraffic, doubtful: noTraffic, findings };
  return {
    ...flow,
    alive: subtractTraffic(flow.alive, traffic),
    doubtful: subtractTraffic(flow.doubtful, traffic),
    findings,
  };
}

/** Makes a part of the packets (all of them, unless said otherwise) doubtful. */
export function doubted(flow: Flow, reason: Reason, missing: readonly Missing[], traffic: Traffic = flow.asked): Flow {
  const explanation = { ...reason, direction: flow.direction };
  const findings = withFinding(flow, { explanation, kind: 'unknown', traffic, missing });
  const alive = traffic === flow.asked ? noTraffic : subtractTraffic(flow.alive, traffic);
  const doubtful = uniteTraffic(flow.doubtful, subtractTraffic(flow.alive, alive));
  return { ...flow, alive, doubtful, findings };
}

/** Ends packets that were not asked for, though the question's addresses cover them: nothing needs to be said of them. */
export const besideTheQuestion = (flow: Flow): Flow => ({ ...flow, alive: noTraffic, doubtful: noTraffic });

/** Says something that decides nothing. */
export function noted(flow: Flow, reason: Reason): Flow {
  const explanation = { ...reason, direction: flow.direction };
  return { ...flow, findings: withFinding(flow, { explanation, kind: 'note', traffic: flow.asked, missing: [] }) };
}

/** Names something that was taken as off because the snapshot never asked for it. */
export const assumed = (flow: Flow, assumption: string): Flow => ({
  ...flow,
  assumptions: { last: assumption, before: flow.assumptions },
});

/** Narrows the question to a part of it, as where a path forks by destination. */
export function narrowed(flow: Flow, part: Traffic): Flow {
  if (part === flow.asked) return flow;
  const alive = flow.alive === flow.asked ? part : intersectTraffic(flow.alive, part);
  return { ...flow, asked: part, alive, doubtful: intersectTraffic(flow.doubtful, part) };
}

/** Is this the gateway that the question leads to? Then the packets have arrived when it takes them. */
export const isGoal = (flow: Flow, id: string): boolean => flow.direction === 'forward' && flow.journey.goal === id;

/** Is this the gateway that the question's packets came in by? Then the reply is back when it takes it. */
export const isBackAt = ({ direction, journey: { origin } }: Flow, id: string): boolean =>
  direction === 'return' && origin.kind === 'outside' && origin.gatewayId === id;

/** The waypoint of a component on the forward path, the latest first. */
export function waypointOf(flow: Flow, key: string): Waypoint | undefined {
  for (let at = flow.waypoints; at !== undefined; at = at.before) if (at.last.key === key) return at.last;
  return undefined;
}

/** Where the forward packets came into a VPC: the way that replies should take out of it. */
export function entryInto(flow: Flow, vpcId: string): Place | undefined {
  for (let at = flow.entries; at !== undefined; at = at.before) if (at.last.vpcId === vpcId) return at.last.place;
  return undefined;
}

/** The waypoints that lie before one on the forward path: what is left once the reply has passed it. */
export function waypointsBefore(flow: Flow, key: string): Flow['waypoints'] {
  for (let at = flow.waypoints; at !== undefined; at = at.before) if (at.last.key === key) return at.before;
  return flow.waypoints;
}
