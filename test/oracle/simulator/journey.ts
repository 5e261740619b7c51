import type { RouteTarget } from '../../../src/model/resources/route-table.ts';
import type { Choices } from './choices.ts';
import type { Packet } from './packet.ts';
import type { Nic } from './world/interfaces.ts';
import type { Table } from './world/routes.ts';
import type { SubnetPlace } from './world/vpcs.ts';
import type { World } from './world/world.ts';

/** One line of the log: which component saw the packet and what it did. */
export interface Step {
  readonly direction: 'forward' | 'return';
  readonly component: string;
  readonly note: string;
  readonly packet: Packet;
}

/** Where the packet is inside a VPC, and what put it there. */
export interface Position {
  readonly vpcId: string;
  /** The subnet whose route table and network ACL it meets next; a regional NAT gateway has none. */
  readonly subnet: SubnetPlace | undefined;
  /** The table to use where there is no subnet. */
  readonly table?: Table;
  readonly zone: string;
  /** An interface of this VPC sent it, or it came in through a gateway and no interface of this VPC touched it. */
  readonly sender: 'interface' | 'transit-gateway' | 'gateway';
  /** The NAT gateway, where that is the interface. */
  readonly natGatewayId?: string;
}

/** A gateway between two VPCs that the packet passed. */
export type Crossing =
  | { readonly kind: 'peering'; readonly sameRegion: boolean }
  | { readonly kind: 'transit-gateway'; readonly referencing: boolean };

/** An interface as whose packet a security group may know it, and what the packet had passed before this leg. */
export interface Identity {
  readonly nic: Nic;
  readonly before: readonly Crossing[];
}

/** What one NAT gateway remembers of the flow. */
export interface NatEntry {
  readonly natGatewayId: string;
  readonly before: Packet;
  readonly after: Packet;
}

/** What the devices on the way remember of one flow between forward packet and reply. */
export interface Flow {
  readonly nat: NatEntry[];
  /** The peering that a NAT gateway's packet crossed last: its reply returns there without a route. */
  returnToSender: { readonly peeringId: string; readonly natVpcId: string } | undefined;
  /** VPCs whose egress-only gateway the flow opened. */
  readonly egressOnly: Set<string>;
  /** Endpoints of gateway load balancers that the flow passed. */
  readonly inspectedBy: Set<string>;
  /** The zone that an attachment in appliance mode chose for a flow, by `flowKey`: what a NAT gateway sends on is another flow. */
  readonly applianceZones: Map<string, string>;
}

export function newFlow(): Flow {
  return {
    nat: [],
    returnToSender: undefined,
    egressOnly: new Set(),
    inspectedBy: new Set(),
    applianceZones: new Map(),
  };
}

/** One packet on its way in one direction. */
export interface Journey {
  readonly world: World;
  readonly choices: Choices;
  readonly log: Step[];
  readonly direction: 'forward' | 'return';
  readonly flow: Flow;
  /** The interface that the asker means, or `internet`, while the packet is still on its way to it. */
  readonly meant: string | undefined;
  packet: Packet;
  /** As whose packet the receiver's security groups recognise it. */
  identity: readonly Identity[];
  /** The gateways between VPCs that it passed on this leg. */
  crossed: Crossing[];
  /** Groups that the sender's outbound rules refer to, to be met by the interface that receives the packet. */
  pendingEgressGroups:
    | { readonly component: string; readonly sender: Nic; readonly groupIds: readonly string[] }
    | undefined;
}

/** How one walk of one packet ends badly. */
export type Ending =
  | { readonly kind: 'dropped'; readonly component: string; readonly reason: string }
  | { readonly kind: 'unknown'; readonly component: string; readonly reason: string };

/** Where a packet is taken off the network. */
export type Arrival =
  | { readonly kind: 'interface'; readonly nic: Nic; readonly insideHost: boolean }
  | { readonly kind: 'internet' }
  | { readonly kind: 'on-premises'; readonly back: Position }
  | { readonly kind: 'service'; readonly endpointId: string; readonly back: Position };

/** What happens to the packet next. */
export type Move =
  | { readonly kind: 'route'; readonly at: Position }
  | { readonly kind: 'hand-over'; readonly target: RouteTarget; readonly at: Position }
  | { readonly kind: 'deliver'; readonly at: Position }
  | { readonly kind: 'internet' }
  | {
      readonly kind: 'transit';
      readonly gatewayId: string;
      readonly attachmentId: string;
      readonly zone: string;
      readonly referencing: boolean;
    }
  | { readonly kind: 'arrived'; readonly arrival: Arrival }
  | Ending;

/** Writes a line of the log. */
export function note(journey: Journey, component: string, text: string): void {
  journey.log.push({
    direction: journey.direction,
    component,
    note: text,
    packet: journey.packet,
  });
}

export function dropped(journey: Journey, component: string, reason: string): Ending {
  note(journey, component, `dropped: ${reason}`);
  return { kind: 'dropped', component, reason };
}

export function unknown(journey: Journey, component: string, reason: string): Ending {
  note(journey, component, `not known: ${reason}`);
  return { kind: 'unknown', component, reason };
}

/**
 * From here on the receiver cannot tell whose packet it is. An outbound rule that admitted it only towards a group
 * therefore did not admit it.
 */
export function loseIdentity(journey: Journey): Ending | undefined {
  journey.identity = [];
  return dropPending(journey);
}

/** The packet does not end at an interface of the groups that the sender's outbound rules want. */
export function dropPending(journey: Journey): Ending | undefined {
  const pending = journey.pendingEgressGroups;
  journey.pendingEgressGroups = undefined;
  if (pending === undefined) return undefined;
  return dropped(journey, pending.component, 'no outbound rule but a reference to a group that is not met');
}

/** Nothing is known of what comes next, but it is nothing that would keep the sender's references. */
export function unknownBeyond(journey: Journey, component: string, reason: string): Ending {
  return dropPending(journey) ?? unknown(journey, component, reason);
}
