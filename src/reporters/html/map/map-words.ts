import type { SubnetExposure } from '../../../model/verdict/defence-in-depth.ts';
import type {
  InterfaceKind,
  MapEndpoint,
  MapGateway,
  MapRouteTarget,
  SubnetTier,
} from '../../../model/verdict/network-map.ts';
import { counted } from '../../wording.ts';

/** What the routes make of a subnet, in words. */
export const tierWords: Readonly<Record<SubnetTier, string>> = {
  public: 'public',
  nat: 'private, out by NAT',
  'egress-only': 'private, out by IPv6',
  routed: 'private, routed onwards',
  isolated: 'isolated',
  unknown: 'tier not known',
};

/** What the internet reaches there, in words. */
export const exposureWords: Readonly<Record<SubnetExposure, string>> = {
  exposed: 'reached from the internet',
  limited: 'reached by single networks',
  'behind-load-balancer': 'reached through a load balancer',
  blocked: 'not reached',
  unknown: 'cannot be told',
};

const worstFirst: readonly SubnetExposure[] = ['exposed', 'limited', 'behind-load-balancer', 'unknown', 'blocked'];

/** The worst of some; `blocked` of none. */
export const worstExposure = (exposures: readonly SubnetExposure[]): SubnetExposure =>
  worstFirst.find((exposure) => exposures.includes(exposure)) ?? 'blocked';

/** The worst first. */
export const compareExposures = (a: SubnetExposure, b: SubnetExposure): number =>
  worstFirst.indexOf(a) - worstFirst.indexOf(b);

/** What gateways are called. */
export const gatewayWords: Readonly<Record<MapGateway['type'], string>> = {
  'internet-gateway': 'internet gateway',
  'egress-only-internet-gateway': 'egress-only internet gateway',
  'nat-gateway': 'NAT gateway',
  'vpn-gateway': 'virtual private gateway',
  'transit-gateway-attachment': 'transit gateway attachment',
  'vpc-peering-connection': 'VPC peering connection',
};

const kindWords: { readonly [K in InterfaceKind]?: string } = {
  'vpc-endpoint': 'endpoint',
  'nat-gateway': 'NAT gateway',
  'transit-gateway': 'transit gateway interface',
  unattached: 'unattached interface',
  other: 'other interface',
};

/** `12 instances, 2 load balancers`: what stands in some subnets, kinds counted together. */
export function contentWords(interfaces: readonly { readonly kind: InterfaceKind; readonly count: number }[]): string {
  const counts = new Map<InterfaceKind, number>();
  for (const { kind, count } of interfaces) counts.set(kind, (counts.get(kind) ?? 0) + count);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([kind, count]) => counted(count, kindWords[kind] ?? kind.replaceAll('-', ' ')))
    .join(', ');
}

/** Where some routes lead, in words. */
export const targetWords = ({ kind, id, state, routes, destinations }: MapRouteTarget): string =>
  `${destinations.join(', ')}${routes > destinations.length ? ` and ${routes - destinations.length} more` : ''} to ${kind === 'local' ? 'local' : id}${state === 'active' ? '' : ` (${state})`}`;

/** An endpoint by the last part of its service's name: `s3`, `ssm`. */
export const endpointName = ({ serviceName, name, vpcEndpointId }: MapEndpoint): string =>
  serviceName?.split('.').at(-1) ?? name ?? vpcEndpointId;

/** What kinds of endpoints are called. */
export const endpointTypeWords: Readonly<Record<string, string>> = {
  Gateway: 'gateway',
  GatewayLoadBalancer: 'load balancer',
  Interface: 'interface',
  Resource: 'resource',
  ServiceNetwork: 'service network',
};
