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
  { id: 'network-acl-admin-ports-open-to-internet', load: () => import('./network-acls/network-acl-admin-ports-open-to-internet.ts') },
  { id: 'network-acl-deny-never-matches', load: () => import('./network-acls/network-acl-deny-never-matches.ts') },
  { id: 'network-acl-return-traffic-blocked', load: () => import('./network-acls/network-acl-return-traffic-blocked.ts') },
  { id: 'route-blackhole', load: () => import('./route-tables/route-blackhole.ts') },
  { id: 'security-group-default-in-use', load: () => import('./security-groups/security-group-default-in-use.ts') },
  { id: 'security-group-open-to-internet', load: () => import('./security-groups/security-group-open-to-internet.ts') },
  { id: 'security-group-unused', load: () => import('./security-groups/security-group-unused.ts') },
  { id: 'subnet-public-ip-on-launch', load: () => import('./subnets/subnet-public-ip-on-launch.ts') },
  { id: 'vpc-endpoint-clients-not-admitted', load: () => import('./vpc-endpoints/vpc-endpoint-clients-not-admitted.ts') },
  { id: 'vpc-endpoint-gateway-missing', load: () => import('./vpc-endpoints/vpc-endpoint-gateway-missing.ts') },
  { id: 'vpc-endpoint-policy-open', load: () => import('./vpc-endpoints/vpc-endpoint-policy-open.ts') },
];
