import type { NetworkAclEntryEvidence, PortRange, RouteEvidence, SecurityGroupRuleEvidence } from './evidence.ts';
import type { ExplanationCode } from './explanation-code.ts';
import type { Missing } from './verdict.ts';

/** What a component of a path is. */
export type ComponentType =
  | 'internet'
  | 'on-premises'
  | 'aws-service'
  | 'region'
  | 'vpc'
  | 'subnet'
  | 'instance'
  | 'network-interface'
  | 'security-group'
  | 'network-acl'
  | 'route-table'
  | 'prefix-list'
  | 'internet-gateway'
  | 'egress-only-internet-gateway'
  | 'nat-gateway'
  | 'vpc-peering-connection'
  | 'transit-gateway'
  | 'transit-gateway-attachment'
  | 'transit-gateway-route-table'
  | 'vpn-gateway'
  | 'vpn-connection'
  | 'vpc-endpoint'
  | 'load-balancer'
  | 'target-group'
  | 'other';

/** A component by its id; `internet` and `on-premises` are components too, with the id of their own type. */
export interface ComponentReference {
  readonly id: string;
  readonly type: ComponentType;
}

/** A route of a transit gateway's route table. */
export interface TransitGatewayRouteEvidence {
  readonly type: 'transit-gateway-route';
  readonly transitGatewayRouteTableId: string;
  /** A CIDR or a prefix-list id. */
  readonly destination: string;
  /** `static`, `propagated`, `system` or `prefix-list`. */
  readonly routeType: string;
  readonly state: string;
  readonly transitGatewayAttachmentId?: string;
}

/** An entry of a transit gateway's policy table with the route table that it names. */
export interface TransitGatewayPolicyEvidence {
  readonly type: 'transit-gateway-policy-entry';
  readonly transitGatewayPolicyTableId: string;
  readonly policyRuleNumber: string;
  readonly targetRouteTableId: string;
}

/** A listener of a load balancer with the target group that it hands its traffic to. */
export interface ListenerEvidence {
  readonly type: 'listener';
  readonly listenerArn: string;
  readonly protocol: string;
  readonly port: number;
  readonly targetGroupArn?: string;
  readonly targetPort?: number;
}

/** The rule by which a component let a packet pass, or stopped it. */
export type PathRule =
  | SecurityGroupRuleEvidence
  | NetworkAclEntryEvidence
  | RouteEvidence
  | TransitGatewayRouteEvidence
  | TransitGatewayPolicyEvidence
  | ListenerEvidence;

/** A set of packets as Network Insights prints it (AnalysisPacketHeader), one line per protocol and combination. */
export interface PacketHeaders {
  /** `tcp`, `udp`, `icmp`, `icmpv6`, `all`, a protocol number, or a range of numbers. */
  readonly protocol: string;
  readonly sourceAddresses: readonly string[];
  readonly sourcePortRanges?: readonly PortRange[];
  readonly destinationAddresses: readonly string[];
  readonly destinationPortRanges?: readonly PortRange[];
  /** Types and codes, for ICMP alone: `8/0`, `3/*`. */
  readonly icmpTypeCodes?: readonly string[];
}

/** Which way a packet travels: the question itself, or the reply to it. */
export type PathDirection = 'forward' | 'return';

/** What a component does with the packets in question. */
export type ComponentEffect = 'admits' | 'limits' | 'blocks' | 'unknown';

/** One step of a path, in the order in which the packet meets it. */
export interface PathComponent {
  readonly sequenceNumber: number;
  readonly component: ComponentReference;
  readonly effect: ComponentEffect;
  /** The side of the component on which it was judged, where it has two. */
  readonly packetDirection?: 'ingress' | 'egress';
  readonly vpcId?: string;
  readonly subnetId?: string;
  /** The rule that decides; further ones follow where one alone does not decide the whole question. */
  readonly rule?: PathRule;
  readonly furtherRules?: readonly PathRule[];
  /** What the packet's header becomes here, where the component rewrites it. */
  readonly outboundHeader?: { readonly sourceAddress?: string; readonly destinationAddress?: string };
  readonly additionalDetails?: readonly string[];
}

/** Why a path does not work, works in part, or cannot be judged. */
export interface Explanation {
  readonly explanationCode: ExplanationCode;
  /** `blocks` alone stops the path; `limits` narrows it, `unknown` leaves it open, `note` informs. */
  readonly effect: 'blocks' | 'limits' | 'unknown' | 'note';
  readonly direction: PathDirection;
  readonly packetDirection?: 'ingress' | 'egress';
  readonly component: ComponentReference;
  /** The rule that refuses, where one does. */
  readonly rule?: PathRule;
  /** What would have to be there: the target of a missing route, the gateway that is not attached. */
  readonly missingComponent?: ComponentReference;
  /** One sentence for people. */
  readonly text: string;
}

/** Can the packet get there and the reply get back? */
export type PathVerdict = 'reachable' | 'not-reachable' | 'unknown';

/** What was asked, as given. */
export interface TraceQuery {
  readonly from: string;
  readonly to: string;
  readonly protocol?: string | undefined;
  readonly port?: number | undefined;
  readonly sourcePort?: number | undefined;
  readonly icmpType?: number | undefined;
  readonly icmpCode?: number | undefined;
}

/** The answer to one question. */
export interface TraceResult {
  readonly query: TraceQuery;
  readonly verdict: PathVerdict;
  /** Exactly the packets that arrive and whose replies get back. */
  readonly admittedTraffic: readonly PacketHeaders[];
  /** Packets that arrive although the reply does not get back: exposure all the same for one-way protocols. */
  readonly deliveredTraffic?: readonly PacketHeaders[];
  /** Packets that may get through, depending on what is not known. */
  readonly possibleTraffic?: readonly PacketHeaders[];
  readonly forwardPathComponents: readonly PathComponent[];
  readonly returnPathComponents: readonly PathComponent[];
  readonly explanations: readonly Explanation[];
  /** What would settle an unknown, with the permission that reads it. */
  readonly missing?: readonly Missing[];
  /** What was taken as off because the snapshot never asked for it. */
  readonly assumptions?: readonly string[];
}
