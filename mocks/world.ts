import type { Raw } from '../src/model/decode.ts';
import type { ServiceName } from '../src/model/service.ts';
import { fileNameOf } from '../src/model/snapshot/file-name.ts';

/** The services that the mock endpoint answers for, as the AWS CLI spells them. */
export type MockService = ServiceName | 'sts' | 'organizations';

/** A list whose items are read by index, so that a large one can make them when asked. Every array is one. */
export interface ItemList {
  readonly length: number;
  readonly at: (index: number) => Raw | undefined;
}

/** What one call prints, all its pages merged. A member may be an `ItemList` in place of an array. */
export type Document = Readonly<Record<string, unknown>>;

/**
 * The answers of one account in one Region by `service.Operation`, `service.Operation/<resource>` or
 * `service.Operation/<resource>+<attribute>`: the file names of a snapshot without `.json`.
 */
export type Documents = ReadonlyMap<string, Document>;

/** A role that can be assumed. */
export interface Role {
  readonly roleName: string;
  /** Account ids that may assume it; `*` for every account of the world. */
  readonly trusts: readonly string[];
  readonly externalId?: string;
}

export interface WorldAccount {
  readonly accountId: string;
  readonly name: string;
  /** The Regions that are enabled, with their answers. */
  readonly regions: ReadonlyMap<string, Documents>;
  readonly roles: readonly Role[];
}

export interface OrganizationAccount {
  readonly accountId: string;
  readonly name: string;
  /** `ACTIVE`, `SUSPENDED` … An account of the organisation need not be in the world. */
  readonly status: string;
  /** The organisational unit it lies in. */
  readonly parentId: string;
}

export interface OrganizationalUnit {
  readonly id: string;
  readonly name: string;
  /** The root or another unit. */
  readonly parentId: string;
}

export interface Organization {
  readonly id: string;
  readonly rootId: string;
  readonly managementAccountId: string;
  readonly delegatedAdministratorIds: readonly string[];
  readonly units: readonly OrganizationalUnit[];
  readonly accounts: readonly OrganizationAccount[];
}

/** Everything that the mock endpoint knows: accounts, their Regions and every answer in them. */
export interface World {
  readonly accounts: ReadonlyMap<string, WorldAccount>;
  readonly organization?: Organization;
  /**
   * What an operation answers that the world says nothing of: an empty list in a world that was built (all of it is
   * known), a refusal in one that was loaded (it was not collected).
   */
  readonly whenAbsent: 'empty' | 'refused';
}

/** The key of an answer. */
export function documentKey(service: MockService, operation: string, resourceId?: string, attribute?: string): string {
  const stem = `${service}.${operation}`;
  if (resourceId === undefined) return stem;
  return `${stem}/${fileNameOf(resourceId)}${attribute === undefined ? '' : `+${attribute}`}`;
}

/** The member as a list; `undefined` where it is not one. */
export function listOf(document: Document | undefined, member: string): ItemList | undefined {
  const value = document?.[member];
  return isItemList(value) ? value : undefined;
}

/** Can its items be read by index? */
export function isItemList(value: unknown): value is ItemList {
  return typeof value === 'object' && value !== null && 'length' in value && 'at' in value;
}

/** The items one after another. */
export function* itemsOf(list: ItemList | undefined): Generator<Raw> {
  for (let index = 0; index < (list?.length ?? 0); index++) {
    const item = list?.at(index);
    if (item !== undefined) yield item;
  }
}

/** One world out of several that share no account. */
export function mergeWorlds(...worlds: readonly World[]): World {
  const accounts = new Map<string, WorldAccount>();
  for (const world of worlds) {
    for (const [accountId, account] of world.accounts) {
      if (accounts.has(accountId)) throw new Error(`account ${accountId} is in two worlds`);
      accounts.set(accountId, account);
    }
  }
  const organization = worlds.find((world) => world.organization !== undefined)?.organization;
  return {
    accounts,
    ...(organization === undefined ? {} : { organization }),
    whenAbsent: worlds.some((world) => world.whenAbsent === 'refused') ? 'refused' : 'empty',
  };
}
