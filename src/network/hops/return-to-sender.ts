import { entryInto, type Flow } from '../path/flow.ts';
import type { Place } from '../path/place.ts';

/**
 * Replies to a NAT gateway that called over a peering come back to it whatever the route table of the VPC says: only a
 * network ACL stops them (VPC guide, NAT gateway basics). Gives that way back, where it applies.
 */
export function returnToSender(flow: Flow, vpcId: string): Place | undefined {
  if (flow.direction !== 'return') return undefined;
  const entry = entryInto(flow, vpcId);
  if (entry?.kind !== 'peering') return undefined;
  return flow.waypoints?.last.key.startsWith('nat-') === true ? entry : undefined;
}
