import { vpcAddresses } from '../facts/addresses.ts';
import { missingResource } from '../facts/inventory.ts';
import { vpcById, vpnConnectionsOfGateway, vpnGatewayById } from '../facts/resources-by-id.ts';
import { edgeRouteTable } from '../facts/vpc-tables.ts';
import { blocked, doubted, type Flow, isGoal, withStep } from '../path/flow.ts';
import { entered } from '../path/entering-vpc.ts';
import { admitOnly } from '../path/pass-filter.ts';
import type { Place } from '../path/place.ts';
import { end, go, type Step } from '../path/step.ts';
import { everyIpv4Packet, everyIpv6Packet, intersectTraffic } from '../sets/traffic.ts';
import { outboundReferencesEnd } from './outbound-references.ts';

/** Out through a virtual private gateway, towards a VPN or Direct Connect. */
export function leaveByVpnGateway(
  arriving: Flow,
  { vpnGatewayId, vpcId }: Extract<Place, { kind: 'vpn-gateway' }>,
): Step {
  const component = { id: vpnGatewayId, type: 'vpn-gateway' as const };
  const flow = outboundReferencesEnd(arriving, component);
  const gateway = vpnGatewayById(flow.journey.snapshot).get(vpnGatewayId)?.resource;
  if (gateway === undefined) {
    const near = vpcById(flow.journey.snapshot).get(vpcId)?.region;
    const missing = missingResource(flow.journey.snapshot, 'vpnGateways', vpnGatewayId, {
      accountId: near?.accountId,
      region: near?.region,
    });
    return end(
      doubted(flow, { explanationCode: 'NOT_COLLECTED', component, text: `${vpnGatewayId} is not known.` }, [missing]),
    );
  }
  let next = withStep(flow, { component, effect: 'admits', packetDirection: 'egress', vpcId });
  if (!gateway.vpcAttachments.some((attachment) => attachment.vpcId === vpcId && attachment.state === 'attached')) {
    next = blocked(next, {
      explanationCode: 'BAD_STATE_ATTACHMENT',
      component,
      text: `${vpnGatewayId} is not attached to ${vpcId}.`,
    });
  }
  next = fromOwnVpc(next, vpcId, component);
  const connections = (vpnConnectionsOfGateway(flow.journey.snapshot).get(vpnGatewayId) ?? []).map(
    ({ resource }) => resource,
  );
  const usable = connections.filter(({ state }) => state !== 'deleted' && state !== 'deleting');
  if (
    usable.length > 0 &&
    usable.every(({ tunnels }) => tunnels.length > 0 && tunnels.every(({ status }) => status === 'DOWN'))
  ) {
    const vpn = {
      id: usable.map(({ vpnConnectionId }) => vpnConnectionId).sort()[0] ?? vpnGatewayId,
      type: 'vpn-connection' as const,
    };
    next = blocked(next, {
      explanationCode: 'BAD_STATE_VPN',
      component: vpn,
      text: `All tunnels of the VPN behind ${vpnGatewayId} are down.`,
    });
  }
  if (isGoal(next, vpnGatewayId)) {
    const reply: Place = { kind: 'vpn-gateway-in', vpnGatewayId, vpcId };
    return go(next, { kind: 'delivered', to: undefined, reply, goal: vpnGatewayId });
  }
  return go(next, { kind: 'outside', component, reply: { kind: 'vpn-gateway-in', vpnGatewayId, vpcId } });
}

/** A virtual private gateway is no transit: it takes what addresses of its own VPC send (VPC guide, gateway limits). */
function fromOwnVpc(flow: Flow, vpcId: string, component: { readonly id: string; readonly type: 'vpn-gateway' }): Flow {
  const own = vpcAddresses(flow.journey.snapshot).get(vpcId);
  if (own === undefined) return flow;
  const permitted = [
    { ...everyIpv4Packet, sources: own.ipv4 },
    { ...everyIpv6Packet, sources: own.ipv6 },
  ].filter(({ sources }) => sources.length > 0);
  return admitOnly(flow, (seen) => intersectTraffic(seen, permitted), {
    explanationCode: 'VGW_PRIVATE_IP_ASSOCIATION_FOR_EGRESS',
    component,
    packetDirection: 'egress',
    text: `${component.id} takes what interfaces of ${vpcId} send, and is no transit for others.`,
  });
}

/** In through a virtual private gateway, to any address of the VPC that somebody holds. */
export function enterByVpnGateway(
  flow: Flow,
  { vpnGatewayId, vpcId }: Extract<Place, { kind: 'vpn-gateway-in' }>,
): Step {
  const component = { id: vpnGatewayId, type: 'vpn-gateway' as const };
  const arrived: Flow = {
    ...withStep(flow, { component, effect: 'admits', packetDirection: 'ingress', vpcId }),
    arrivedBy: 'vpn-gateway',
  };
  const next = entered(arrived, vpcId, { kind: 'vpn-gateway', vpnGatewayId, vpcId });
  const table = edgeRouteTable(flow.journey.snapshot, vpnGatewayId);
  return table === undefined
    ? go(next, { kind: 'in-vpc', vpcId, subnet: undefined })
    : go(next, { kind: 'routing', table, vpcId, subnet: undefined });
}

/** Beyond AWS by a private line: what happens there is not visible, in either direction. */
export function goOutside(flow: Flow, { component, reply }: Extract<Place, { kind: 'outside' }>): Step {
  if (flow.direction === 'return') {
    if (flow.journey.origin.kind === 'outside')
      return { kind: 'arrived', flow: withStep(flow, { component, effect: 'unknown' }) };
    if (flow.journey.origin.kind === 'interfaces') {
      const text = `The reply leaves AWS through ${component.id}; whether it comes back to the sender's VPC is not visible.`;
      return end(
        doubted(flow, { explanationCode: 'ON_PREMISES_NOT_VISIBLE', component, text }, [
          { fact: `the network behind ${component.id}` },
        ]),
      );
    }
    const text = `The reply leaves AWS through ${component.id}, although the packet did not come from there.`;
    return end(blocked(flow, { explanationCode: 'REPLY_GOES_ELSEWHERE', component, text }));
  }
  const text = `The packets leave AWS through ${component.id}; what happens beyond is not visible.`;
  const next = doubted(
    withStep(flow, { component, effect: 'unknown' }),
    { explanationCode: 'ON_PREMISES_NOT_VISIBLE', component, text },
    [{ fact: `the network behind ${component.id}` }],
  );
  return go(next, { kind: 'delivered', to: undefined, reply });
}
