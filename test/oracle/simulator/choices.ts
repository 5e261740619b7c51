/**
 * Some steps have more than one possible outcome: AWS picks a load balancer's target, or what decides was not collected.
 * The simulator walks one packet down one branch; `everyBranch` runs it again until all branches were walked.
 */

/** The requests that a client can make: which rule of a listener each asks for. Undefined stands for the first rule. */
export interface Strategy {
  readonly choices: ReadonlyMap<string, number>;
  /** The listeners that were asked, with the number of their rules. */
  readonly seen: Map<string, number>;
}

/** `aws` where AWS picks one of several equal options, `not-known` where the snapshot does not say what happens. */
export type ChoiceKind = 'aws' | 'not-known';

export interface Choices {
  /** A number from 0 to `count` - 1. The same `key` gives the same number within one branch. */
  pick(kind: ChoiceKind, key: string, count: number): number;
  /** A pick of the client's own: it works if one of them does. */
  pickAsClient(key: string, count: number): number;
  /** A pick that seldom matters: its other branches are walked only if somebody said that it did. */
  pickLazily(key: string, count: number): number;
  /** What was picked lazily made a difference, or might have. */
  lazyPicksMatter(): void;
}

interface Taken {
  index: number;
  readonly count: number;
  readonly lazy: boolean;
  matters: boolean;
}

/** Runs `walk` once per branch, stopping as soon as `enough` says so. Returns whether anything was not known. */
export function everyBranch(
  strategy: Strategy,
  walk: (choices: Choices) => 'more' | 'enough',
): { readonly notKnown: boolean } {
  const limit = 100_000;
  const taken: Taken[] = [];
  let notKnown = false;
  for (let branch = 0; branch < limit; branch++) {
    let depth = 0;
    const made = new Map<string, number>();
    const take = (key: string, count: number, lazy: boolean): number => {
      if (count <= 1) return 0;
      const before = made.get(key);
      if (before !== undefined) return before;
      if (depth === taken.length) taken.push({ index: 0, count, lazy, matters: false });
      const index = taken[depth++]?.index ?? 0;
      made.set(key, index);
      return index;
    };
    const choices: Choices = {
      pick(kind, key, count) {
        if (kind === 'not-known') notKnown = true;
        return take(key, count, false);
      },
      pickAsClient(key, count) {
        strategy.seen.set(key, count);
        return strategy.choices.get(key) ?? 0;
      },
      pickLazily: (key, count) => take(key, count, true),
      lazyPicksMatter() {
        for (const one of taken.slice(0, depth)) one.matters = true;
      },
    };
    if (walk(choices) === 'enough') return { notKnown };
    const isDone = ({ index, count, lazy, matters }: Taken): boolean => index === count - 1 || (lazy && !matters);
    let last = taken.at(-1);
    while (last !== undefined && isDone(last)) {
      taken.pop();
      last = taken.at(-1);
    }
    if (last === undefined) return { notKnown };
    last.index += 1;
  }
  throw new Error(`more than ${limit} branches for one packet`);
}

/** Every strategy of the client, as they turn up: `play` says what one of them makes of the packet. */
export function everyStrategy<T>(play: (strategy: Strategy) => T): readonly T[] {
  const results: T[] = [];
  const pending: ReadonlyMap<string, number>[] = [new Map()];
  const branched = new Set<string>();
  for (let choices = pending.pop(); choices !== undefined; choices = pending.pop()) {
    const seen = new Map<string, number>();
    results.push(play({ choices, seen }));
    for (const [key, count] of seen) {
      if (choices.has(key)) continue;
      const name = `${JSON.stringify([...choices])} ${key}`;
      if (branched.has(name)) continue;
      branched.add(name);
      for (let index = 1; index < count; index++) pending.push(new Map([...choices, [key, index]]));
    }
  }
  return results;
}
