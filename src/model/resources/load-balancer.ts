import { id, items, nested, number, requiredId, requiredText, text, texts, type Raw } from '../decode.ts';
import type { Arn, SecurityGroupId, SubnetId, VpcId } from '../id.ts';
import type { ResourceKind } from '../resource-kind.ts';

/** One Availability Zone of a load balancer, with the addresses of its node there. */
export interface LoadBalancerAvailabilityZone {
  readonly zoneName: string | undefined;
  readonly subnetId: SubnetId | undefined;
  readonly addresses: readonly {
    readonly ipAddress: string | undefined;
    readonly privateIpv4Address: string | undefined;
    readonly ipv6Address: string | undefined;
    readonly allocationId: string | undefined;
  }[];
}

/** A load balancer of Elastic Load Balancing v2: `application`, `network` or `gateway`. */
export interface LoadBalancer {
  readonly loadBalancerArn: Arn;
  readonly loadBalancerName: string;
  readonly dnsName: string | undefined;
  readonly type: string | undefined;
  /** `internet-facing` or `internal`. */
  readonly scheme: string | undefined;
  readonly vpcId: VpcId | undefined;
  readonly state: string | undefined;
  /** `ipv4`, `dualstack` or `dualstack-without-public-ipv4`. */
  readonly ipAddressType: string | undefined;
  readonly availabilityZones: readonly LoadBalancerAvailabilityZone[];
  /** Empty for a network load balancer made without groups: it can never get any. */
  readonly securityGroups: readonly SecurityGroupId[];
  /** `on` or `off`. */
  readonly enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: string | undefined;
}

export const loadBalancers: ResourceKind<LoadBalancer> = {
  service: 'elbv2',
  operation: 'DescribeLoadBalancers',
  member: 'LoadBalancers',
  idMember: 'LoadBalancerArn',
  toModel: (raw: Raw) => ({
    loadBalancerArn: requiredId(raw, 'LoadBalancerArn'),
    loadBalancerName: text(raw, 'LoadBalancerName') ?? '',
    dnsName: text(raw, 'DNSName'),
    type: text(raw, 'Type'),
    scheme: text(raw, 'Scheme'),
    vpcId: id(raw, 'VpcId'),
    state: nested(raw, 'State', (state) => text(state, 'Code')),
    ipAddressType: text(raw, 'IpAddressType'),
    availabilityZones: items(raw, 'AvailabilityZones', (zone) => ({
      zoneName: text(zone, 'ZoneName'),
      subnetId: id<SubnetId>(zone, 'SubnetId'),
      addresses: items(zone, 'LoadBalancerAddresses', (address) => ({
        ipAddress: text(address, 'IpAddress'),
        privateIpv4Address: text(address, 'PrivateIPv4Address'),
        ipv6Address: text(address, 'IPv6Address'),
        allocationId: text(address, 'AllocationId'),
      })),
    })),
    securityGroups: texts(raw, 'SecurityGroups'),
    enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: text(
      raw,
      'EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic',
    ),
  }),
};

/** A key and value of a load balancer or target group, such as `load_balancing.cross_zone.enabled` = `false`. */
export interface LoadBalancingAttribute {
  /** The load balancer or target group. */
  readonly of: Arn;
  readonly key: string;
  readonly value: string | undefined;
}

const toAttribute = (raw: Raw, of: string): LoadBalancingAttribute => ({
  of: of as Arn,
  key: requiredText(raw, 'Key'),
  value: text(raw, 'Value'),
});

export const loadBalancerAttributes: ResourceKind<LoadBalancingAttribute> = {
  service: 'elbv2',
  operation: 'DescribeLoadBalancerAttributes',
  member: 'Attributes',
  idMember: 'Key',
  per: { kind: 'loadBalancers', input: 'LoadBalancerArn' },
  toModel: toAttribute,
};

/** Where a listener or rule sends what it takes. */
export interface ListenerAction {
  /** `forward`, `redirect`, `fixed-response`, `authenticate-oidc` … */
  readonly type: string | undefined;
  readonly targetGroupArns: readonly Arn[];
}

const toAction = (raw: Raw): ListenerAction => {
  const single = id<Arn>(raw, 'TargetGroupArn');
  const several =
    nested(raw, 'ForwardConfig', (config) =>
      items(config, 'TargetGroups', (group) => requiredId<Arn>(group, 'TargetGroupArn')),
    ) ?? [];
  return {
    type: text(raw, 'Type'),
    targetGroupArns: single === undefined || several.includes(single) ? several : [single, ...several],
  };
};

/** A port on which a load balancer answers; everything else is dropped. */
export interface Listener {
  readonly listenerArn: Arn;
  readonly loadBalancerArn: Arn | undefined;
  /** Absent for a gateway load balancer, which takes every port. */
  readonly port: number | undefined;
  /** `HTTP`, `HTTPS`, `TCP`, `TLS`, `UDP`, `TCP_UDP`, `QUIC` … */
  readonly protocol: string | undefined;
  readonly defaultActions: readonly ListenerAction[];
}

export const listeners: ResourceKind<Listener> = {
  service: 'elbv2',
  operation: 'DescribeListeners',
  member: 'Listeners',
  idMember: 'ListenerArn',
  per: { kind: 'loadBalancers', input: 'LoadBalancerArn' },
  toModel: (raw) => ({
    listenerArn: requiredId(raw, 'ListenerArn'),
    loadBalancerArn: id(raw, 'LoadBalancerArn'),
    port: number(raw, 'Port'),
    protocol: text(raw, 'Protocol'),
    defaultActions: items(raw, 'DefaultActions', toAction),
  }),
};

/** A rule of an application load balancer's listener. */
export interface ListenerRule {
  readonly ruleArn: Arn;
  readonly listenerArn: Arn;
  readonly priority: string | undefined;
  readonly actions: readonly ListenerAction[];
}

export const listenerRules: ResourceKind<ListenerRule> = {
  service: 'elbv2',
  operation: 'DescribeRules',
  member: 'Rules',
  idMember: 'RuleArn',
  per: { kind: 'listeners', input: 'ListenerArn' },
  toModel: (raw, of) => ({
    ruleArn: requiredId(raw, 'RuleArn'),
    listenerArn: of as Arn,
    priority: text(raw, 'Priority'),
    actions: items(raw, 'Actions', toAction),
  }),
};
