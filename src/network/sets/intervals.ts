/**
 * A set of whole numbers as its sorted boundaries: it holds `x` when an odd number of boundaries are `<= x`, so
 * `[80, 81, 443, 444]` is {80, 443} and `[]` is the empty set. One and the same form, with comparisons alone and no
 * arithmetic, serves ports and IPv4 addresses (numbers) and IPv6 addresses (bigint). It is canonical: two sets are equal
 * exactly when their boundaries are.
 */
export type Intervals<T extends Bound = Bound> = readonly T[];

/** A boundary: a number, or a bigint where 53 bits do not suffice. One set never mixes the two. */
export type Bound = number | bigint;

/** The set without members; the same object everywhere, so that emptiness can be tested by identity or length. */
export const noNumbers: readonly never[] = [];

/** Is there no member? */
export const isEmptyIntervals = (a: Intervals): boolean => a.length === 0;

/** Same members? */
export function sameIntervals(a: Intervals, b: Intervals): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** How many boundaries are `<= x`. */
function boundariesUpTo(a: Intervals, x: Bound): number {
  let low = 0;
  let high = a.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((a[middle] as Bound) <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Is `x` a member? */
export const intervalsHave = (a: Intervals, x: Bound): boolean => (boundariesUpTo(a, x) & 1) === 1;

/** Which of the four cases (in neither, in a, in b, in both) belong to the result, as bits 0 to 3. */
const truth = { union: 0b1110, intersection: 0b1000, difference: 0b0010 } as const;

/** One pass over both boundary lists. Gives `a` itself back where nothing changed, so that callers can test identity. */
function sweep<T extends Bound>(a: Intervals<T>, b: Intervals<T>, table: number): Intervals<T> {
  const out: T[] = [];
  let i = 0;
  let j = 0;
  let inside = 0;
  while (i < a.length || j < b.length) {
    const x = a[i];
    const y = b[j];
    const at = (y === undefined || (x !== undefined && x <= y) ? x : y) as T;
    if (x === at) i++;
    if (y === at) j++;
    const now = (table >> ((i & 1) | ((j & 1) << 1))) & 1;
    if (now !== inside) {
      out.push(at);
      inside = now;
    }
  }
  if (out.length === 0) return noNumbers;
  if (sameIntervals(out, a)) return a;
  return sameIntervals(out, b) ? b : out;
}

/** Members of either. */
export function uniteIntervals<T extends Bound>(a: Intervals<T>, b: Intervals<T>): Intervals<T> {
  if (a === b || b.length === 0) return a;
  if (a.length === 0) return b;
  return sweep(a, b, truth.union);
}

/** Members of both. Cheap where one side is a single range, as in most rules and questions. */
export function intersectIntervals<T extends Bound>(a: Intervals<T>, b: Intervals<T>): Intervals<T> {
  if (a === b) return a;
  if (a.length === 0 || b.length === 0) return noNumbers;
  if (b.length === 2) return clip(a, b);
  if (a.length === 2) return clip(b, a);
  return sweep(a, b, truth.intersection);
}

/** The part of `a` inside the one range `range`, found by binary search. */
function clip<T extends Bound>(a: Intervals<T>, range: Intervals<T>): Intervals<T> {
  const from = range[0] as T;
  const to = range[1] as T;
  const first = a[0] as T;
  const last = a[a.length - 1] as T;
  if (from <= first && last <= to) return a;
  if (to <= first || last <= from) return noNumbers;
  const start = boundariesUpTo(a, from);
  const end = boundariesBelow(a, to);
  const opens = (start & 1) === 1;
  const closes = (end & 1) === 1;
  if (start === end) return opens ? range : noNumbers;
  const out = a.slice(start, end);
  if (opens) out.unshift(from);
  if (closes) out.push(to);
  return out;
}

/** How many boundaries are `< x`. */
function boundariesBelow(a: Intervals, x: Bound): number {
  let low = 0;
  let high = a.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((a[middle] as Bound) < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Members of `a` that are not in `b`. */
export function subtractIntervals<T extends Bound>(a: Intervals<T>, b: Intervals<T>): Intervals<T> {
  if (a === b || a.length === 0) return noNumbers;
  if (b.length === 0) return a;
  if ((b[b.length - 1] as T) <= (a[0] as T) || (a[a.length - 1] as T) <= (b[0] as T)) return a;
  return sweep(a, b, truth.difference);
}

/** Have they no member in common? */
export function disjointIntervals(a: Intervals, b: Intervals): boolean {
  if (a.length === 0 || b.length === 0) return true;
  if (b.length === 2) return missesRange(a, b[0] as Bound, b[1] as Bound);
  if (a.length === 2) return missesRange(b, a[0] as Bound, a[1] as Bound);
  return sweep(a, b, truth.intersection).length === 0;
}

function missesRange(a: Intervals, from: Bound, to: Bound): boolean {
  const start = boundariesUpTo(a, from);
  return (start & 1) === 0 && (start === a.length || (a[start] as Bound) >= to);
}

/** Is every member of `a` in `b`? */
export function intervalsWithin(a: Intervals, b: Intervals): boolean {
  if (a === b || a.length === 0) return true;
  if (b.length === 0) return false;
  if (b.length === 2) return (b[0] as Bound) <= (a[0] as Bound) && (a[a.length - 1] as Bound) <= (b[1] as Bound);
  if (a.length === 2) {
    const start = boundariesUpTo(b, a[0] as Bound);
    return (start & 1) === 1 && (a[1] as Bound) <= (b[start] as Bound);
  }
  return sweep(a, b, truth.difference).length === 0;
}

/** The union of many ranges `[from, to)` in any order, overlapping or not: sorted once, merged in one pass. */
export function intervalsOfRanges<T extends Bound>(ranges: readonly (readonly [from: T, to: T])[]): Intervals<T> {
  if (ranges.length === 0) return noNumbers;
  const sorted = [...ranges].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const out: T[] = [];
  let [from, to] = sorted[0] as readonly [T, T];
  for (const [nextFrom, nextTo] of sorted) {
    if (nextFrom > to) {
      if (from < to) out.push(from, to);
      from = nextFrom;
      to = nextTo;
    } else if (nextTo > to) to = nextTo;
  }
  if (from < to) out.push(from, to);
  return out;
}
