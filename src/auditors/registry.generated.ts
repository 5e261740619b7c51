// Written by `npm run generate` from the folders beside it; do not edit.
import type { AnyCheck } from './check.ts';

/** Every check by its id, in alphabetical order, with the way to load it. */
export const checkModules: readonly {
  readonly id: string;
  readonly load: () => Promise<{ readonly default: AnyCheck }>;
}[] = [
  { id: 'flow-log-failing', load: () => import('./flow-logs/flow-log-failing.ts') },
  { id: 'flow-log-missing', load: () => import('./flow-logs/flow-log-missing.ts') },
  { id: 'flow-log-partial', load: () => import('./flow-logs/flow-log-partial.ts') },
  { id: 'internet-gateway-unattached', load: () => import('./internet-gateways/internet-gateway-unattached.ts') },
  { id: 'nat-gateway-single-zone', load: () => import('./nat-gateways/nat-gateway-single-zone.ts') },
  { id: 'nat-gateway-unused', load: () => import('./nat-gateways/nat-gateway-unused.ts') },
  { id: 'network-acl-admin-ports-open-to-internet', load: () => import('./network-acls/network-acl-admin-ports-open-to-internet.ts') },
  { id: 'network-acl-deny-never-matches', load: () => import('./network-acls/network-acl-deny-never-matches.ts') },
  { id: 'network-acl-return-traffic-blocked', load: () => import('./network-acls/network-acl-return-traffic-blocked.ts') },
  { id: 'route-blackhole', load: () => import('./route-tables/route-blackhole.ts') },
  { id: 'route-propagated-shadows-static', load: () => import('./route-tables/route-propagated-shadows-static.ts') },
  { id: 'security-group-default-in-use', load: () => import('./security-groups/security-group-default-in-use.ts') },
  { id: 'security-group-open-to-internet', load: () => import('./security-groups/security-group-open-to-internet.ts') },
  { id: 'security-group-unused', load: () => import('./security-groups/security-group-unused.ts') },
  { id: 'subnet-private-routed-to-internet', load: () => import('./subnets/subnet-private-routed-to-internet.ts') },
  { id: 'subnet-public-ip-on-launch', load: () => import('./subnets/subnet-public-ip-on-launch.ts') },
  { id: 'subnet-public-over-ipv6-only', load: () => import('./subnets/subnet-public-over-ipv6-only.ts') },
  { id: 'vpc-cidr-overlap', load: () => import('./vpcs/vpc-cidr-overlap.ts') },
  { id: 'vpc-endpoint-clients-not-admitted', load: () => import('./vpc-endpoints/vpc-endpoint-clients-not-admitted.ts') },
  { id: 'vpc-endpoint-gateway-missing', load: () => import('./vpc-endpoints/vpc-endpoint-gateway-missing.ts') },
  { id: 'vpc-endpoint-policy-open', load: () => import('./vpc-endpoints/vpc-endpoint-policy-open.ts') },
  { id: 'vpc-peering-dns-resolution-off', load: () => import('./vpc-peering-connections/vpc-peering-dns-resolution-off.ts') },
  { id: 'vpc-peering-return-route-missing', load: () => import('./vpc-peering-connections/vpc-peering-return-route-missing.ts') },
  { id: 'vpc-peering-routes-too-wide', load: () => import('./vpc-peering-connections/vpc-peering-routes-too-wide.ts') },
  { id: 'vpc-peering-unused', load: () => import('./vpc-peering-connections/vpc-peering-unused.ts') },
  { id: 'vpc-peering-with-outside-account', load: () => import('./vpc-peering-connections/vpc-peering-with-outside-account.ts') },
];
