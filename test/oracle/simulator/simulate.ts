import { everyBranch, everyStrategy, type Strategy } from './choices.ts';
import { parseAddress } from './address.ts';
import { exchange } from './exchange.ts';
import type { Step } from './journey.ts';
import type { Leg } from './leg.ts';
import type { Packet } from './packet.ts';
import type { World } from './world/world.ts';

/** One header to push through the network. */
export interface Header {
  /** An interface, or `internet`. */
  readonly from: string;
  /** `internet`, `address` (whoever has the destination address), or the interface that must receive it. */
  readonly to: string;
  readonly source: string;
  readonly sourcePort: number;
  readonly destination: string;
  readonly destinationPort: number;
  readonly protocol: number;
  readonly icmpType: number;
  readonly icmpCode: number;
}

export type Verdict = 'reachable' | 'not-reachable' | 'unknown';

export interface Simulation {
  readonly verdict: Verdict;
  /** It works for some of AWS's choices and not for others. */
  readonly intermittent: boolean;
  /** What dropped the packet, or what is not known; of the first branch that ended so. */
  readonly component: string | undefined;
  readonly reason: string | undefined;
  /** Every component that dropped the packet or is not known, over all branches. */
  readonly components: readonly string[];
  /** The walk that the component is of. */
  readonly log: readonly Step[];
}

/** The header as a packet. */
export function toPacket(header: Header): Packet {
  return { ...header, source: parseAddress(header.source), destination: parseAddress(header.destination) };
}

/** What one strategy of the client comes to. */
function play(world: World, header: Header, strategy: Strategy): Simulation {
  const packet = toPacket(header);
  const sender = header.from === 'internet' ? 'internet' : world.nics.get(header.from);
  if (sender === undefined) throw new Error(`no interface ${header.from}`);
  const identity = sender === 'internet' ? [] : [{ nic: sender, before: [] }];
  const leg: Leg = { sender, packet, identity, preservesClient: false };
  let works = 0;
  let fails = 0;
  let worst: { component: string; reason: string; log: Step[] } | undefined;
  let unknowns = 0;
  let firstLog: Step[] = [];
  const components = new Set<string>();
  const { notKnown } = everyBranch(strategy, (choices) => {
    const log: Step[] = [];
    const ending = exchange({ world, choices, log, to: header.to }, leg);
    if (firstLog.length === 0) firstLog = log;
    if (ending === undefined) works += 1;
    else {
      components.add(ending.component);
      if (ending.kind === 'dropped') fails += 1;
      else unknowns += 1;
      worst ??= { component: ending.component, reason: ending.reason, log };
    }
    return [works, fails, unknowns].filter((count) => count > 0).length > 1 ? 'enough' : 'more';
  });
  const mixed = unknowns > 0 || (works > 0 && fails > 0);
  return {
    verdict: mixed ? 'unknown' : works > 0 ? 'reachable' : 'not-reachable',
    intermittent: mixed && unknowns === 0 && !notKnown,
    component: worst?.component,
    reason: worst?.reason,
    components: [...components],
    log: worst?.log ?? firstLog,
  };
}

/** Pushes one header through the world, down every branch, and says what becomes of it: the best that the client can get. */
export function simulate(world: World, header: Header): Simulation {
  const results = everyStrategy((strategy) => play(world, header, strategy));
  const best =
    results.find(({ verdict }) => verdict === 'reachable') ??
    results.find(({ verdict }) => verdict === 'unknown') ??
    results[0];
  if (best === undefined) throw new Error('no strategy at all');
  return best;
}
