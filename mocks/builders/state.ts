import { createHash } from 'node:crypto';
import type { Raw } from '../../src/model/decode.ts';

/** An item in the form `aws <service> <operation>` prints it, while it is being built. */
export type Item = Record<string, unknown>;

/** What every builder takes: an id (made from the name or a counter where absent), tags, and any raw member. */
export interface Common {
  readonly id?: string;
  /** The `Name` tag. */
  readonly name?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** Members that replace what the builder would emit; `undefined` takes the member away. */
  readonly raw?: Raw;
}

/** Something that was built: its id and its item, which may be changed until the world is made. */
export interface Built {
  readonly id: string;
  readonly item: Item;
}

/** A subnet shared through Resource Access Manager with another account. */
export interface Share {
  readonly subnetId: string;
  readonly owner: RegionState;
  readonly participant: RegionState;
}

/** Everything that is being built, all accounts and Regions of it. */
export interface EstateState {
  readonly accounts: Map<string, AccountState>;
  readonly shares: Share[];
  /** Ids of resources that were deleted: routes to them turn into black holes. */
  readonly gone: Set<string>;
  /** The CIDRs that a VPN connection or gateway propagates, by its id. */
  readonly learned: Map<string, readonly string[]>;
  /** How many public addresses and IPv6 blocks were handed out. */
  readonly counters: Map<string, number>;
}

export interface AccountState {
  readonly estate: EstateState;
  readonly accountId: string;
  readonly name: string;
  /** How far this account's zone names are rotated against the zone ids; names are aliases of one account. */
  readonly zoneOffset: number;
  readonly notOptedIn: readonly string[];
  readonly regions: Map<string, RegionState>;
}

/** One account in one Region. */
export interface RegionState {
  readonly account: AccountState;
  readonly accountId: string;
  readonly region: string;
  /** Items by `service.Operation`, or `service.Operation/resource` where the operation is called per resource. */
  readonly lists: Map<string, Item[]>;
  /** Answers that are not a list, by the same key. */
  readonly documents: Map<string, Item>;
  readonly names: Map<string, number>;
}

/** Counts in one estate: 0, 1, 2 … per subject. */
export function count(estate: EstateState, subject: string): number {
  const n = estate.counters.get(subject) ?? 0;
  estate.counters.set(subject, n + 1);
  return n;
}

/** Hexadecimal digits that depend on the key alone. */
export function digest(key: string, digits: number): string {
  return createHash('sha256').update(key).digest('hex').slice(0, digits);
}

/**
 * A resource id of 17 hexadecimal digits that depends only on account, Region, kind and name (or, without a name, on the
 * count of that kind), so that a scenario keeps its ids when something is added to it.
 */
export function newId(state: RegionState, prefix: string, options: Common = {}): string {
  if (options.id !== undefined) return options.id;
  const subject = `${prefix}/${options.name === undefined ? '#' : options.name}`;
  const n = state.names.get(subject) ?? 0;
  state.names.set(subject, n + 1);
  return `${prefix}-${digest(`${state.accountId}/${state.region}/${subject}/${n}`, 17)}`;
}

/** The tag list of an item. */
export function tagsOf(options: Common): { Key: string; Value: string }[] {
  const tags = { ...(options.name === undefined ? {} : { Name: options.name }), ...options.tags };
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** Puts the item into its list, with the caller's raw members over it. */
export function add(state: RegionState, key: string, item: Item, raw: Raw = {}): Item {
  for (const [member, value] of Object.entries(raw)) {
    if (value === undefined) delete item[member];
    else item[member] = value;
  }
  const list = state.lists.get(key);
  if (list === undefined) state.lists.set(key, [item]);
  else list.push(item);
  return item;
}

/** The ARN of a resource of this account and Region. */
export function arnOf(state: RegionState, service: string, resource: string): string {
  return `arn:${partitionOf(state.region)}:${service}:${state.region}:${state.accountId}:${resource}`;
}

/** The partition of a Region. */
export function partitionOf(region: string): string {
  return region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** A thing by its id, or the id itself. */
export type Ref = string | { readonly id: string };

export const idOf = (ref: Ref): string => (typeof ref === 'string' ? ref : ref.id);

/** When everything was made. */
export const creationTime = '2026-01-15T08:00:00.000Z';
