import type { TrafficEvidence } from '../model/verdict/evidence.ts';
import { type CompiledAclEntry, type CompiledNetworkAcl, decideNetworkAcl } from '../network/filters/network-acl.ts';
import { formatAddresses, noAddresses } from '../network/sets/address-set.ts';
import type { Box } from '../network/sets/box.ts';
import { allIpv4Addresses, allIpv6Addresses } from '../network/sets/cidr.ts';
import { intersectIntervals, type Intervals, subtractIntervals, uniteIntervals } from '../network/sets/intervals.ts';
import { ephemeralPorts, portRanges } from '../network/sets/port-set.ts';
import { onlyProtocol, protocolNumbers } from '../network/sets/protocol.ts';
import { internetTraffic } from './sections/defence-in-depth/acl-opening.ts';
import { isFromStrangers } from './sections/defence-in-depth/opening.ts';

/** Ports of one protocol that the internet gets in on over IPv6 and not over IPv4. */
export interface FamilyGap {
  readonly traffic: TrafficEvidence;
  /** The entries that admit over IPv6, and those that refuse the same over IPv4. */
  readonly entries: readonly CompiledAclEntry[];
}

const ported = ['tcp', 'udp'] as const;

/**
 * What an ACL lets in over IPv6 that it keeps out over IPv4, whether a rule denies it there or no rule admits it. A
 * difference within the ephemeral ports alone is no gap: each family needs its own range for replies.
 */
export function familyGaps({ ingress }: CompiledNetworkAcl): readonly FamilyGap[] {
  return ported.flatMap((protocol): readonly FamilyGap[] => {
    const [ipv4, ipv6] = [portsFor(ingress, 4, protocol), portsFor(ingress, 6, protocol)];
    const ports = subtractIntervals(ipv6, ipv4);
    if (subtractIntervals(ports, ephemeralPorts).length === 0) return [];
    const over = (family: 4 | 6): readonly Box[] =>
      boxesOf(family, protocol).map((box) => ({ ...box, destinationPorts: ports }));
    const entries = [...decideNetworkAcl(ingress, over(6)).admittedBy, ...decideNetworkAcl(ingress, over(4)).refusedBy];
    const traffic: TrafficEvidence = {
      type: 'traffic',
      role: 'admitted',
      direction: 'ingress',
      protocol,
      cidrBlocks: formatAddresses({ ...noAddresses, ipv6: allIpv6Addresses }),
      portRanges: portRanges(ports),
    };
    return [{ traffic, entries: [...new Set(entries)] }];
  });
}

const boxesOf = (family: 4 | 6, protocol: (typeof ported)[number]): readonly Box[] =>
  internetTraffic[family].flatMap((box) => {
    const protocols = intersectIntervals(box.protocols, onlyProtocol(protocolNumbers[protocol]));
    return protocols.length === 0 ? [] : [{ ...box, protocols }];
  });

/** The destination ports on which the internet at large is admitted. */
function portsFor(
  entries: readonly CompiledAclEntry[],
  family: 4 | 6,
  protocol: (typeof ported)[number],
): Intervals<number> {
  const destinations = family === 4 ? allIpv4Addresses : allIpv6Addresses;
  return decideNetworkAcl(entries, boxesOf(family, protocol))
    .admitted.filter((box) => isFromStrangers(family, [{ ...box, destinations }]))
    .reduce<Intervals<number>>((sum, { destinationPorts }) => uniteIntervals(sum, destinationPorts), []);
}
