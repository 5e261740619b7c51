import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { snapshotDigest } from '../../bench/organisation/snapshot-digest.ts';
import { auditRole } from '../../mocks/accounts/hub-spoke-org.ts';
import { keysOf } from '../../mocks/answer/identity.ts';
import { createRequestHandler, retryWithoutDelay } from '../../mocks/request-handler.ts';
import { wideOrganisation } from '../../mocks/wide-organisation.ts';
import { allChecks, type AuditReport, auditSnapshot, collect, mergeSnapshots, readSnapshot } from '../../src/index.ts';
import { shardOf } from '../../src/model/shard.ts';
import type { Manifest } from '../../src/model/snapshot/manifest.ts';
import { runCli } from '../cli/run-cli.ts';
import { testEnvironment } from './sample-account.ts';

const world = wideOrganisation({ accounts: 7, regions: ['eu-west-1'] });
const managementAccountId = world.organization?.managementAccountId ?? '';
const count = 3;

let base: string;
const at = (name: string): string => join(base, name);
const shards = [1, 2, 3].map((index) => `shard-${index}`);

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'merge-'));
  for (const [name, value] of Object.entries(testEnvironment)) vi.stubEnv(name, value);
  vi.stubEnv('AWS_ACCESS_KEY_ID', keysOf(managementAccountId).accessKeyId);
  await collectInto('whole');
  for (const [index, name] of shards.entries()) await collectInto(name, { index: index + 1, count });
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(base, { recursive: true, force: true });
});

function collectInto(name: string, shard?: { readonly index: number; readonly count: number }): Promise<Manifest> {
  return collect({
    folder: at(name),
    members: { organization: true, roleName: auditRole.roleName, ...(shard === undefined ? {} : { shard }) },
    credentials: { externalId: auditRole.externalId },
    requestHandler: createRequestHandler({ world }),
    retryStrategy: retryWithoutDelay(3),
  });
}

async function reportOf(name: string): Promise<AuditReport> {
  const run = { startedAt: '2026-01-01T00:00:00.000Z', durationMs: 0 };
  const report = auditSnapshot(await readSnapshot(at(name)), { checks: await allChecks(), run: () => run });
  const { requests: _, ...coverage } = report.coverage;
  const { collectedAt: __, ...scope } = report.scope;
  return { ...report, coverage: { requests: 0, ...coverage }, scope };
}

const merge = (names: readonly string[], into: string, expected?: number): Promise<Manifest> =>
  mergeSnapshots(names.map(at), at(into), expected);

const change = (name: string, edit: (manifest: Manifest) => Manifest): void => {
  const path = join(at(name), 'manifest.json');
  writeFileSync(path, JSON.stringify(edit(JSON.parse(readFileSync(path, 'utf8')) as Manifest)));
};

describe('shards that are joined', () => {
  it('are the snapshot of one collection, whatever order they come in, and give its report', async () => {
    await merge(shards, 'joined', count);
    await merge(shards.toReversed(), 'turned');
    const whole = await snapshotDigest(at('whole'));
    expect(await snapshotDigest(at('joined'))).toEqual(whole);
    expect(await snapshotDigest(at('turned'))).toEqual(whole);
    expect(await reportOf('joined')).toEqual(await reportOf('whole'));
  });

  it('lack the accounts of a shard that is not there, by name', async () => {
    const manifest = await merge(['shard-1', 'shard-3'], 'lacking');
    const absent = (world.organization?.accounts ?? [])
      .map(({ accountId }) => accountId)
      .filter((id) => shardOf(id, count) === 2);
    expect(absent.length).toBeGreaterThan(0);
    const told = manifest.notVisible.filter(({ reason }) => reason.includes('shard 2 of 3'));
    expect(told.map(({ accountId }) => accountId)).toEqual(absent.toSorted());
  });

  it('keep what a shard had read that broke off, and say that it did', async () => {
    cpSync(at('shard-2'), at('broken'), { recursive: true });
    const manifest = JSON.parse(readFileSync(join(at('broken'), 'manifest.json'), 'utf8')) as Manifest;
    const kept = manifest.calls.slice(0, 30);
    writeFileSync(join(at('broken'), 'calls.jsonl'), kept.map((call) => `${JSON.stringify(call)}\n`).join(''));
    const [accountId] = manifest.scope.accounts;
    if (accountId === undefined) throw new Error('the shard has no account');
    change('broken', (before) => ({ ...before, calls: [], notVisible: [{ accountId, reason: 'did not finish' }] }));
    const joined = await merge(['shard-1', 'broken', 'shard-3'], 'with-broken');
    const keys = (calls: Manifest['calls']): readonly unknown[] =>
      calls.filter((call) => call.service !== 'organizations' && manifest.scope.accounts.includes(call.accountId));
    expect(keys(joined.calls)).toHaveLength(keys(kept).length);
    expect(joined.notVisible).toContainEqual({ accountId, reason: 'did not finish' });
  });

  it('leave out one of another night, and say so of its accounts', async () => {
    cpSync(at('shard-2'), at('old'), { recursive: true });
    change('old', (before) => ({ ...before, createdAt: '2026-01-01T00:00:00.000Z' }));
    const joined = await merge(['shard-1', 'old', 'shard-3'], 'with-old');
    const { scope } = JSON.parse(readFileSync(join(at('old'), 'manifest.json'), 'utf8')) as Manifest;
    for (const accountId of scope.accounts) {
      expect(joined.scope.accounts).not.toContain(accountId);
      expect(joined.notVisible).toContainEqual({ accountId, reason: expect.stringContaining('left out') as string });
    }
  });
});

describe('what is no shard of the same collection', () => {
  it.each([
    ['a snapshot that was collected whole', ['whole', 'shard-1'], undefined, 'without --shard'],
    ['one shard twice', ['shard-1', 'shard-1'], undefined, 'is in'],
    ['shards of another number', shards, 4, 'one of 3 shards'],
  ])('is refused: %s', async (_, names, expected, words) => {
    await expect(merge(names, 'refused', expected)).rejects.toMatchObject({
      name: 'NotMergeable',
      message: expect.stringContaining(words) as string,
    });
  });

  it('is refused: shards of another selection', async () => {
    cpSync(at('shard-2'), at('other'), { recursive: true });
    change('other', ({ selection, ...rest }) => ({
      ...rest,
      ...(selection === undefined ? {} : { selection: { ...selection, regions: ['us-east-1'] } }),
    }));
    await expect(merge(['shard-1', 'other'], 'refused')).rejects.toThrow('other Regions');
  });
});

describe('vpc-auditor merge', () => {
  it('joins what lies in one folder, audits it, and removes the shards when it is done', async () => {
    for (const name of shards) renameSync(at(name), join(at(''), `kept-${name}`));
    for (const name of shards) cpSync(at(`kept-${name}`), at(`night/${name}`), { recursive: true });
    const args = ['merge', at('night'), '--shards', '3', '--remove-shards', '--output-dir', at('report')];
    const ended = await runCli(args, { cwd: base });
    expect(ended.stderr).toContain('3 shard(s) joined');
    expect(ended.code & 2, ended.stderr).toBe(2);
    const report = JSON.parse(readFileSync(at('report/report.json'), 'utf8')) as AuditReport;
    expect(report.summary).toEqual((await reportOf('whole')).summary);
    expect(await snapshotDigest(at('report/snapshot'))).toEqual(await snapshotDigest(at('whole')));
    const again = await runCli(args, { cwd: base });
    expect([again.code, again.stderr]).toEqual([64, expect.stringContaining('holds no snapshot')]);
    rmSync(at('report'), { recursive: true });
  });
});
