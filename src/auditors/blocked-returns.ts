import type { TrafficEvidence } from '../model/verdict/evidence.ts';
import type { Missing } from '../model/verdict/verdict.ts';
import { type CompiledAclEntry, type CompiledNetworkAcl, decideNetworkAcl } from '../network/filters/network-acl.ts';
import { formatAddresses, noAddresses } from '../network/sets/address-set.ts';
import type { Box } from '../network/sets/box.ts';
import { intersectIntervals, type Intervals, sameIntervals, subtractIntervals } from '../network/sets/intervals.ts';
import { allPorts, ephemeralPorts, formatPorts, portRanges } from '../network/sets/port-set.ts';
import { onlyProtocol, protocolNumbers } from '../network/sets/protocol.ts';
import {
  canonicalTraffic,
  everyIpv4Packet,
  everyIpv6Packet,
  type Traffic,
  uniteTraffic,
} from '../network/sets/traffic.ts';
import type { AdmittedFlow } from './admitted-flows.ts';
import { type PortedProtocol, portsOf, services } from './services.ts';

/** Replies that an ACL drops although it let the connection through. */
export interface BlockedReturn {
  /** Which way the reply goes: out for connections from outside, in for those from inside. */
  readonly direction: 'ingress' | 'egress';
  readonly protocol: PortedProtocol;
  /** `SSH`, `tcp 8443`, `all tcp ports`. */
  readonly service: string;
  /** The replies, their own ports left out: to whom (or from whom) and which ephemeral ports. */
  readonly replies: Traffic;
  readonly refusedBy: readonly CompiledAclEntry[];
  readonly groupIds: readonly string[];
}

/** Is there a packet that the ACL lets through in one direction and some reply of the same family that it refuses? */
export function mayDropReplies(acl: CompiledNetworkAcl): boolean {
  return [everyIpv4Packet, everyIpv6Packet].some((every) =>
    (['ingress', 'egress'] as const).some((direction) => {
      const opening = ported.map((protocol) => ({ ...every, protocols: onlyProtocol(protocolNumbers[protocol]) }));
      const back = direction === 'ingress' ? 'egress' : 'ingress';
      const replies = opening.map((box) => ({ ...box, destinationPorts: ephemeralPorts }));
      const through = decideNetworkAcl(acl[direction], opening);
      const returned = decideNetworkAcl(acl[back], replies);
      return (
        through.admitted.length + through.doubtful.length > 0 && returned.refused.length + returned.doubtful.length > 0
      );
    }),
  );
}

const ported = ['tcp', 'udp'] as const;

/** For each service that flows over the border of a subnet, the part of its replies that the ACL refuses. */
export function blockedReturns(
  acl: CompiledNetworkAcl,
  flows: readonly AdmittedFlow[],
): { readonly blocked: readonly BlockedReturn[]; readonly missing: readonly Missing[] } {
  const found = new Map<string, BlockedReturn>();
  const missing: Missing[] = [];
  for (const { direction, traffic, groupIds } of flows) {
    const back = direction === 'ingress' ? 'egress' : 'ingress';
    for (const protocol of ported) {
      const opening = traffic.flatMap((box) => ofProtocol(box, protocol));
      const through = decideNetworkAcl(acl[direction], opening);
      const reply = decideNetworkAcl(acl[back], through.admitted.map(replyTo));
      missing.push(...through.missing, ...reply.missing);
      for (const box of reply.refused) {
        for (const service of serviceNames(protocol, box.sourcePorts)) {
          const key = `${back} ${protocol} ${service}`;
          const known = found.get(key);
          found.set(key, {
            direction: back,
            protocol,
            service,
            replies: uniteTraffic(known?.replies ?? [], [{ ...box, sourcePorts: allPorts }]),
            refusedBy: union(known?.refusedBy, reply.refusedBy),
            groupIds: union(known?.groupIds, groupIds),
          });
        }
      }
    }
  }
  return { blocked: [...found.values()], missing };
}

const union = <T>(some: readonly T[] = [], others: readonly T[] = []): readonly T[] => [
  ...new Set([...some, ...others]),
];

function ofProtocol(box: Box, protocol: PortedProtocol): readonly Box[] {
  const protocols = intersectIntervals(box.protocols, onlyProtocol(protocolNumbers[protocol]));
  return protocols.length === 0 ? [] : [{ ...box, protocols, sourcePorts: ephemeralPorts }];
}

const replyTo = (box: Box): Box => ({
  ...box,
  sources: box.destinations,
  destinations: box.sources,
  sourcePorts: box.destinationPorts,
  destinationPorts: ephemeralPorts,
});

/** Ranges of more ports than this are named by their ports and not by the services that happen to lie in them. */
const wide = 1000;

function serviceNames(protocol: PortedProtocol, ports: Intervals<number>): readonly string[] {
  if (sameIntervals(ports, allPorts)) return [`all ${protocol} ports`];
  const size = portRanges(ports).reduce((sum, { from, to }) => sum + to - from + 1, 0);
  if (size > wide) return [`${protocol} ${formatPorts(ports)}`];
  let rest = ports;
  const names = services.flatMap((service) => {
    const own = portsOf(service, protocol);
    if (intersectIntervals(ports, own).length === 0) return [];
    rest = subtractIntervals(rest, own);
    return [service.name];
  });
  return rest.length === 0 ? names : [...names, `${protocol} ${formatPorts(rest)}`];
}

/** Does some peer get no reply on any ephemeral port? Else some clients are served, by the ports that they happen to use. */
export const isTotal = ({ replies }: BlockedReturn): boolean =>
  canonicalTraffic(replies).some((box) => subtractIntervals(ephemeralPorts, box.destinationPorts).length === 0);

/** The replies as data: which addresses, which ports. */
export function replyEvidence({ direction, protocol, service, replies }: BlockedReturn): readonly TrafficEvidence[] {
  return canonicalTraffic(replies).map((box) => {
    const peers = direction === 'egress' ? box.destinations : box.sources;
    return {
      type: 'traffic',
      role: 'not-admitted',
      direction,
      protocol,
      cidrBlocks: formatAddresses(
        box.family === 4
          ? { ...noAddresses, ipv4: peers as Intervals<number> }
          : { ...noAddresses, ipv6: peers as Intervals<bigint> },
      ),
      portRanges: portRanges(box.destinationPorts),
      service,
    };
  });
}
