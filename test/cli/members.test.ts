import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { memberOptions, shardFrom } from '../../src/cli/members.ts';
import type { AccountOptions } from '../../src/cli/options.ts';
import { referredValue } from '../../src/cli/reference.ts';

const options: AccountOptions = {
  profile: [],
  roleArn: [],
  ou: [],
  accounts: [],
  excludeAccounts: [],
  regions: [],
  concurrency: 1,
  callTimeout: 1,
  maxAttempts: 1,
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'members-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

describe('--shard', () => {
  it.each([
    ['2/8', {}, { index: 2, count: 8 }],
    ['auto/8', { AWS_BATCH_JOB_ARRAY_INDEX: '0' }, { index: 1, count: 8 }],
    ['auto/8', { JOB_COMPLETION_INDEX: '7' }, { index: 8, count: 8 }],
    ['auto', { AWS_BATCH_JOB_ARRAY_INDEX: '3', AWS_BATCH_JOB_ARRAY_SIZE: '4' }, { index: 4, count: 4 }],
  ])('%s with %j is %j', (word, environment, shard) => {
    expect(shardFrom(word, environment)).toEqual(shard);
  });

  it.each([
    ['0/8', {}],
    ['9/8', {}],
    ['1/0', {}],
    ['2', {}],
    ['a/b', {}],
    ['1/8/2', {}],
    ['', {}],
    ['auto', { AWS_BATCH_JOB_ARRAY_INDEX: '3' }],
    ['auto', { JOB_COMPLETION_INDEX: '3' }],
    ['auto/8', {}],
    ['auto/8', { JOB_COMPLETION_INDEX: '' }],
    ['auto/8', { JOB_COMPLETION_INDEX: 'x' }],
    ['auto/8', { JOB_COMPLETION_INDEX: '8' }],
  ])('"%s" with %j is refused', (word, environment) => {
    expect(() => shardFrom(word, environment)).toThrow(/^--shard/);
  });
});

describe('the accounts of the command line', () => {
  it('may stand in a file', async () => {
    const file = join(folder, 'accounts');
    writeFileSync(file, '# production\n111122223333\n444455556666, 777788889999 # and one more\n');
    const members = await memberOptions({ ...options, accounts: [`@${file}`, '123456789012'] });
    expect(members?.accounts).toEqual(['111122223333', '444455556666', '777788889999', '123456789012']);
  });

  it('that are none in a file are refused, for all accounts would be meant', async () => {
    const file = join(folder, 'accounts');
    writeFileSync(file, '# nobody\n');
    await expect(memberOptions({ ...options, org: true, accounts: [`@${file}`] })).rejects.toThrow('names no account');
  });

  it('below a unit are those of the organization', async () => {
    expect(await memberOptions({ ...options, ou: ['ou-ab12-11111111'] })).toMatchObject({ organization: true });
  });

  it.each([{ excludeAccounts: ['111122223333'] }, { roleName: 'audit' }, { shard: '1/2' }])(
    'are not asked for by %j alone',
    async (alone) => {
      await expect(memberOptions({ ...options, ...alone })).rejects.toThrow('goes with --org, --ou or --accounts');
    },
  );
});

describe('a value by reference', () => {
  it('is a variable, the text of a file, or itself', async () => {
    vi.stubEnv('EXTERNAL_ID', 'from-the-environment');
    const file = join(folder, 'id');
    writeFileSync(file, 'from-the-file\n');
    expect(await referredValue('--external-id', 'env:EXTERNAL_ID')).toBe('from-the-environment');
    expect(await referredValue('--external-id', `file:${file}`)).toBe('from-the-file');
    expect(await referredValue('--external-id', 'itself')).toBe('itself');
  });

  it('that is not there is refused and not shown', async () => {
    vi.stubEnv('EXTERNAL_ID', '');
    await expect(referredValue('--external-id', 'env:EXTERNAL_ID')).rejects.toThrow('EXTERNAL_ID is not set');
    await expect(referredValue('--external-id', `file:${join(folder, 'none')}`)).rejects.toThrow('no such file');
  });
});
