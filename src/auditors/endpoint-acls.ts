import type { Subnet } from '../model/resources/subnet.ts';
import type { Snapshot } from '../model/snapshot/snapshot.ts';
import type { NetworkAclEntryEvidence } from '../model/verdict/evidence.ts';
import type { Missing } from '../model/verdict/verdict.ts';
import { networkAclOfSubnet } from '../network/facts/vpc-tables.ts';
import { type CompiledAclEntry, type CompiledNetworkAcl, decideNetworkAcl } from '../network/filters/network-acl.ts';
import { type AddressSet, hasNoAddress } from '../network/sets/address-set.ts';
import { ephemeralPorts, type PortSet, portRange } from '../network/sets/port-set.ts';
import { onlyProtocol, protocolNumbers } from '../network/sets/protocol.ts';
import { everyIpv4Packet, type Traffic } from '../network/sets/traffic.ts';

/** An ACL that refuses part of what goes to a service on TCP 443 and comes back. */
export interface RefusingAcl {
  readonly networkAclId: string;
  readonly direction: 'ingress' | 'egress';
  /** Calls on their way, or the answers. */
  readonly what: 'calls' | 'answers';
  /** The entries that refuse; none where nothing in the ACL names the packets. */
  readonly refusedBy: readonly NetworkAclEntryEvidence[];
}

const tcp = onlyProtocol(protocolNumbers.tcp);
const https = portRange(443, 443);

function packets(from: AddressSet, fromPorts: PortSet, to: AddressSet, toPorts: PortSet): Traffic {
  if (hasNoAddress(from) || hasNoAddress(to)) return [];
  return [
    {
      ...everyIpv4Packet,
      protocols: tcp,
      sources: from.ipv4,
      sourcePorts: fromPorts,
      destinations: to.ipv4,
      destinationPorts: toPorts,
    },
  ];
}

/**
 * Which ACLs refuse IPv4 calls from a subnet to a service, or the answers, in part or whole: that of the subnet in both
 * directions and, where the service stands in another subnet, that one's too. Within a subnet no ACL is asked.
 */
export function refusingAcls(
  snapshot: Snapshot,
  client: { readonly subnet: Subnet; readonly addresses: AddressSet },
  service: { readonly subnet: Subnet | undefined; readonly addresses: AddressSet },
): { readonly refusing: readonly RefusingAcl[]; readonly missing: readonly Missing[] } {
  if (service.subnet?.subnetId === client.subnet.subnetId) return { refusing: [], missing: [] };
  const calls = packets(client.addresses, ephemeralPorts, service.addresses, https);
  const answers = packets(service.addresses, https, client.addresses, ephemeralPorts);
  const near = networkAclOfSubnet(snapshot, client.subnet);
  const far = service.subnet === undefined ? undefined : networkAclOfSubnet(snapshot, service.subnet);
  const missing: Missing[] = [];
  const refusing: RefusingAcl[] = [];
  const ask = (acl: CompiledNetworkAcl, direction: RefusingAcl['direction'], what: RefusingAcl['what']): void => {
    const entries: readonly CompiledAclEntry[] = acl[direction];
    const decision = decideNetworkAcl(entries, what === 'calls' ? calls : answers);
    missing.push(...decision.missing);
    if (decision.refused.length === 0) return;
    const refusedBy = decision.refusedBy.map(({ evidence }) => evidence);
    refusing.push({ networkAclId: acl.networkAclId, direction, what, refusedBy });
  };
  for (const [acl, ofClient] of [
    [near, true],
    [far, false],
  ] as const) {
    if (acl === undefined) continue;
    if (acl.value === undefined) {
      missing.push(acl.missing);
      continue;
    }
    ask(acl.value, ofClient ? 'egress' : 'ingress', 'calls');
    ask(acl.value, ofClient ? 'ingress' : 'egress', 'answers');
  }
  return { refusing, missing };
}
