import {
  dropped,
  dropPending,
  type Ending,
  type Journey,
  loseIdentity,
  type Move,
  note,
  type Position,
  unknownBeyond,
} from './journey.ts';
import { crossSubnets, leaveSubnet } from './network-acl.ts';
import { ICMP, ICMPV6, type Packet, TCP } from './packet.ts';
import type { VpcEndpoint } from '../../../src/model/resources/vpc-endpoint.ts';

const isEcho = ({ protocol, icmpType, icmpCode }: Packet): boolean =>
  icmpCode === 0 && ((protocol === ICMP && icmpType === 8) || (protocol === ICMPV6 && icmpType === 128));

/** A route leads to an endpoint: a gateway endpoint takes the packet to its service, a load balancer's one inspects it. */
export function enterEndpoint(journey: Journey, endpointId: string, at: Position): Move {
  const { world } = journey;
  const endpoint = world.endpoints.get(endpointId)?.noun;
  if (endpoint === undefined) {
    // Wherever it stands, it is not in the sender's own subnet.
    const left = leaveSubnet(journey, at.subnet);
    if (left !== undefined) return left;
    return world.isComplete('vpcEndpoints', world.vpcs.get(at.vpcId)?.home)
      ? dropped(journey, endpointId, 'does not exist')
      : unknownBeyond(journey, endpointId, 'the endpoint is not in the snapshot');
  }
  const type = endpoint.vpcEndpointType.toLowerCase();
  if (type === 'gateway') return enterGatewayEndpoint(journey, endpoint, at);
  if (type === 'gatewayloadbalancer') return enterInspection(journey, endpoint, at);
  return unknownBeyond(
    journey,
    endpointId,
    `no rule is known for routes to endpoints of type ${endpoint.vpcEndpointType}`,
  );
}

const stateOf = (journey: Journey, endpoint: VpcEndpoint): Ending | undefined =>
  endpoint.state === 'available' ? undefined : dropped(journey, endpoint.vpcEndpointId, `state ${endpoint.state}`);

/** S3 and DynamoDB: only from inside the VPC, only TCP and echo. The service answers from its own addresses. */
function enterGatewayEndpoint(journey: Journey, endpoint: VpcEndpoint, at: Position): Move {
  const id = endpoint.vpcEndpointId;
  const { packet } = journey;
  const blocked = leaveSubnet(journey, at.subnet) ?? stateOf(journey, endpoint);
  if (blocked !== undefined) return blocked;
  if (at.sender !== 'interface') return dropped(journey, id, 'the sender is not in the VPC');
  if (packet.protocol !== TCP && !isEcho(packet)) return dropped(journey, id, 'only TCP and echo');
  const pending = dropPending(journey);
  if (pending !== undefined) return pending;
  if (journey.direction === 'return') return dropped(journey, id, 'the service expects no reply');
  note(journey, id, `to ${endpoint.serviceName}`);
  const back: Position = { vpcId: at.vpcId, subnet: undefined, zone: at.zone, sender: 'gateway' };
  return { kind: 'arrived', arrival: { kind: 'service', endpointId: id, back } };
}

/** A bump in the wire: through the endpoint's subnet, past an appliance whose verdict nobody knows. */
function enterInspection(journey: Journey, endpoint: VpcEndpoint, at: Position): Move {
  const id = endpoint.vpcEndpointId;
  const subnet = journey.world.subnets.get(endpoint.subnetIds[0] ?? '');
  if (subnet === undefined) return unknownBeyond(journey, id, 'the subnet of the endpoint is not in the snapshot');
  const blocked = crossSubnets(journey, at.subnet, subnet) ?? stateOf(journey, endpoint) ?? loseIdentity(journey);
  if (blocked !== undefined) return blocked;
  if (journey.choices.pick('not-known', `inspection ${id} ${journey.direction}`, 2) === 0) {
    return dropped(journey, id, 'the appliance behind the endpoint may drop it');
  }
  journey.flow.inspectedBy.add(id);
  note(journey, id, 'inspected');
  // A bump in the wire sends nothing of its own: whoever sent the packet still did.
  return { kind: 'route', at: { vpcId: subnet.vpcId, subnet, zone: subnet.zone, sender: at.sender } };
}
