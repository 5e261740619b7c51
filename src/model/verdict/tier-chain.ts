import type { Evidence } from './evidence.ts';
import type { Missing } from './verdict.ts';

/** The tiers of an application, from the internet inwards. */
export type TierName = 'load-balancer' | 'application' | 'database';

/** The interfaces of one tier. */
export interface Tier {
  readonly tier: TierName;
  readonly securityGroups: readonly {
    readonly securityGroupId: string;
    /** The group's name: hostile text until escaped. */
    readonly name?: string;
  }[];
  readonly interfaces: number;
  readonly subnetIds: readonly string[];
}

/**
 * How one tier is admitted by the next: by a `reference` to its groups, by an `address` block or prefix list, or by
 * `nothing`, so that no rule lets it in.
 */
export interface TierLink {
  readonly from: 'internet' | TierName;
  readonly to: TierName;
  readonly by: 'reference' | 'address' | 'nothing';
  /** The rules that admit. */
  readonly evidence: readonly Evidence[];
}

/** A way into a tier that leaves out the one before it, as the engine walks the packets. */
export interface TierSkip {
  /** `outsider`: somebody of the network who is no member of the tier before. */
  readonly from: 'internet' | 'outsider';
  readonly to: 'application' | 'database';
  /** How many interfaces of the tier are reached so, and some of those who reach them or are reached. */
  readonly interfaces: number;
  readonly examples: readonly string[];
  readonly evidence: readonly Evidence[];
}

/**
 * A rule of a tier's group that does not do what it is for. `range-for-reference`: it names addresses where the group of
 * the tier before would do. `uncarried`, `stale`, `lost`: it names a group that no interface carries, that is gone, or
 * whose members cannot be recognised from here.
 */
export interface TierRule {
  readonly problem: 'range-for-reference' | 'uncarried' | 'stale' | 'lost';
  readonly securityGroupId: string;
  readonly evidence: Evidence;
  /** The group that would do, or the one that is named. */
  readonly groupId?: string;
}

/** One application as its load balancer, or else its database, and their security groups show it. */
export interface TierChain {
  readonly accountId: string;
  readonly region: string;
  readonly vpcId: string;
  /** Where the chain begins; absent where nothing balances the load. */
  readonly loadBalancer?: {
    readonly id: string;
    /** The owner's word: hostile text until escaped. */
    readonly name: string;
    readonly scheme: string;
  };
  /** Those that were found, from the internet inwards. */
  readonly tiers: readonly Tier[];
  readonly links: readonly TierLink[];
  readonly skips: readonly TierSkip[];
  readonly rules: readonly TierRule[];
  readonly missing: readonly Missing[];
}
