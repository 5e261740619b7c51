import { vpcAddresses } from '../facts/addresses.ts';
import { noAddresses } from '../sets/address-set.ts';
import { type Intervals, intervalsWithin } from '../sets/intervals.ts';
import { everyIpv6Packet, intersectTraffic } from '../sets/traffic.ts';
import { blocked, type Flow } from '../path/flow.ts';
import { admitOnly } from '../path/pass-filter.ts';
import { addressesSeen, familiesOf, without } from '../path/step.ts';

interface InternetGateway {
  readonly id: string;
  readonly type: 'internet-gateway';
}

interface EgressOnlyGateway {
  readonly id: string;
  readonly type: 'egress-only-internet-gateway';
}

/** Only what a VPC's own addresses send leaves by its gateways to the internet: IPv6 is not translated, so all else is spoofed. */
export function refuseForeign(flow: Flow, vpcId: string, component: InternetGateway | EgressOnlyGateway): Flow {
  const own = vpcAddresses(flow.journey.snapshot).get(vpcId);
  if (own === undefined || intervalsWithin(addressesSeen(flow, 'sources', 6), own.ipv6)) return flow;
  return admitOnly(flow, (seen) => intersectTraffic(seen, [{ ...everyIpv6Packet, sources: own.ipv6 }]), {
    explanationCode: 'GATEWAY_REJECTS_SPOOFED_TRAFFIC',
    component,
    packetDirection: 'egress',
    text: `${component.id} rejects sources that are not addresses of ${vpcId}.`,
  });
}

/**
 * Nothing that a VPC's own addresses send comes in by its internet gateway (VPC Reachability Analyzer,
 * GATEWAY_REJECTS_SPOOFED_TRAFFIC). Where only some of the packets pretend to, as in a question about the whole internet,
 * they fall out of it: nobody out there has those addresses.
 */
export function refuseSpoofed(flow: Flow, vpcId: string, component: InternetGateway): Flow {
  const [family = 4] = familiesOf(flow);
  const own = vpcAddresses(flow.journey.snapshot).get(vpcId) ?? noAddresses;
  const inside: Intervals = family === 4 ? own.ipv4 : own.ipv6;
  const others = without(flow, 'sources', family, inside);
  if (others !== undefined) return others;
  return blocked(flow, {
    explanationCode: 'GATEWAY_REJECTS_SPOOFED_TRAFFIC',
    component,
    packetDirection: 'ingress',
    text: `${component.id} rejects what comes from outside with a source address of ${vpcId} itself.`,
  });
}
