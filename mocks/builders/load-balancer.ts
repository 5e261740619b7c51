import {
  buildNetworkInterface,
  nextPublicIp,
  type NetworkInterfaceBuilder,
  type SubnetPlace,
} from './network-interface.ts';
import {
  add,
  arnOf,
  type Built,
  type Common,
  creationTime,
  digest,
  idOf,
  type Item,
  type Ref,
  type RegionState,
} from './state.ts';
import { fileOf, type TargetGroupBuilder } from './target-group.ts';

export interface ListenerOptions {
  readonly port: number;
  /** `HTTPS` on 443 and `HTTP` elsewhere for an application load balancer, `TCP` for a network one. */
  readonly protocol?: string;
  /** Where the default action forwards to; without one it answers a fixed response (or redirects, see `redirect`). */
  readonly targets?: TargetGroupBuilder | readonly TargetGroupBuilder[];
  readonly redirect?: boolean;
  /** Further rules, each with the target group that it forwards to. */
  readonly rules?: readonly { readonly path: string; readonly targets: TargetGroupBuilder }[];
}

export interface LoadBalancerOptions extends Common {
  readonly type?: 'application' | 'network' | 'gateway';
  /** `internet-facing` unless said otherwise. */
  readonly scheme?: 'internet-facing' | 'internal';
  readonly subnets: readonly { readonly id: string; readonly place: SubnetPlace }[];
  /** For an application load balancer the default group where absent; for a network one none. */
  readonly securityGroups?: readonly Ref[];
  readonly listeners?: readonly ListenerOptions[];
  readonly ipAddressType?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly enforcePrivateLinkRules?: boolean;
}

export interface LoadBalancerBuilder extends Built {
  readonly arn: string;
  readonly type: string;
  readonly dnsName: string;
  /** One for each subnet, in their order. */
  readonly networkInterfaces: readonly NetworkInterfaceBuilder[];
  readonly listener: (options: ListenerOptions) => LoadBalancerBuilder;
}

const shortTypes = { application: 'app', network: 'net', gateway: 'gwy' } as const;
const interfaceTypes = {
  application: 'interface',
  network: 'network_load_balancer',
  gateway: 'gateway_load_balancer',
} as const;

/** A load balancer with its interfaces, listeners and attributes. */
export function buildLoadBalancer(
  state: RegionState,
  vpc: Built,
  balancerName: string,
  defaultGroup: Ref,
  options: LoadBalancerOptions,
): LoadBalancerBuilder {
  const type = options.type ?? 'application';
  const scheme = type === 'gateway' ? 'internal' : (options.scheme ?? 'internet-facing');
  const path = `${shortTypes[type]}/${balancerName}/${digest(`${state.accountId}/${state.region}/${balancerName}`, 16)}`;
  const arn = arnOf(state, 'elasticloadbalancing', `loadbalancer/${path}`);
  const dnsName = `${scheme === 'internal' ? 'internal-' : ''}${balancerName}-0123456789.${state.region}.elb.example.com`;
  const groups = options.securityGroups ?? (type === 'application' ? [defaultGroup] : []);
  const networkInterfaces = options.subnets.map(({ place }) =>
    buildNetworkInterface(state, place, {
      name: `${arn}/${place.id}`,
      raw: { TagSet: [] },
      description: `ELB ${path}`,
      interfaceType: interfaceTypes[type],
      requesterManaged: true,
      requesterId: 'amazon-elb',
      attachedBy: 'amazon-elb',
      securityGroups: groups,
      sourceDestCheck: type !== 'gateway',
      publicIp: scheme === 'internet-facing' ? nextPublicIp(state.account.estate) : false,
      ipv6: options.ipAddressType?.startsWith('dualstack') ?? false,
    }),
  );
  for (const { item } of networkInterfaces) {
    const association = item['Association'] as Item | undefined;
    if (association !== undefined) association['IpOwnerId'] = 'amazon-elb';
  }
  const item = add(
    state,
    'elbv2.DescribeLoadBalancers',
    {
      LoadBalancerArn: arn,
      ...(type === 'gateway'
        ? {}
        : { DNSName: dnsName, CanonicalHostedZoneId: 'Z00000000000000000000', Scheme: scheme }),
      CreatedTime: creationTime,
      LoadBalancerName: balancerName,
      VpcId: vpc.id,
      State: { Code: 'active' },
      Type: type,
      AvailabilityZones: options.subnets.map(({ id, place }) => ({
        ZoneName: place.zone,
        SubnetId: id,
        LoadBalancerAddresses: [],
      })),
      ...(groups.length === 0 ? {} : { SecurityGroups: groups.map(idOf) }),
      IpAddressType: options.ipAddressType ?? 'ipv4',
      ...(type === 'network' && groups.length > 0
        ? {
            EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic:
              options.enforcePrivateLinkRules === false ? 'off' : 'on',
          }
        : {}),
    },
    options.raw,
  );
  const attributes = {
    'deletion_protection.enabled': 'false',
    'load_balancing.cross_zone.enabled': String(type === 'application'),
    ...(type === 'gateway' ? {} : { 'access_logs.s3.enabled': 'false' }),
    ...(type === 'application' ? { 'routing.http.drop_invalid_header_fields.enabled': 'false' } : {}),
    ...options.attributes,
  };
  state.lists.set(
    `elbv2.DescribeLoadBalancerAttributes/${fileOf(arn)}`,
    Object.entries(attributes).map(([Key, Value]) => ({ Key, Value })),
  );
  state.lists.set(`elbv2.DescribeListeners/${fileOf(arn)}`, []);
  const builder: LoadBalancerBuilder = {
    id: arn,
    arn,
    item,
    type,
    dnsName,
    networkInterfaces,
    listener: (given) => {
      addListener(state, arn, path, type, given);
      return builder;
    },
  };
  for (const listener of options.listeners ?? []) builder.listener(listener);
  return builder;
}

function addListener(state: RegionState, arn: string, path: string, type: string, options: ListenerOptions): void {
  const listenerId = digest(`${arn}/${options.port}`, 16);
  const listenerArn = arnOf(state, 'elasticloadbalancing', `listener/${path}/${listenerId}`);
  const protocol = options.protocol ?? (type === 'application' ? (options.port === 443 ? 'HTTPS' : 'HTTP') : 'TCP');
  const targets: readonly TargetGroupBuilder[] =
    options.targets === undefined ? [] : 'register' in options.targets ? [options.targets] : options.targets;
  const actions = defaultActions(options, targets);
  const isSecure = protocol === 'HTTPS' || protocol === 'TLS';
  add(state, `elbv2.DescribeListeners/${fileOf(arn)}`, {
    ListenerArn: listenerArn,
    LoadBalancerArn: arn,
    ...(type === 'gateway' ? {} : { Port: options.port, Protocol: protocol }),
    ...(isSecure
      ? {
          Certificates: [{ CertificateArn: arnOf(state, 'acm', 'certificate/01234567-89ab-cdef-0123-456789abcdef') }],
          SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
        }
      : {}),
    DefaultActions: actions,
  });
  const ruleArn = (rule: number): string =>
    arnOf(state, 'elasticloadbalancing', `listener-rule/${path}/${listenerId}/${digest(`${listenerArn}/${rule}`, 16)}`);
  const rules = options.rules ?? [];
  // Only the listeners of application load balancers have rules
  if (type === 'application')
    state.lists.set(`elbv2.DescribeRules/${fileOf(listenerArn)}`, [
      ...rules.map((rule, index) => ({
        RuleArn: ruleArn(index + 1),
        Priority: String(index + 1),
        Conditions: [{ Field: 'path-pattern', Values: [rule.path], PathPatternConfig: { Values: [rule.path] } }],
        Actions: [forward([rule.targets])],
        IsDefault: false,
      })),
      { RuleArn: ruleArn(0), Priority: 'default', Conditions: [], Actions: actions, IsDefault: true },
    ]);
  for (const group of new Set([...targets, ...rules.map((rule) => rule.targets)])) {
    const arns = group.item['LoadBalancerArns'] as string[];
    if (!arns.includes(arn)) arns.push(arn);
  }
}

function defaultActions(options: ListenerOptions, targets: readonly TargetGroupBuilder[]): Item[] {
  if (targets.length > 0) return [forward(targets)];
  if (options.redirect === true) {
    const RedirectConfig = {
      Protocol: 'HTTPS',
      Port: '443',
      Host: '#{host}',
      Path: '/#{path}',
      Query: '#{query}',
      StatusCode: 'HTTP_301',
    };
    return [{ Type: 'redirect', RedirectConfig }];
  }
  return [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404', ContentType: 'text/plain' } }];
}

const forward = (targets: readonly TargetGroupBuilder[]): Item => ({
  Type: 'forward',
  ...(targets.length === 1 ? { TargetGroupArn: targets[0]?.arn } : {}),
  ForwardConfig: {
    TargetGroups: targets.map(({ arn }) => ({ TargetGroupArn: arn, Weight: 1 })),
    TargetGroupStickinessConfig: { Enabled: false },
  },
});
