import type { Configuration } from '../model/configuration/configuration.ts';
import type { AccountId, RegionName } from '../model/id.ts';
import type { ResourceKey, Resources } from '../model/resources.ts';
import type { Collected } from '../model/snapshot/collected.ts';
import type { Snapshot } from '../model/snapshot/snapshot.ts';
import type { CheckDescription } from '../model/verdict/check-description.ts';
import type { Verdict } from '../model/verdict/verdict.ts';

/** Items of some kinds, in the form in which `aws ec2 describe-*` prints them. */
export type ExampleResources = { readonly [K in ResourceKey]?: readonly Readonly<Record<string, unknown>>[] };

/**
 * A small Region in which a check fails or passes. It is run by the contract test and printed in the check's page, so it
 * is an example and a test at once.
 */
export interface Example {
  /** What the example shows, in a few words. */
  readonly title: string;
  /** A kind that is absent here is an empty list. */
  readonly resources: ExampleResources;
  /** What the owner of the network says, where the check asks for it. */
  readonly configuration?: Partial<Configuration>;
}

/** What the runner hands a check: the kinds of one Region that it declared, and nothing else. */
export type CheckInput<Need extends ResourceKey, Use extends ResourceKey = never> = {
  readonly [K in Need]: readonly Resources[K][];
} & { readonly [K in Use]: Collected<Resources[K]> };

/** The account and Region being judged. */
export interface CheckContext {
  readonly accountId: AccountId;
  readonly region: RegionName;
  /**
   * The evidence as a whole, to ask facts of `network/` about: those say themselves what is not known. A fact may rest
   * only on kinds that the check declares, since nothing else need have been collected.
   */
  readonly snapshot: Snapshot;
  /** What the owner of the network says of it. */
  readonly configuration: Configuration;
  /** The value of one of the check's own `options`: what the configuration says, else its default. */
  readonly option: (name: string) => number;
}

/**
 * One question about a Region, with everything that is said of it elsewhere: documentation, policy, rule lists and
 * reports are generated from this declaration. `evaluate` is pure: it does no I/O, catches nothing, and yields one
 * verdict or more for each resource it judges.
 */
export interface Check<Need extends ResourceKey = ResourceKey, Use extends ResourceKey = never>
  extends CheckDescription {
  /** The kind whose resources the verdicts are about; one of `needs`. */
  readonly judges: Need;
  /**
   * The kinds without which the question cannot be answered. Where one was not collected the runner says `unknown` in the
   * check's place, and where single resources of one could not be read it allows no `pass`; see `run.ts`.
   */
  readonly needs: readonly Need[];
  /**
   * Kinds that sharpen a verdict, or without which most resources can still be judged: handed over as `Collected`, so that
   * the check itself says what their absence leaves open. Never a way to pass over a gap.
   */
  readonly uses?: readonly Use[];
  /**
   * Set where a failure rests on something not being there (nobody carries the group, no log covers the VPC): then a list
   * with a gap proves no failure either.
   */
  readonly failsOnAbsence?: true;
  readonly examples: {
    /** Each yields exactly one failure. */
    readonly fails: readonly [Example, ...Example[]];
    /** Each yields none, and at least one other verdict. */
    readonly passes: readonly [Example, ...Example[]];
  };
  readonly evaluate: (input: CheckInput<Need, Use>, context: CheckContext) => Iterable<Verdict>;
}

/** A check whatever it needs; how the registry and the runner hold it. */
export type AnyCheck = CheckDescription & {
  readonly judges: ResourceKey;
  readonly needs: readonly ResourceKey[];
  readonly uses?: readonly ResourceKey[];
  readonly failsOnAbsence?: true;
  readonly examples: Check['examples'];
  readonly evaluate: (input: never, context: CheckContext) => Iterable<Verdict>;
};

/** Every kind that a check reads: what a collection for it has to fetch. */
export function readsOf(check: AnyCheck): readonly ResourceKey[] {
  return [...check.needs, ...(check.uses ?? [])];
}
