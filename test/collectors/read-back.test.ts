import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { collect, type CollectOptions } from '../../src/collectors/collect.ts';
import { resourceKeys } from '../../src/model/resources.ts';
import { readSnapshot } from '../../src/model/snapshot/read.ts';
import type { RegionSnapshot } from '../../src/model/snapshot/snapshot.ts';
import { withoutBackoff } from '../aws/fake-aws.ts';
import { accountId, sampleAccount, testEnvironment } from './sample-account.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'read-back-'));
  for (const [name, value] of Object.entries(testEnvironment)) vi.stubEnv(name, value);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

async function collected(
  account: ReturnType<typeof sampleAccount>,
  options: Partial<CollectOptions> = {},
): Promise<RegionSnapshot['resources']> {
  await collect({
    folder,
    regions: ['eu-west-1'],
    requestHandler: account.requestHandler,
    retryStrategy: withoutBackoff(),
    ...options,
  });
  const { regions } = await readSnapshot(folder);
  expect(regions.map(({ accountId: owner, region }) => [owner, region])).toEqual([[accountId, 'eu-west-1']]);
  const [region] = regions;
  if (region === undefined) throw new Error('no Region');
  return region.resources;
}

describe('a snapshot that was collected', () => {
  it('is read back with every kind collected and nothing missing', async () => {
    const resources = await collected(sampleAccount());
    for (const key of resourceKeys) {
      expect([key, resources[key].status]).toEqual([key, 'collected']);
      expect([key, resources[key]]).toMatchObject([key, { missing: [] }]);
    }
    expect(resources.vpcAttributes).toMatchObject({
      resources: [
        { vpcId: 'vpc-1', enableDnsHostnames: true },
        { vpcId: 'vpc-1', enableDnsSupport: true },
      ],
    });
  });

  it('has failed kinds where the call failed, and where the call that names the resources failed', async () => {
    const resources = await collected(
      sampleAccount(({ operation }) =>
        operation === 'DescribeVpcs' ? { code: 'UnauthorizedOperation', status: 403 } : undefined,
      ),
    );
    expect(resources.vpcs).toMatchObject({ status: 'failed', failure: 'denied', iamAction: 'ec2:DescribeVpcs' });
    expect(resources.vpcAttributes.status).toBe('failed');
    expect(resources.staleSecurityGroups.status).toBe('failed');
    expect(resources.subnets.status).toBe('collected');
  });

  it('names the one resource whose own call failed', async () => {
    const resources = await collected(
      sampleAccount(({ operation }) =>
        operation === 'SearchTransitGatewayRoutes' ? { code: 'InternalError', status: 400 } : undefined,
      ),
    );
    expect(resources.transitGatewayRoutes).toMatchObject({
      status: 'collected',
      missing: [{ resourceId: 'tgw-rtb-1' }],
    });
  });

  it('does not take a kind that was not asked for for an empty one', async () => {
    const resources = await collected(sampleAccount(), { kinds: ['vpcs'] });
    expect(resources.vpcs.status).toBe('collected');
    expect(resources.subnets.status).toBe('not-called');
    expect(resources.vpcAttributes.status).toBe('not-called');
  });

  it('that never finished has nothing in it', async () => {
    const stop = new AbortController();
    const account = sampleAccount(async ({ operation }) => {
      if (operation === 'DescribeSubnets') stop.abort();
      return undefined;
    });
    const resources = await collected(account, { signal: stop.signal });
    expect(resources.subnets.status).not.toBe('collected');
  });
});
