import { type Intervals, intervalsOfRanges } from './intervals.ts';
import { allPorts } from './port-set.ts';
import { protocolNumbers } from './protocol.ts';

/**
 * A set of ICMP messages as boundaries over `type × 256 + code`. It takes the place of the destination ports, so that
 * one and the same box serves every protocol.
 */
export type IcmpSet = Intervals<number>;

/** Every type and code. */
export const allIcmp: IcmpSet = allPorts;

/** The messages of a type and code; -1 (or nothing) stands for all, as in EC2's rules. */
export function icmpMessages(type: number | undefined, code: number | undefined): IcmpSet {
  if (type === undefined || type < 0) return allIcmp;
  if (type > 255) return [];
  if (code === undefined || code < 0) return [type * 256, type * 256 + 256];
  return code > 255 ? [] : [type * 256 + code, type * 256 + code + 1];
}

/** Requests and the message that answers each (RFC 792, RFC 4443): echo, timestamp, information, address mask. */
const replies: Readonly<Record<number, readonly (readonly [request: number, reply: number])[]>> = {
  [protocolNumbers.icmp]: [
    [8, 0],
    [13, 14],
    [15, 16],
    [17, 18],
  ],
  [protocolNumbers.icmpv6]: [[128, 129]],
};

/** The request messages that get an answer; every other ICMP message is a one-way notice. */
export const icmpRequests = (protocol: number): IcmpSet =>
  intervalsOfRanges((replies[protocol] ?? []).map(([request]) => [request * 256, request * 256 + 1] as const));

/** The message that answers each member which is a request; notices are left out. */
export const icmpRepliesTo = (protocol: number, messages: Intervals): IcmpSet => mapped(protocol, messages, 0, 1);

/** The requests that are answered by a member. */
export const icmpRequestsOf = (protocol: number, messages: Intervals): IcmpSet => mapped(protocol, messages, 1, 0);

function mapped(protocol: number, messages: Intervals, from: 0 | 1, to: 0 | 1): IcmpSet {
  const out: (readonly [number, number])[] = [];
  for (const pair of replies[protocol] ?? []) {
    const message = pair[from] * 256;
    for (let i = 0; i < messages.length; i += 2) {
      if (Number(messages[i]) <= message && message < Number(messages[i + 1]))
        out.push([pair[to] * 256, pair[to] * 256 + 1]);
    }
  }
  return intervalsOfRanges(out);
}

/** `8/0`, `3/*`, `all`. */
export function formatIcmp(messages: Intervals): string {
  const parts: string[] = [];
  for (let i = 0; i < messages.length; i += 2) {
    const from = Number(messages[i]);
    const to = Number(messages[i + 1]);
    if (from === 0 && to === 65_536) return 'all';
    if (from % 256 === 0 && to === from + 256) parts.push(`${from / 256}/*`);
    else if (from % 256 === 0 && to % 256 === 0) parts.push(`${from / 256}-${to / 256 - 1}/*`);
    else if (to === from + 1) parts.push(`${Math.floor(from / 256)}/${from % 256}`);
    else parts.push(`${Math.floor(from / 256)}/${from % 256}-${Math.floor((to - 1) / 256)}/${(to - 1) % 256}`);
  }
  return parts.join(', ');
}
