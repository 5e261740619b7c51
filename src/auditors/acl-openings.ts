import type { Missing } from '../model/verdict/verdict.ts';
import { internetAddresses } from '../network/facts/special-addresses.ts';
import { type CompiledAclEntry, type CompiledNetworkAcl, decideNetworkAcl } from '../network/filters/network-acl.ts';
import { type AddressSet, intersectAddresses, noAddresses, uniteAllAddresses } from '../network/sets/address-set.ts';
import type { Box } from '../network/sets/box.ts';
import type { Intervals } from '../network/sets/intervals.ts';
import { ephemeralPorts, portRange } from '../network/sets/port-set.ts';
import { onlyProtocol, protocolNumbers } from '../network/sets/protocol.ts';
import { everyIpv4Packet, everyIpv6Packet } from '../network/sets/traffic.ts';
import { groupBy } from './group-by.ts';
import { spansInternet } from './internet-share.ts';
import { type PortedProtocol, type Service, type ServiceKind, services } from './services.ts';

/** A port on which an ACL lets the internet in and its answers out. */
export interface OpenPort {
  readonly service: Service;
  readonly protocol: PortedProtocol;
  readonly port: number;
  readonly family: 4 | 6;
}

/** Ports that the same entries open. */
export interface AclOpening {
  readonly ports: readonly OpenPort[];
  readonly entries: readonly CompiledAclEntry[];
}

/** Every port of the services of a kind. */
const portsOfKind = (wanted: ServiceKind): readonly Omit<OpenPort, 'family'>[] =>
  services
    .filter(({ kind }) => kind === wanted)
    .flatMap((service) =>
      (['tcp', 'udp'] as const).flatMap((protocol) =>
        (service[protocol] ?? []).flatMap(({ from, to }) =>
          Array.from({ length: to - from + 1 }, (_, index) => ({ service, protocol, port: from + index })),
        ),
      ),
    );

/**
 * Where an ACL admits the internet to services of a kind: what comes in by first match, as far as the answer, sent to any
 * port that a client may use, gets out again. A connection that cannot be answered is none. `below` leaves out the ports
 * to which an ACL has to admit replies.
 */
export function aclOpenings(
  acl: CompiledNetworkAcl,
  kind: ServiceKind,
  below = 65_536,
): {
  readonly openings: readonly AclOpening[];
  readonly missing: readonly Missing[];
} {
  const missing: Missing[] = [];
  const open = ([4, 6] as const).flatMap((family) => {
    const every = family === 4 ? everyIpv4Packet : everyIpv6Packet;
    const internet: Intervals = family === 4 ? internetAddresses.ipv4 : internetAddresses.ipv6;
    return portsOfKind(kind)
      .filter(({ port }) => port < below)
      .flatMap(({ service, protocol, port }) => {
        const protocols = onlyProtocol(protocolNumbers[protocol]);
        const inbound: Box = {
          ...every,
          protocols,
          sources: internet,
          sourcePorts: ephemeralPorts,
          destinationPorts: portRange(port, port),
        };
        const outbound: Box = {
          ...every,
          protocols,
          destinations: internet,
          sourcePorts: portRange(port, port),
          destinationPorts: ephemeralPorts,
        };
        const into = decideNetworkAcl(acl.ingress, [inbound]);
        const out = decideNetworkAcl(acl.egress, [outbound]);
        missing.push(...into.missing, ...out.missing);
        const clients = intersectAddresses(
          united(family, into.admitted, 'sources'),
          united(family, out.admitted, 'destinations'),
        );
        if (!spansInternet(clients)) return [];
        return [{ open: { service, protocol, port, family }, entries: into.admittedBy }];
      });
  });
  return { openings: byEntries(open), missing };
}

/** One opening for each set of entries: an entry for everything is one mistake, whatever it lets in. */
function byEntries(
  found: readonly { readonly open: OpenPort; readonly entries: readonly CompiledAclEntry[] }[],
): readonly AclOpening[] {
  const byService = groupBy(found, ({ open }) => `${open.protocol} ${open.port}`);
  const openings = [...byService.values()].map((families) => ({
    ports: families.map(({ open }) => open),
    entries: [...new Set(families.flatMap(({ entries }) => entries))],
  }));
  const keyOf = ({ entries }: AclOpening): string => entries.map(({ entry }) => entry.ruleNumber).join(' ');
  return [...groupBy(openings, keyOf).values()].map((same) => ({
    ports: same.flatMap((opening) => opening.ports),
    entries: same[0]?.entries ?? [],
  }));
}

const united = (family: 4 | 6, boxes: readonly Box[], side: 'sources' | 'destinations'): AddressSet =>
  uniteAllAddresses(
    boxes.map((box) =>
      family === 4
        ? { ...noAddresses, ipv4: box[side] as Intervals<number> }
        : { ...noAddresses, ipv6: box[side] as Intervals<bigint> },
    ),
  );
