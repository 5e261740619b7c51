import type { TraceQuery } from '../../model/verdict/path.ts';
import type { Network } from '../../network/network.ts';
import type { FlowLogLine } from '../format/flow-log-line.ts';
import { FlowLogsUnusable } from '../unusable.ts';
import { interfaceNamed, traceName } from './interfaces.ts';
import { protocolOf } from './words.ts';

/** The question of which a record is the request or the reply. */
export interface LineQuestion {
  readonly query: TraceQuery;
  readonly isReply: boolean;
  /** How the record was read, in one sentence. */
  readonly note: string;
}

/**
 * Turns a record into the question that its packets belong to. A SYN-ACK is a reply; without flags, a packet from a low
 * port to a high one is.
 */
export function questionOfLine(network: Network, line: FlowLogLine): LineQuestion {
  const source = line['pkt-srcaddr'] ?? line['srcaddr'];
  const destination = line['pkt-dstaddr'] ?? line['dstaddr'];
  const protocol = line['protocol'];
  if (source === undefined || destination === undefined || protocol === undefined) {
    throw new FlowLogsUnusable(
      `The record says nothing of a packet (log status ${line['log-status'] ?? 'not given'}): a trace needs srcaddr, dstaddr and protocol.`,
    );
  }
  const [sourcePort, destinationPort] = [Number(line['srcport'] ?? 0), Number(line['dstport'] ?? 0)];
  const isReply = isReplyOf(line['tcp-flags'], Number(protocol), sourcePort, destinationPort);
  const located = interfaceNamed(network.snapshot, line['interface-id'] ?? null);
  const name = (address: string): string =>
    located === undefined ? address : traceName(network.snapshot, located.resource.vpcId, address);
  const ported = protocol === '6' || protocol === '17';
  const query: TraceQuery = {
    from: name(isReply ? destination : source),
    to: name(isReply ? source : destination),
    protocol: protocolOf(Number(protocol)),
    ...(ported
      ? { port: isReply ? sourcePort : destinationPort, sourcePort: isReply ? destinationPort : sourcePort }
      : {}),
    ...(protocol === '1' ? { icmpType: 8 } : protocol === '58' ? { icmpType: 128 } : {}),
  };
  const what = `${line['action'] ?? 'A record'} at ${line['interface-id'] ?? line['resource-id'] ?? '-'}`;
  return {
    query,
    isReply,
    note: isReply
      ? `${what}: read as the reply to a request from ${query.from}; look at the way back.`
      : `${what}: read as a request.${ported ? '' : protocol === '1' || protocol === '58' ? ' The ICMP type is not recorded; an echo request is assumed.' : ''}`,
  };
}

function isReplyOf(flags: string | undefined, protocol: number, sourcePort: number, destinationPort: number): boolean {
  if (protocol !== 6 && protocol !== 17) return false;
  const bits = flags === undefined ? 0 : Number(flags);
  if (bits % 4 >= 2) return bits % 32 >= 16;
  return (destinationPort >= 1024 && sourcePort < 1024) || (destinationPort >= 32_768 && sourcePort < 32_768);
}
