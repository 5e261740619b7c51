import {
  buildNetworkInterface,
  nextPublicIp,
  type NetworkInterfaceBuilder,
  type SubnetPlace,
} from './network-interface.ts';
import { add, type Built, type Common, creationTime, idOf, type Item, type Ref, type RegionState } from './state.ts';

export interface ClassicLoadBalancerOptions extends Common {
  readonly scheme?: 'internet-facing' | 'internal';
  readonly subnets: readonly { readonly id: string; readonly place: SubnetPlace }[];
  readonly securityGroups?: readonly Ref[];
  /** Each hands what it takes on `port` to `instancePort`. */
  readonly listeners: readonly { readonly port: number; readonly instancePort?: number; readonly protocol?: string }[];
  readonly instances?: readonly Built[];
  readonly crossZone?: boolean;
}

export interface ClassicLoadBalancerBuilder extends Built {
  readonly networkInterfaces: readonly NetworkInterfaceBuilder[];
}

/** A Classic Load Balancer with its interfaces. */
export function buildClassicLoadBalancer(
  state: RegionState,
  vpc: Built,
  balancerName: string,
  defaultGroup: Ref,
  options: ClassicLoadBalancerOptions,
): ClassicLoadBalancerBuilder {
  const scheme = options.scheme ?? 'internet-facing';
  const groups = options.securityGroups ?? [defaultGroup];
  const networkInterfaces = options.subnets.map(({ place }) =>
    buildNetworkInterface(state, place, {
      name: `elb/${balancerName}/${place.id}`,
      raw: { TagSet: [] },
      description: `ELB ${balancerName}`,
      requesterManaged: true,
      requesterId: 'amazon-elb',
      attachedBy: 'amazon-elb',
      securityGroups: groups,
      publicIp: scheme === 'internet-facing' ? nextPublicIp(state.account.estate) : false,
      ipv6: false,
    }),
  );
  for (const { item } of networkInterfaces) {
    const association = item['Association'] as Item | undefined;
    if (association !== undefined) association['IpOwnerId'] = 'amazon-elb';
  }
  const item = add(
    state,
    'elb.DescribeLoadBalancers',
    {
      LoadBalancerName: balancerName,
      DNSName: `${balancerName}-0123456789.${state.region}.elb.example.com`,
      CanonicalHostedZoneNameID: 'Z00000000000000000000',
      ListenerDescriptions: options.listeners.map(({ port, instancePort = port, protocol = 'TCP' }) => ({
        Listener: {
          Protocol: protocol,
          LoadBalancerPort: port,
          InstanceProtocol: protocol === 'HTTPS' ? 'HTTP' : protocol === 'SSL' ? 'TCP' : protocol,
          InstancePort: instancePort,
        },
        PolicyNames: [],
      })),
      Policies: { AppCookieStickinessPolicies: [], LBCookieStickinessPolicies: [], OtherPolicies: [] },
      BackendServerDescriptions: [],
      AvailabilityZones: options.subnets.map(({ place }) => place.zone),
      Subnets: options.subnets.map(({ id }) => id),
      VPCId: vpc.id,
      Instances: (options.instances ?? []).map(({ id }) => ({ InstanceId: id })),
      HealthCheck: { Target: 'TCP:80', Interval: 30, Timeout: 5, UnhealthyThreshold: 2, HealthyThreshold: 10 },
      SourceSecurityGroup: { OwnerAlias: state.accountId, GroupName: groups.map(idOf).join(',') },
      SecurityGroups: groups.map(idOf),
      CreatedTime: creationTime,
      Scheme: scheme,
    },
    options.raw,
  );
  state.documents.set(`elb.DescribeLoadBalancerAttributes/${balancerName}`, {
    LoadBalancerAttributes: {
      CrossZoneLoadBalancing: { Enabled: options.crossZone ?? false },
      AccessLog: { Enabled: false },
      ConnectionDraining: { Enabled: false, Timeout: 300 },
      ConnectionSettings: { IdleTimeout: 60 },
      AdditionalAttributes: [],
    },
  });
  return { id: balancerName, item, networkInterfaces };
}
