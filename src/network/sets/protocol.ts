import type { Intervals } from './intervals.ts';
import type { Parsed } from './ip-address.ts';

/** A set of IANA protocol numbers as boundaries, 0 to 255. */
export type ProtocolSet = Intervals<number>;

/** The four protocols whose headers filters look into, by IANA number. */
export const protocolNumbers = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58 } as const;

/** Every protocol: what `-1` means in a rule. */
export const allProtocols: ProtocolSet = [0, 256];

const interned: readonly ProtocolSet[] = Array.from({ length: 256 }, (_, number) => [number, number + 1]);

/** One protocol alone; the same object for the same number. */
export const onlyProtocol = (number: number): ProtocolSet => interned[number] ?? [];

/**
 * A protocol as EC2 and people write it: `-1` or `all`, a name (`tcp`, `udp`, `icmp`, `icmpv6`) or a number 0 to 255.
 * `undefined` stands for every protocol.
 */
export function parseProtocol(text: string): Parsed<number | undefined> {
  const lower = text.toLowerCase();
  if (lower === '-1' || lower === 'all') return { value: undefined };
  if (Object.hasOwn(protocolNumbers, lower)) return { value: protocolNumbers[lower as keyof typeof protocolNumbers] };
  if (/^(0|[1-9][0-9]{0,2})$/.test(lower) && Number(lower) <= 255) return { value: Number(lower) };
  return { reason: `"${text}" is not a protocol: write tcp, udp, icmp, icmpv6, all or a number from 0 to 255` };
}

/** `tcp`, `udp`, `icmp`, `icmpv6`, or the number. */
export function protocolName(number: number): string {
  for (const [name, value] of Object.entries(protocolNumbers)) if (value === number) return name;
  return String(number);
}

/** Has this protocol ports? Only those of TCP and UDP are looked at by filters. */
export const hasPorts = (number: number): boolean => number === protocolNumbers.tcp || number === protocolNumbers.udp;

/** Has this protocol ICMP types and codes? */
export const isIcmp = (number: number): boolean => number === protocolNumbers.icmp || number === protocolNumbers.icmpv6;
