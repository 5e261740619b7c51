import type { ClassicLoadBalancer } from '../../model/resources/classic-load-balancer.ts';
import type { Listener, LoadBalancer } from '../../model/resources/load-balancer.ts';
import type { NetworkInterface } from '../../model/resources/network-interface.ts';
import type { TargetGroup } from '../../model/resources/target-group.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import type { Missing } from '../../model/verdict/verdict.ts';
import type { Known } from '../known.ts';
import { derive, type Derived } from './derive.ts';
import { compareText, everywhere, type Located, missingResource } from './inventory.ts';
import {
  attributesOfLoadBalancer,
  attributesOfTargetGroup,
  interfaceById,
  listenersOfLoadBalancer,
  loadBalancerByArn,
  rulesOfListener,
  targetGroupByArn,
  targetsOfTargetGroup,
} from './resources-by-id.ts';

/** A listener with the target groups that it may hand a connection to. */
export interface ListenerPlan {
  readonly listener: Listener;
  /** IANA numbers. */
  readonly protocols: readonly number[];
  readonly port: number;
  readonly targetGroupArns: readonly string[];
  /** Does some rule answer by itself, with a redirect or a fixed response? */
  readonly answersItself: boolean;
  /** Set where the rules were not read, so that there may be more groups. */
  readonly missing?: Missing;
}

/** A registered target that a node may choose. */
export interface TargetPlan {
  readonly targetId: string;
  readonly port: number | undefined;
  readonly zone: string | undefined;
  /** `undefined` where health is not reported. */
  readonly state: string | undefined;
}

const classicLoadBalancers = everywhere('classicLoadBalancers');

interface Nodes {
  readonly byInterface: ReadonlyMap<string, Located<LoadBalancer>>;
  readonly byArn: ReadonlyMap<string, readonly Located<NetworkInterface>[]>;
  readonly classicByInterface: ReadonlyMap<string, ClassicLoadBalancer>;
  readonly classicNodes: ReadonlyMap<string, readonly Located<NetworkInterface>[]>;
}

/** Which interface is a node of which load balancer, by the description that Elastic Load Balancing writes on it. */
const nodes: Derived<Snapshot, Nodes> = derive((snapshot) => {
  const bySuffix = new Map<string, Located<LoadBalancer>>();
  for (const located of loadBalancerByArn(snapshot).values()) {
    const { loadBalancerArn } = located.resource;
    bySuffix.set(loadBalancerArn.slice(loadBalancerArn.indexOf(':loadbalancer/') + ':loadbalancer/'.length), located);
  }
  const classic = new Map(classicLoadBalancers(snapshot).map(({ resource }) => [resource.loadBalancerName, resource]));
  const byInterface = new Map<string, Located<LoadBalancer>>();
  const byArn = new Map<string, Located<NetworkInterface>[]>();
  const classicByInterface = new Map<string, ClassicLoadBalancer>();
  const classicNodes = new Map<string, Located<NetworkInterface>[]>();
  const interfaces = [...interfaceById(snapshot).values()].sort((a, b) =>
    compareText(a.resource.networkInterfaceId, b.resource.networkInterfaceId),
  );
  for (const located of interfaces) {
    const { description, networkInterfaceId } = located.resource;
    if (!description.startsWith('ELB ')) continue;
    const balancer = bySuffix.get(description.slice(4));
    if (balancer !== undefined) {
      byInterface.set(networkInterfaceId, balancer);
      push(byArn, balancer.resource.loadBalancerArn, located);
      continue;
    }
    const old = classic.get(description.slice(4));
    if (old === undefined) continue;
    classicByInterface.set(networkInterfaceId, old);
    push(classicNodes, old.loadBalancerName, located);
  }
  return { byInterface, byArn, classicByInterface, classicNodes };
});

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** The load balancer that an interface is a node of. */
export const loadBalancerOfNode = (snapshot: Snapshot, interfaceId: string): Located<LoadBalancer> | undefined =>
  nodes(snapshot).byInterface.get(interfaceId);

/** The Classic Load Balancer that an interface is a node of. */
export const classicLoadBalancerOfNode = (snapshot: Snapshot, interfaceId: string): ClassicLoadBalancer | undefined =>
  nodes(snapshot).classicByInterface.get(interfaceId);

/** The interfaces of a load balancer, one for each enabled zone at least. */
export const nodesOf = (snapshot: Snapshot, loadBalancerArn: string): readonly Located<NetworkInterface>[] =>
  nodes(snapshot).byArn.get(loadBalancerArn) ?? [];

/** The interfaces of a Classic Load Balancer. */
export const nodesOfClassic = (snapshot: Snapshot, name: string): readonly Located<NetworkInterface>[] =>
  nodes(snapshot).classicNodes.get(name) ?? [];

const protocolsOf: Readonly<Record<string, readonly number[]>> = {
  HTTP: [6],
  HTTPS: [6],
  TCP: [6],
  TLS: [6],
  UDP: [17],
  TCP_UDP: [6, 17],
  QUIC: [17],
  TCP_QUIC: [6, 17],
};

/** The listeners of a load balancer, each with every target group that its default action or a rule may choose. */
export function listenerPlans(
  snapshot: Snapshot,
  { resource, region }: Located<LoadBalancer>,
): Known<readonly ListenerPlan[]> {
  const collected = region.resources.listeners;
  const found = listenersOfLoadBalancer(snapshot).get(resource.loadBalancerArn);
  const unread =
    collected.status === 'collected' &&
    collected.missing.some(({ resourceId }) => resourceId === resource.loadBalancerArn);
  if (collected.status !== 'collected' || unread) {
    return {
      missing: missingResource(snapshot, 'listeners', `the listeners of ${resource.loadBalancerName}`, {
        accountId: region.accountId,
        region: region.region,
      }),
    };
  }
  const plans = (found ?? []).flatMap(({ resource: listener }): readonly ListenerPlan[] => {
    const protocols = protocolsOf[listener.protocol ?? ''];
    if (listener.port === undefined || protocols === undefined) return [];
    const rules = (rulesOfListener(snapshot).get(listener.listenerArn) ?? []).map((rule) => rule.resource);
    const actions = [...listener.defaultActions, ...rules.flatMap((rule) => rule.actions)];
    const targetGroupArns = [...new Set(actions.flatMap((action) => action.targetGroupArns))].sort(compareText);
    const unreadRules = resource.type === 'application' && region.resources.listenerRules.status !== 'collected';
    return [
      {
        listener,
        protocols,
        port: listener.port,
        targetGroupArns,
        answersItself: actions.some(({ type }) => type === 'redirect' || type === 'fixed-response'),
        ...(unreadRules
          ? {
              missing: {
                fact: `the rules of ${listener.listenerArn}`,
                iamAction: 'elasticloadbalancing:DescribeRules',
              },
            }
          : {}),
      },
    ];
  });
  return {
    value: plans.sort((a, b) => a.port - b.port || compareText(a.listener.listenerArn, b.listener.listenerArn)),
  };
}

/** The registered targets of a group. */
export function targetPlans(snapshot: Snapshot, group: Located<TargetGroup>): Known<readonly TargetPlan[]> {
  const { targetGroupArn } = group.resource;
  const collected = group.region.resources.targetHealth;
  const unread =
    collected.status === 'collected' && collected.missing.some(({ resourceId }) => resourceId === targetGroupArn);
  if (collected.status !== 'collected' || unread) {
    return {
      missing: { fact: `the targets of ${targetGroupArn}`, iamAction: 'elasticloadbalancing:DescribeTargetHealth' },
    };
  }
  const targets = (targetsOfTargetGroup(snapshot).get(targetGroupArn) ?? []).map(({ resource }) => ({
    targetId: resource.targetId,
    port: resource.port,
    zone: resource.availabilityZone,
    state: resource.state,
  }));
  return { value: targets.sort((a, b) => compareText(a.targetId, b.targetId) || (a.port ?? 0) - (b.port ?? 0)) };
}

/** An attribute of a target group; `undefined` with `read` where the attributes were read and it is not among them. */
export function targetGroupAttribute(
  snapshot: Snapshot,
  group: Located<TargetGroup>,
  key: string,
): { readonly read: boolean; readonly value: string | undefined } {
  const own = attributesOfTargetGroup(snapshot).get(group.resource.targetGroupArn);
  return { read: own !== undefined, value: own?.find(({ resource }) => resource.key === key)?.resource.value };
}

/**
 * May a node choose targets of other zones? Off by default for network load balancers, always on for application ones; a
 * target group may say otherwise (Elastic Load Balancing guides, cross-zone load balancing).
 */
export function isCrossZone(
  snapshot: Snapshot,
  balancer: Located<LoadBalancer>,
  group: Located<TargetGroup>,
): Known<boolean> {
  const key = 'load_balancing.cross_zone.enabled';
  const own = targetGroupAttribute(snapshot, group, key);
  if (own.value === 'true' || own.value === 'false') return { value: own.value === 'true' };
  if (!own.read) {
    return {
      missing: {
        fact: `the attributes of ${group.resource.targetGroupArn}`,
        iamAction: 'elasticloadbalancing:DescribeTargetGroupAttributes',
      },
    };
  }
  if (balancer.resource.type === 'application') return { value: true };
  const attributes = attributesOfLoadBalancer(snapshot).get(balancer.resource.loadBalancerArn);
  if (attributes === undefined) {
    return {
      missing: {
        fact: `the attributes of ${balancer.resource.loadBalancerName}`,
        iamAction: 'elasticloadbalancing:DescribeLoadBalancerAttributes',
      },
    };
  }
  return { value: attributes.find(({ resource }) => resource.key === key)?.resource.value === 'true' };
}

/** Does the target see the client's own address? `assumed` where the attribute could not be read and its default is taken. */
export function preservesClientAddress(
  snapshot: Snapshot,
  group: Located<TargetGroup>,
): { readonly value: boolean; readonly assumed: boolean } {
  const { protocol, targetType } = group.resource;
  const always = targetType === 'alb' || protocol === 'UDP' || protocol === 'TCP_UDP' || protocol === 'QUIC';
  if (always) return { value: true, assumed: false };
  const attribute = targetGroupAttribute(snapshot, group, 'preserve_client_ip.enabled');
  if (attribute.value !== undefined) return { value: attribute.value === 'true', assumed: false };
  return { value: targetType !== 'ip', assumed: !attribute.read };
}

/** A target group by its ARN. */
export const targetGroupOf = (snapshot: Snapshot, arn: string): Located<TargetGroup> | undefined =>
  targetGroupByArn(snapshot).get(arn);
