import type { ListenerAction } from '../../../src/model/resources/load-balancer.ts';
import { dropped, type Journey, note, unknown } from './journey.ts';
import type { Service } from './leg.ts';
import { TCP } from './packet.ts';
import { isRead, pickTarget } from './target.ts';
import { balancerOf } from './world/balancers.ts';
import type { Nic } from './world/interfaces.ts';
import { pickPort } from './ephemeral-port.ts';

/** What is decisive of a rule's actions: the last, after any authentication. */
const last = (actions: readonly ListenerAction[]): ListenerAction | undefined => actions.at(-1);

/**
 * A node of an application load balancer ends the client's connection and opens one of its own to a target. Which rule
 * takes the request is decided above the transport, by what the client asks for.
 */
export function serveApplicationBalancer(journey: Journey, node: Nic): Service {
  const { world, packet, choices } = journey;
  const balancer = balancerOf(world.balancers, node.noun.description);
  if (balancer === undefined) return unknown(journey, node.id, 'the load balancer is not in the snapshot');
  const arn = balancer.noun.loadBalancerArn;
  if (balancer.noun.state !== 'active' && balancer.noun.state !== 'active_impaired') {
    return dropped(journey, arn, `state ${balancer.noun.state}`);
  }
  if (!isRead(world, 'listeners', balancer.home, arn)) return unknown(journey, arn, 'its listeners could not be read');
  const listener = world.balancers.listeners.find(
    ({ loadBalancerArn, port }) =>
      loadBalancerArn === arn && packet.protocol === TCP && port === packet.destinationPort,
  );
  if (listener === undefined) return dropped(journey, arn, 'no listener');
  const unread = !isRead(world, 'listenerRules', balancer.home, listener.listenerArn);
  const rules = world.balancers.rules.filter(({ listenerArn }) => listenerArn === listener.listenerArn);
  const actions = [listener.defaultActions, ...rules.map((rule) => rule.actions)].map(last);
  const asked = choices.pickAsClient(listener.listenerArn, actions.length + (unread ? 1 : 0));
  if (asked === actions.length) return unknown(journey, listener.listenerArn, 'its rules could not be read');
  const action = actions[asked];
  if (action === undefined) return dropped(journey, listener.listenerArn, 'no action');
  if (action.type !== 'forward') {
    note(journey, listener.listenerArn, `${action.type}: answered by the load balancer itself`);
    return { kind: 'answers' };
  }
  const groups = action.targetGroupArns;
  const groupArn = groups[choices.pick('aws', `group ${groups.join()}`, groups.length)];
  const group = groupArn === undefined ? undefined : world.balancers.targetGroups.get(groupArn);
  if (group === undefined) return unknown(journey, listener.listenerArn, 'its target group is not in the snapshot');
  if (group.noun.targetType === 'lambda') return { kind: 'answers' };
  const target = pickTarget(journey, balancer, group, world.subnets.get(node.subnetId)?.zone ?? '');
  if ('kind' in target) return target;
  const source = node.addresses.find(({ family }) => family === target.address.family);
  if (source === undefined) return dropped(journey, node.id, 'the node has no address of the target’s family');
  return {
    kind: 'next-leg',
    leg: {
      sender: node,
      packet: {
        ...packet,
        source,
        sourcePort: pickPort(journey, node.id),
        destination: target.address,
        destinationPort: target.port,
      },
      identity: [{ nic: node, before: [] }],
      preservesClient: false,
    },
  };
}
