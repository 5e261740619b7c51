import type { AccountId, RegionName } from '../model/id.ts';
import type { ResourceKey, Resources } from '../model/resources.ts';
import type { CheckDescription } from '../model/verdict/check-description.ts';
import type { Verdict } from '../model/verdict/verdict.ts';

/**
 * A small Region in which a check fails or passes, in the form `aws ec2 describe-*` prints the items. It is run by the
 * contract test and printed in the check's page, so it is an example and a test at once.
 */
export interface Example {
  /** What the example shows, in a few words. */
  readonly title: string;
  /** Per kind, the items as AWS prints them. A kind in `needs` that is absent here is an empty list. */
  readonly resources: { readonly [K in ResourceKey]?: readonly Readonly<Record<string, unknown>>[] };
}

/** What the runner hands a check: the declared kinds of one Region and nothing else. */
export type CheckInput<Need extends ResourceKey> = { readonly [K in Need]: readonly Resources[K][] };

/** The account and Region being judged. */
export interface CheckContext {
  readonly accountId: AccountId;
  readonly region: RegionName;
}

/**
 * One question about a Region, with everything that is said of it elsewhere: documentation, policy, rule lists and
 * reports are generated from this declaration. `evaluate` is pure: it does no I/O, catches nothing, and yields one
 * verdict or more for each resource it judges.
 */
export interface Check<Need extends ResourceKey = ResourceKey> extends CheckDescription {
  /** The kinds without which the question cannot be answered: where one is not collected, the runner says `unknown`. */
  readonly needs: readonly Need[];
  readonly examples: {
    readonly fails: readonly [Example, ...Example[]];
    readonly passes: readonly [Example, ...Example[]];
  };
  readonly evaluate: (input: CheckInput<Need>, context: CheckContext) => Iterable<Verdict>;
}

/** A check whatever it needs; how the registry and the runner hold it. */
export type AnyCheck = CheckDescription & {
  readonly needs: readonly ResourceKey[];
  readonly examples: Check['examples'];
  readonly evaluate: (input: never, context: CheckContext) => Iterable<Verdict>;
};
