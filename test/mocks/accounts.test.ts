import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hostileStrings } from '../../mocks/accounts/hostile.ts';
import { huge } from '../../mocks/accounts/huge.ts';
import { sampleAccount, sampleAccounts } from '../../mocks/accounts/index.ts';
import { fakePreSharedKey, region } from '../../mocks/builders.ts';
import { loadWorld } from '../../mocks/load-world.ts';
import { snapshotOf } from '../../mocks/snapshot.ts';
import { itemsOf, listOf, mergeWorlds, type World } from '../../mocks/world.ts';
import { writeWorld } from '../../mocks/write-world.ts';
import { loadChecks } from '../../src/auditors/registry.ts';
import { runChecks } from '../../src/auditors/run.ts';
import { readSnapshot } from '../../src/model/snapshot/read.ts';
import { atLeast } from '../../src/model/verdict/severity.ts';

const names = Object.keys(sampleAccounts);

/** What the checks say of a sample, one line for each resource and check. */
async function audit(name: string) {
  const checks = await loadChecks();
  const { verdicts, defects } = runChecks(snapshotOf(sampleAccount(name).world), checks);
  const severityOf = (checkId: string) => checks.find((check) => check.id === checkId)?.severity ?? 'critical';
  const failed = verdicts.flatMap(({ checkId, resource, verdict }) =>
    verdict.outcome === 'fail'
      ? [
          {
            line: `${resource.accountId} ${resource.region} ${checkId} ${resource.id}`,
            severity: verdict.severity ?? severityOf(checkId),
          },
        ]
      : [],
  );
  return { failed, defects };
}

describe('a sample account', () => {
  test.each(names)('%s is found to be as it is meant', async (name) => {
    const { failed, defects } = await audit(name);
    const { expectedFindings } = sampleAccount(name);
    const expected = expectedFindings.map(
      ({ accountId, region, checkId, resourceId }) => `${accountId} ${region} ${checkId} ${resourceId}`,
    );
    const found = new Set(failed.map(({ line }) => line));
    expect([...found].sort()).toEqual([...new Set(expected)].sort());
    expect(defects).toEqual([]);
  });

  test('clean-landing-zone holds nothing above low', async () => {
    const { failed } = await audit('clean-landing-zone');
    expect(failed.filter(({ severity }) => atLeast(severity, 'medium'))).toEqual([]);
    expect(failed.length).toBeGreaterThan(0);
  });

  test.each(names)('%s is built the same way each time', (name) => {
    const once = (): string =>
      JSON.stringify(
        [...sampleAccount(name).world.accounts.values()].map((account) =>
          [...account.regions].map(([key, documents]) => [key, ...documents]),
        ),
      );
    expect(once()).toBe(once());
  });

  test.each(names)('%s expects findings and traces of what is there', (name) => {
    const { world, expectedFindings, expectedTraces } = sampleAccount(name);
    const text = JSON.stringify(
      [...world.accounts.values()].map((account) =>
        [...account.regions.values()].map((documents) => [...documents.values()]),
      ),
    );
    const places = new Set(
      [...world.accounts.values()].flatMap(({ accountId, regions }) =>
        [...regions.keys()].map((key) => `${accountId} ${key}`),
      ),
    );
    for (const { accountId, region, resourceId } of expectedFindings) {
      expect(text).toContain(`"${resourceId}"`);
      expect(places).toContain(`${accountId} ${region}`);
    }
    for (const end of expectedTraces.flatMap(({ from, to, componentId = from }) => [from, to, componentId])) {
      if (/-[0-9a-f]{17}$/.test(end)) expect(text).toContain(`"${end}"`);
      else expect(end).toMatch(/^(?:internet|\d+(?:\.\d+){3})$/);
    }
  });

  test('carries the secret of its VPN connections where it has any', () => {
    const text = (name: string): string =>
      JSON.stringify(
        [...sampleAccount(name).world.accounts.values()].map((account) =>
          [...account.regions.values()].map((documents) => [...documents.values()]),
        ),
      );
    expect(text('hub-spoke-org')).toContain(fakePreSharedKey);
    expect(text('legacy-flat')).toContain(fakePreSharedKey);
  });

  test('of an unknown name is refused with the names that exist', () => {
    expect(() => sampleAccount('none')).toThrow(/clean-landing-zone/);
    expect(() => sampleAccount('constructor')).toThrow(/no sample account/);
  });

  test('hostile holds every hostile string in a name, a description and a rule', () => {
    const { world } = sampleAccount('hostile');
    const documents = world.accounts.get('123456789012')?.regions.get('ap-southeast-2');
    const groups = [...itemsOf(listOf(documents?.get('ec2.DescribeSecurityGroups'), 'SecurityGroups'))];
    for (const text of Object.values(hostileStrings)) {
      expect(groups.some((group) => group['GroupName'] === text && group['Description'] === text)).toBe(true);
    }
    expect(hostileStrings.long).toHaveLength(255);
  });
});

describe('a world on disk', () => {
  const onDisk = async <T>(world: World, use: (folder: string) => Promise<T>): Promise<T> => {
    const folder = mkdtempSync(join(tmpdir(), 'mock-world-'));
    try {
      await writeWorld(world, folder);
      return await use(folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  test.each(names)('of %s is read back as a snapshot of the same nouns', async (name) => {
    const { world } = sampleAccount(name);
    const read = await onDisk(world, readSnapshot);
    const direct = snapshotOf(world);
    expect(read.regions).toEqual(direct.regions);
  });

  test('is a world again, in which what was not collected is refused', async () => {
    const net = region();
    net.vpc().subnet();
    const world = net.toWorld();
    const loaded = await onDisk(world, loadWorld);
    const documents = (of: World) => of.accounts.get('111122223333')?.regions.get('eu-west-1');
    expect(new Map(documents(loaded))).toEqual(new Map(documents(world)));
    expect(loaded.whenAbsent).toBe('refused');
  });

  test('holds no secret', async () => {
    const { world } = sampleAccount('hub-spoke-org');
    const loaded = await onDisk(world, loadWorld);
    const document = loaded.accounts.get('111122223333')?.regions.get('eu-west-1')?.get('ec2.DescribeVpnConnections');
    expect(JSON.stringify(document)).toContain('vpn-');
    expect(JSON.stringify(document)).not.toContain(fakePreSharedKey);
  });

  test('of a folder without an account is refused', async () => {
    await expect(loadWorld(tmpdir())).rejects.toThrow(/no folder of an account|no snapshot/);
  });
});

describe('the huge account', () => {
  const sizes = { vpcs: 4, subnetsPerVpc: 4, securityGroups: 120, rulesPerGroup: 5, networkInterfaces: 500 };
  const [snapshot] = snapshotOf(huge(sizes)).regions;

  test('has the sizes that were asked for', () => {
    const count = (
      key: 'vpcs' | 'subnets' | 'securityGroups' | 'securityGroupRules' | 'networkInterfaces' | 'instances',
    ): unknown => {
      const collected = snapshot?.resources[key];
      return collected?.status === 'collected' ? collected.resources.length : collected?.status;
    };
    expect(count('vpcs')).toBe(4);
    expect(count('subnets')).toBe(16);
    expect(count('securityGroups')).toBe(120);
    expect(count('securityGroupRules')).toBe(600);
    expect(count('networkInterfaces')).toBe(500);
    expect(count('instances')).toBe(500);
  });

  test('puts interfaces and the groups that they carry into one VPC', () => {
    const { networkInterfaces, securityGroups } = snapshot?.resources ?? {};
    if (networkInterfaces?.status !== 'collected' || securityGroups?.status !== 'collected')
      throw new Error('not collected');
    const vpcOf = new Map(securityGroups.resources.map((group) => [group.groupId, group.vpcId]));
    for (const { groupIds, vpcId } of networkInterfaces.resources) {
      for (const groupId of groupIds) expect(vpcOf.get(groupId)).toBe(vpcId);
    }
  });

  test('makes its items when asked, the same each time, and refuses sizes that do not fit', () => {
    const list = listOf(
      huge({ networkInterfaces: 1_000_000, vpcs: 1000 })
        .accounts.get('111122223333')
        ?.regions.get('eu-west-1')
        ?.get('ec2.DescribeNetworkInterfaces'),
      'NetworkInterfaces',
    );
    expect(list?.length).toBe(1_000_000);
    expect(list?.at(999_999)).toEqual(list?.at(999_999));
    expect(list?.at(1_000_000)).toBeUndefined();
    expect(() => huge({ vpcs: 1, subnetsPerVpc: 1, networkInterfaces: 5000 })).toThrow(/no address/);
  });
});

test('worlds that share an account do not merge', () => {
  const world = region().toWorld();
  expect(() => mergeWorlds(world, world)).toThrow(/two worlds/);
  expect([...mergeWorlds(world, region('444455556666').toWorld()).accounts.keys()]).toEqual([
    '111122223333',
    '444455556666',
  ]);
});
