import type { KnownCidr } from '../configuration/configuration.ts';
import type { ResourceReference } from './resource-reference.ts';

/** What an entry of the configuration let pass. */
export interface Allowed {
  /** How many verdicts pass by it; an entry that lets nothing pass may be out of date. */
  readonly verdicts: number;
  /** The resources, the first twenty of them. */
  readonly resources: readonly ResourceReference[];
}

/** A configuration as a report shows it, and what it did. */
export interface ConfigurationReport {
  /** The file, as it was named. */
  readonly file: string;
  /** SHA-256 of what it says, whatever its layout and comments: two reports with the same digest were judged alike. */
  readonly digest: string;
  readonly publicServices: readonly ({
    readonly name: string;
    readonly reason: string;
    /** Such as `443/tcp`, `8000-8100/udp`, `icmp`. */
    readonly ports: readonly string[];
    readonly cidrs: readonly string[];
  } & Allowed)[];
  readonly knownCidrs: readonly KnownCidr[];
  readonly trustedAccounts: readonly ({ readonly id: string; readonly name?: string } & Allowed)[];
  readonly trustedOrganizations: readonly ({ readonly id: string; readonly name?: string } & Allowed)[];
  /** Options that are other than by default. */
  readonly options: readonly {
    readonly checkId: string;
    readonly name: string;
    readonly value: number;
    readonly default: number;
  }[];
  /** Checks that would have run. */
  readonly disabledChecks: readonly { readonly id: string; readonly reason: string }[];
}

/** A list of addresses that must reach nothing, as a report names it. */
export interface BlockListReport {
  readonly file: string;
  /** SHA-256 of its blocks. */
  readonly digest: string;
  /** How many blocks it has. */
  readonly blocks: number;
}
