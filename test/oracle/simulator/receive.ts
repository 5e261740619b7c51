import { serveApplicationBalancer } from './application-load-balancer.ts';
import { isAlive } from './host.ts';
import { serveEndpoint } from './interface-endpoint.ts';
import { dropped, type Journey, note, unknown } from './journey.ts';
import type { Service } from './leg.ts';
import { serveNetworkBalancer } from './network-load-balancer.ts';
import { enterInterface, settleReferences } from './security-group.ts';
import { type Nic, typeOf } from './world/interfaces.ts';

/** Types of interfaces that send and never answer a new flow. */
const neverDestinations = new Set([
  'nat_gateway',
  'transit_gateway',
  'lambda',
  'gateway_load_balancer_endpoint',
  'gateway_load_balancer',
]);

/** The first packet of a flow reaches an interface from the network. */
export function receive(journey: Journey, nic: Nic): Service {
  const type = typeOf(nic);
  if (neverDestinations.has(type)) return dropped(journey, nic.id, `an interface of type ${type} is no destination`);
  const blocked = settleReferences(journey, nic) ?? enterInterface(journey, nic) ?? isAlive(journey, nic);
  if (blocked !== undefined) return blocked;
  if (type === 'vpc_endpoint') return serveEndpoint(journey, nic);
  if (type === 'network_load_balancer') return serveNetworkBalancer(journey, nic, false);
  if (nic.noun.description.startsWith('ELB app/')) return serveApplicationBalancer(journey, nic);
  if (nic.noun.description.startsWith('ELB '))
    return unknown(journey, nic.id, 'classic load balancers are not modelled');
  note(journey, nic.id, 'delivered');
  return { kind: 'answers' };
}
