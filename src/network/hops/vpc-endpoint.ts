import type { VpcEndpoint } from '../../model/resources/vpc-endpoint.ts';
import { missingResource } from '../facts/inventory.ts';
import { subnetById, vpcById, vpcEndpointById } from '../facts/resources-by-id.ts';
import { everyIpv4Packet, everyIpv6Packet, intersectTraffic, type Traffic } from '../sets/traffic.ts';
import { blocked, doubted, type Flow, identityLost, withStep } from '../path/flow.ts';
import { admitOnly } from '../path/pass-filter.ts';
import type { Place } from '../path/place.ts';
import { end, go, type Step } from '../path/step.ts';
import { inspectedBehindTransitGateway } from './appliance-mode.ts';
import { passNetworkAcl } from './network-acl.ts';
import { outboundReferencesEnd } from './outbound-references.ts';

type AtEndpoint = Extract<Place, { kind: 'vpc-endpoint' }>;
type EndpointComponent = { readonly id: string; readonly type: 'vpc-endpoint' };

/** A route leads to an endpoint: a gateway endpoint's service, or the inspection behind a gateway load balancer endpoint. */
export function routeToEndpoint(arriving: Flow, place: AtEndpoint): Step {
  const { vpcEndpointId, vpcId } = place;
  const component: EndpointComponent = { id: vpcEndpointId, type: 'vpc-endpoint' };
  const flow = outboundReferencesEnd(arriving, component);
  const located = vpcEndpointById(flow.journey.snapshot).get(vpcEndpointId);
  if (located === undefined) {
    const missing = missingResource(flow.journey.snapshot, 'vpcEndpoints', vpcEndpointId, {
      accountId: vpcById(flow.journey.snapshot).get(vpcId)?.resource.ownerId,
    });
    return end(
      doubted(flow, { explanationCode: 'UNKNOWN_RESOURCE', component, text: `${vpcEndpointId} is not known.` }, [
        missing,
      ]),
    );
  }
  const { resource } = located;
  let next = flow;
  if (resource.state !== 'available') {
    next = blocked(next, {
      explanationCode: 'BAD_STATE',
      component,
      text: `${vpcEndpointId} is ${resource.state}, not available.`,
    });
  }
  const type = resource.vpcEndpointType.toLowerCase();
  if (type === 'gateway') return gatewayEndpoint(next, resource, component, vpcId);
  if (type === 'gatewayloadbalancer') return inspection(next, resource, component, place);
  const text = `${vpcEndpointId} is an endpoint of type ${resource.vpcEndpointType} as a route target, which is not modelled.`;
  return end(
    doubted(next, { explanationCode: 'NOT_MODELLED', component, text }, [
      { fact: `what lies behind ${vpcEndpointId}` },
    ]),
  );
}

/** What a gateway endpoint carries: TCP and ICMP echo requests (PrivateLink guide, gateway endpoints). */
const carried: Traffic = [
  { ...everyIpv4Packet, protocols: [6, 7] },
  { ...everyIpv4Packet, protocols: [1, 2], destinationPorts: [2048, 2049] },
  { ...everyIpv6Packet, protocols: [6, 7] },
  { ...everyIpv6Packet, protocols: [58, 59], destinationPorts: [32_768, 32_769] },
];

function gatewayEndpoint(flow: Flow, endpoint: VpcEndpoint, component: EndpointComponent, vpcId: string): Step {
  if (
    flow.arrivedBy !== 'interface' ||
    (flow.waypoints === undefined && flow.journey.sender !== undefined && flow.journey.sender.resource.vpcId !== vpcId)
  ) {
    const text = `${component.id} serves its own VPC alone, not what comes over a peering, a transit gateway or a VPN.`;
    return end(blocked(flow, { explanationCode: 'NO_PATH', component, text }));
  }
  if (flow.direction === 'return') {
    const text = `A route takes the reply to ${component.id}, whose service waits for none.`;
    return end(blocked(flow, { explanationCode: 'NO_PATH', component, text }));
  }
  let next = admitOnly(flow, (seen) => intersectTraffic(seen, carried), {
    explanationCode: 'VPCE_GATEWAY_PROTOCOL_RESTRICTION',
    component,
    text: `${component.id} carries TCP and ICMP echo alone.`,
  });
  next = withStep(next, { component, effect: 'admits', vpcId });
  next = withStep(next, {
    component: { id: endpoint.serviceName ?? component.id, type: 'aws-service' },
    effect: 'admits',
  });
  return go(next, {
    kind: 'delivered',
    to: undefined,
    reply: { kind: 'gateway-endpoint-in', vpcEndpointId: component.id, vpcId },
  });
}

/** The service's reply comes back by the endpoint, whatever the routes say. */
export function replyFromService(
  flow: Flow,
  { vpcEndpointId, vpcId }: Extract<Place, { kind: 'gateway-endpoint-in' }>,
): Step {
  const component: EndpointComponent = { id: vpcEndpointId, type: 'vpc-endpoint' };
  return go(withStep(flow, { component, effect: 'admits', vpcId }), { kind: 'in-vpc', vpcId, subnet: undefined });
}

/** A bump in the wire: past the endpoint's own subnet the path goes on, if the appliance behind lets it. */
function inspection(
  flow: Flow,
  endpoint: VpcEndpoint,
  component: EndpointComponent,
  { subnet: from, vpcId }: AtEndpoint,
): Step {
  const own =
    endpoint.subnetIds[0] === undefined ? undefined : subnetById(flow.journey.snapshot).get(endpoint.subnetIds[0]);
  const text = `The packets are inspected behind ${component.id}; what the appliance lets pass is not visible.`;
  let next = doubted(flow, { explanationCode: 'PATH_THROUGH_GWLB_NOT_CHECKED', component, text }, [
    { fact: `what the appliances behind ${component.id} let pass` },
  ]);
  next = inspectedBehindTransitGateway(next, component, vpcId);
  next = withStep(next, { component, effect: 'unknown', vpcId, subnetId: own?.resource.subnetId });
  if (own === undefined) return end(next);
  if (from?.resource.subnetId !== own.resource.subnetId) next = passNetworkAcl(next, own, 'ingress');
  return go(
    { ...next, identity: identityLost(next.identity, component) },
    { kind: 'leaving-subnet', subnet: own, from: undefined },
  );
}
