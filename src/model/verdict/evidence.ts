/** An inclusive range of ports. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

/** A block or address of the evidence that the configuration has a name for. */
export interface NamedCidr {
  readonly cidr: string;
  readonly name: string;
}

/** A rule of a security group. */
export interface SecurityGroupRuleEvidence {
  readonly type: 'security-group-rule';
  readonly securityGroupId: string;
  /** The rule's own id, where DescribeSecurityGroupRules was read. */
  readonly securityGroupRuleId?: string;
  readonly isEgress: boolean;
  /** `tcp`, `udp`, `icmp`, `icmpv6`, a protocol number, or `all`. */
  readonly protocol: string;
  readonly fromPort?: number;
  readonly toPort?: number;
  /** The peer: a CIDR, a prefix-list id or a security-group id. */
  readonly peer: string;
  /** The well-known service behind the ports, such as `SSH`. */
  readonly service?: string;
  readonly knownAs?: readonly NamedCidr[];
}

/** A numbered rule of a network ACL. */
export interface NetworkAclEntryEvidence {
  readonly type: 'network-acl-entry';
  readonly networkAclId: string;
  readonly ruleNumber: number;
  readonly egress: boolean;
  readonly ruleAction: 'allow' | 'deny';
  readonly protocol: string;
  readonly cidrBlock: string;
  readonly fromPort?: number;
  readonly toPort?: number;
  readonly service?: string;
  readonly knownAs?: readonly NamedCidr[];
}

/** Traffic that something does or does not admit, as data: what is missing, what gets through. */
export interface TrafficEvidence {
  readonly type: 'traffic';
  /** What about this traffic: `admitted`, `not-admitted`. */
  readonly role: 'admitted' | 'not-admitted';
  readonly direction: 'ingress' | 'egress';
  readonly protocol: string;
  readonly cidrBlocks: readonly string[];
  readonly portRanges: readonly PortRange[];
  readonly service?: string;
  readonly knownAs?: readonly NamedCidr[];
}

/** A route of a route table. */
export interface RouteEvidence {
  readonly type: 'route';
  readonly routeTableId: string;
  readonly destination: string;
  /** The target's id, such as `nat-…`; `local` for the local route. */
  readonly target: string;
  readonly state: string;
  readonly knownAs?: readonly NamedCidr[];
}

/** A statement of a resource policy. */
export interface PolicyStatementEvidence {
  readonly type: 'policy-statement';
  readonly sid?: string;
  readonly effect: string;
  readonly principal: string;
  readonly actions: readonly string[];
}

/** A member of a resource with the value that decides, in AWS's own spelling: `MapPublicIpOnLaunch` = `true`. */
export interface AttributeEvidence {
  readonly type: 'attribute';
  readonly resourceId: string;
  readonly attribute: string;
  readonly value: string;
}

/** Another resource that takes part, and how. */
export interface ResourceEvidence {
  readonly type: 'resource';
  readonly resourceType: string;
  readonly resourceId: string;
  /** Such as `uses`, `client`, `route-table`. */
  readonly role: string;
}

/**
 * What a verdict rests on, down to the rule. Evidence is data: the words around it are made by the reporters, and the
 * fingerprint is made from its meaning (see `findings/fingerprint.ts`).
 */
export type Evidence =
  | SecurityGroupRuleEvidence
  | NetworkAclEntryEvidence
  | TrafficEvidence
  | RouteEvidence
  | PolicyStatementEvidence
  | AttributeEvidence
  | ResourceEvidence;
