import { type Draft, nextId, show } from './draft.ts';
import { addNic, type DraftNic } from './hosts.ts';
import type { DraftSubnet, DraftVpc } from './vpc.ts';

export interface DraftTarget {
  /** An instance id, an address or an ARN. */
  readonly id: string;
  readonly port?: number;
  readonly zoneName?: string;
  readonly state: string;
}

/** A target group of a draft. */
export function addTargetGroup(
  draft: Draft,
  vpc: DraftVpc,
  options: {
    readonly protocol: string;
    readonly port: number;
    readonly targetType: 'instance' | 'ip' | 'alb';
    readonly targets: readonly DraftTarget[];
    readonly attributes?: Readonly<Record<string, string>>;
  },
): string {
  const { owner } = vpc;
  const id = nextId(draft, 'tg');
  const arn = `arn:aws:elasticloadbalancing:${owner.region}:${owner.accountId}:targetgroup/${id}/0123456789abcdef`;
  show(draft, [owner], 'targetGroups', {
    TargetGroupArn: arn,
    TargetGroupName: id,
    Protocol: options.protocol,
    Port: options.port,
    VpcId: vpc.id,
    TargetType: options.targetType,
    IpAddressType: 'ipv4',
  });
  for (const { id: Id, port, zoneName, state } of options.targets) {
    show(
      draft,
      [owner],
      'targetHealth',
      {
        Target: {
          Id,
          Port: port ?? options.port,
          ...(zoneName === undefined ? {} : { AvailabilityZone: zoneName }),
        },
        TargetHealth: { State: state },
      },
      arn,
    );
  }
  // AWS answers every attribute, those nobody set with their defaults.
  const keeps = options.targetType === 'instance' || options.targetType === 'alb' || options.protocol.includes('UDP');
  const defaults = {
    'load_balancing.cross_zone.enabled': 'use_load_balancer_configuration',
    ...(options.protocol.startsWith('HTTP') ? {} : { 'preserve_client_ip.enabled': String(keeps) }),
  };
  for (const [Key, Value] of Object.entries({ ...defaults, ...options.attributes })) {
    show(draft, [owner], 'targetGroupAttributes', { Key, Value }, arn);
  }
  return arn;
}

export interface DraftListener {
  readonly protocol: string;
  readonly port: number;
  /** Target groups of the default action; none for a fixed response. */
  readonly groups: readonly string[];
  /** Further rules, each with its target groups (or none for a fixed response). */
  readonly rules?: readonly (readonly string[])[];
}

const action = (groups: readonly string[]): object =>
  groups.length === 0
    ? { Type: 'fixed-response' }
    : {
        Type: 'forward',
        ...(groups.length === 1 ? { TargetGroupArn: groups[0] } : {}),
        ForwardConfig: { TargetGroups: groups.map((TargetGroupArn) => ({ TargetGroupArn, Weight: 1 })) },
      };

/** A load balancer with a node in each place. */
export function addBalancer(
  draft: Draft,
  vpc: DraftVpc,
  options: {
    readonly type: 'network' | 'application';
    readonly places: readonly {
      readonly subnet: DraftSubnet;
      readonly address: string;
      readonly publicAddress?: string | undefined;
      readonly ipv6?: string | undefined;
    }[];
    readonly groups: readonly string[];
    readonly listeners: readonly DraftListener[];
    readonly attributes?: Readonly<Record<string, string>>;
    readonly state?: string;
    readonly enforcePrivateLink?: 'on' | 'off';
  },
): { readonly arn: string; readonly nodes: readonly DraftNic[] } {
  const { owner } = vpc;
  const { type, places, groups, listeners } = options;
  const name = `${type === 'network' ? 'net' : 'app'}/${nextId(draft, 'lb')}/fedcba9876543210`;
  const arn = `arn:aws:elasticloadbalancing:${owner.region}:${owner.accountId}:loadbalancer/${name}`;
  const facing = places.some(({ publicAddress }) => publicAddress !== undefined);
  show(draft, [owner], 'loadBalancers', {
    LoadBalancerArn: arn,
    LoadBalancerName: name.split('/')[1],
    DNSName: 'lb.example.com',
    Type: type,
    Scheme: facing ? 'internet-facing' : 'internal',
    VpcId: vpc.id,
    State: { Code: options.state ?? 'active' },
    IpAddressType: places.some(({ ipv6 }) => ipv6 !== undefined) ? 'dualstack' : 'ipv4',
    AvailabilityZones: places.map(({ subnet, address, publicAddress }) => ({
      ZoneName: subnet.zoneName,
      SubnetId: subnet.id,
      LoadBalancerAddresses:
        type === 'network'
          ? [publicAddress === undefined ? { PrivateIPv4Address: address } : { IpAddress: publicAddress }]
          : [],
    })),
    SecurityGroups: groups,
    ...(options.enforcePrivateLink === undefined
      ? {}
      : { EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: options.enforcePrivateLink }),
  });
  const defaults = { 'load_balancing.cross_zone.enabled': String(type === 'application') };
  for (const [Key, Value] of Object.entries({ ...defaults, ...options.attributes })) {
    show(draft, [owner], 'loadBalancerAttributes', { Key, Value }, arn);
  }
  for (const listener of listeners) {
    const listenerArn = `${arn.replace(':loadbalancer/', ':listener/')}/${nextId(draft, 'ls')}`;
    show(
      draft,
      [owner],
      'listeners',
      {
        ListenerArn: listenerArn,
        LoadBalancerArn: arn,
        Port: listener.port,
        Protocol: listener.protocol,
        DefaultActions: [action(listener.groups)],
      },
      arn,
    );
    for (const [index, rule] of (listener.rules ?? []).entries()) {
      show(
        draft,
        [owner],
        'listenerRules',
        {
          RuleArn: `${listenerArn.replace(':listener/', ':listener-rule/')}/${index}`,
          Priority: String(index + 1),
          Actions: [action(rule)],
        },
        listenerArn,
      );
    }
  }
  const nodes = places.map(({ subnet, address, publicAddress, ipv6 }) =>
    addNic(draft, subnet, {
      addresses: [address],
      ipv6Addresses: ipv6 === undefined ? [] : [ipv6],
      publicAddresses: [publicAddress],
      groups,
      type: type === 'network' ? 'network_load_balancer' : 'load_balancer',
      description: `ELB ${name}`,
    }),
  );
  return { arn, nodes };
}

/** Offers a network load balancer as an endpoint service; the name is what endpoints ask for. */
export function addEndpointService(draft: Draft, vpc: DraftVpc, balancerArn: string): string {
  const id = nextId(draft, 'vpce-svc');
  const serviceName = `com.amazonaws.vpce.${vpc.owner.region}.${id}`;
  show(draft, [vpc.owner], 'vpcEndpointServiceConfigurations', {
    ServiceId: id,
    ServiceName: serviceName,
    ServiceState: 'Available',
    ServiceType: [{ ServiceType: 'Interface' }],
    AcceptanceRequired: false,
    NetworkLoadBalancerArns: [balancerArn],
  });
  return serviceName;
}
