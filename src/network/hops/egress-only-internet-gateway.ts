import { missingResource } from '../facts/inventory.ts';
import { egressOnlyInternetGatewayById, vpcById } from '../facts/resources-by-id.ts';
import { blocked, doubted, type Flow, identityLost, isGoal, withStep } from '../path/flow.ts';
import type { Place } from '../path/place.ts';
import { end, go, type Step } from '../path/step.ts';
import { isAttached, publicAccess } from './internet-gateway.ts';
import { outboundReferencesEnd } from './outbound-references.ts';
import { refuseForeign } from './spoofed-source.ts';

/** IPv6 outbound only: the gateway remembers what it let out and lets nothing else in (VPC guide, egress-only gateways). */
export function leaveByEgressOnlyGateway(
  arriving: Flow,
  { id, vpcId, subnet }: Extract<Place, { kind: 'egress-only-internet-gateway' }>,
): Step {
  const component = { id, type: 'egress-only-internet-gateway' as const };
  const flow = outboundReferencesEnd(arriving, component);
  const gateway = egressOnlyInternetGatewayById(flow.journey.snapshot).get(id);
  if (gateway === undefined) {
    const near = vpcById(flow.journey.snapshot).get(vpcId)?.region;
    const missing = missingResource(flow.journey.snapshot, 'egressOnlyInternetGateways', id, {
      accountId: near?.accountId,
      region: near?.region,
    });
    return end(doubted(flow, { explanationCode: 'NOT_COLLECTED', component, text: `${id} is not known.` }, [missing]));
  }
  let next = flow;
  if (!isAttached(gateway.resource.attachments, vpcId)) {
    next = blocked(next, {
      explanationCode: 'BAD_STATE_ATTACHMENT',
      component,
      text: `${id} is not attached to ${vpcId}.`,
    });
  }
  if (flow.direction === 'return') {
    next = blocked(next, {
      explanationCode: 'EIGW_REJECTS_INBOUND',
      component,
      packetDirection: 'ingress',
      text: `${id} lets nothing in that was not asked for from inside, so it holds no state for this reply.`,
    });
  }
  next = publicAccess(
    next,
    vpcId,
    component,
    (subnet ?? flow.journey.sender)?.resource.subnetId,
    'egress-only-internet-gateway',
    'egress',
  );
  next = refuseForeign(next, vpcId, component);
  next = withStep(next, { component, effect: 'admits', packetDirection: 'egress', vpcId });
  const waypoint = {
    key: id,
    view: next.view,
    identity: next.identity,
    arrivedBy: next.arrivedBy,
  };
  const out: Flow = {
    ...next,
    identity: identityLost(next.identity, component),
    arrivedBy: 'internet',
    waypoints: next.direction === 'forward' ? { last: waypoint, before: next.waypoints } : next.waypoints,
  };
  const internet: Place = { kind: 'internet' };
  return go(out, isGoal(out, id) ? { kind: 'delivered', to: undefined, reply: internet, goal: id } : internet);
}
