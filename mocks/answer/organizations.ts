import type { Raw } from '../../src/model/decode.ts';
import type { Organization, OrganizationAccount, World } from '../world.ts';
import type { AnswerContext } from './context.ts';
import { Refusal } from './refusal.ts';
import { seal, unseal } from './seal.ts';

const largestPage = 20;

/** Answers for AWS Organizations; `undefined` for an operation that this endpoint does not know. */
export function answerOrganizations(
  world: World,
  operation: string,
  input: Raw,
  context: AnswerContext,
): Raw | undefined {
  const { organization } = world;
  const { accountId } = context.identity;
  if (organization?.accounts.some((account) => account.accountId === accountId) !== true) {
    throw new Refusal('AWSOrganizationsNotInUseException', 'Your account is not a member of an organization.');
  }
  if (operation === 'DescribeOrganization') return { Organization: describe(organization) };
  if (organization.managementAccountId !== accountId && !organization.delegatedAdministratorIds.includes(accountId)) {
    throw new Refusal('AccessDeniedException', "You don't have permissions to access this resource.");
  }
  const items = itemsOf(organization, operation, input);
  if (items !== undefined) return paged(items.member, items.list, operation, input);
  if (operation === 'DescribeAccount')
    return { Account: describeAccount(organization, accountWith(organization, input['AccountId'])) };
  return undefined;
}

const arnOf = (organization: Organization, resource: string): string =>
  `arn:aws:organizations::${organization.managementAccountId}:${resource}`;

function describe(organization: Organization): Raw {
  return {
    Id: organization.id,
    Arn: arnOf(organization, `organization/${organization.id}`),
    FeatureSet: 'ALL',
    MasterAccountArn: arnOf(organization, `account/${organization.id}/${organization.managementAccountId}`),
    MasterAccountId: organization.managementAccountId,
    AvailablePolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }],
  };
}

function describeAccount(organization: Organization, account: OrganizationAccount): Raw {
  return {
    Id: account.accountId,
    Arn: arnOf(organization, `account/${organization.id}/${account.accountId}`),
    Name: account.name,
    Status: account.status,
    State: account.status,
    JoinedMethod: 'CREATED',
    JoinedTimestamp: '2026-01-15T08:00:00.000Z',
  };
}

function accountWith(organization: Organization, accountId: unknown): OrganizationAccount {
  const account = organization.accounts.find((candidate) => candidate.accountId === accountId);
  if (account === undefined)
    throw new Refusal('AccountNotFoundException', `You specified an account that doesn't exist: ${String(accountId)}`);
  return account;
}

interface Items {
  readonly member: string;
  readonly list: readonly Raw[];
}

function itemsOf(organization: Organization, operation: string, input: Raw): Items | undefined {
  const accounts = (of: readonly OrganizationAccount[]): readonly Raw[] =>
    of.map((account) => describeAccount(organization, account));
  const parentId = input['ParentId'];
  switch (operation) {
    case 'ListAccounts':
      return { member: 'Accounts', list: accounts(organization.accounts) };
    case 'ListAccountsForParent':
      checkParent(organization, parentId);
      return {
        member: 'Accounts',
        list: accounts(organization.accounts.filter((account) => account.parentId === parentId)),
      };
    case 'ListRoots': {
      const arn = arnOf(organization, `root/${organization.id}/${organization.rootId}`);
      return { member: 'Roots', list: [{ Id: organization.rootId, Arn: arn, Name: 'Root', PolicyTypes: [] }] };
    }
    case 'ListOrganizationalUnitsForParent':
      checkParent(organization, parentId);
      return {
        member: 'OrganizationalUnits',
        list: organization.units
          .filter((unit) => unit.parentId === parentId)
          .map(({ id, name }) => ({ Id: id, Arn: arnOf(organization, `ou/${organization.id}/${id}`), Name: name })),
      };
    case 'ListParents': {
      const child = input['ChildId'];
      const of = organization.units.find((unit) => unit.id === child) ?? accountWith(organization, child);
      const Type = of.parentId === organization.rootId ? 'ROOT' : 'ORGANIZATIONAL_UNIT';
      return { member: 'Parents', list: [{ Id: of.parentId, Type }] };
    }
    case 'ListDelegatedAdministrators':
      return {
        member: 'DelegatedAdministrators',
        list: accounts(
          organization.accounts.filter(({ accountId }) => organization.delegatedAdministratorIds.includes(accountId)),
        ),
      };
    default:
      return undefined;
  }
}

function checkParent(organization: Organization, parentId: unknown): void {
  if (parentId === organization.rootId || organization.units.some((unit) => unit.id === parentId)) return;
  throw new Refusal('ParentNotFoundException', `You specified a parent that doesn't exist: ${String(parentId)}`);
}

/** Pages of at most 20; between the first and the rest comes an empty page with a token, as the API may answer. */
function paged(member: string, list: readonly Raw[], operation: string, input: Raw): Raw {
  const size = input['MaxResults'] === undefined ? largestPage : Number(input['MaxResults']);
  if (!(size >= 1 && size <= largestPage)) {
    throw new Refusal('InvalidInputException', 'You specified a value for MaxResults that is out of range.');
  }
  const token = input['NextToken'];
  const place = token === undefined ? { operation, offset: 0, empty: false } : unseal(token);
  if (place?.['operation'] !== operation)
    throw new Refusal('InvalidInputException', 'You specified an invalid value for NextToken.');
  const offset = Number(place['offset']);
  if (place['empty'] === true) return { [member]: [], NextToken: seal({ operation, offset, empty: false }) };
  const end = offset + size;
  const more = end < list.length ? { NextToken: seal({ operation, offset: end, empty: offset === 0 }) } : {};
  return { [member]: list.slice(offset, end), ...more };
}
