import type { LoadBalancer } from '../../model/resources/load-balancer.ts';
import type { NetworkInterface } from '../../model/resources/network-interface.ts';
import type { VpcEndpoint } from '../../model/resources/vpc-endpoint.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import { heldBy } from '../facts/addresses.ts';
import { derive, type Derived } from '../facts/derive.ts';
import { byId, compareText, everywhere, type Located } from '../facts/inventory.ts';
import { nodesOf } from '../facts/load-balancing.ts';
import { type ById, loadBalancerByArn, subnetById } from '../facts/resources-by-id.ts';
import { intervalsOfRanges } from '../sets/intervals.ts';
import { everyIpv4Packet, everyIpv6Packet, intersectTraffic, type Traffic } from '../sets/traffic.ts';
import { blocked, doubted, type Flow, identityLost, withStep } from '../path/flow.ts';
import { admitOnly } from '../path/pass-filter.ts';
import type { Place } from '../path/place.ts';
import { choice, end, go, type Step } from '../path/step.ts';
import { passSecurityGroups } from './security-group.ts';
import { zoneOf } from '../facts/zones.ts';

const allEndpoints = everywhere('vpcEndpoints');
const serviceByName: ById<'vpcEndpointServiceConfigurations'> = byId(
  'vpcEndpointServiceConfigurations',
  ({ serviceName }) => serviceName,
);

/** Which endpoint an interface belongs to. */
const endpointOfInterface: Derived<Snapshot, ReadonlyMap<string, VpcEndpoint>> = derive(
  (snapshot) =>
    new Map(
      allEndpoints(snapshot).flatMap(({ resource }) =>
        resource.networkInterfaceIds.map((id) => [id, resource] as const),
      ),
    ),
);

/** At an interface endpoint, past its security groups: an AWS service answers on its port, a private one as its load balancer does. */
export function throughInterfaceEndpoint(flow: Flow, { at }: Extract<Place, { kind: 'interface-endpoint' }>): Step {
  const endpoint = endpointOfInterface(flow.journey.snapshot).get(at.resource.networkInterfaceId);
  if (endpoint === undefined) {
    const component = { id: at.resource.networkInterfaceId, type: 'network-interface' as const };
    const text = `The endpoint that ${component.id} belongs to is not in the snapshot.`;
    return end(
      doubted(flow, { explanationCode: 'UNKNOWN_RESOURCE', component, text }, [
        { fact: `the endpoint of ${component.id}`, iamAction: 'ec2:DescribeVpcEndpoints' },
      ]),
    );
  }
  const component = { id: endpoint.vpcEndpointId, type: 'vpc-endpoint' as const };
  let next = withStep(flow, { component, effect: 'admits', vpcId: at.resource.vpcId, subnetId: at.resource.subnetId });
  if (endpoint.state !== 'available') {
    next = blocked(next, {
      explanationCode: 'BAD_STATE',
      component,
      text: `${component.id} is ${endpoint.state}, not available.`,
    });
  }
  const service = endpoint.serviceName ?? '';
  if (service.includes('.vpce-svc-')) return toProvider(next, at, component, service);
  if (endpoint.vpcEndpointType.toLowerCase() !== 'interface' || !isAwsService(service)) {
    const text = `${component.id} (${endpoint.vpcEndpointType}) leads to ${service === '' ? 'a service' : service}, which is not modelled.`;
    return end(
      doubted(next, { explanationCode: 'NOT_MODELLED', component, text }, [
        { fact: `the service behind ${component.id}` },
      ]),
    );
  }
  const served = servedBy(service);
  next = admitOnly(next, (seen) => intersectTraffic(seen, served), {
    explanationCode: 'ENDPOINT_PORT_NOT_SERVED',
    component,
    text: `${service} answers on its own port alone, and to no ping.`,
  });
  next = withStep(next, { component: { id: service, type: 'aws-service' }, effect: 'admits' });
  return go(next, { kind: 'delivered', to: at, reply: { kind: 'leaving-interface', from: at } });
}

const isAwsService = (service: string): boolean => /^(com|cn\.com)\.amazonaws\.|^aws\.|^com\.amazonaws$/.test(service);

/** TCP 443 for nearly every service of AWS; S3 takes plain HTTP too, and SMTP has ports of its own. */
function servedBy(service: string): Traffic {
  const ports = service.endsWith('.email-smtp')
    ? [25, 465, 587, 2465, 2587]
    : service.endsWith('.s3')
      ? [80, 443]
      : [443];
  const destinationPorts = intervalsOfRanges(ports.map((port) => [port, port + 1] as const));
  return [everyIpv4Packet, everyIpv6Packet].map((every) => ({ ...every, protocols: [6, 7], destinationPorts }));
}

/** PrivateLink to a network load balancer: its targets see the load balancer's own address, whatever its groups say. */
function toProvider(
  flow: Flow,
  at: Located<NetworkInterface>,
  component: { readonly id: string; readonly type: 'vpc-endpoint' },
  service: string,
): Step {
  const configuration = serviceByName(flow.journey.snapshot).get(service)?.resource;
  const balancers = (configuration?.networkLoadBalancerArns ?? [])
    .map((arn) => loadBalancerByArn(flow.journey.snapshot).get(arn))
    .filter((found) => found !== undefined);
  if (balancers.length === 0) {
    const text = `The provider of ${service} is not in the snapshot, so its listeners are not known.`;
    return end(
      doubted(flow, { explanationCode: 'UNKNOWN_DESTINATION', component, text }, [
        {
          fact: `the provider's load balancer behind ${service}`,
          iamAction: 'ec2:DescribeVpcEndpointServiceConfigurations',
        },
      ]),
    );
  }
  const here = zoneOfInterface(flow, at);
  const zones = balancers.flatMap(({ resource }) =>
    resource.availabilityZones.map(({ subnetId }) => zoneOfSubnet(flow, subnetId)),
  );
  const apart = here !== undefined && zones.length > 0 && zones.every((zone) => zone !== undefined && zone !== here);
  const absent = `${service} does not stand in ${here ?? 'the zone'}, the Availability Zone of the endpoint's interface.`;
  const next = apart
    ? blocked(flow, { explanationCode: 'VPCE_SERVICE_NOT_INSTALLED_IN_AZ', component, text: absent })
    : flow;
  const nodes = balancers.flatMap((balancer) => nearestNodes(flow, balancer, at).map((node) => ({ balancer, node })));
  if (nodes.length === 0) {
    const text = `The nodes of the load balancer behind ${service} are not known.`;
    return end(
      doubted(next, { explanationCode: 'NOT_COLLECTED', component, text }, [
        { fact: `the nodes behind ${service}`, iamAction: 'ec2:DescribeNetworkInterfaces' },
      ]),
    );
  }
  return choice(
    nodes.map(({ balancer, node }) => toNode(next, at, component, balancer, node)),
    { explanationCode: 'INTERMITTENT', component, text: `The load balancers behind ${service} are not alike.` },
  );
}

/** The nodes of the consumer's Availability Zone, or all where there is none. */
function nearestNodes(
  flow: Flow,
  balancer: Located<LoadBalancer>,
  at: Located<NetworkInterface>,
): readonly Located<NetworkInterface>[] {
  const nodes = [...nodesOf(flow.journey.snapshot, balancer.resource.loadBalancerArn)].sort((a, b) =>
    compareText(a.resource.networkInterfaceId, b.resource.networkInterfaceId),
  );
  const near = nodes.filter((node) => zoneOfInterface(flow, node) === zoneOfInterface(flow, at));
  return near.length > 0 ? near : nodes;
}

function toNode(
  flow: Flow,
  at: Located<NetworkInterface>,
  component: { readonly id: string; readonly type: 'vpc-endpoint' },
  balancer: Located<LoadBalancer>,
  node: Located<NetworkInterface>,
): Step {
  const waypoint = {
    key: at.resource.networkInterfaceId,
    view: flow.view,
    identity: flow.identity,
    arrivedBy: flow.arrivedBy,
    replyVia: flow.replyVia,
  };
  const own = heldBy(node)[0];
  let next: Flow = {
    ...flow,
    identity: identityLost(flow.identity, component),
    arrivedBy: 'endpoint-service',
    replyVia: at,
    waypoints: { last: waypoint, before: flow.waypoints },
  };
  if (own !== undefined) {
    const destinations = typeof own.value === 'number' ? [own.value, own.value + 1] : [own.value, own.value + 1n];
    next = { ...next, view: { ...next.view, destinations } };
  }
  const enforced =
    balancer.resource.enforceSecurityGroupInboundRulesOnPrivateLinkTraffic !== 'off' &&
    node.resource.groupIds.length > 0;
  if (enforced) next = passSecurityGroups(next, node, 'ingress');
  return go(next, { kind: 'load-balancer', node });
}

const zoneOfInterface = (flow: Flow, { resource }: Located<NetworkInterface>): string | undefined =>
  zoneOfSubnet(flow, resource.subnetId);

function zoneOfSubnet(flow: Flow, subnetId: string | undefined): string | undefined {
  const subnet = subnetId === undefined ? undefined : subnetById(flow.journey.snapshot).get(subnetId);
  return subnet === undefined ? undefined : zoneOf(subnet);
}
