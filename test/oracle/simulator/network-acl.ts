import { type Address, contains } from './address.ts';
import { dropped, type Ending, type Journey, note } from './journey.ts';
import { splitsEphemeralPorts } from './ephemeral-port.ts';
import { hasPorts } from './packet.ts';
import { matchesTraffic } from './traffic.ts';
import type { AclEntry } from './world/filters.ts';
import type { SubnetPlace } from './world/vpcs.ts';

function matches(journey: Journey, entry: AclEntry, egress: boolean, peer: Address): boolean {
  const { packet, choices } = journey;
  if (entry.egress !== egress || !contains(entry.cidr, peer)) return false;
  const isReply = journey.direction === 'return' && entry.protocol === packet.protocol && hasPorts(packet);
  if (isReply && splitsEphemeralPorts(entry)) choices.lazyPicksMatter();
  return matchesTraffic(entry, packet);
}

/**
 * The packet crosses the border of the subnet: the first entry by rule number that matches decides, both ways alike
 * and without memory. `undefined` lets it pass.
 */
function crossBorder(journey: Journey, subnet: SubnetPlace, egress: boolean): Ending | undefined {
  const { world, packet } = journey;
  const acl = world.acls.bySubnet.get(subnet.id) ?? world.acls.defaultByVpc.get(subnet.vpcId);
  if (acl === undefined) {
    if (journey.choices.pick('not-known', `acl ${subnet.id} ${egress} ${journey.direction}`, 2) === 1) return undefined;
    return dropped(journey, subnet.id, 'its network ACL is not in the snapshot: it may deny');
  }
  const peer = egress ? packet.destination : packet.source;
  for (const entry of acl.entries) {
    if (!matches(journey, entry, egress, peer)) continue;
    const text = `${egress ? 'outbound' : 'inbound'} rule ${entry.ruleNumber} of ${subnet.id}`;
    if (!entry.allow) return dropped(journey, acl.id, text);
    note(journey, acl.id, text);
    return undefined;
  }
  return dropped(journey, acl.id, `no ${egress ? 'outbound' : 'inbound'} rule of ${subnet.id} matches`);
}

export function leaveSubnet(journey: Journey, subnet: SubnetPlace | undefined): Ending | undefined {
  return subnet === undefined ? undefined : crossBorder(journey, subnet, true);
}

export function enterSubnet(journey: Journey, subnet: SubnetPlace | undefined): Ending | undefined {
  return subnet === undefined ? undefined : crossBorder(journey, subnet, false);
}

/** From one subnet into another; inside one subnet, no ACL is asked. */
export function crossSubnets(
  journey: Journey,
  from: SubnetPlace | undefined,
  to: SubnetPlace | undefined,
): Ending | undefined {
  if (from !== undefined && from.id === to?.id) return undefined;
  return leaveSubnet(journey, from) ?? enterSubnet(journey, to);
}
