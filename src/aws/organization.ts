import { IncompleteItem, isRaw, MalformedAnswer, type Raw, requiredText, text } from '../model/decode.ts';
import type { AccountId } from '../model/id.ts';
import type { Call, Tally } from './call.ts';
import type { Target } from './clients.ts';
import type { Clock } from './clock.ts';
import { CredentialsError } from './credentials-error.ts';
import { AwsCallError, failureOf } from './errors.ts';
import type { ListedAccount } from './member-options.ts';
import type { Operation, ReadOperation } from './operation.ts';
import type { Paging } from './pager.ts';
import { readPages } from './read.ts';

/** What is asked of Organizations to find the accounts. */
export const organizationOperations: readonly Operation[] = [
  { service: 'organizations', operation: 'ListAccounts' },
  { service: 'organizations', operation: 'ListAccountsForParent' },
  { service: 'organizations', operation: 'ListOrganizationalUnitsForParent' },
];

/** One list of Organizations, read to its end. */
export interface OrganizationReading {
  readonly operation: Operation;
  readonly input: Raw;
  /** The member that holds the list. */
  readonly list: string;
  readonly answer: Raw;
  readonly cost: Tally & { readonly durationMs: number };
}

/** An answer of an earlier run that is still good, so that it need not be asked for again. */
export type EarlierAnswer = (operation: Operation, input: Raw) => Raw | undefined;

/** What the organization said. */
export interface ListedOrganization {
  readonly accounts: readonly ListedAccount[];
  readonly readings: readonly OrganizationReading[];
}

/** With whom and how Organizations is asked. */
export interface OrganizationRequest {
  readonly call: Call;
  readonly clock: Clock;
  /** The management account or a delegated administrator, in its home Region. */
  readonly target: Target;
  /** Units or roots whose accounts are wanted, at any depth; all accounts where there are none. */
  readonly units: readonly string[];
  readonly earlier?: EarlierAnswer | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Organizations answers 20 at most, and may answer an empty page with a token (API Reference, ListAccounts). */
const pages: Paging = { sizeMember: 'MaxResults', size: 20, tokenMember: 'NextToken', nextTokenMember: 'NextToken' };

/**
 * Lists the accounts of the organization, or of some units and all units below them. A list that cannot be read to its
 * end is an error: an organization of which a part is unknown would look complete.
 */
export async function listAccounts(request: OrganizationRequest): Promise<ListedOrganization> {
  try {
    return await listed(request);
  } catch (error) {
    if (!(error instanceof MalformedAnswer || error instanceof IncompleteItem)) throw error;
    throw new CredentialsError(`Organizations answered what is no list of accounts: ${error.message}.`);
  }
}

async function listed(request: OrganizationRequest): Promise<ListedOrganization> {
  const readings: OrganizationReading[] = [];
  const read = async (operation: ReadOperation, list: string, input: Raw): Promise<readonly Raw[]> => {
    const reading = await readList(request, { service: 'organizations', operation }, list, input);
    readings.push(reading);
    const items = reading.answer[list];
    return Array.isArray(items) ? items.filter(isRaw) : [];
  };
  const accounts = new Map<AccountId, ListedAccount>();
  const keep = (items: readonly Raw[]): void => {
    for (const account of items.map(listedAccount)) accounts.set(account.accountId, account);
  };
  if (request.units.length === 0) keep(await read('ListAccounts', 'Accounts', {}));
  const seen = new Set<string>();
  for (let level: readonly string[] = request.units; level.length > 0; ) {
    const fresh = [...new Set(level)].filter((id) => !seen.has(id));
    for (const id of fresh) seen.add(id);
    const below = await Promise.all(
      fresh.map(async (ParentId) => {
        keep(await read('ListAccountsForParent', 'Accounts', { ParentId }));
        const units = await read('ListOrganizationalUnitsForParent', 'OrganizationalUnits', { ParentId });
        return units.map((unit) => requiredText(unit, 'Id'));
      }),
    );
    level = below.flat();
  }
  return { accounts: [...accounts.values()], readings };
}

async function readList(
  { call, clock, target, earlier, signal }: OrganizationRequest,
  operation: Operation,
  list: string,
  input: Raw,
): Promise<OrganizationReading> {
  const tally: Tally = { requests: 0, throttled: 0 };
  const known = earlier?.(operation, input);
  if (known !== undefined) return { operation, input, list, answer: known, cost: { ...tally, durationMs: 0 } };
  const startedAt = clock.now();
  let items: Raw[] = [];
  try {
    await readPages(
      call,
      { target, operation, reading: { input, expects: list, paging: pages }, tally, signal },
      {
        page: async (page) => {
          const more = page[list];
          if (Array.isArray(more)) items.push(...more.filter(isRaw).map(withoutEmail));
        },
        restart: async () => {
          items = [];
        },
      },
    );
  } catch (error) {
    throw error instanceof AwsCallError ? unlisted(operation, input, error) : error;
  }
  return { operation, input, list, answer: { [list]: items }, cost: { ...tally, durationMs: clock.now() - startedAt } };
}

/** The address of an account's root user is nobody's business here. */
const withoutEmail = (account: Raw): Raw =>
  Object.fromEntries(Object.entries(account).filter(([member]) => member !== 'Email'));

/** `Status` was retired on 9 September 2026 in favour of `State` (Organizations API Reference, Account). */
function listedAccount(account: Raw): ListedAccount {
  const accountId = requiredText(account, 'Id') as AccountId;
  const state = text(account, 'State') ?? text(account, 'Status');
  if (state === undefined) throw new MalformedAnswer('State', 'is absent');
  return { accountId, state };
}

function unlisted({ operation }: Operation, { ParentId }: Raw, error: AwsCallError): CredentialsError {
  const { failure, errorCode, message } = failureOf(error);
  const of = typeof ParentId === 'string' ? `The accounts below ${ParentId}` : 'The accounts of the organization';
  const hint =
    failure === 'denied' || errorCode === 'AWSOrganizationsNotInUseException'
      ? ` Organizations answers its management account and delegated administrators alone, and they need organizations:${operation}; --accounts names accounts without asking it.`
      : '';
  return new CredentialsError(`${of} cannot be listed: ${errorCode}: ${message.replace(/\.$/, '')}.${hint}`);
}
