import { add, type Built, type Common, newId, type RegionState, tagsOf } from './state.ts';

export interface EndpointServiceOptions extends Common {
  readonly loadBalancers: readonly { readonly arn: string; readonly type: string; readonly item: Built['item'] }[];
  readonly acceptanceRequired?: boolean;
  /** ARNs of principals; `*` lets everybody connect. */
  readonly allowedPrincipals?: readonly string[];
}

/** An endpoint service: what others connect to with an endpoint of theirs, by `serviceName`. */
export interface EndpointServiceBuilder extends Built {
  readonly serviceName: string;
}

/** A service offered over network or gateway load balancers. */
export function buildEndpointService(state: RegionState, options: EndpointServiceOptions): EndpointServiceBuilder {
  const id = newId(state, 'vpce-svc', options);
  const serviceName = `com.amazonaws.vpce.${state.region}.${id}`;
  const arnsOf = (type: string): string[] =>
    options.loadBalancers.filter((balancer) => balancer.type === type).map(({ arn }) => arn);
  const gateways = arnsOf('gateway');
  const zones = options.loadBalancers.flatMap(({ item }) => item['AvailabilityZones'] as { ZoneName: string }[]);
  const item = add(
    state,
    'ec2.DescribeVpcEndpointServiceConfigurations',
    {
      ServiceType: [{ ServiceType: gateways.length > 0 ? 'GatewayLoadBalancer' : 'Interface' }],
      ServiceId: id,
      ServiceName: serviceName,
      ServiceState: 'Available',
      AvailabilityZones: [...new Set(zones.map(({ ZoneName }) => ZoneName))].sort(),
      AcceptanceRequired: options.acceptanceRequired ?? true,
      ManagesVpcEndpoints: false,
      ...(gateways.length > 0 ? { GatewayLoadBalancerArns: gateways } : { NetworkLoadBalancerArns: arnsOf('network') }),
      SupportedIpAddressTypes: ['ipv4'],
      BaseEndpointDnsNames: [`${id}.${state.region}.vpce.example.com`],
      Tags: tagsOf(options),
    },
    options.raw,
  );
  state.lists.set(
    `ec2.DescribeVpcEndpointServicePermissions/${id}`,
    (options.allowedPrincipals ?? []).map((Principal) => ({
      PrincipalType: Principal === '*' ? 'All' : 'Account',
      Principal,
      ServicePermissionId: newId(state, 'vpce-svc-perm', { name: `${id}/${Principal}` }),
      ServiceId: id,
      Tags: [],
    })),
  );
  return { id, item, serviceName };
}
