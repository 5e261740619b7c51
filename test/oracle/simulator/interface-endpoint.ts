import { dropped, type Journey, note, unknown } from './journey.ts';
import type { Service } from './leg.ts';
import { serveNetworkBalancer } from './network-load-balancer.ts';
import { TCP } from './packet.ts';
import { enterInterface } from './security-group.ts';
import { enabledZones } from './target.ts';
import type { Nic } from './world/interfaces.ts';

const SERVICE_PORT = 443;

/** An interface endpoint answers for its service: AWS's own on 443, another customer's through that one's load balancer. */
export function serveEndpoint(journey: Journey, nic: Nic): Service {
  const { world, packet } = journey;
  const endpoint = [...world.endpoints.values()].find(({ noun }) =>
    noun.networkInterfaceIds.some((id) => id === nic.id),
  )?.noun;
  if (endpoint === undefined) return unknown(journey, nic.id, 'its endpoint is not in the snapshot');
  const id = endpoint.vpcEndpointId;
  if (endpoint.state !== 'available') return dropped(journey, id, `state ${endpoint.state}`);
  if (endpoint.vpcEndpointType.toLowerCase() !== 'interface') {
    return unknown(journey, id, `endpoints of type ${endpoint.vpcEndpointType} are not modelled`);
  }
  const { serviceName } = endpoint;
  if (serviceName?.includes('.vpce-svc-') !== true) {
    if (packet.protocol === TCP && packet.destinationPort === SERVICE_PORT) return { kind: 'answers' };
    return dropped(journey, id, `${serviceName} answers only TCP ${SERVICE_PORT}`);
  }
  const service = world.endpointServices.find((one) => one.serviceName === serviceName);
  const arn = service?.networkLoadBalancerArns[0];
  const balancer = arn === undefined ? undefined : world.balancers.byArn.get(arn)?.noun;
  if (arn === undefined || balancer === undefined) return unknown(journey, id, 'the service is not in the snapshot');
  const name = arn.slice(arn.indexOf('loadbalancer/') + 'loadbalancer/'.length);
  const zone = world.subnets.get(nic.subnetId)?.zone;
  const zones = enabledZones(world, balancer);
  if (zones.length === balancer.availabilityZones.length && !zones.some((one) => one === zone)) {
    return dropped(journey, id, `the service does not stand in zone ${zone}`);
  }
  const node = [...world.nics.values()].find(
    (one) => one.noun.description === `ELB ${name}` && world.subnets.get(one.subnetId)?.zone === zone,
  );
  if (node === undefined) return unknown(journey, id, 'the node of the service was not collected');
  note(journey, id, `through PrivateLink to ${node.id}`);
  journey.identity = [];
  if (balancer.enforceSecurityGroupInboundRulesOnPrivateLinkTraffic !== 'off') {
    const blocked = enterInterface(journey, node);
    if (blocked !== undefined) return blocked;
  }
  return serveNetworkBalancer(journey, node, true);
}
