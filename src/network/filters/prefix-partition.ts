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
  /** Rivals of one such candidate are all others, of whatever length: AWS picks one of several that hold the destination. */
  readonly unordered?: boolean;
}

/** A stretch of destinations that one route wins. */
export interface Stretch<R> {
  readonly from: Bound;
  readonly to: Bound;
  readonly route: R;
  /** Routes of equal standing with other targets: AWS picks one, and does not say which. */
  readonly rivals?: readonly R[];
}

/** What a table does with some destinations. */
export interface Choice<R> {
  readonly destinations: Intervals;
  /** Absent where no route matches. */
  readonly route: R | undefined;
  readonly rivals?: readonly R[];
}

/** Longest prefix, then rank: works out once which route wins for which destinations, in ascending order. */
export function partition<R>(candidates: readonly Candidate<R>[]): readonly Stretch<R>[] {
  const sorted = [...candidates].sort(
    (a, b) =>
      (a.from < b.from ? -1 : a.from > b.from ? 1 : 0) ||
      a.length - b.length ||
      b.rank - a.rank ||
      (a.target < b.target ? 1 : a.target > b.target ? -1 : 0),
  );
  const out: Stretch<R>[] = [];
  const open: Candidate<R>[] = [];
  let at: Bound | undefined;
  const emit = (until: Bound): void => {
    const top = open[open.length - 1];
    if (top === undefined || at === undefined || at >= until) return;
    const rivals = rivalsOf(top, open);
    out.push({ from: at, to: until, route: top.route, ...(rivals.length === 0 ? {} : { rivals }) });
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

/** Routes that AWS may take instead of the winner, one for each other target. */
function rivalsOf<R>(winner: Candidate<R>, holding: readonly Candidate<R>[]): readonly R[] {
  const byTarget = new Map<string, R>();
  for (const other of holding) {
    const equal = other.length === winner.length && other.rank === winner.rank;
    const overlapping = winner.unordered === true && other.unordered === true;
    if ((equal || overlapping) && other.target !== winner.target) byTarget.set(other.target, other.route);
  }
  return byTarget.size === 0 ? [] : [...byTarget].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, route]) => route);
}

/** Which route takes which of the given destinations, in ascending order; what no route takes comes last. */
export function select<R>(stretches: readonly Stretch<R>[], destinations: Intervals): readonly Choice<R>[] {
  const first = destinations[0];
  const last = destinations[destinations.length - 1];
  if (first === undefined || last === undefined) return [];
  const choices: (Choice<R> & Pick<Stretch<R>, 'route'>)[] = [];
  const placeOf = new Map<R, number>();
  let rest: Intervals = destinations;
  for (let i = firstEndingAfter(stretches, first); i < stretches.length; i++) {
    const stretch = stretches[i] as Stretch<R>;
    if (stretch.from >= last) break;
    const taken = intersectIntervals(destinations, [stretch.from, stretch.to]);
    if (taken.length === 0) continue;
    if (taken === destinations) return [{ ...stretch, destinations }];
    const known = placeOf.get(stretch.route);
    const before = known === undefined ? undefined : choices[known];
    if (known !== undefined && before !== undefined && sameRoutes(before.rivals, stretch.rivals)) {
      choices[known] = { ...before, destinations: uniteIntervals(before.destinations, taken) };
    } else {
      placeOf.set(stretch.route, choices.length);
      const rivals = stretch.rivals === undefined ? {} : { rivals: stretch.rivals };
      choices.push({ route: stretch.route, destinations: taken, ...rivals });
    }
    rest = subtractIntervals(rest, taken);
  }
  return rest.length > 0 ? [...choices, { route: undefined, destinations: rest }] : choices;
}

const sameRoutes = <R>(one: readonly R[] = [], other: readonly R[] = []): boolean =>
  one.length === other.length && one.every((route, index) => route === other[index]);

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
