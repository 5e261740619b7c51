/**
 * Some steps have more than one possible outcome: AWS picks a load balancer's target, or what decides was not collected.
 * The simulator walks one packet down one branch; `everyBranch` runs it again until all branches were walked.
 */

/** `aws` where AWS picks one of several equal options, `not-known` where the snapshot does not say what happens. */
export type ChoiceKind = 'aws' | 'not-known';

export interface Choices {
  /** A number from 0 to `count` - 1. The same `key` gives the same number within one branch. */
  pick(kind: ChoiceKind, key: string, count: number): number;
}

/** Runs `walk` once per branch, stopping as soon as `enough` says so. Returns whether anything was not known. */
export function everyBranch(walk: (choices: Choices) => 'more' | 'enough'): { readonly notKnown: boolean } {
  const limit = 100_000;
  const taken: { index: number; readonly count: number }[] = [];
  let notKnown = false;
  for (let branch = 0; branch < limit; branch++) {
    let depth = 0;
    const made = new Map<string, number>();
    const choices: Choices = {
      pick(kind, key, count) {
        if (kind === 'not-known') notKnown = true;
        if (count <= 1) return 0;
        const before = made.get(key);
        if (before !== undefined) return before;
        if (depth === taken.length) taken.push({ index: 0, count });
        const index = taken[depth++]?.index ?? 0;
        made.set(key, index);
        return index;
      },
    };
    if (walk(choices) === 'enough') return { notKnown };
    let last = taken.at(-1);
    while (last !== undefined && last.index === last.count - 1) {
      taken.pop();
      last = taken.at(-1);
    }
    if (last === undefined) return { notKnown };
    last.index += 1;
  }
  throw new Error(`more than ${limit} branches for one packet`);
}
