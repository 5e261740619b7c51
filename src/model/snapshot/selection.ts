/** What a collection was asked for: two that were asked for the same can be one, and a resumed one must be. */
export interface Selection {
  /** Names of Regions, sorted, or every enabled one. */
  readonly regions: 'all' | readonly string[];
  /** Kinds of resources, sorted, or every one. */
  readonly kinds: 'all' | readonly string[];
  /** Which accounts are read by way of the caller's; absent where each has credentials of its own. */
  readonly members?: SelectedMembers;
}

/** The accounts of an organization that were asked for. */
export interface SelectedMembers {
  readonly organization: boolean;
  readonly units: readonly string[];
  readonly accounts: readonly string[];
  readonly exclude: readonly string[];
  readonly roleName: string;
  /** Of how many runs that share the accounts this is which, from 1. */
  readonly shard?: { readonly index: number; readonly count: number };
}

/** In words, what two selections differ in; `undefined` where they ask for the same. */
export function selectionDifference(a: Selection, b: Selection): string | undefined {
  const parts: readonly (readonly [string, unknown, unknown])[] = [
    ['Regions', a.regions, b.regions],
    ['kinds of resources', a.kinds, b.kinds],
    ['shard', a.members?.shard, b.members?.shard],
    ['role', a.members?.roleName, b.members?.roleName],
    ['accounts', withoutDetail(a.members), withoutDetail(b.members)],
  ];
  return parts.find(([, left, right]) => JSON.stringify(left) !== JSON.stringify(right))?.[0];
}

const withoutDetail = (members: SelectedMembers | undefined): unknown =>
  members === undefined ? undefined : [members.organization, members.units, members.accounts, members.exclude];
