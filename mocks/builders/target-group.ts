import { add, arnOf, type Built, type Common, digest, type Item, type Ref, type RegionState } from './state.ts';

/** What a target group hands its traffic to: an instance, an address, a load balancer, or any of them on another port. */
export type TargetSpec =
  | string
  | Built
  | { readonly target: string | Built; readonly port?: number; readonly state?: string; readonly az?: string };

export interface TargetGroupOptions extends Common {
  /** `HTTP` unless said otherwise. */
  readonly protocol?: string;
  /** 80 unless said otherwise. */
  readonly port?: number;
  /** `instance` unless the first target is an address or a load balancer. */
  readonly targetType?: 'instance' | 'ip' | 'lambda' | 'alb';
  readonly targets?: readonly TargetSpec[];
  readonly healthCheck?: { readonly protocol?: string; readonly port?: string };
  readonly attributes?: Readonly<Record<string, string>>;
}

export interface TargetGroupBuilder extends Built {
  readonly arn: string;
  readonly register: (...targets: readonly TargetSpec[]) => TargetGroupBuilder;
}

export const targetGroupsKey = 'elbv2.DescribeTargetGroups';
/** The per-resource key of an ARN: what follows its last colon, `/` written `+`. */
export const fileOf = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1).replaceAll('/', '+');
export const targetHealthKey = (arn: string): string => `elbv2.DescribeTargetHealth/${fileOf(arn)}`;

/** Network load balancers keep the client's address for instances, and for addresses only on UDP (ELB guide). */
const preservesClientIp = (protocol: string, targetType: string): boolean =>
  targetType === 'instance' || protocol === 'UDP' || protocol === 'TCP_UDP';

const idOfTarget = (target: string | Built): string =>
  typeof target === 'string' ? target : 'arn' in target && typeof target.arn === 'string' ? target.arn : target.id;

/** A target group of a VPC. */
export function buildTargetGroup(
  state: RegionState,
  vpc: Ref,
  groupName: string,
  options: TargetGroupOptions = {},
): TargetGroupBuilder {
  const vpcId = typeof vpc === 'string' ? vpc : vpc.id;
  const arn = arnOf(
    state,
    'elasticloadbalancing',
    `targetgroup/${groupName}/${digest(`${state.accountId}/${state.region}/targetgroup/${groupName}`, 16)}`,
  );
  const protocol = options.protocol ?? 'HTTP';
  const port = options.port ?? 80;
  const targetType = options.targetType ?? guessType(options.targets?.[0]);
  const isHttp = protocol.startsWith('HTTP');
  const item = add(
    state,
    targetGroupsKey,
    {
      TargetGroupArn: arn,
      TargetGroupName: groupName,
      ...(targetType === 'lambda'
        ? {}
        : { Protocol: protocol, Port: port, VpcId: vpcId, ProtocolVersion: isHttp ? 'HTTP1' : undefined }),
      HealthCheckProtocol: options.healthCheck?.protocol ?? (isHttp ? protocol : 'TCP'),
      HealthCheckPort: options.healthCheck?.port ?? 'traffic-port',
      HealthCheckEnabled: true,
      HealthCheckIntervalSeconds: 30,
      HealthCheckTimeoutSeconds: 5,
      HealthyThresholdCount: 5,
      UnhealthyThresholdCount: 2,
      ...(isHttp ? { HealthCheckPath: '/', Matcher: { HttpCode: '200' } } : {}),
      LoadBalancerArns: [],
      TargetType: targetType,
      IpAddressType: 'ipv4',
    },
    options.raw,
  );
  if (item['ProtocolVersion'] === undefined) delete item['ProtocolVersion'];
  const attributes = {
    'deregistration_delay.timeout_seconds': '300',
    'stickiness.enabled': 'false',
    'load_balancing.cross_zone.enabled': 'use_load_balancer_configuration',
    ...(isHttp
      ? { 'load_balancing.algorithm.type': 'round_robin', 'slow_start.duration_seconds': '0' }
      : {
          'preserve_client_ip.enabled': String(preservesClientIp(protocol, targetType)),
          'proxy_protocol_v2.enabled': 'false',
        }),
    ...options.attributes,
  };
  state.lists.set(
    `elbv2.DescribeTargetGroupAttributes/${fileOf(arn)}`,
    Object.entries(attributes).map(([Key, Value]) => ({ Key, Value })),
  );
  const health: Item[] = [];
  state.lists.set(targetHealthKey(arn), health);
  const builder: TargetGroupBuilder = {
    id: arn,
    arn,
    item,
    register: (...targets) => {
      health.push(...targets.map((target) => describe(target, targetType === 'lambda' ? undefined : port)));
      return builder;
    },
  };
  return builder.register(...(options.targets ?? []));
}

function guessType(first: TargetSpec | undefined): 'instance' | 'ip' | 'alb' {
  if (first === undefined) return 'instance';
  const target = typeof first === 'object' && 'target' in first ? first.target : first;
  const id = idOfTarget(target);
  return id.startsWith('arn:') ? 'alb' : id.startsWith('i-') ? 'instance' : 'ip';
}

function describe(spec: TargetSpec, defaultPort: number | undefined): Item {
  const given = typeof spec === 'object' && 'target' in spec ? spec : { target: spec };
  const port = given.port ?? defaultPort;
  return {
    Target: {
      Id: idOfTarget(given.target),
      ...(port === undefined ? {} : { Port: port }),
      ...(given.az === undefined ? {} : { AvailabilityZone: given.az }),
    },
    ...(port === undefined ? {} : { HealthCheckPort: String(port) }),
    TargetHealth: { State: given.state ?? 'healthy' },
  };
}
