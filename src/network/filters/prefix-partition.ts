import {
  type Bound,
  intersectIntervals,
  type Intervals,
  subtractIntervals,
  uniteIntervals,
} from '../sets/intervals.ts';

/** A route for one block. Blocks of one family nest or are disjoint. */
export interface Candidate<R> {
  readonly from: Bound;
  /** Exclusive. */
  readonly to: Bound;
  /** The length of the prefix: the longer wins. */
  readonly length: number;
  /** At equal length the lower wins. */
  readonly rank: number;
  readonly route: R;
  /** Where the route leads; two candidates of equal length and rank with different targets are rivals. */
  readonly target: string;
}

/** A stretch of destinations that one route wins. */
export interface Stretch<R> {
  readonly from: Bound;
  readonly to: Bound;
  readonly route: R;
  /** Another route of equal standing with another target: AWS picks one, and does not say which. */
  readonly rival?: R;
}

/** What a table does with some destinations. */
export interface Choice<R> {
  readonly destinations: Intervals;
  /** Absent where no route matches. */
  readonly route: R | undefined;
  readonly rival?: R;
}

interface Winner<R> extends Candidate<R> {
  readonly rival?: R;
}

/** Longest prefix, then rank: works out once which route wins for which destinations, in ascending order. */
export function partition<R>(candidates: readonly Candidate<R>[]): readonly Stretch<R>[] {
  const sorted = winners(candidates).sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.length - b.length));
  const out: Stretch<R>[] = [];
  const open: Winner<R>[] = [];
  let at: Bound | undefined;
  const emit = (until: Bound): void => {
    const top = open[open.length - 1];
    if (top === undefined || at === undefined || at >= until) return;
    out.push({ from: at, to: until, route: top.route, ...(top.rival === undefined ? {} : { rival: top.rival }) });
  };
  const closeUntil = (until: Bound | undefined): void => {
    let top = open[open.length - 1];
    while (top !== undefined) {
      if (until !== undefined && top.to > until) return;
      emit(top.to);
      at = top.to;
      open.pop();
      top = open[open.length - 1];
    }
  };
  for (const candidate of sorted) {
    closeUntil(candidate.from);
    emit(candidate.from);
    at = candidate.from;
    open.push(candidate);
  }
  closeUntil(undefined);
  return out;
}

/** One candidate for each block: the best, with a rival where two are equally good. */
function winners<R>(candidates: readonly Candidate<R>[]): Winner<R>[] {
  const best = new Map<string, Winner<R>>();
  for (const candidate of candidates) {
    const key = `${candidate.from}/${candidate.length}`;
    const known = best.get(key);
    if (known === undefined || candidate.rank < known.rank) best.set(key, candidate);
    else if (candidate.rank === known.rank && candidate.target !== known.target) {
      const [first, second] = known.target < candidate.target ? [known, candidate] : [candidate, known];
      best.set(key, { ...first, rival: second.route });
    }
  }
  return [...best.values()];
}

/** Which route takes which of the given destinations, in ascending order; what no route takes comes last. */
export function select<R>(stretches: readonly Stretch<R>[], destinations: Intervals): readonly Choice<R>[] {
  const first = destinations[0];
  const last = destinations[destinations.length - 1];
  if (first === undefined || last === undefined) return [];
  const choices = new Map<R, { destinations: Intervals; rival: R | undefined }>();
  let rest: Intervals = destinations;
  for (let i = firstEndingAfter(stretches, first); i < stretches.length; i++) {
    const stretch = stretches[i] as Stretch<R>;
    if (stretch.from >= last) break;
    const taken = intersectIntervals(destinations, [stretch.from, stretch.to]);
    if (taken.length === 0) continue;
    if (taken === destinations) return [{ ...stretch, destinations }];
    const known = choices.get(stretch.route);
    choices.set(stretch.route, {
      destinations: known === undefined ? taken : uniteIntervals(known.destinations, taken),
      rival: stretch.rival ?? known?.rival,
    });
    rest = subtractIntervals(rest, taken);
  }
  const out: Choice<R>[] = [...choices].map(([route, choice]) => ({
    route,
    destinations: choice.destinations,
    ...(choice.rival === undefined ? {} : { rival: choice.rival }),
  }));
  if (rest.length > 0) out.push({ route: undefined, destinations: rest });
  return out;
}

function firstEndingAfter<R>(stretches: readonly Stretch<R>[], at: Bound): number {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stretches[middle] as Stretch<R>).to <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
