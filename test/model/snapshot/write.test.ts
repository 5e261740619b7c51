import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccountId, RegionName } from '../../../src/model/id.ts';
import type { Manifest } from '../../../src/model/snapshot/manifest.ts';
import { answerWriter } from '../../../src/model/snapshot/write-answer.ts';
import { SnapshotWriteError, writing } from '../../../src/model/snapshot/write-error.ts';
import { snapshotWriter } from '../../../src/model/snapshot/write.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'write-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const name = { accountId: '111122223333', region: 'eu-west-1', service: 'ec2', operation: 'DescribeVpcs' } as const;
const place = (): string => join(folder, '111122223333', 'eu-west-1');

const manifest: Manifest = {
  schemaVersion: '1',
  tool: { name: 'vpc-auditor', version: '0.0.0' },
  createdAt: '2026-01-02T03:04:05.000Z',
  caller: undefined,
  scope: { accounts: ['111122223333' as AccountId], regions: ['eu-west-1' as RegionName] },
  notVisible: [],
  calls: [],
};

const readJson = async (path: string): Promise<unknown> => JSON.parse(await readFile(path, 'utf8')) as unknown;

describe('an answer', () => {
  it('is all its pages merged, whatever the pages and the size of a part', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.record({ VpcId: fc.string(), Tags: fc.array(fc.string({ unit: 'binary' })) })), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.integer({ min: 1, max: 400 }),
        async (pages, partBytes) => {
          await rm(place(), { recursive: true, force: true });
          const answer = answerWriter(folder, name, { list: 'Vpcs', partBytes });
          for (const [index, page] of pages.entries()) await answer.page({ Vpcs: page, NextToken: String(index) });
          const { file, parts } = await answer.finish();
          const names = (await readdir(place())).sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
          expect(names).toHaveLength(parts ?? 1);
          expect(join(folder, file)).toBe(join(place(), names[0] ?? ''));
          expect(names).toEqual(
            parts === undefined
              ? ['ec2.DescribeVpcs.json']
              : Array.from({ length: parts }, (_, index) => `ec2.DescribeVpcs.${index + 1}.json`),
          );
          const documents = await Promise.all(names.map((part) => readJson(join(place(), part))));
          for (const document of documents) expect(Object.keys(document as object)).toEqual(['Vpcs']);
          const items = documents.flatMap((document) => (document as { Vpcs: unknown[] }).Vpcs);
          expect(items).toEqual(pages.flat());
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps every part within its size unless one item alone is larger', async () => {
    const answer = answerWriter(folder, name, { list: 'Vpcs', partBytes: 1000 });
    const items = Array.from({ length: 100 }, (_, index) => ({ VpcId: `vpc-${index}`, CidrBlock: 'x'.repeat(index) }));
    await answer.page({ Vpcs: items });
    const { parts = 0 } = await answer.finish();
    expect(parts).toBeGreaterThan(5);
    for (const part of await readdir(place())) {
      expect((await readFile(join(place(), part))).length).toBeLessThanOrEqual(1000 + 8);
    }
  });

  it('keeps what stands beside the list, the last page over the first', async () => {
    const answer = answerWriter(folder, name, { list: 'Routes' });
    await answer.page({ Routes: [1], AdditionalRoutesAvailable: true, Names: ['a'], NextToken: 'x' });
    await answer.page({ Routes: [2], AdditionalRoutesAvailable: false, Names: ['b'], Gone: undefined });
    const { file } = await answer.finish();
    expect(await readJson(join(folder, file))).toEqual({
      Routes: [1, 2],
      AdditionalRoutesAvailable: false,
      Names: ['a', 'b'],
    });
  });

  it('without a list is one object', async () => {
    const answer = answerWriter(folder, { ...name, resourceId: 'vpc-1', attribute: 'enableDnsSupport' }, {});
    await answer.page({ VpcId: 'vpc-1', EnableDnsSupport: { Value: true } });
    const { file } = await answer.finish();
    expect(file).toBe('111122223333/eu-west-1/ec2.DescribeVpcs/vpc-1+enableDnsSupport.json');
    expect(await readJson(join(folder, file))).toEqual({ VpcId: 'vpc-1', EnableDnsSupport: { Value: true } });
  });

  it('is not seen before it is complete, and forgets what it is told to', async () => {
    const answer = answerWriter(folder, name, { list: 'Vpcs', partBytes: 50 });
    await answer.page({ Vpcs: Array.from({ length: 20 }, (_, index) => ({ VpcId: `old-${index}` })), Extra: 1 });
    expect((await readdir(place())).filter((file) => !file.startsWith('.'))).toEqual([]);
    await answer.restart();
    expect(await readdir(place())).toEqual([]);
    await answer.page({ Vpcs: [{ VpcId: 'new' }] });
    const { file } = await answer.finish();
    expect(await readJson(join(folder, file))).toEqual({ Vpcs: [{ VpcId: 'new' }] });
  });

  it('does not follow a link laid in its way', async () => {
    await mkdir(place(), { recursive: true });
    const victim = join(folder, 'victim');
    await writeFile(victim, 'untouched');
    await symlink(victim, join(place(), '.ec2.DescribeVpcs.json.1.tmp'));
    await symlink(victim, join(place(), 'ec2.DescribeVpcs.json'));
    const answer = answerWriter(folder, name, { list: 'Vpcs' });
    await answer.page({ Vpcs: [] });
    await answer.finish();
    expect(await readFile(victim, 'utf8')).toBe('untouched');
    expect(await readJson(join(place(), 'ec2.DescribeVpcs.json'))).toEqual({ Vpcs: [] });
  });

  it('that cannot be written says where and why', async () => {
    await mkdir(join(folder, '111122223333'), { recursive: true });
    await writeFile(place(), 'a file in the way');
    const answer = answerWriter(folder, name, { list: 'Vpcs' });
    const error = await answer.page({ Vpcs: [] }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SnapshotWriteError);
    expect(error).toMatchObject({ code: 'SNAPSHOT_UNWRITABLE', path: join(place(), 'ec2.DescribeVpcs.json') });
  });

  it.each([
    ['ENOSPC', 'no space is left on the device'],
    ['EROFS', 'the file system is read-only'],
    ['EACCES', 'permission denied'],
    ['EIO', 'EIO'],
  ])('tells %s in words', async (code, words) => {
    const failing = writing('/a/b', () => Promise.reject(Object.assign(new Error('no'), { code })));
    await expect(failing).rejects.toThrow(`/a/b cannot be written: ${words}.`);
  });
});

describe('a snapshot folder', () => {
  it('that is new is made, with a manifest that says what is to come and then what came', async () => {
    const path = join(folder, 'a', 'b');
    const writer = await snapshotWriter(path);
    await writer.begin({ ...manifest, notVisible: [{ accountId: '111122223333' as AccountId, reason: 'unfinished' }] });
    expect(await readJson(join(path, 'manifest.json'))).toMatchObject({ notVisible: [{ reason: 'unfinished' }] });
    await writer.end(manifest);
    expect(await readJson(join(path, 'manifest.json'))).toEqual(JSON.parse(JSON.stringify(manifest)));
  });

  it('that is a snapshot is replaced; what is not of a snapshot stays', async () => {
    const first = await snapshotWriter(folder);
    await first.begin(manifest);
    await first.answer(name, { list: 'Vpcs' }).page({ Vpcs: [] });
    const finished = first.answer({ ...name, resourceId: 'vpc-1' }, { list: 'Vpcs' });
    await finished.page({ Vpcs: [] });
    await finished.finish();
    await writeFile(join(folder, 'report.html'), 'a report');
    await writeFile(join(place(), 'notes.txt'), 'mine');
    await first.end(manifest);
    const second = await snapshotWriter(folder);
    await second.begin(manifest);
    expect((await readdir(folder, { recursive: true })).sort()).toEqual([
      '111122223333',
      join('111122223333', 'eu-west-1'),
      join('111122223333', 'eu-west-1', 'notes.txt'),
      'calls.jsonl',
      'manifest.json',
      'report.html',
    ]);
    await second.end(manifest);
    expect((await readdir(folder)).sort()).toEqual(['111122223333', 'manifest.json', 'report.html']);
  });

  it.each([
    ['a stranger', 'notes.txt', 'mine'],
    ['a manifest of something else', 'manifest.json', '{"name":"extension"}'],
    ['a manifest that is broken', 'manifest.json', '{'],
    ['plain answers', 'describe-vpcs.json', '{"Vpcs":[]}'],
  ])('with %s is refused and left as it is', async (_, file, content) => {
    await writeFile(join(folder, file), content);
    await expect(snapshotWriter(folder)).rejects.toMatchObject({ code: 'SNAPSHOT_UNWRITABLE', path: folder });
    expect(await readdir(folder)).toEqual([file]);
    expect(await readFile(join(folder, file), 'utf8')).toBe(content);
  });

  it('that is a file, or below one, is refused', async () => {
    const path = join(folder, 'file');
    await writeFile(path, '');
    await expect(snapshotWriter(path)).rejects.toMatchObject({ code: 'SNAPSHOT_UNWRITABLE' });
    await expect(snapshotWriter(join(path, 'below'))).rejects.toMatchObject({ code: 'SNAPSHOT_UNWRITABLE' });
  });
});
