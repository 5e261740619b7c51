import type { Snapshot } from '../../../src/model/snapshot/snapshot.ts';
import type { TraceQuery, TraceResult } from '../../../src/model/verdict/path.ts';
import { buildNetwork, type Network } from '../../../src/network/network.ts';
import { trace } from '../../../src/network/trace.ts';
import { parseAddress } from '../simulator/address.ts';
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

/** What the engine says of one header. */
export interface EngineAnswer {
  /** By the sets that hold the header. */
  readonly verdict: Verdict;
  readonly query: TraceQuery;
  readonly result: TraceResult;
  /** Where the parts of the answer do not fit together: in which way. */
  readonly contradiction: string | undefined;
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

/** Does the question leave nothing open but the header itself? */
function isSpelledOut({ world }: Engine, { from, to, source }: Header, grain: Grain): boolean {
  const sender = world.nics.get(from);
  if (grain !== 'header' || to === 'internet' || sender === undefined || sender.prefixes.length > 0) return false;
  const { family } = parseAddress(source);
  return sender.addresses.filter((own) => own.family === family).length === 1;
}

/** The verdict of an answer rests on its sets, a packet is in one of them at most, and one packet has one verdict. */
function contradictionIn(engine: Engine, header: Header, grain: Grain, result: TraceResult): string | undefined {
  const { verdict, admittedTraffic, possibleTraffic = [] } = result;
  const bySets = admittedTraffic.length > 0 ? 'reachable' : possibleTraffic.length > 0 ? 'unknown' : 'not-reachable';
  // What the snapshot does not hold is unknown without any set.
  const notVisible = verdict === 'unknown' && bySets === 'not-reachable';
  if (verdict !== bySets && !notVisible) return `verdict ${verdict}, sets say ${bySets}`;
  const [admitted, possible] = [isMember(admittedTraffic, header), isMember(possibleTraffic, header)];
  if (admitted && possible) return 'one packet is both admitted and possible';
  const own = admitted ? 'reachable' : possible ? 'unknown' : 'not-reachable';
  return isSpelledOut(engine, header, grain) && !notVisible && own !== verdict
    ? `verdict ${verdict} of the one packet asked for, which is ${own} by the sets`
    : undefined;
}

/** What the engine says of one header. */
export function engineAnswer(engine: Engine, header: Header, grain: Grain): EngineAnswer {
  const { network, world, answers } = engine;
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
  return { verdict, query, result, contradiction: contradictionIn(engine, header, grain, result) };
}
