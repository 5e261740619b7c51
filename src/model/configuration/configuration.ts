import type { PortRange } from '../verdict/evidence.ts';

/** Packets of one protocol; ICMP has no ports. */
export type AllowedTraffic =
  | { readonly protocol: 'tcp' | 'udp'; readonly ports: PortRange }
  | { readonly protocol: 'icmp' | 'icmpv6' };

/** Where an entry holds: all that is said must hold; what is absent holds anywhere. */
export interface Place {
  readonly accounts?: readonly string[];
  readonly regions?: readonly string[];
  readonly vpcs?: readonly string[];
  /** Ids or ARNs, exact. */
  readonly resources?: readonly string[];
  /** Tags that the resource must all carry. */
  readonly tags?: readonly { readonly key: string; readonly value: string }[];
}

/** A service that is meant to be reached from outside, within bounds: what goes beyond them is a finding again. */
export interface PublicService {
  readonly name: string;
  /** Why it is meant to be. */
  readonly reason: string;
  readonly traffic: readonly AllowedTraffic[];
  /** From whom; everybody unless said otherwise. */
  readonly cidrs: readonly string[];
  readonly place: Place;
}

/** A block of addresses that people call by a name. */
export interface KnownCidr {
  readonly cidr: string;
  readonly name: string;
}

/** An account or organisation that belongs to the same owner, or is a partner. */
export interface Trusted {
  readonly id: string;
  readonly name?: string;
}

/** What is said of one check. */
export interface CheckSettings {
  /** Why it does not run. */
  readonly disabled?: string;
  /** Options of the check that are other than by default. */
  readonly options: Readonly<Record<string, number>>;
}

/** What the owner of the network says of it: what is meant, who is known, and how much is too much. */
export interface Configuration {
  readonly publicServices: readonly PublicService[];
  readonly knownCidrs: readonly KnownCidr[];
  readonly trustedAccounts: readonly Trusted[];
  readonly trustedOrganizations: readonly Trusted[];
  /** By check id. */
  readonly checks: Readonly<Record<string, CheckSettings>>;
  /** Blocks of addresses that must reach nothing. */
  readonly blockList?: readonly string[];
}

/** Nothing is said. */
export const noConfiguration: Configuration = {
  publicServices: [],
  knownCidrs: [],
  trustedAccounts: [],
  trustedOrganizations: [],
  checks: {},
};
