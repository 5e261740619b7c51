import { listMemberOf, regionWideLists } from '../operations.ts';
import type { Document, Documents, Organization, Role, World, WorldAccount } from '../world.ts';
import { addAccountDocuments } from './account-documents.ts';
import { type Draft, draftOf } from './draft.ts';
import { finish } from './finish.ts';
import { buildRegion, type RegionBuilder } from './region.ts';
import type { AccountState, EstateState } from './state.ts';

export interface AccountOptions {
  readonly name?: string;
  /** Rotates zone names against zone ids, as AWS does per account. */
  readonly zoneOffset?: number;
  readonly roles?: readonly Role[];
  /** Regions that the account has not opted in to: listed on request, and not to be used. */
  readonly notOptedIn?: readonly string[];
}

/** One account, to build in. */
export interface AccountBuilder {
  readonly accountId: string;
  /** A Region; the same one each time. */
  readonly region: (name: string) => RegionBuilder;
}

/** Several accounts that are built together, so that they can peer and share. */
export interface Estate {
  readonly account: (accountId: string, options?: AccountOptions) => AccountBuilder;
  readonly organization: (organization: Organization) => void;
  readonly toWorld: () => World;
}

/** An empty estate. */
export function estate(): Estate {
  const state: EstateState = {
    accounts: new Map(),
    shares: [],
    gone: new Set(),
    learned: new Map(),
    counters: new Map(),
  };
  const builders = new Map<string, RegionBuilder>();
  const roles = new Map<string, readonly Role[]>();
  let organization: Organization | undefined;
  const toWorld = (): World => {
    const draft = draftOf(state);
    finish(draft);
    addAccountDocuments(draft);
    const accounts = new Map(
      [...state.accounts].map(([id, account]) => [id, worldAccount(draft, account, roles.get(id) ?? [])]),
    );
    return { accounts, ...(organization === undefined ? {} : { organization }), whenAbsent: 'empty' };
  };
  return {
    account: (accountId, options = {}) => {
      let account = state.accounts.get(accountId);
      if (account === undefined) {
        account = {
          estate: state,
          accountId,
          name: options.name ?? accountId,
          zoneOffset: options.zoneOffset ?? 0,
          notOptedIn: options.notOptedIn ?? [],
          regions: new Map(),
        };
        state.accounts.set(accountId, account);
      }
      if (options.roles !== undefined) roles.set(accountId, options.roles);
      const owner = account;
      return {
        accountId,
        region: (name) => {
          const key = `${accountId}/${name}`;
          const builder = builders.get(key) ?? buildRegion(owner, name, toWorld);
          builders.set(key, builder);
          return builder;
        },
      };
    },
    organization: (given) => {
      organization = given;
    },
    toWorld,
  };
}

/** A Region of one account in an estate of its own: `const net = region('111122223333', 'eu-west-1')`. */
export function region(accountId = '111122223333', name = 'eu-west-1'): RegionBuilder {
  return estate().account(accountId).region(name);
}

function worldAccount(draft: Draft, account: AccountState, roles: readonly Role[]): WorldAccount {
  const regions = new Map(
    draft.regions
      .filter(({ state }) => state.account === account)
      .map((drafted): [string, Documents] => {
        const documents = new Map<string, Document>(drafted.documents);
        for (const key of [...regionWideLists, ...drafted.lists.keys()]) {
          const [operation = ''] = key.split('/');
          documents.set(key, { [listMemberOf(operation)]: drafted.lists.get(key) ?? [] });
        }
        return [drafted.state.region, documents];
      }),
  );
  return { accountId: account.accountId, name: account.name, regions, roles };
}
