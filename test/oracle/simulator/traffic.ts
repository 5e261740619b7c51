import { ICMP, ICMPV6, type Packet, TCP, UDP } from './packet.ts';
import type { Traffic } from './world/filters.ts';

const ANY_PROTOCOL = -1;

/** Does the rule speak of this packet's protocol and, where the protocol has them, its destination port or ICMP type? */
export function matchesTraffic(rule: Traffic, packet: Packet): boolean {
  if (rule.protocol === ANY_PROTOCOL) return true;
  if (rule.protocol !== packet.protocol) return false;
  if (packet.protocol === TCP || packet.protocol === UDP) {
    return (
      (rule.from === undefined || packet.destinationPort >= rule.from) &&
      (rule.to === undefined || packet.destinationPort <= rule.to)
    );
  }
  if (packet.protocol === ICMP || packet.protocol === ICMPV6) {
    return (
      (rule.from === undefined || packet.icmpType === rule.from) &&
      (rule.to === undefined || packet.icmpCode === rule.to)
    );
  }
  return true;
}
