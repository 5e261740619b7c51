import type { Decision } from '../filters/decision.ts';
import type { Box } from '../sets/box.ts';
import { icmpRepliesTo, icmpRequestsOf } from '../sets/icmp.ts';
import { intersectIntervals, type Intervals } from '../sets/intervals.ts';
import type { Family } from '../sets/ip-address.ts';
import { allPorts } from '../sets/port-set.ts';
import { protocolNumbers } from '../sets/protocol.ts';
import { intersectTraffic, noTraffic, subtractTraffic, type Traffic } from '../sets/traffic.ts';

/**
 * How the packets of a question look at some place of their path. Every set of a trace is kept in the words of the
 * question; translations (a gateway's NAT, a load balancer's) and the turn into a reply change the view alone. A field
 * that is set has been rewritten, to one value or to one that AWS picks from several.
 */
export interface View {
  /** Is this the reply: sources and destinations swapped, ICMP requests turned into their answers? */
  readonly reversed: boolean;
  /** Set where a translator changed the family. */
  readonly family?: Family;
  readonly sources?: Intervals;
  readonly destinations?: Intervals;
  readonly sourcePorts?: Intervals<number>;
  readonly destinationPorts?: Intervals<number>;
}

/** The packets as asked. */
export const asAsked: View = { reversed: false };

/** The reply to the packets as they look here. */
export function replyView(view: View): View {
  return {
    reversed: !view.reversed,
    ...(view.family === undefined ? {} : { family: view.family }),
    ...(view.destinations === undefined ? {} : { sources: view.destinations }),
    ...(view.sources === undefined ? {} : { destinations: view.sources }),
    ...(view.destinationPorts === undefined ? {} : { sourcePorts: view.destinationPorts }),
    ...(view.sourcePorts === undefined ? {} : { destinationPorts: view.sourcePorts }),
  };
}

const isUntouched = (view: View): boolean =>
  !view.reversed &&
  view.sources === undefined &&
  view.destinations === undefined &&
  view.sourcePorts === undefined &&
  view.destinationPorts === undefined;

const icmpOf = (box: Box): number | undefined => {
  const [from, to] = box.protocols;
  if (from === 1 && to === 2) return protocolNumbers.icmp;
  return from === 58 && to === 59 ? protocolNumbers.icmpv6 : undefined;
};

const isPorted = (box: Box): boolean => {
  const from = box.protocols[0];
  return from === protocolNumbers.tcp || from === protocolNumbers.udp;
};

/** How a box of the question looks under a view. The box holds protocols of one kind only (see `pureBoxes`). */
export function seenAs(box: Box, view: View): Box {
  if (isUntouched(view)) return box;
  const icmp = icmpOf(box);
  const ported = isPorted(box);
  const [sources, destinations] = view.reversed ? [box.destinations, box.sources] : [box.sources, box.destinations];
  let sourcePorts = view.reversed ? box.destinationPorts : box.sourcePorts;
  let destinationPorts = view.reversed ? box.sourcePorts : box.destinationPorts;
  if (icmp !== undefined) {
    sourcePorts = allPorts;
    destinationPorts = view.reversed ? icmpRepliesTo(icmp, box.destinationPorts) : box.destinationPorts;
  } else if (ported) {
    sourcePorts = view.sourcePorts ?? sourcePorts;
    destinationPorts = view.destinationPorts ?? destinationPorts;
  }
  return {
    family: view.family ?? box.family,
    protocols: box.protocols,
    sources: view.sources ?? sources,
    destinations: view.destinations ?? destinations,
    sourcePorts,
    destinationPorts,
  };
}

/** The part of `box` whose packets look like one of `part`, a piece of what `box` looks like. */
function pullBack(box: Box, seen: Box, part: Box, view: View): Box {
  if (part === seen) return box;
  const icmp = icmpOf(box);
  const sourceField = view.reversed ? 'destinations' : 'sources';
  const destinationField = view.reversed ? 'sources' : 'destinations';
  let sourcePorts = box.sourcePorts;
  let destinationPorts = box.destinationPorts;
  if (icmp !== undefined) {
    destinationPorts = view.reversed
      ? intersectIntervals(box.destinationPorts, icmpRequestsOf(icmp, part.destinationPorts))
      : part.destinationPorts;
  } else if (isPorted(box)) {
    const seenSource = view.sourcePorts === undefined ? part.sourcePorts : undefined;
    const seenDestination = view.destinationPorts === undefined ? part.destinationPorts : undefined;
    sourcePorts = (view.reversed ? seenDestination : seenSource) ?? sourcePorts;
    destinationPorts = (view.reversed ? seenSource : seenDestination) ?? destinationPorts;
  }
  return {
    family: box.family,
    protocols: part.protocols,
    sources: box.sources,
    destinations: box.destinations,
    ...(view.sources === undefined ? { [sourceField]: part.sources } : {}),
    ...(view.destinations === undefined ? { [destinationField]: part.destinations } : {}),
    sourcePorts,
    destinationPorts,
  };
}

/** A decision in the words of the question; `chancy` is admitted or refused as AWS happens to pick. */
export interface PulledDecision<Rule> extends Decision<Rule> {
  readonly chancy: Traffic;
}

/** Asks a filter about packets as they look under a view, and translates its answer into the words of the question. */
export function decideUnder<Rule>(
  view: View,
  asked: Traffic,
  decide: (seen: Traffic) => Decision<Rule>,
): PulledDecision<Rule> {
  if (isUntouched(view)) return { ...decide(asked), chancy: noTraffic };
  const [box] = asked;
  if (asked.length === 1 && box !== undefined) return decideBox(view, box, decide);
  const parts = asked.map((one) => decideBox(view, one, decide));
  const all = <T>(pick: (part: PulledDecision<Rule>) => readonly T[]): readonly T[] => parts.flatMap(pick);
  return {
    admitted: all((part) => part.admitted),
    refused: all((part) => part.refused),
    doubtful: all((part) => part.doubtful),
    chancy: all((part) => part.chancy),
    admittedBy: [...new Set(all((part) => part.admittedBy))],
    refusedBy: [...new Set(all((part) => part.refusedBy))],
    missing: [...new Set(all((part) => part.missing))],
  };
}

function decideBox<Rule>(view: View, box: Box, decide: (seen: Traffic) => Decision<Rule>): PulledDecision<Rule> {
  const seen = seenAs(box, view);
  const decision = decide([seen]);
  const back = (traffic: Traffic): Traffic => traffic.map((part) => pullBack(box, seen, part, view));
  const single = decision.admitted.length + decision.refused.length + decision.doubtful.length === 1;
  if (single || !picksFromSeveral(view)) {
    return {
      ...decision,
      admitted: disjoint(back(decision.admitted), view),
      refused: disjoint(back(decision.refused), view),
      doubtful: disjoint(back(decision.doubtful), view),
      chancy: noTraffic,
    };
  }
  const admitted = disjoint(back(decision.admitted), view);
  const refused = disjoint(back(decision.refused), view);
  const doubtful = disjoint(back(decision.doubtful), view);
  const chancy = intersectTraffic(admitted, refused);
  return {
    ...decision,
    admitted: subtractTraffic(subtractTraffic(admitted, refused), doubtful),
    refused: subtractTraffic(subtractTraffic(refused, admitted), doubtful),
    doubtful: subtractTraffic(doubtful, chancy),
    chancy,
  };
}

/** Pieces that differ only in a rewritten field fall on top of each other when translated back. */
function disjoint(traffic: Traffic, view: View): Traffic {
  if (traffic.length < 2 || !picksFromSeveral(view)) return traffic;
  let all: Traffic = noTraffic;
  for (const box of traffic) all = [...all, ...subtractTraffic([box], all)];
  return all;
}

const several = (values: Intervals | undefined): boolean => values !== undefined && !isSingle(values);

/** Does the set hold exactly one number? */
export const isSingle = (values: Intervals): boolean =>
  values.length === 2 && BigInt(values[1] as number | bigint) - BigInt(values[0] as number | bigint) === 1n;

const picksFromSeveral = (view: View): boolean =>
  several(view.sources) || several(view.destinations) || several(view.sourcePorts) || several(view.destinationPorts);

/** The values of one field as it looks here, over all boxes. */
export function seenField(view: View, box: Box, field: 'sources' | 'destinations'): Intervals {
  return view[field] ?? box[(field === 'sources') === view.reversed ? 'destinations' : 'sources'];
}

const kinds: readonly Intervals<number>[] = [
  [6, 7, 17, 18],
  [1, 2],
  [58, 59],
  [0, 1, 2, 6, 7, 17, 18, 58, 59, 256],
];

/** Cuts boxes by kind of protocol (with ports, ICMP, ICMPv6, the rest), which is what a view asks for. */
export function pureBoxes(traffic: Traffic): Traffic {
  return traffic.flatMap((box) =>
    kinds.flatMap((kind) => {
      const protocols = intersectIntervals(box.protocols, kind);
      if (protocols.length === 0) return [];
      return [protocols === box.protocols ? box : { ...box, protocols }];
    }),
  );
}

/** The packets that nobody answers: ICMP messages that are no requests. */
export function unanswered(traffic: Traffic): Traffic {
  return traffic.flatMap((box): readonly Box[] => {
    const icmp = icmpOf(box);
    if (icmp === undefined) return [];
    const requests = icmpRequestsOf(icmp, icmpRepliesTo(icmp, box.destinationPorts));
    return requests.length === 0 ? [box] : subtractTraffic([box], [{ ...box, destinationPorts: requests }]);
  });
}
