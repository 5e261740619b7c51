import { cpSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { auditRole } from '../../mocks/accounts/hub-spoke-org.ts';
import { keysOf } from '../../mocks/answer/identity.ts';
import type { Call } from '../../mocks/endpoint.ts';
import { createRequestHandler, retryWithoutDelay } from '../../mocks/request-handler.ts';
import { wideOrganisation } from '../../mocks/wide-organisation.ts';
import { collect, type CollectOptions } from '../../src/collectors/collect.ts';
import type { ResourceKey } from '../../src/model/resources.ts';
import type { Manifest, ManifestCall } from '../../src/model/snapshot/manifest.ts';
import { snapshotDigest } from '../../bench/organisation/snapshot-digest.ts';
import { testEnvironment } from './sample-account.ts';

const world = wideOrganisation({ accounts: 4, regions: ['eu-west-1', 'us-east-1'] });
const managementAccountId = world.organization?.managementAccountId ?? '';

/** Lists, what is asked per item of a list, and what is asked per item of that. */
const kinds: readonly ResourceKey[] = [
  'vpcAttributes',
  'subnets',
  'securityGroups',
  'managedPrefixListEntries',
  'transitGatewayRoutes',
  'networkInterfaces',
  'listenerRules',
];

let base: string;
let calls: Call[];

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'resume-'));
  calls = [];
  for (const [name, value] of Object.entries(testEnvironment)) vi.stubEnv(name, value);
  signInAs(managementAccountId);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(base, { recursive: true, force: true });
});

function signInAs(accountId: string): void {
  const { accessKeyId, secretAccessKey } = keysOf(accountId);
  vi.stubEnv('AWS_ACCESS_KEY_ID', accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secretAccessKey);
}

function collectInto(name: string, options: Partial<CollectOptions> = {}): Promise<Manifest> {
  return collect({
    folder: join(base, name),
    kinds,
    members: { organization: true, roleName: auditRole.roleName },
    credentials: { externalId: auditRole.externalId },
    requestHandler: createRequestHandler({ world, onCall: (call) => calls.push(call) }),
    retryStrategy: retryWithoutDelay(3),
    ...options,
  });
}

const digestOf = (name: string): Promise<ReadonlyMap<string, string>> => snapshotDigest(join(base, name));

/** What makes a call the same call, without what pages it. */
const keyOf = (call: Pick<ManifestCall, 'accountId' | 'region' | 'service' | 'operation' | 'input'> | Call): string => {
  const paging = new Set(['MaxResults', 'PageSize', 'NextToken', 'Marker']);
  const input = Object.entries(call.input)
    .filter(([member]) => !paging.has(member))
    .map(([member, value]) => JSON.stringify([member, value]))
    .sort();
  return JSON.stringify([call.accountId, call.region, call.service, call.operation, input]);
};

/** The reads that went out, without those that only say who we are. */
const asked = (): readonly string[] => calls.filter(({ service }) => service !== 'sts').map(keyOf);

/** A folder as it stands when the program is killed after so many calls: copied, in one breath, while it is written. */
async function killedAfter(done: number, name: string): Promise<void> {
  let isDead = false;
  await collectInto('running', {
    onProgress: ({ total }) => {
      if (isDead || total.done < done) return;
      isDead = true;
      cpSync(join(base, 'running'), join(base, name), { recursive: true });
    },
  });
  calls = [];
}

const journalOf = async (name: string): Promise<readonly ManifestCall[]> =>
  (await readFile(join(base, name, 'calls.jsonl'), 'utf8'))
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as ManifestCall);

describe('a collection that died', () => {
  it.each([1, 20, 60, 100])('after %i calls is gone on with, and equals one that did not', async (done) => {
    await killedAfter(done, 'dead');
    const known = await journalOf('dead');
    expect(known.length).toBeGreaterThan(0);
    await collectInto('dead', { resume: true });
    expect(await digestOf('dead')).toEqual(await digestOf('running'));
    const onRecord = new Set(known.map(keyOf));
    expect(asked().filter((call) => onRecord.has(call))).toEqual([]);
    expect((await readdir(join(base, 'dead'))).includes('calls.jsonl')).toBe(false);
  });

  it('is mended where a file has its name and not its content, is gone, or the record is torn', async () => {
    await killedAfter(80, 'dead');
    const [first, second, ...rest] = (await journalOf('dead')).filter(({ operation }) => operation === 'DescribeVpcs');
    expect(rest.length).toBeGreaterThan(0);
    await truncate(join(base, 'dead', first?.file ?? ''), 20);
    await rm(join(base, 'dead', second?.file ?? ''));
    const journal = join(base, 'dead', 'calls.jsonl');
    await writeFile(journal, (await readFile(journal, 'utf8')).slice(0, -30));
    const [account = ''] = await readdir(join(base, 'dead'));
    await writeFile(join(base, 'dead', account, 'eu-west-1', '.ec2.DescribeVpcs.json.2.tmp'), 'half');
    await writeFile(join(base, 'dead', account, 'eu-west-1', 'ec2.DescribeSubnets.7.json'), '{}');
    await collectInto('dead', { resume: true });
    expect(await digestOf('dead')).toEqual(await digestOf('running'));
    const vpcs = calls.filter(({ operation }) => operation === 'DescribeVpcs').map((call) => call.accountId);
    expect(vpcs).toEqual(expect.arrayContaining([first?.accountId, second?.accountId]));
  });
});

describe('a collection that was stopped', () => {
  it('keeps what was read, says what was not, and is gone on with', async () => {
    const stop = new AbortController();
    const stopped = await collectInto('stopped', {
      signal: stop.signal,
      onProgress: ({ total }) => {
        if (total.done >= 30) stop.abort();
      },
    });
    const skipped = stopped.calls.filter(({ status }) => status === 'skipped');
    expect(skipped.length).toBeGreaterThan(0);
    calls = [];
    await collectInto('stopped', { resume: true });
    await collectInto('whole');
    expect(await digestOf('stopped')).toEqual(await digestOf('whole'));
  });

  it('is complete when it is complete: nothing is asked again', async () => {
    await collectInto('whole');
    calls = [];
    await collectInto('whole', { resume: true });
    expect(asked()).toEqual([]);
  });
});

describe('what cannot be gone on with', () => {
  it('is begun where there is nothing yet', async () => {
    await collectInto('fresh', { resume: true });
    await collectInto('whole');
    expect(await digestOf('fresh')).toEqual(await digestOf('whole'));
  });

  it.each([
    ['Regions', { regions: ['eu-west-1'] }],
    ['kinds of resources', { kinds: ['vpcs'] }],
    ['role', { members: { organization: true, roleName: 'other' } }],
    ['shard', { members: { organization: true, roleName: auditRole.roleName, shard: { index: 1, count: 2 } } }],
    ['accounts', { members: { organization: true, roleName: auditRole.roleName, exclude: ['999900001111'] } }],
  ] as const)('is refused with other %s, and left as it is', async (words, options) => {
    await collectInto('begun');
    const before = await digestOf('begun');
    calls = [];
    await expect(collectInto('begun', { resume: true, ...options })).rejects.toMatchObject({
      code: 'BAD_CONFIG',
      message: expect.stringContaining(`other ${words}`) as string,
    });
    expect(asked()).toEqual([]);
    expect(await digestOf('begun')).toEqual(before);
  });

  it('is refused as somebody else', async () => {
    await collectInto('begun');
    signInAs(world.organization?.delegatedAdministratorIds[0] ?? '');
    await expect(collectInto('begun', { resume: true })).rejects.toMatchObject({
      code: 'BAD_CONFIG',
      message: expect.stringContaining(managementAccountId) as string,
    });
  });

  it('is refused where the folder is something else', async () => {
    await writeFile(join(base, 'notes.txt'), 'mine');
    await expect(collectInto('', { resume: true })).rejects.toMatchObject({ name: 'SnapshotUnreadable' });
    expect(await readdir(base)).toEqual(['notes.txt']);
  });
});
