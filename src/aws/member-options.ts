import type { AccountId } from '../model/id.ts';
import { type Shard, shardOf } from '../model/shard.ts';
import { UsageError } from './usage-error.ts';

/** Which accounts are read by way of one that lists them and assumes a role in each. */
export interface MemberOptions {
  /** The accounts of the organization, rather than `accounts` alone. */
  readonly organization?: boolean;
  /** Only those in these organizational units (or roots), at any depth. */
  readonly units?: readonly string[];
  /** Only these; without `organization` nobody is asked which there are. */
  readonly accounts?: readonly string[];
  readonly exclude?: readonly string[];
  /** The role assumed in each, with its path where it has one. */
  readonly roleName?: string;
  /** Only those of this shard. */
  readonly shard?: Shard;
}

/** The role that the ready-made templates create in every member. */
export const defaultRoleName = 'vpc-auditor';

const accountPattern = /^\d{12}$/;
/** Organizations API Reference, ListAccountsForParent, `ParentId`. */
const parentPattern = /^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$/;
/** IAM User Guide, "IAM and AWS STS quotas": 64 characters of a name; a path of up to 512 before it. */
const rolePattern = /^([\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/;

/** Refuses what cannot be an account, a unit or a role, before anything is asked. */
export function checkMemberOptions(options: MemberOptions): void {
  const { accounts = [], exclude = [], units = [], roleName } = options;
  for (const id of [...accounts, ...exclude])
    if (!accountPattern.test(id)) throw new UsageError(`"${id}" is not an account id: it has twelve digits.`);
  for (const id of units) {
    if (!parentPattern.test(id))
      throw new UsageError(`"${id}" is not the id of an organizational unit (ou-ab12-11111111) or root (r-ab12).`);
  }
  if (roleName !== undefined && !rolePattern.test(roleName))
    throw new UsageError(`"${roleName}" is not the name of an IAM role, without its ARN.`);
  if (accounts.length === 0 && options.organization !== true)
    throw new UsageError('Say which accounts: those of the organization, or some by their ids.');
  const both = accounts.find((id) => exclude.includes(id));
  if (both !== undefined) throw new UsageError(`Account ${both} is both asked for and excluded.`);
}

/** An account as its organization lists it. */
export interface ListedAccount {
  readonly accountId: AccountId;
  /** `ACTIVE`, `SUSPENDED`, `PENDING_CLOSURE` … */
  readonly state: string;
}

/** What becomes of the accounts. */
export interface ChosenAccounts {
  readonly enter: readonly AccountId[];
  /** Those that nobody can enter, and those asked for that are not there. */
  readonly leave: readonly { readonly accountId: AccountId; readonly reason: string; readonly inactive?: true }[];
  /** Those of the other shards. */
  readonly elsewhere: readonly AccountId[];
}

/** Chooses among the accounts listed; `undefined` where nobody was asked, and those named are taken as they are. */
export function chooseAccounts(listed: readonly ListedAccount[] | undefined, options: MemberOptions): ChosenAccounts {
  const { accounts = [], exclude = [], units = [], shard } = options;
  const states = new Map(listed?.map(({ accountId, state }) => [accountId, state]));
  const meant = accounts.length > 0 ? (accounts as readonly AccountId[]) : [...states.keys()];
  const ids = [...new Set(meant)].filter((id) => !exclude.includes(id)).sort();
  const ours = ids.filter((id) => shard === undefined || shardOf(id, shard.count) === shard.index);
  const isActive = (id: AccountId): boolean => listed === undefined || states.get(id) === 'ACTIVE';
  const where = units.length === 0 ? 'the organization' : 'the units asked for';
  return {
    enter: ours.filter(isActive),
    leave: ours
      .filter((id) => !isActive(id))
      .map((accountId) => {
        const state = states.get(accountId);
        return state === undefined
          ? { accountId, reason: `It was asked for and is not an account of ${where}.` }
          : { accountId, reason: `Its state in the organization is ${state}: nobody can read it.`, inactive: true };
      }),
    elsewhere: ids.filter((id) => !ours.includes(id)),
  };
}
