import { describe, expect, test } from 'vitest';
import { sampleAccount, sampleAccounts } from '../../mocks/accounts/index.ts';
import { huge } from '../../mocks/accounts/huge.ts';
import { lint } from '../../mocks/lint.ts';
import { richWorld } from './rich-world.ts';

describe('the lint of fixtures', () => {
  test.each(Object.keys(sampleAccounts))('finds nothing in %s', async (name) => {
    expect(await lint(sampleAccount(name))).toEqual([]);
  });

  test('finds nothing in what the builders make', async () => {
    expect(await lint({ world: richWorld(), exceptions: {} })).toEqual([]);
  });

  test('finds nothing in a small huge account', async () => {
    const world = huge({ vpcs: 3, securityGroups: 60, networkInterfaces: 300 });
    expect(await lint({ world, exceptions: {} })).toEqual([]);
  });
});
