import type { SecurityGroupClause } from '../network/filters/security-group-clause.ts';
import { formatAddresses } from '../network/sets/address-set.ts';
import { intersectIntervals, type Intervals, intervalsOfRanges, subtractIntervals } from '../network/sets/intervals.ts';
import { formatPorts, portRanges, portSet } from '../network/sets/port-set.ts';
import { protocolNumbers } from '../network/sets/protocol.ts';
import type { TrafficEvidence } from '../model/verdict/evidence.ts';
import type { Severity } from '../model/verdict/severity.ts';
import { internetClauses, type OpenPorts, openPorts } from './open-ports.ts';
import { knownPorts, type PortedProtocol, portsOf, type Service, services } from './services.ts';

/** Something that a group offers to the internet, with the rules by which it does. */
export interface Exposed {
  /** The service, or what stands in its place: `all traffic`, `ICMP`, `protocol 47`. Stable, for it names the finding. */
  readonly service: string;
  /** With protocol and ports: `SSH (tcp 22)`. */
  readonly words: string;
  readonly severity: Severity;
  readonly clauses: readonly SecurityGroupClause[];
  readonly traffic: readonly TrafficEvidence[];
  /** All traffic, or (nearly) all ports of a protocol: services under it are told beside it. */
  readonly isWide?: true;
}

/**
 * Everything that the rules of a group offer to the internet: each service by its name, and wide openings as wide
 * openings beside them, so that neither hides the other. The order is fixed.
 */
export function exposedServices(ingress: readonly SecurityGroupClause[]): readonly Exposed[] {
  const clauses = internetClauses(ingress);
  if (clauses.length === 0) return [];
  const everything = openPorts(clauses, unassigned);
  const ported = (['tcp', 'udp'] as const).flatMap((protocol) => {
    const open = openPorts(clauses, protocolNumbers[protocol]);
    return open === undefined ? [] : [{ protocol, open }];
  });
  return [
    ...(everything === undefined ? [] : [allTraffic(everything)]),
    ...services.flatMap((service) => named(service, ported, clauses)),
    ...ported.flatMap(({ protocol, open }) => (everything === undefined ? unnamed(protocol, open, clauses) : [])),
    ...icmp(clauses),
    ...(everything === undefined ? otherProtocols(clauses) : []),
  ];
}

/** A service with the protocols and ports of some of its traffic: `SSH (tcp 22)`; unnamed ports stand for themselves. */
export function exposureWords(service: string, traffic: readonly TrafficEvidence[]): string {
  const ports = traffic
    .map(({ protocol, portRanges: ranges }) =>
      ranges.length === 0 ? protocol : `${protocol} ${formatPorts(portSet(ranges))}`,
    )
    .join(', ');
  return service.startsWith('other ')
    ? ports
    : traffic.every(({ portRanges: own }) => own.length === 0)
      ? service
      : `${service} (${ports})`;
}

/** A protocol that no rule names by its number: what admits it admits every protocol (RFC 3692, experimental). */
const unassigned = 253;

/** From here on a range of open ports is "all ports", whatever it leaves out at its ends: the size of 1024–65535. */
const wideOpen = 64_512;

const allTraffic = (open: OpenPorts): Exposed => ({
  service: 'all traffic',
  words: 'all traffic',
  severity: 'critical',
  clauses: open.clauses,
  traffic: [trafficOf('all', open, 'all traffic')],
  isWide: true,
});

interface OpenProtocol {
  readonly protocol: PortedProtocol;
  readonly open: OpenPorts;
}

function named(
  service: Service,
  ported: readonly OpenProtocol[],
  clauses: readonly SecurityGroupClause[],
): readonly Exposed[] {
  const found = ported.flatMap(({ protocol, open: { ports: all } }): readonly OpenProtocol[] => {
    const own = intersectIntervals(portsOf(service, protocol), all);
    const open = own.length === 0 ? undefined : openPorts(clauses, protocolNumbers[protocol], own);
    return open === undefined ? [] : [{ protocol, open }];
  });
  if (found.length === 0) return [];
  const ports = found.map(({ protocol, open }) => `${protocol} ${formatPorts(open.ports)}`).join(', ');
  return [
    {
      service: service.name,
      words: `${service.name} (${ports})`,
      severity: service.severity,
      clauses: [...new Set(found.flatMap(({ open }) => open.clauses))],
      traffic: found.map(({ protocol, open }) => trafficOf(protocol, open, service.name)),
    },
  ];
}

/** Open ports of no known service, or nearly all ports of a protocol. */
function unnamed(
  protocol: PortedProtocol,
  open: OpenPorts,
  clauses: readonly SecurityGroupClause[],
): readonly Exposed[] {
  const size = portRanges(open.ports).reduce((sum, { from, to }) => sum + to - from + 1, 0);
  if (size >= wideOpen) {
    const words = `all ${protocol} ports`;
    return [{ ...exposed(words, protocol, open, 'critical'), words, isWide: true }];
  }
  const rest = subtractIntervals(open.ports, knownPorts[protocol]);
  const others = rest.length === 0 ? undefined : openPorts(clauses, protocolNumbers[protocol], rest);
  return others === undefined ? [] : [exposed(`other ${protocol} ports`, protocol, others, 'medium')];
}

const exposed = (service: string, protocol: string, open: OpenPorts, severity: Severity): Exposed => ({
  service,
  words: `${protocol} ${formatPorts(open.ports)}`,
  severity,
  clauses: open.clauses,
  traffic: [trafficOf(protocol, open, service)],
});

const types = (from: number, to: number): Intervals<number> => [from * 256, to * 256 + 256];

/** Messages that make no host reachable and without which path MTU discovery fails (RFC 1191, RFC 8201), and echo. */
const icmpFamilies = [
  {
    protocol: 'icmp',
    family: 4,
    errors: intervalsOfRanges([
      [3 * 256, 4 * 256],
      [11 * 256, 12 * 256],
    ]),
    echo: types(8, 8),
  },
  { protocol: 'icmpv6', family: 6, errors: types(1, 4), echo: types(128, 128) },
] as const;

function icmp(clauses: readonly SecurityGroupClause[]): readonly Exposed[] {
  return icmpFamilies.flatMap(({ protocol, family, errors, echo }) => {
    const own = clauses.map((clause) => ({ ...clause, boxes: clause.boxes.filter((box) => box.family === family) }));
    const everyMessage = openPorts(own, protocolNumbers[protocol]);
    const messages = subtractIntervals(everyMessage?.ports ?? [], errors);
    const open = messages.length === 0 ? undefined : openPorts(own, protocolNumbers[protocol], messages);
    if (open === undefined) return [];
    const onlyEcho = subtractIntervals(open.ports, echo).length === 0;
    const service = protocol === 'icmp' ? 'ICMP' : 'ICMPv6';
    return [
      {
        service,
        words: onlyEcho ? `${service} echo` : service,
        severity: onlyEcho ? 'informational' : 'low',
        clauses: open.clauses,
        traffic: [{ ...trafficOf(protocol, open, service), portRanges: [] }],
      },
    ];
  });
}

/** Protocols that a rule names by number; tunnels among them carry whatever the other end likes. */
function otherProtocols(clauses: readonly SecurityGroupClause[]): readonly Exposed[] {
  const numbers = new Set(
    clauses.flatMap(({ boxes }) => boxes.flatMap(({ protocols: [from = 0, to] }) => (to === from + 1 ? [from] : []))),
  );
  for (const number of Object.values(protocolNumbers)) numbers.delete(number);
  return [...numbers]
    .sort((a, b) => a - b)
    .flatMap((number) => {
      const open = openPorts(clauses, number);
      const service = `protocol ${number}`;
      return open === undefined
        ? []
        : [
            {
              service,
              words: `${service}${number in tunnels ? ` (${tunnels[number]})` : ''}`,
              severity: 'medium' as const,
              clauses: open.clauses,
              traffic: [{ ...trafficOf(String(number), open, service), portRanges: [] }],
            },
          ];
    });
}

/** IANA protocol numbers that people know by name. */
const tunnels: Readonly<Record<number, string>> = { 4: 'IP in IP', 41: 'IPv6 in IPv4', 47: 'GRE', 50: 'ESP', 51: 'AH' };

const trafficOf = (protocol: string, open: OpenPorts, service: string): TrafficEvidence => ({
  type: 'traffic',
  role: 'admitted',
  direction: 'ingress',
  protocol,
  cidrBlocks: formatAddresses(open.sources),
  portRanges: portRanges(open.ports),
  service,
});
