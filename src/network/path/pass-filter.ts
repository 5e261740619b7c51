import type { ComponentReference, PathRule } from '../../model/verdict/path.ts';
import type { Decision } from '../filters/decision.ts';
import { intersectTraffic, noTraffic, subtractTraffic, type Traffic } from '../sets/traffic.ts';
import { blocked, doubted, type Flow, narrowed, type Reason, withStep } from './flow.ts';
import { decideUnder } from './view.ts';

/** How a filter is named and explained on a path. */
export interface FilterWords<Rule> {
  readonly component: (decision: Decision<Rule>) => ComponentReference;
  readonly packetDirection: 'ingress' | 'egress';
  readonly vpcId?: string | undefined;
  readonly subnetId?: string | undefined;
  readonly evidence: (rule: Rule) => PathRule;
  /** Why packets are refused. */
  readonly refusal: (decision: Decision<Rule>) => Reason;
  /** Why it cannot be told. */
  readonly doubt: (decision: Decision<Rule>) => Reason;
}

/** Asks a filter about everything in question, writes down its answer and goes on. */
export function passFilter<Rule>(
  flow: Flow,
  decide: (seen: Traffic) => Decision<Rule>,
  words: FilterWords<Rule>,
): Flow {
  const decision = decideUnder(flow.view, flow.asked, decide);
  const { admitted, refused, doubtful, chancy, admittedBy, refusedBy } = decision;
  const blocks = admitted.length === 0 && chancy.length === 0;
  const open = refused.length === 0 && doubtful.length === 0 && chancy.length === 0;
  const rules = (admittedBy.length > 0 ? admittedBy : refusedBy).map(words.evidence);
  let next = withStep(flow, {
    component: words.component(decision),
    effect: open ? 'admits' : blocks ? (doubtful.length > 0 ? 'unknown' : 'blocks') : 'limits',
    packetDirection: words.packetDirection,
    vpcId: words.vpcId,
    subnetId: words.subnetId,
    rules,
  });
  if (open) return next;
  if (refused.length > 0)
    next = blocked(next, words.refusal(decision), blocks && doubtful.length === 0 ? flow.asked : refused);
  if (doubtful.length > 0) next = doubted(next, words.doubt(decision), decision.missing, doubtful);
  if (chancy.length > 0)
    next = doubted(next, { ...words.refusal(decision), explanationCode: 'INTERMITTENT' }, [], chancy);
  return next;
}

/** Lets only some packets on, for a reason that is the component's own and no rule's. */
export function admitOnly(flow: Flow, permitted: (seen: Traffic) => Traffic, reason: Reason): Flow {
  const { refused } = decideUnder(flow.view, flow.asked, (seen) => {
    const admitted = permitted(seen);
    const outside = admitted === seen ? noTraffic : subtractTraffic(seen, admitted);
    return { admitted, refused: outside, doubtful: noTraffic, admittedBy: [], refusedBy: [], missing: [] };
  });
  if (refused.length === 0) return flow;
  const everything = subtractTraffic(flow.asked, refused).length === 0;
  return blocked(flow, reason, everything ? flow.asked : refused);
}

/** The packets that look like one of `wanted` here, and the others; either is `undefined` where it has none. */
export function parted(
  flow: Flow,
  wanted: Traffic,
): { readonly like: Flow | undefined; readonly unlike: Flow | undefined } {
  const { admitted, refused } = decideUnder(flow.view, flow.asked, (seen) => {
    const like = intersectTraffic(seen, wanted);
    const unlike = like === seen ? noTraffic : subtractTraffic(seen, like);
    return { admitted: like, refused: unlike, doubtful: noTraffic, admittedBy: [], refusedBy: [], missing: [] };
  });
  return {
    like: admitted.length === 0 ? undefined : narrowed(flow, admitted),
    unlike: refused.length === 0 ? undefined : narrowed(flow, refused),
  };
}
