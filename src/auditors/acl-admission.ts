import type { NetworkAcl } from '../model/resources/network-acl.ts';
import type { Missing } from '../model/verdict/verdict.ts';
import { internetAddresses } from '../network/facts/special-addresses.ts';
import {
  type CompiledAclEntry,
  type CompiledNetworkAcl,
  compileNetworkAcl,
  decidedByEntry,
} from '../network/filters/network-acl.ts';
import type { Box } from '../network/sets/box.ts';
import {
  everyIpv4Packet,
  everyIpv6Packet,
  intersectTraffic,
  subtractTraffic,
  type Traffic,
} from '../network/sets/traffic.ts';
import { derive, type Derived } from '../network/facts/derive.ts';

/** An ACL with its entries read; the same object each time it is asked for. */
export const compiledAcl: Derived<NetworkAcl, CompiledNetworkAcl> = derive(compileNetworkAcl);

/** What the internet may send in, or be sent, in one family; on every protocol and port. */
export function internetPackets(family: 4 | 6, direction: 'ingress' | 'egress'): Box {
  const every = family === 4 ? everyIpv4Packet : everyIpv6Packet;
  const internet = family === 4 ? internetAddresses.ipv4 : internetAddresses.ipv6;
  return direction === 'ingress' ? { ...every, sources: internet } : { ...every, destinations: internet };
}

/** The entries that let everything through, where no packet of the question is refused. */
export function entriesAdmittingAll(
  entries: readonly CompiledAclEntry[],
  asked: Box,
): { readonly entries: readonly CompiledAclEntry[]; readonly missing: readonly Missing[] } {
  let rest: Traffic = [asked];
  const used: CompiledAclEntry[] = [];
  for (const [index, { entry, decides, missing }] of decidedByEntry(entries).entries()) {
    if (missing !== undefined) return { entries: [], missing: rest.length === 0 ? [] : [missing] };
    const own = intersectTraffic(rest, decides);
    if (own.length === 0) continue;
    if (entry.ruleAction === 'deny') return { entries: [], missing: [] };
    used.push(entries[index] as CompiledAclEntry);
    rest = subtractTraffic(rest, own);
    if (rest.length === 0) return { entries: used, missing: [] };
  }
  return { entries: [], missing: [] };
}
