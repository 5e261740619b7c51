import type { Snapshot } from '../../../src/model/snapshot/snapshot.ts';
import type { TraceQuery, TraceResult } from '../../../src/model/verdict/path.ts';
import { buildNetwork, type Network } from '../../../src/network/network.ts';
import { trace } from '../../../src/network/trace.ts';
import type { Header, Verdict } from '../simulator/simulate.ts';
import type { World } from '../simulator/world/world.ts';
import { isMember } from './membership.ts';

/** How much of a header the question to the engine spells out; the rest is read off the sets of the answer. */
export type Grain = 'header' | 'protocol' | 'everything';

/** The engine with one network and the answers that it gave already. */
export interface Engine {
  readonly network: Network;
  readonly world: World;
  readonly answers: Map<string, TraceResult>;
}

export function engineOf(snapshot: Snapshot, world: World): Engine {
  return { network: buildNetwork(snapshot), world, answers: new Map() };
}

/** The question about a header. Where an interface is meant, its VPC is named, for two VPCs may have the address. */
export function questionOf(world: World, header: Header, grain: Grain): TraceQuery {
  const { from, to, protocol } = header;
  const meant = world.nics.get(to);
  const ends = {
    from,
    to: to === 'internet' ? to : meant === undefined ? header.destination : `${meant.vpcId}/${header.destination}`,
  };
  if (grain === 'everything') return ends;
  const named = { ...ends, protocol: String(protocol) };
  if (grain === 'protocol') return named;
  if (protocol === 6 || protocol === 17) {
    return { ...named, port: header.destinationPort, sourcePort: header.sourcePort };
  }
  if (protocol === 1 || protocol === 58) return { ...named, icmpType: header.icmpType, icmpCode: header.icmpCode };
  return named;
}

/** What the engine says of one header. */
export function engineAnswer(
  { network, world, answers }: Engine,
  header: Header,
  grain: Grain,
): { readonly verdict: Verdict; readonly query: TraceQuery; readonly result: TraceResult } {
  const query = questionOf(world, header, grain);
  const key = JSON.stringify(query);
  const result = answers.get(key) ?? trace(network, query);
  answers.set(key, result);
  const { admittedTraffic, possibleTraffic = [] } = result;
  const verdict = isMember(admittedTraffic, header)
    ? 'reachable'
    : isMember(possibleTraffic, header)
      ? 'unknown'
      : 'not-reachable';
  return { verdict, query, result };
}
