import type { TraceQuery } from '../../model/verdict/path.ts';
import type { Box } from '../sets/box.ts';
import { icmpMessages } from '../sets/icmp.ts';
import type { Intervals } from '../sets/intervals.ts';
import type { Family } from '../sets/ip-address.ts';
import { allPorts, ephemeralPorts } from '../sets/port-set.ts';
import { allProtocols, hasPorts, isIcmp, onlyProtocol, parseProtocol, type ProtocolSet } from '../sets/protocol.ts';
import type { Traffic } from '../sets/traffic.ts';
import { pureBoxes } from '../path/view.ts';
import { QueryError } from './query-error.ts';

/** Protocol and ports of a question, checked. */
export interface PacketQuestion {
  readonly protocols: ProtocolSet;
  readonly sourcePorts: Intervals<number>;
  readonly destinationPorts: Intervals<number>;
}

/**
 * Protocol, ports and ICMP type of a question. Clients send from ports 1024 to 65535 unless the question says otherwise;
 * without a port the question is about every port.
 */
export function packetQuestion({ protocol, port, sourcePort, icmpType, icmpCode }: TraceQuery): PacketQuestion {
  const named = protocol ?? (port === undefined && sourcePort === undefined ? 'all' : 'tcp');
  const parsed = parseProtocol(named);
  if (parsed.reason !== undefined) throw new QueryError(parsed.reason, ['tcp', 'udp', 'icmp', 'icmpv6', 'all']);
  const number = parsed.value;
  mustBeWhole('port', port, 65_535);
  mustBeWhole('sourcePort', sourcePort, 65_535);
  mustBeWhole('icmpType', icmpType, 255);
  mustBeWhole('icmpCode', icmpCode, 255);
  if ((port !== undefined || sourcePort !== undefined) && (number === undefined || !hasPorts(number))) {
    throw new QueryError(`${named} has no ports: ask for tcp or udp, or leave the port out`, ['tcp', 'udp']);
  }
  if ((icmpType !== undefined || icmpCode !== undefined) && (number === undefined || !isIcmp(number))) {
    throw new QueryError(`${named} has no ICMP type: ask for icmp or icmpv6`, ['icmp', 'icmpv6']);
  }
  if (icmpCode !== undefined && icmpType === undefined) throw new QueryError('an ICMP code needs an ICMP type');
  const protocols = number === undefined ? allProtocols : onlyProtocol(number);
  if (number !== undefined && isIcmp(number)) {
    return { protocols, sourcePorts: allPorts, destinationPorts: icmpMessages(icmpType, icmpCode) };
  }
  const ported = number !== undefined && hasPorts(number);
  return {
    protocols,
    sourcePorts: sourcePort === undefined ? (ported ? ephemeralPorts : allPorts) : [sourcePort, sourcePort + 1],
    destinationPorts: port === undefined ? allPorts : [port, port + 1],
  };
}

function mustBeWhole(name: string, value: number | undefined, most: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= 0 && value <= most)) return;
  throw new QueryError(`${name} ${value} is not a whole number from 0 to ${most}`);
}

/** The packets of a question from some addresses to others; those with ports come from the ports of clients. */
export function packetsBetween(
  question: PacketQuestion,
  family: Family,
  sources: Intervals,
  destinations: Intervals,
): Traffic {
  if (sources.length === 0 || destinations.length === 0) return [];
  const box: Box = { family, ...question, sources, destinations };
  return pureBoxes([box]).map((pure) =>
    pure.sourcePorts === allPorts && hasPorts(pure.protocols[0] ?? 0) ? { ...pure, sourcePorts: ephemeralPorts } : pure,
  );
}
