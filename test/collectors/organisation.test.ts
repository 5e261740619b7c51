import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { auditRole } from '../../mocks/accounts/hub-spoke-org.ts';
import { keysOf } from '../../mocks/answer/identity.ts';
import type { Call } from '../../mocks/endpoint.ts';
import { type Fault, faultScript } from '../../mocks/faults.ts';
import { createRequestHandler, retryWithoutDelay } from '../../mocks/request-handler.ts';
import { wideOrganisation } from '../../mocks/wide-organisation.ts';
import type { World } from '../../mocks/world.ts';
import type { MemberOptions } from '../../src/aws/member-options.ts';
import { shardOf } from '../../src/model/shard.ts';
import { collect, type CollectOptions } from '../../src/collectors/collect.ts';
import type { Manifest } from '../../src/model/snapshot/manifest.ts';
import { testEnvironment } from './sample-account.ts';

const home = 'eu-west-1';
/** More than one page of Organizations, which answers an empty page with a token after the first. */
const wide = wideOrganisation({ accounts: 23, regions: [home] });
const { organization } = wide;
if (organization === undefined) throw new Error('the organisation is none');
const { managementAccountId, delegatedAdministratorIds, accounts: listed, units } = organization;
const closedId = listed.find(({ status }) => status === 'SUSPENDED')?.accountId ?? '';
const lockedId = listed.at(-2)?.accountId ?? '';
const open = listed.map(({ accountId }) => accountId).filter((id) => id !== closedId && id !== lockedId);

let folder: string;
let calls: Call[];

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'organisation-')), 'snapshot');
  calls = [];
  for (const [name, value] of Object.entries(testEnvironment)) vi.stubEnv(name, value);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(join(folder, '..'), { recursive: true, force: true });
});

interface Run {
  readonly as?: string;
  readonly faults?: readonly Fault[];
  readonly world?: World;
}

function collectAs(
  members: MemberOptions,
  { as = managementAccountId, faults = [], world = wide }: Run = {},
  options: Partial<CollectOptions> = {},
): Promise<Manifest> {
  const { accessKeyId, secretAccessKey } = keysOf(as);
  vi.stubEnv('AWS_ACCESS_KEY_ID', accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secretAccessKey);
  return collect({
    folder,
    regions: [home],
    kinds: ['vpcs'],
    members: { roleName: auditRole.roleName, ...members },
    credentials: { externalId: auditRole.externalId },
    requestHandler: createRequestHandler({
      world,
      faults: faultScript(faults),
      onCall: (call) => calls.push(call),
    }),
    retryStrategy: retryWithoutDelay(3),
    ...options,
  });
}

const reasonOf = (manifest: Manifest, id: string): string | undefined =>
  manifest.notVisible.find(({ accountId, region }) => accountId === id && region === undefined)?.reason;

describe('an organization', () => {
  it('is read account by account, the management account with its own credentials', async () => {
    const manifest = await collectAs({ organization: true });
    expect(manifest.scope.accounts).toEqual(open.toSorted());
    expect(reasonOf(manifest, lockedId)).toContain('AccessDenied');
    expect(reasonOf(manifest, closedId)).toContain('SUSPENDED');
    expect(manifest.notVisible).toHaveLength(2);
    const read = manifest.calls.filter(
      ({ operation, status }) => operation === 'DescribeVpcs' && status === 'collected',
    );
    expect(read.map(({ accountId }) => accountId)).toEqual(open.toSorted());
    const assumed = calls
      .filter(({ operation }) => operation === 'AssumeRole')
      .map(({ input }) => String(input['RoleArn']));
    expect(assumed.toSorted()).toEqual(
      [...open, lockedId]
        .filter((id) => id !== managementAccountId)
        .map((id) => `arn:aws:iam::${id}:role/${auditRole.roleName}`)
        .toSorted(),
    );
  });

  it('is put on record as it was listed, without the addresses of its root users', async () => {
    const manifest = await collectAs({ organization: true });
    const [listing] = manifest.calls.filter(({ service }) => service === 'organizations');
    expect(listing).toMatchObject({ accountId: managementAccountId, operation: 'ListAccounts', status: 'collected' });
    const text = await readFile(join(folder, listing?.file ?? ''), 'utf8');
    expect((JSON.parse(text) as { Accounts: readonly { Id: string }[] }).Accounts.map(({ Id }) => Id)).toEqual(
      listed.map(({ accountId }) => accountId),
    );
    expect(text).not.toContain('Email');
  });

  it('is listed by a delegated administrator too, which reads itself with its own credentials', async () => {
    const [delegate = ''] = delegatedAdministratorIds;
    const world = {
      ...wide,
      accounts: new Map(
        [...wide.accounts].map(([id, account]) => [
          id,
          { ...account, roles: account.roles.map((role) => ({ ...role, trusts: [delegate] })) },
        ]),
      ),
    };
    const manifest = await collectAs({ organization: true }, { as: delegate, world });
    expect(manifest.scope.accounts).toEqual(open.toSorted());
    expect(manifest.caller?.accountId).toBe(delegate);
  });

  it('that does not answer an ordinary member is one sentence that says whom it answers', async () => {
    await expect(collectAs({ organization: true }, { as: open[5] ?? '' })).rejects.toMatchObject({
      code: 'NO_CREDENTIALS',
      message: expect.stringMatching(
        /AccessDeniedException.*delegated administrators.*organizations:ListAccounts/,
      ) as string,
    });
  });

  it('of which one page is lost is not taken for a smaller one', async () => {
    const faults = [{ kind: 'deny', operation: 'ListAccounts', nth: 2, times: 'always' }] as const;
    await expect(collectAs({ organization: true }, { faults })).rejects.toMatchObject({ code: 'NO_CREDENTIALS' });
  });

  it('is asked below units at any depth', async () => {
    const [top] = units;
    const nested = {
      ...wide,
      organization: {
        ...organization,
        units: [
          ...units,
          { id: 'ou-wide-nested00', name: 'nested', parentId: top?.id ?? '' },
          { id: 'ou-wide-deeper00', name: 'deeper', parentId: 'ou-wide-nested00' },
        ],
        accounts: listed.map((account) =>
          account.accountId === open[7] ? { ...account, parentId: 'ou-wide-deeper00' } : account,
        ),
      },
    };
    const manifest = await collectAs({ organization: true, units: [top?.id ?? ''] }, { world: nested });
    const direct = listed.filter(({ parentId }) => parentId === top?.id).map(({ accountId }) => accountId);
    expect(manifest.scope.accounts).toEqual([...direct, open[7] ?? ''].toSorted());
  });

  it('loses the account that is excluded, and tells of one that was asked for and is none', async () => {
    const stranger = '999900001111';
    const wanted = [...open.slice(0, 3), stranger];
    const manifest = await collectAs({ organization: true, accounts: wanted });
    expect(manifest.scope.accounts).toEqual(open.slice(0, 3).toSorted());
    expect(reasonOf(manifest, stranger)).toContain('not an account of the organization');
    const less = await collectAs({ organization: true, exclude: [closedId, lockedId, ...open.slice(2)] });
    expect(less.scope.accounts).toEqual(open.slice(0, 2).toSorted());
    expect(less.notVisible).toEqual([]);
  });

  it('loses nothing but the member that fails midway', async () => {
    const victim = open[4] ?? '';
    const faults = [{ kind: 'token-expired', accountId: victim, operation: 'DescribeVpcs', times: 'always' }] as const;
    const manifest = await collectAs({ organization: true }, { faults });
    const lost = manifest.calls.filter(({ status }) => status !== 'collected');
    expect(lost).toMatchObject([{ accountId: victim, operation: 'DescribeVpcs', failure: 'expired-credentials' }]);
  });
});

describe('accounts by their ids', () => {
  it('are entered without anybody listing them, and the caller only where it is among them', async () => {
    const manifest = await collectAs({ accounts: open.slice(3, 6) });
    expect(manifest.scope.accounts).toEqual(open.slice(3, 6).toSorted());
    expect(manifest.caller?.accountId).toBe(managementAccountId);
    expect(calls.some(({ service }) => service === 'organizations')).toBe(false);
  });

  it('of which none lets us in are one sentence', async () => {
    await expect(collectAs({ accounts: [lockedId] })).rejects.toMatchObject({
      code: 'NO_CREDENTIALS',
      message: expect.stringContaining('None of the 1 accounts could be entered') as string,
    });
  });

  it.each([
    [{ accounts: ['12345'] }, 'twelve digits'],
    [{ organization: true, units: ['ou-1'] }, 'organizational unit'],
    [{ organization: true, roleName: 'arn:aws:iam::1:role/x' }, 'name of an IAM role'],
    [{ accounts: [open[0] ?? ''], exclude: [open[0] ?? ''] }, 'both asked for and excluded'],
    [{}, 'which accounts'],
  ])('%j are refused before anything is asked', async (members, words) => {
    await expect(collectAs(members)).rejects.toMatchObject({
      code: 'BAD_CONFIG',
      message: expect.stringContaining(words) as string,
    });
    expect(calls).toEqual([]);
  });
});

describe('shards', () => {
  it('share the accounts between them, each account in one, and tell of the others', async () => {
    const count = 3;
    const runs = [];
    for (const index of [1, 2, 3]) runs.push(await collectAs({ organization: true, shard: { index, count } }));
    const everyone = listed.map(({ accountId }) => accountId).toSorted();
    const held = runs.map(({ scope, notVisible }) => [
      ...scope.accounts,
      ...notVisible.map(({ accountId }) => accountId),
    ]);
    expect(held.flat().toSorted()).toEqual(everyone);
    for (const [index, { elsewhere }] of runs.entries())
      expect([...(held[index] ?? []), ...(elsewhere ?? [])].toSorted()).toEqual(everyone);
  });

  it('of which one has no account are empty and no error', async () => {
    const count = 40;
    const taken = new Set(listed.map(({ accountId }) => shardOf(accountId, count)));
    const index = Array.from({ length: count }, (_, at) => at + 1).find((at) => !taken.has(at)) ?? 0;
    const manifest = await collectAs({ organization: true, shard: { index, count } });
    expect([manifest.scope.accounts, manifest.notVisible]).toEqual([[], []]);
  });
});

describe('the session that leads to the members', () => {
  it('may assume their roles, and the members may not', async () => {
    await collectAs({ organization: true }, {}, { credentials: { externalId: auditRole.externalId } });
    const policies = calls
      .filter(({ operation }) => operation === 'AssumeRole')
      .map(({ input }) => String(input['Policy']));
    expect(policies.length).toBeGreaterThan(0);
    for (const policy of policies) expect(policy).not.toContain('sts:AssumeRole');
    const hop = `arn:aws:iam::${managementAccountId}:role/${auditRole.roleName}`;
    calls = [];
    await collectAs({ organization: true }, {}, { credentials: { externalId: auditRole.externalId, roleArns: [hop] } });
    const first = calls.find(({ operation, input }) => operation === 'AssumeRole' && input['RoleArn'] === hop);
    for (const action of ['sts:AssumeRole', 'organizations:ListAccounts'])
      expect(String(first?.input['Policy'])).toContain(action);
    expect(String(first?.input['Policy']).length).toBeLessThanOrEqual(2048);
  });
});
