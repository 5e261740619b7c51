import type { TraceQuery, TraceResult } from '../model/verdict/path.ts';
import type { Missing } from '../model/verdict/verdict.ts';
import type { Network } from './network.ts';
import { blocked, chainItems, type Finding, type Reason } from './path/flow.ts';
import { end, type Step } from './path/step.ts';
import { isSingle } from './path/view.ts';
import { follow, type Outcome, together } from './path/walk.ts';
import { beginning, flowFrom, packetsOf } from './query/beginning.ts';
import { type Aim, type Destination, resolveDestination } from './query/destination.ts';
import { NotModelled, NotVisible } from './query/find.ts';
import { QueryError } from './query/query-error.ts';
import { type PacketQuestion, packetQuestion } from './query/packets.ts';
import { resolveSource } from './query/source.ts';
import type { Source, Start } from './query/start.ts';
import { traceResult } from './result/trace-result.ts';
import { noTraffic, type Traffic, uniteTraffic } from './sets/traffic.ts';

export { QueryError } from './query/query-error.ts';

/**
 * Answers one question: which packets get from `from` to `to` and are answered, hop by hop in both directions, with the
 * rules that admit them, or every blocker, or what is not known. Throws `QueryError` where the question makes no sense.
 */
export function trace(network: Network, query: TraceQuery): TraceResult {
  const question = packetQuestion(query);
  try {
    const { source, destination } = endsOf(network, query);
    const { asked, outcome } = walkAll(network, question, source, destination);
    return traceResult(query, asked, outcome);
  } catch (error) {
    if (error instanceof NotVisible) return notVisible(query, error);
    if (error instanceof NotModelled) return notModelled(query, error);
    throw error;
  }
}

interface Ends {
  readonly source: Source;
  readonly destination: Destination;
}

/** A private address comes in by the lines of the destination's VPC, so a source may want to know where it goes. */
function endsOf({ snapshot }: Network, { from, to }: TraceQuery): Ends {
  const source = resolveSource(snapshot, from, () => resolveDestination(snapshot, to, false, undefined).vpcIds);
  const senderVpcId = source.starts[0]?.sender?.resource.vpcId;
  const destination = resolveDestination(snapshot, to, source.outside, senderVpcId);
  if (source.outside && destination.aims.every(isBeyond)) {
    throw new QueryError(`${from} and ${to} both lie on the internet: one end has to be in the snapshot`);
  }
  return { source, destination };
}

/** Is a part of the internet meant, wider than one host? */
const isBeyond = ({ destinations: { ipv4, ipv6 }, target, hidden, goal }: Aim): boolean =>
  target === 'internet' ||
  (target === undefined && hidden === undefined && goal === undefined && !isSingle(ipv4) && !isSingle(ipv6));

function walkAll(
  network: Network,
  question: PacketQuestion,
  { starts }: Source,
  { aims, byChance }: Destination,
): { readonly asked: Traffic; readonly outcome: Outcome } {
  let asked: Traffic = noTraffic;
  const outcomes = starts.map((start): Outcome => {
    const perAim = aims.flatMap((aim): readonly Outcome[] => {
      const traffic = packetsOf(question, start, aim);
      if (traffic.length === 0) return [];
      asked = uniteTraffic(asked, traffic);
      const outcome = follow(beginning(network, start, aim, traffic));
      return [aim.goal === undefined ? outcome : towardsGoal(outcome)];
    });
    return byChance ? asNamesResolve(perAim) : together(perAim);
  });
  const outcome = together(outcomes);
  return { asked, outcome: outcome.ends.length > 0 ? outcome : follow(familiesApart(network, starts[0])) };
}

/** Where a route takes some packets to the gateway that the question leads to, the others are beside the question. */
function towardsGoal(outcome: Outcome): Outcome {
  const arriving = outcome.ends.filter(({ forward }) => forward?.goal !== undefined);
  const routed = arriving.filter(
    ({ findings }) =>
      !chainItems(findings).some(
        ({ explanation: { explanationCode, direction } }) =>
          explanationCode === 'NO_ROUTE_TO_DESTINATION' && direction === 'forward',
      ),
  );
  const ends = routed.length > 0 ? routed : arriving;
  return ends.length === 0 ? outcome : { ...outcome, ends };
}

/** Zones without a usable target are taken out of a load balancer's name. */
const outOfTheName: ReadonlySet<string> = new Set(['ELBV2_NO_TARGETS_IN_AZ', 'TARGET_UNHEALTHY']);

/**
 * A name stands for several addresses and the client takes any of them: where some work and some do not, connections
 * succeed by chance.
 */
function asNamesResolve(outcomes: readonly Outcome[]): Outcome {
  const working = outcomes.filter(({ alive }) => alive.length > 0);
  const resolved = outcomes.filter(
    ({ alive, ends }) =>
      alive.length > 0 ||
      !ends.every(({ findings }) =>
        chainItems(findings).some(({ explanation }) => outOfTheName.has(explanation.explanationCode)),
      ),
  );
  if (working.length === 0) return together(outcomes);
  const all = together(resolved);
  if (working.length === resolved.length) return all;
  const text =
    'The name stands for several addresses, and not all of them work: some connections succeed, others fail.';
  const explanation = {
    explanationCode: 'INTERMITTENT',
    direction: 'forward',
    component: { id: 'dns', type: 'other' },
    text,
  } as const;
  const finding: Finding = { explanation, kind: 'unknown', traffic: all.alive, missing: [{ fact: text }] };
  return {
    ...all,
    alive: noTraffic,
    doubtful: uniteTraffic(all.doubtful, all.alive),
    findings: [...all.findings, finding],
  };
}

/** Not one pair of addresses is of the same family. */
function familiesApart(network: Network, start: Start | undefined): Step {
  const origin = { kind: 'internet' } as const;
  const none: Start = start ?? {
    place: { kind: 'internet' },
    sources: { ipv4: [], ipv6: [] },
    origin,
    sender: undefined,
    arrivedBy: 'internet',
  };
  const component = {
    id: none.sender?.resource.networkInterfaceId ?? 'internet',
    type: none.sender === undefined ? ('internet' as const) : ('network-interface' as const),
  };
  const text = 'Source and destination have no address of the same family, so no packet can go from one to the other.';
  return end(blocked(flowFrom(network, none, undefined, noTraffic), { explanationCode: 'NO_PATH', component, text }));
}

/** No path is followed into or out of what was asked for. */
function notModelled(query: TraceQuery, { id }: NotModelled): TraceResult {
  const text = `${id} is a kind of gateway that is not modelled.`;
  return unanswered(
    query,
    { explanationCode: 'UNSUPPORTED_COMPONENT', component: { id, type: 'other' }, text },
    {
      fact: `what ${id} takes and where it leads`,
    },
  );
}

/** What was asked for may lie in a part of the snapshot that was not read. */
function notVisible(query: TraceQuery, { id, missing }: NotVisible): TraceResult {
  const text = `${id} is not in the snapshot, and not everything was read: ${missing.fact}.`;
  return unanswered(query, { explanationCode: 'UNKNOWN_RESOURCE', component: { id, type: 'other' }, text }, missing);
}

const unanswered = (query: TraceQuery, reason: Reason, missing: Missing): TraceResult => ({
  query,
  verdict: 'unknown',
  admittedTraffic: [],
  forwardPathComponents: [],
  returnPathComponents: [],
  explanations: [{ ...reason, effect: 'unknown', direction: 'forward' }],
  missing: [missing],
});
