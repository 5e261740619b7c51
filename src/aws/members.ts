import type { AccountId } from '../model/id.ts';
import type { Call } from './call.ts';
import type { Clock } from './clock.ts';
import type { CredentialOptions } from './credential-sources.ts';
import { CredentialsError } from './credentials-error.ts';
import { memberCredentials } from './credentials.ts';
import { type Account, identify, type UnusableSource } from './identify.ts';
import { chooseAccounts, defaultRoleName, type MemberOptions } from './member-options.ts';
import { type EarlierAnswer, listAccounts, type OrganizationReading } from './organization.ts';
import type { Transport } from './transport.ts';
import { UsageError } from './usage-error.ts';

/** What entering the members needs. */
export interface MemberContext {
  readonly call: Call;
  readonly clock: Clock;
  readonly transport: Transport;
  readonly options: CredentialOptions;
  readonly earlier: EarlierAnswer | undefined;
  readonly signal: AbortSignal | undefined;
}

/** The members that can be read, and those that cannot. */
export interface EnteredMembers {
  readonly accounts: readonly Account[];
  readonly unusable: readonly UnusableSource[];
  readonly organization: readonly OrganizationReading[];
  /** Accounts that are left to the other shards. */
  readonly elsewhere: readonly AccountId[];
}

/**
 * Finds the members and assumes the role in each; the account that leads to them is read with its own credentials. One
 * that refuses is told with the reason. Where none at all can be entered, that is a `CredentialsError`.
 */
export async function enterMembers(
  caller: Account,
  members: MemberOptions,
  context: MemberContext,
): Promise<EnteredMembers> {
  const { call, clock, earlier, signal } = context;
  const target = { accountId: caller.accountId, region: caller.homeRegion, credentials: caller.credentials };
  const organization =
    members.organization === true
      ? await listAccounts({ call, clock, target, units: members.units ?? [], earlier, signal })
      : undefined;
  const { enter, leave, elsewhere } = chooseAccounts(organization?.accounts, members);
  if (enter.length + leave.length + elsewhere.length === 0)
    throw new UsageError('The accounts asked for, less those excluded, are none.');
  const identities = await Promise.all(enter.map((accountId) => enterMember(accountId, caller, members, context)));
  const accounts = identities.flatMap((identity) => ('arn' in identity ? [identity] : []));
  const refused = identities.flatMap((identity) => ('arn' in identity ? [] : [identity]));
  if (accounts.length === 0 && enter.length > 0) {
    const first = refused[0]?.reason ?? '';
    throw new CredentialsError(`None of the ${enter.length} accounts could be entered. The first: ${first}`);
  }
  const left = leave.map((account) => ({ label: `account ${account.accountId}`, ...account }));
  return { accounts, unusable: [...refused, ...left], organization: organization?.readings ?? [], elsewhere };
}

async function enterMember(
  accountId: AccountId,
  caller: Account,
  { roleName = defaultRoleName }: MemberOptions,
  context: MemberContext,
): Promise<Account | UnusableSource> {
  if (accountId === caller.accountId) return caller;
  const partition = caller.arn.split(':')[1] ?? 'aws';
  const roleArn = `arn:${partition}:iam::${accountId}:role/${roleName}`;
  const { homeRegion } = caller;
  const credentials = memberCredentials(caller.credentials, { roleArn, homeRegion }, context);
  const entered = await identify(
    context.call,
    { label: `role ${roleArn}`, homeRegion, accountId },
    credentials,
    context.signal,
  );
  if (!('arn' in entered) || entered.accountId === accountId) return entered;
  return { label: entered.label, accountId, reason: `${entered.label} leads to account ${entered.accountId} instead.` };
}
