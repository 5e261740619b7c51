import type { Listener, ListenerRule, LoadBalancer } from '../../../../src/model/resources/load-balancer.ts';
import type { TargetGroup, TargetHealth } from '../../../../src/model/resources/target-group.ts';
import type { RegionSnapshot } from '../../../../src/model/snapshot/snapshot.ts';
import type { Home } from './coverage.ts';
import { type Seen, gather, gatherById } from './gather.ts';

/** The load balancers, their listeners and their targets. */
export interface Balancers {
  readonly byArn: ReadonlyMap<string, Seen<LoadBalancer>>;
  readonly listeners: readonly Listener[];
  readonly rules: readonly ListenerRule[];
  readonly targetGroups: ReadonlyMap<string, Seen<TargetGroup>>;
  readonly targets: readonly TargetHealth[];
  /** Attributes by `attributeKey`. */
  readonly attributes: ReadonlyMap<string, string>;
}

export function attributeKey(arn: string, key: string): string {
  return `${arn} ${key}`;
}

export function balancersOf(regions: readonly RegionSnapshot[]): Balancers {
  const attributes = new Map<string, string>();
  for (const { noun } of gather(regions, 'loadBalancerAttributes')) {
    if (noun.value !== undefined) attributes.set(attributeKey(noun.of, noun.key), noun.value);
  }
  for (const { noun } of gather(regions, 'targetGroupAttributes')) {
    if (noun.value !== undefined) attributes.set(attributeKey(noun.targetGroupArn, noun.key), noun.value);
  }
  return {
    byArn: gatherById(regions, 'loadBalancers', ({ loadBalancerArn }) => loadBalancerArn),
    listeners: gather(regions, 'listeners').map(({ noun }) => noun),
    rules: gather(regions, 'listenerRules').map(({ noun }) => noun),
    targetGroups: gatherById(regions, 'targetGroups', ({ targetGroupArn }) => targetGroupArn),
    targets: gather(regions, 'targetHealth').map(({ noun }) => noun),
    attributes,
  };
}

/** The load balancer that an interface is a node of: the interface's description ends in the load balancer's own name. */
export function balancerOf(
  balancers: Balancers,
  description: string,
): (Seen<LoadBalancer> & { home: Home }) | undefined {
  const name = description.replace(/^ELB /, '');
  for (const [arn, seen] of balancers.byArn) if (arn.endsWith(`loadbalancer/${name}`)) return seen;
  return undefined;
}
