import type { LoadBalancer } from '../../model/resources/load-balancer.ts';
import type { NetworkInterface } from '../../model/resources/network-interface.ts';
import type { ListenerEvidence } from '../../model/verdict/path.ts';
import type { Located } from '../facts/inventory.ts';
import {
  classicLoadBalancerOfNode,
  listenerPlans,
  type ListenerPlan,
  loadBalancerOfNode,
  targetGroupOf,
} from '../facts/load-balancing.ts';
import { subnetById } from '../facts/resources-by-id.ts';
import { onlyProtocol } from '../sets/protocol.ts';
import { everyIpv4Packet, everyIpv6Packet, intersectTraffic, type Traffic, uniteAllTraffic } from '../sets/traffic.ts';
import { blocked, doubted, type Flow, waypointOf, waypointsBefore, withStep } from '../path/flow.ts';
import { admitOnly, parted } from '../path/pass-filter.ts';
import type { Place } from '../path/place.ts';
import { choice, end, fork, go, type Step } from '../path/step.ts';
import { replyView } from '../path/view.ts';
import { throughClassicLoadBalancer } from './classic-load-balancer.ts';
import { passNetworkAcl } from './network-acl.ts';
import { toTargetGroup } from './target-group.ts';

/** At a node: only protocol and port of a listener are taken, ICMP never (Elastic Load Balancing guides, listeners). */
export function throughLoadBalancer(flow: Flow, { node }: Extract<Place, { kind: 'load-balancer' }>): Step {
  const id = node.resource.networkInterfaceId;
  if (waypointOf(flow, id) !== undefined) {
    const component = { id, type: 'network-interface' as const };
    const text = 'The load balancer has itself as a target.';
    return end(blocked(flow, { explanationCode: 'ROUTING_LOOP', component, text }));
  }
  const classic = classicLoadBalancerOfNode(flow.journey.snapshot, id);
  if (classic !== undefined) return throughClassicLoadBalancer(flow, node, classic);
  const balancer = loadBalancerOfNode(flow.journey.snapshot, id);
  if (balancer === undefined) {
    const component = { id, type: 'network-interface' as const };
    const text = `${id} belongs to a load balancer that is not in the snapshot.`;
    return end(
      doubted(flow, { explanationCode: 'UNKNOWN_RESOURCE', component, text }, [
        { fact: `the load balancer of ${id}`, iamAction: 'elasticloadbalancing:DescribeLoadBalancers' },
      ]),
    );
  }
  const component = { id: balancer.resource.loadBalancerArn, type: 'load-balancer' as const };
  let next = flow;
  const { state, loadBalancerName } = balancer.resource;
  if (state !== undefined && state !== 'active' && state !== 'active_impaired') {
    next = blocked(next, { explanationCode: 'BAD_STATE', component, text: `${loadBalancerName} is ${state}.` });
  }
  const plans = listenerPlans(flow.journey.snapshot, balancer);
  if (plans.missing !== undefined) {
    return end(
      doubted(
        next,
        {
          explanationCode: 'NOT_COLLECTED',
          component,
          text: `The listeners of ${balancer.resource.loadBalancerName} are not known.`,
        },
        [plans.missing],
      ),
    );
  }
  const taken = uniteAllTraffic(plans.value.map(listenerTraffic));
  next = admitOnly(next, (seen) => intersectTraffic(seen, taken), {
    explanationCode: 'ELBV2_LISTENERS_MISMATCH',
    component,
    text: `No listener of ${loadBalancerName} takes it.`,
  });
  const steps = plans.value.flatMap((plan) => {
    const part = parted(next, listenerTraffic(plan)).like;
    return part === undefined ? [] : [throughListener(part, node, balancer, plan)];
  });
  return steps.length === 0 ? end(withStep(next, { component, effect: 'blocks' })) : fork(steps);
}

const listenerTraffic = ({ protocols, port }: ListenerPlan): Traffic =>
  protocols.flatMap((protocol) =>
    [everyIpv4Packet, everyIpv6Packet].map((every) => ({
      ...every,
      protocols: onlyProtocol(protocol),
      destinationPorts: [port, port + 1],
    })),
  );

/**
 * A network load balancer spreads connections over the groups of a listener. An application load balancer chooses by
 * what the request says, so every group of its rules is possible.
 */
function throughListener(
  flow: Flow,
  node: Located<NetworkInterface>,
  balancer: Located<LoadBalancer>,
  plan: ListenerPlan,
): Step {
  const component = { id: balancer.resource.loadBalancerArn, type: 'load-balancer' as const };
  const steps: Step[] = plan.targetGroupArns.map((arn) => {
    const group = targetGroupOf(flow.journey.snapshot, arn);
    const evidence: ListenerEvidence = {
      type: 'listener',
      listenerArn: plan.listener.listenerArn,
      protocol: plan.listener.protocol ?? '',
      port: plan.port,
      targetGroupArn: arn,
    };
    const part = withStep(flow, {
      component,
      effect: 'admits',
      vpcId: balancer.resource.vpcId,
      subnetId: node.resource.subnetId,
      rules: [evidence],
    });
    if (group !== undefined) return toTargetGroup(part, node, balancer, group);
    const text = `Target group ${arn} is not in the snapshot.`;
    return end(
      doubted(part, { explanationCode: 'NOT_COLLECTED', component, text }, [
        { fact: `the target group ${arn}`, iamAction: 'elasticloadbalancing:DescribeTargetGroups' },
      ]),
    );
  });
  const application = balancer.resource.type === 'application';
  if (application && plan.answersItself) steps.push(answeredByNode(flow, node, component));
  if (plan.missing !== undefined) {
    const text = `Further rules of ${plan.listener.listenerArn} may exist.`;
    steps.push(end(doubted(flow, { explanationCode: 'NOT_COLLECTED', component, text }, [plan.missing])));
  }
  if (steps.length === 0) {
    const text = `The listener on port ${plan.port} of ${balancer.resource.loadBalancerName} has no target group.`;
    return end(blocked(flow, { explanationCode: 'ELBV2_LISTENER_HAS_NO_TG', component, text }));
  }
  if (application) return fork(steps);
  const text = `The listener on port ${plan.port} spreads connections over several target groups, and they are not alike.`;
  return choice(steps, { explanationCode: 'INTERMITTENT', component, text });
}

function answeredByNode(
  flow: Flow,
  node: Located<NetworkInterface>,
  component: { readonly id: string; readonly type: 'load-balancer' },
): Step {
  const next = withStep(flow, {
    component,
    effect: 'admits',
    vpcId: node.resource.vpcId,
    subnetId: node.resource.subnetId,
  });
  return go(next, { kind: 'delivered', to: node, reply: { kind: 'leaving-interface', from: node } });
}

/** A target's reply to a client whose address it saw: back to the node first, over whatever ACLs lie between. */
export function returnToNode(flow: Flow, { from, node }: Extract<Place, { kind: 'returning-to-node' }>): Step {
  const own = { id: from.resource.networkInterfaceId, type: 'network-interface' as const };
  let next = withStep(flow, {
    component: own,
    effect: 'admits',
    vpcId: from.resource.vpcId,
    subnetId: from.resource.subnetId,
  });
  if (from.resource.subnetId !== node.resource.subnetId) {
    const [leaving, entering] = [from, node].map(({ resource }) =>
      subnetById(flow.journey.snapshot).get(resource.subnetId),
    );
    if (leaving !== undefined) next = passNetworkAcl(next, leaving, 'egress');
    if (entering !== undefined) next = passNetworkAcl(next, entering, 'ingress');
  }
  return go(next, { kind: 'load-balancer-reply', interfaceId: node.resource.networkInterfaceId });
}

/** The reply at the node: turned back to what the client knows, and sent on from the node's own subnet. */
export function replyThroughNode(flow: Flow, node: Located<NetworkInterface>): Step {
  const id = node.resource.networkInterfaceId;
  const waypoint = waypointOf(flow, id);
  const component = { id, type: 'network-interface' as const };
  const subnet = subnetById(flow.journey.snapshot).get(node.resource.subnetId);
  if (waypoint === undefined || subnet === undefined) {
    const text = `${id} holds no connection for this reply.`;
    return end(blocked(flow, { explanationCode: 'REPLY_GOES_ELSEWHERE', component, text }));
  }
  const step = withStep(flow, {
    component,
    effect: 'admits',
    vpcId: node.resource.vpcId,
    subnetId: node.resource.subnetId,
  });
  const identity = { groups: node.resource.groupIds };
  const next: Flow = { ...step, view: replyView(waypoint.view), identity, waypoints: waypointsBefore(flow, id) };
  if (waypoint.replyVia !== undefined) {
    if (waypoint.arrivedBy === 'endpoint-service')
      return go(next, { kind: 'load-balancer-reply', interfaceId: waypoint.replyVia.resource.networkInterfaceId });
    return go(next, { kind: 'returning-to-node', from: node, node: waypoint.replyVia });
  }
  return go(next, { kind: 'leaving-subnet', subnet, from: node });
}
