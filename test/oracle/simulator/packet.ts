import { type Address, formatAddress } from './address.ts';

/** One packet. Ports count for TCP (6) and UDP (17), type and code for ICMP (1) and ICMPv6 (58). */
export interface Packet {
  readonly source: Address;
  readonly destination: Address;
  readonly protocol: number;
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly icmpType: number;
  readonly icmpCode: number;
}

export const TCP = 6;
export const UDP = 17;
export const ICMP = 1;
export const ICMPV6 = 58;

export function hasPorts(packet: Packet): boolean {
  return packet.protocol === TCP || packet.protocol === UDP;
}

export function isIcmp(packet: Packet): boolean {
  return packet.protocol === ICMP || packet.protocol === ICMPV6;
}

/** Messages that ask for an answer, and the answer: echo, timestamp, information (RFC 792), address mask (RFC 950). */
const icmpAnswers: ReadonlyMap<number, number> = new Map([
  [8, 0],
  [13, 14],
  [15, 16],
  [17, 18],
]);

/** The same of ICMPv6: echo (RFC 4443). */
const icmpv6Answers: ReadonlyMap<number, number> = new Map([[128, 129]]);

/**
 * What the receiver sends back: ends swapped, an ICMP request answered by its reply. Nothing answers any other ICMP
 * message.
 */
export function replyTo(packet: Packet): Packet | undefined {
  const swapped = {
    ...packet,
    source: packet.destination,
    destination: packet.source,
    sourcePort: packet.destinationPort,
    destinationPort: packet.sourcePort,
  };
  if (!isIcmp(packet)) return swapped;
  const answer = (packet.protocol === ICMP ? icmpAnswers : icmpv6Answers).get(packet.icmpType);
  return answer === undefined || packet.icmpCode !== 0 ? undefined : { ...swapped, icmpType: answer };
}

/** The packet in one line. */
export function describePacket(packet: Packet): string {
  const port = (value: number): string => (hasPorts(packet) ? `:${value}` : '');
  const icmp = isIcmp(packet) ? ` type ${packet.icmpType} code ${packet.icmpCode}` : '';
  return (
    `${formatAddress(packet.source)}${port(packet.sourcePort)} → ` +
    `${formatAddress(packet.destination)}${port(packet.destinationPort)} protocol ${packet.protocol}${icmp}`
  );
}
