import { enterAppliance } from './appliance.ts';
import { leaveByEgressOnlyGateway } from './egress-only-gateway.ts';
import { enterEndpoint } from './endpoint.ts';
import { crossInternet } from './internet.ts';
import { leaveByInternetGateway } from './internet-gateway.ts';
import { type Arrival, dropped, type Ending, type Journey, type Move, unknown } from './journey.ts';
import { leaveSubnet } from './network-acl.ts';
import { enterNatGateway, returnToNatGateway } from './nat-gateway.ts';
import { crossPeering } from './peering.ts';
import { route } from './route-table.ts';
import { crossTransitGateway, enterTransitGateway } from './transit-gateway.ts';
import { leaveByVpnGateway } from './vpn-gateway.ts';
import { deliver } from './vpc-router.ts';
import { type Nic, typeOf } from './world/interfaces.ts';
import type { NatGateway } from '../../../src/model/resources/nat-gateway.ts';

/** More hops than any real path has: what comes back so often goes round in circles. */
const MAX_HOPS = 40;

function handOver(journey: Journey, { target, at }: Extract<Move, { kind: 'hand-over' }>): Move {
  switch (target.kind) {
    case 'local':
      return { kind: 'deliver', at };
    case 'internet-gateway':
      return leaveByInternetGateway(journey, target.id, at);
    case 'egress-only-internet-gateway':
      return leaveByEgressOnlyGateway(journey, target.id, at);
    case 'nat-gateway':
      return enterNatGateway(journey, target.id, at);
    case 'vpn-gateway':
      return leaveByVpnGateway(journey, target.id, at);
    case 'vpc-endpoint':
      return enterEndpoint(journey, target.id, at);
    case 'network-interface':
      return enterAppliance(journey, target.id, at);
    case 'instance':
      return enterAppliance(journey, target.networkInterfaceId ?? target.id, at);
    case 'vpc-peering-connection':
      return crossPeering(journey, target.id, at);
    case 'transit-gateway':
      return enterTransitGateway(journey, target.id, at);
    default:
      // Whatever it is, it is a gateway: the packet leaves the subnet on the way to it.
      return (
        leaveSubnet(journey, at.subnet) ??
        unknown(journey, target.id, `a route target of kind ${target.kind} is not modelled`)
      );
  }
}

function natOf(journey: Journey, nic: Nic): NatGateway | undefined {
  for (const { noun } of journey.world.natGateways.values()) {
    if (noun.natGatewayAddresses.some(({ networkInterfaceId }) => networkInterfaceId === nic.id)) return noun;
  }
  return undefined;
}

/** A packet that comes to the interface of a NAT gateway goes on if the gateway remembers the flow. */
function arriveAt(journey: Journey, arrival: Arrival): Move {
  if (arrival.kind !== 'interface' || typeOf(arrival.nic) !== 'nat_gateway') return { kind: 'arrived', arrival };
  const nat = natOf(journey, arrival.nic);
  if (nat === undefined) return dropped(journey, arrival.nic.id, 'a NAT gateway is no destination');
  return returnToNatGateway(journey, nat);
}

function next(journey: Journey, move: Exclude<Move, Ending>): Move {
  switch (move.kind) {
    case 'route':
      return route(journey, move.at);
    case 'hand-over':
      return handOver(journey, move);
    case 'deliver':
      return deliver(journey, move.at);
    case 'internet':
      return crossInternet(journey);
    case 'transit':
      return crossTransitGateway(journey, move);
    default:
      return arriveAt(journey, move.arrival);
  }
}

/** Pushes the packet hop by hop until it is taken off the network or dropped. */
export function walk(journey: Journey, start: Move): Arrival | Ending {
  let move = start;
  for (let hops = 0; hops < MAX_HOPS; hops++) {
    if (move.kind === 'dropped' || move.kind === 'unknown') return move;
    const after = next(journey, move);
    if (move.kind === 'arrived' && after.kind === 'arrived') return after.arrival;
    move = after;
  }
  return dropped(journey, 'network', 'goes round in circles');
}
