import { id, MalformedAnswer, nested, number, requiredId, requiredText, text, texts, type Raw } from '../decode.ts';
import type { Arn, VpcId } from '../id.ts';
import type { ResourceKind } from '../resource-kind.ts';

/** A target group: to what a listener hands its traffic, on which protocol and port. */
export interface TargetGroup {
  readonly targetGroupArn: Arn;
  readonly targetGroupName: string;
  readonly protocol: string | undefined;
  readonly port: number | undefined;
  readonly vpcId: VpcId | undefined;
  /** `instance`, `ip`, `lambda` or `alb`. */
  readonly targetType: string | undefined;
  readonly ipAddressType: string | undefined;
  readonly loadBalancerArns: readonly Arn[];
  readonly healthCheckProtocol: string | undefined;
  readonly healthCheckPort: string | undefined;
}

export const targetGroups: ResourceKind<TargetGroup> = {
  service: 'elbv2',
  operation: 'DescribeTargetGroups',
  member: 'TargetGroups',
  idMember: 'TargetGroupArn',
  toModel: (raw: Raw) => ({
    targetGroupArn: requiredId(raw, 'TargetGroupArn'),
    targetGroupName: text(raw, 'TargetGroupName') ?? '',
    protocol: text(raw, 'Protocol'),
    port: number(raw, 'Port'),
    vpcId: id(raw, 'VpcId'),
    targetType: text(raw, 'TargetType'),
    ipAddressType: text(raw, 'IpAddressType'),
    loadBalancerArns: texts(raw, 'LoadBalancerArns'),
    healthCheckProtocol: text(raw, 'HealthCheckProtocol'),
    healthCheckPort: text(raw, 'HealthCheckPort'),
  }),
};

/** A key and value of a target group, such as `preserve_client_ip.enabled`. */
export interface TargetGroupAttribute {
  readonly targetGroupArn: Arn;
  readonly key: string;
  readonly value: string | undefined;
}

export const targetGroupAttributes: ResourceKind<TargetGroupAttribute> = {
  service: 'elbv2',
  operation: 'DescribeTargetGroupAttributes',
  member: 'Attributes',
  idMember: 'Key',
  per: { kind: 'targetGroups', input: 'TargetGroupArn' },
  toModel: (raw, of) => ({
    targetGroupArn: of as Arn,
    key: requiredText(raw, 'Key'),
    value: text(raw, 'Value'),
  }),
};

/** A registered target and its health. */
export interface TargetHealth {
  readonly targetGroupArn: Arn;
  /** An instance id, an address or an ARN. */
  readonly targetId: string;
  readonly port: number | undefined;
  readonly availabilityZone: string | undefined;
  /** `initial`, `healthy`, `unhealthy`, `unused`, `draining`, `unavailable` … */
  readonly state: string | undefined;
  readonly reason: string | undefined;
}

export const targetHealth: ResourceKind<TargetHealth> = {
  service: 'elbv2',
  operation: 'DescribeTargetHealth',
  member: 'TargetHealthDescriptions',
  idMember: 'Target',
  per: { kind: 'targetGroups', input: 'TargetGroupArn' },
  toModel: (raw, of) => {
    const target = nested(raw, 'Target', (value) => ({
      targetId: requiredText(value, 'Id'),
      port: number(value, 'Port'),
      availabilityZone: text(value, 'AvailabilityZone'),
    }));
    if (target === undefined) throw new MalformedAnswer('Target', 'is absent');
    return {
      targetGroupArn: of as Arn,
      ...target,
      state: nested(raw, 'TargetHealth', (health) => text(health, 'State')),
      reason: nested(raw, 'TargetHealth', (health) => text(health, 'Reason')),
    };
  },
};
