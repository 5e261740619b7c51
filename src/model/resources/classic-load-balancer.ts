import { id, items, nested, number, requiredText, text, texts, type Raw, flag } from '../decode.ts';
import type { InstanceId, SecurityGroupId, SubnetId, VpcId } from '../id.ts';
import type { ResourceKind } from '../resource-kind.ts';

/** A Classic Load Balancer: pairs of listener and instance ports, with network ACLs met even inside one subnet. */
export interface ClassicLoadBalancer {
  readonly loadBalancerName: string;
  readonly dnsName: string | undefined;
  readonly scheme: string | undefined;
  readonly vpcId: VpcId | undefined;
  readonly subnetIds: readonly SubnetId[];
  readonly availabilityZones: readonly string[];
  readonly securityGroupIds: readonly SecurityGroupId[];
  readonly instanceIds: readonly InstanceId[];
  readonly listeners: readonly {
    readonly protocol: string | undefined;
    readonly loadBalancerPort: number | undefined;
    readonly instanceProtocol: string | undefined;
    readonly instancePort: number | undefined;
  }[];
}

export const classicLoadBalancers: ResourceKind<ClassicLoadBalancer> = {
  service: 'elb',
  operation: 'DescribeLoadBalancers',
  member: 'LoadBalancerDescriptions',
  idMember: 'LoadBalancerName',
  toModel: (raw: Raw) => ({
    loadBalancerName: requiredText(raw, 'LoadBalancerName'),
    dnsName: text(raw, 'DNSName'),
    scheme: text(raw, 'Scheme'),
    vpcId: id(raw, 'VPCId'),
    subnetIds: texts(raw, 'Subnets'),
    availabilityZones: texts(raw, 'AvailabilityZones'),
    securityGroupIds: texts(raw, 'SecurityGroups'),
    instanceIds: items(raw, 'Instances', (instance) => requiredText(instance, 'InstanceId') as InstanceId),
    listeners: items(raw, 'ListenerDescriptions', (description) =>
      nested(description, 'Listener', (listener) => ({
        protocol: text(listener, 'Protocol'),
        loadBalancerPort: number(listener, 'LoadBalancerPort'),
        instanceProtocol: text(listener, 'InstanceProtocol'),
        instancePort: number(listener, 'InstancePort'),
      })),
    ).filter((listener) => listener !== undefined),
  }),
};

/** The attributes of a Classic Load Balancer that decide a path. */
export interface ClassicLoadBalancerAttributes {
  readonly loadBalancerName: string;
  readonly crossZoneLoadBalancingEnabled: boolean | undefined;
}

export const classicLoadBalancerAttributes: ResourceKind<ClassicLoadBalancerAttributes> = {
  service: 'elb',
  operation: 'DescribeLoadBalancerAttributes',
  member: 'LoadBalancerAttributes',
  shape: 'object',
  idMember: 'LoadBalancerName',
  per: { kind: 'classicLoadBalancers', input: 'LoadBalancerName' },
  toModel: (raw, of) => ({
    loadBalancerName: of,
    crossZoneLoadBalancingEnabled: nested(raw, 'CrossZoneLoadBalancing', (crossZone) => flag(crossZone, 'Enabled')),
  }),
};
