import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { collect, type CollectOptions } from '../../src/collectors/collect.ts';
import type { Progress } from '../../src/collectors/progress.ts';
import { operationOf } from '../../src/collectors/row.ts';
import { rows } from '../../src/collectors/rows.ts';
import type { Manifest, ManifestCall } from '../../src/model/snapshot/manifest.ts';
import { withoutBackoff } from '../aws/fake-aws.ts';
import { accountId, emptyAnswer, sampleAccount, testEnvironment } from './sample-account.ts';

let folder: string;

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'collect-')), 'snapshot');
  for (const [name, value] of Object.entries(testEnvironment)) vi.stubEnv(name, value);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(join(folder, '..'), { recursive: true, force: true });
});

async function collectFrom(
  account: ReturnType<typeof sampleAccount>,
  options: Partial<CollectOptions> = {},
): Promise<Manifest> {
  return collect({
    folder,
    regions: ['eu-west-1'],
    requestHandler: account.requestHandler,
    retryStrategy: withoutBackoff(),
    ...options,
  });
}

const answerOf = async (call: ManifestCall | undefined): Promise<Record<string, unknown>> =>
  JSON.parse(await readFile(join(folder, call?.file ?? 'no-file'), 'utf8')) as Record<string, unknown>;

const callsOf = (manifest: Manifest, operation: string): readonly ManifestCall[] =>
  manifest.calls.filter((call) => call.operation === operation);

describe('a collection', () => {
  it('calls every row, and records each call with its answer', async () => {
    const account = sampleAccount();
    const manifest = await collectFrom(account);
    const called = new Set(account.requests.map(({ service, operation }) => `${service}:${operation}`));
    for (const row of rows) {
      const { service, operation } = operationOf(row);
      expect(called).toContain(`${service}:${operation}`);
    }
    expect(manifest.calls.filter(({ status }) => status !== 'collected')).toEqual([]);
    for (const call of manifest.calls) expect(await answerOf(call)).toBeTypeOf('object');
    expect(manifest.scope).toEqual({ accounts: [accountId], regions: ['eu-west-1'] });
    expect(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'))).toEqual(
      JSON.parse(JSON.stringify(manifest)),
    );
  });

  it('sends the page size on every page, and one request for each full page', async () => {
    const all = Array.from({ length: 250 }, (_, index) => ({ RouteTableId: `rtb-${index}` }));
    const account = sampleAccount(({ operation, input }) => {
      if (operation !== 'DescribeRouteTables') return undefined;
      const from = Number(input['NextToken'] ?? 0);
      const to = from + Number(input['MaxResults']);
      const next = to < all.length ? { NextToken: String(to) } : {};
      return { answer: { RouteTables: all.slice(from, to), ...next } };
    });
    const manifest = await collectFrom(account);
    const sent = account.requests.filter(({ operation }) => operation === 'DescribeRouteTables');
    expect(sent.map(({ input }) => input)).toEqual([
      { MaxResults: 100 },
      { MaxResults: 100, NextToken: '100' },
      { MaxResults: 100, NextToken: '200' },
    ]);
    const [call] = callsOf(manifest, 'DescribeRouteTables');
    expect(call).toMatchObject({ status: 'collected', input: {}, requests: 3, throttled: 0 });
    expect(await answerOf(call)).toEqual({ RouteTables: all });
  });

  it('asks for managed interfaces and instances, and for blackhole routes', async () => {
    const account = sampleAccount();
    await collectFrom(account);
    const inputOf = (name: string): unknown => account.requests.find(({ operation }) => operation === name)?.input;
    expect(inputOf('DescribeNetworkInterfaces')).toEqual({ IncludeManagedResources: true, MaxResults: 1000 });
    expect(inputOf('DescribeInstances')).toEqual({ IncludeManagedResources: true, MaxResults: 1000 });
    expect(inputOf('SearchTransitGatewayRoutes')).toEqual({
      TransitGatewayRouteTableId: 'tgw-rtb-1',
      Filters: [{ Name: 'state', Values: ['active', 'blackhole'] }],
      MaxResults: 1000,
    });
  });

  it('asks per resource only of what is there and can be asked', async () => {
    const account = sampleAccount();
    const manifest = await collectFrom(account);
    expect(callsOf(manifest, 'SearchTransitGatewayRoutes').map(({ file }) => file)).toEqual([
      `${accountId}/eu-west-1/ec2.SearchTransitGatewayRoutes/tgw-rtb-1.json`,
    ]);
    expect(callsOf(manifest, 'DescribeRules').map(({ file }) => file)).toEqual([
      `${accountId}/eu-west-1/elbv2.DescribeRules/listener+app+web+1+1.json`,
    ]);
    expect(callsOf(manifest, 'DescribeVpcAttribute').map(({ file, input }) => [file, input])).toEqual([
      [
        `${accountId}/eu-west-1/ec2.DescribeVpcAttribute/vpc-1+enableDnsHostnames.json`,
        { VpcId: 'vpc-1', Attribute: 'enableDnsHostnames' },
      ],
      [
        `${accountId}/eu-west-1/ec2.DescribeVpcAttribute/vpc-1+enableDnsSupport.json`,
        { VpcId: 'vpc-1', Attribute: 'enableDnsSupport' },
      ],
    ]);
  });

  it('makes no call per resource where there are none', async () => {
    const account = sampleAccount((request) =>
      request.operation === 'DescribeVpcs' || request.operation === 'DescribeLoadBalancers'
        ? emptyAnswer(request)
        : undefined,
    );
    const manifest = await collectFrom(account);
    for (const operation of [
      'DescribeVpcAttribute',
      'DescribeStaleSecurityGroups',
      'DescribeListeners',
      'DescribeRules',
    ]) {
      expect(callsOf(manifest, operation)).toEqual([]);
    }
  });

  it('calls only what the kinds need, with the kinds they are asked per', async () => {
    const account = sampleAccount();
    const manifest = await collectFrom(account, { kinds: ['listenerRules'] });
    expect(new Set(manifest.calls.map(({ operation }) => operation))).toEqual(
      new Set(['DescribeRegions', 'DescribeLoadBalancers', 'DescribeListeners', 'DescribeRules']),
    );
    expect(account.requests.some(({ service }) => service === 'elb')).toBe(false);
  });

  it('drops VPN secrets before anything is written', async () => {
    const secret = 'do-not-write-this';
    const account = sampleAccount(({ operation }) =>
      operation === 'DescribeVpnConnections'
        ? {
            answer: {
              VpnConnections: [
                {
                  VpnConnectionId: 'vpn-1',
                  CustomerGatewayConfiguration: `<key>${secret}</key>`,
                  Options: { TunnelOptions: [{ OutsideIpAddress: '203.0.113.1', PreSharedKey: secret }] },
                },
              ],
            },
          }
        : undefined,
    );
    const manifest = await collectFrom(account);
    const [call] = callsOf(manifest, 'DescribeVpnConnections');
    expect(await answerOf(call)).toEqual({
      VpnConnections: [{ VpnConnectionId: 'vpn-1', Options: { TunnelOptions: [{ OutsideIpAddress: '203.0.113.1' }] } }],
    });
    const names = await readdir(folder, { recursive: true, withFileTypes: true });
    for (const entry of names.filter((item) => item.isFile())) {
      expect(await readFile(join(entry.parentPath, entry.name), 'utf8')).not.toContain(secret);
    }
  });

  it('drops BGP keys and user data too', async () => {
    const secret = 'do-not-write-this';
    const account = sampleAccount(({ operation }) =>
      operation === 'DescribeVirtualInterfaces'
        ? {
            answer: {
              virtualInterfaces: [
                {
                  virtualInterfaceId: 'dxvif-1',
                  authKey: secret,
                  customerRouterConfig: `<key>${secret}</key>`,
                  bgpPeers: [{ bgpStatus: 'up', authKey: secret }],
                  tags: [{ key: 'Name', value: 'office' }],
                },
              ],
            },
          }
        : operation === 'DescribeLaunchTemplateVersions'
          ? {
              answer: {
                LaunchTemplateVersions: [{ LaunchTemplateId: 'lt-1', LaunchTemplateData: { UserData: secret } }],
              },
            }
          : undefined,
    );
    const manifest = await collectFrom(account);
    expect(await answerOf(callsOf(manifest, 'DescribeVirtualInterfaces')[0])).toEqual({
      virtualInterfaces: [
        {
          virtualInterfaceId: 'dxvif-1',
          bgpPeers: [{ bgpStatus: 'up' }],
          tags: [{ key: 'Name', value: 'office' }],
        },
      ],
    });
    expect(await answerOf(callsOf(manifest, 'DescribeLaunchTemplateVersions')[0])).toEqual({
      LaunchTemplateVersions: [{ LaunchTemplateId: 'lt-1', LaunchTemplateData: {} }],
    });
  });

  it('writes files that only their owner can read', async () => {
    await collectFrom(sampleAccount());
    const names = await readdir(folder, { recursive: true, withFileTypes: true });
    for (const entry of names) {
      const { mode } = await stat(join(entry.parentPath, entry.name));
      expect(mode & 0o777).toBe(entry.isDirectory() ? 0o700 : 0o600);
    }
    expect(names.filter(({ name }) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('records dates as text and tells nothing of the transport', async () => {
    const account = sampleAccount(({ operation }) =>
      operation === 'DescribeNatGateways'
        ? { answer: { NatGateways: [{ NatGatewayId: 'nat-1', CreateTime: new Date('2026-01-02T03:04:05Z') }] } }
        : undefined,
    );
    const [call] = callsOf(await collectFrom(account), 'DescribeNatGateways');
    expect(await answerOf(call)).toEqual({
      NatGateways: [{ NatGatewayId: 'nat-1', CreateTime: '2026-01-02T03:04:05.000Z' }],
    });
  });
});

describe('what fails', () => {
  it('costs its own operation and what is asked per its resources, and nothing else', async () => {
    const account = sampleAccount(({ operation }) =>
      operation === 'DescribeVpcs'
        ? {
            code: 'UnauthorizedOperation',
            status: 403,
            message:
              'You are not authorized to perform this operation. User: arn:aws:iam::111122223333:user/auditor is not authorized to perform: ec2:DescribeVpcs with an explicit deny in a service control policy',
          }
        : undefined,
    );
    const manifest = await collectFrom(account);
    const [denied] = callsOf(manifest, 'DescribeVpcs');
    expect(denied).toMatchObject({
      status: 'failed',
      failure: 'denied',
      errorCode: 'UnauthorizedOperation',
      iamAction: 'ec2:DescribeVpcs',
      requests: 1,
    });
    expect(denied?.message).toContain('service control policy');
    expect(denied?.file).toBeUndefined();
    expect(callsOf(manifest, 'DescribeStaleSecurityGroups')).toMatchObject([{ status: 'skipped', requests: 0 }]);
    expect(callsOf(manifest, 'DescribeVpcAttribute')).toMatchObject([{ status: 'skipped', requests: 0 }]);
    const others = manifest.calls.filter(
      ({ operation }) => !['DescribeVpcs', 'DescribeStaleSecurityGroups', 'DescribeVpcAttribute'].includes(operation),
    );
    expect(others.every(({ status }) => status === 'collected')).toBe(true);
  });

  it('skips what hangs on what was skipped', async () => {
    const account = sampleAccount(({ service, operation }) =>
      service === 'elbv2' && operation === 'DescribeLoadBalancers' ? { code: 'AccessDenied', status: 403 } : undefined,
    );
    const manifest = await collectFrom(account);
    for (const operation of ['DescribeListeners', 'DescribeRules']) {
      expect(callsOf(manifest, operation)).toMatchObject([{ status: 'skipped' }]);
    }
  });

  it('is a broken answer, never "none", where the list is absent', async () => {
    const bodies = {
      DescribeVpcs: '',
      DescribeSubnets: '<Other/>',
      DescribeNetworkAcls: '<x><requestId>r</requestId></x>',
    };
    const account = sampleAccount(({ operation }) => {
      const body = bodies[operation as keyof typeof bodies];
      return body === undefined ? undefined : { body };
    });
    const manifest = await collectFrom(account);
    for (const operation of Object.keys(bodies)) {
      expect(callsOf(manifest, operation)).toMatchObject([{ status: 'failed', failure: 'broken-answer' }]);
    }
  });

  it('is a broken answer where routes are cut short without a token', async () => {
    const account = sampleAccount(({ operation }) =>
      operation === 'SearchTransitGatewayRoutes'
        ? { answer: { Routes: [], AdditionalRoutesAvailable: true } }
        : undefined,
    );
    const [call] = callsOf(await collectFrom(account), 'SearchTransitGatewayRoutes');
    expect(call).toMatchObject({ status: 'failed', failure: 'broken-answer' });
  });

  it('is retried, and counted, while AWS asks for fewer requests', async () => {
    let refusals = 2;
    const account = sampleAccount(({ operation }) => {
      if (operation !== 'DescribeSubnets' || refusals === 0) return undefined;
      refusals -= 1;
      return { code: 'RequestLimitExceeded', status: 503 };
    });
    const [call] = callsOf(await collectFrom(account), 'DescribeSubnets');
    expect(call).toMatchObject({ status: 'collected', requests: 3, throttled: 2 });
  });

  it('starts an operation again once when something was deleted while it was listed', async () => {
    let failures = 1;
    const account = sampleAccount(({ operation, input }) => {
      if (operation !== 'DescribeSecurityGroups') return undefined;
      if (input['NextToken'] === undefined)
        return { answer: { SecurityGroups: [{ GroupId: 'sg-1' }], NextToken: 'a' } };
      if (failures === 0) return { answer: { SecurityGroups: [{ GroupId: 'sg-2' }] } };
      failures -= 1;
      return { code: 'InvalidGroup.NotFound' };
    });
    const [call] = callsOf(await collectFrom(account), 'DescribeSecurityGroups');
    expect(call).toMatchObject({ status: 'collected', requests: 4 });
    expect(await answerOf(call)).toEqual({ SecurityGroups: [{ GroupId: 'sg-1' }, { GroupId: 'sg-2' }] });
  });

  it('leaves no file of an answer that broke off', async () => {
    const account = sampleAccount(({ operation, input }) => {
      if (operation !== 'DescribeSecurityGroups') return undefined;
      if (input['NextToken'] === undefined)
        return { answer: { SecurityGroups: [{ GroupId: 'sg-1' }], NextToken: 'a' } };
      return { answer: { SecurityGroups: [{ GroupId: 'sg-1' }], NextToken: 'a' } };
    });
    const [call] = callsOf(await collectFrom(account), 'DescribeSecurityGroups');
    expect(call).toMatchObject({ status: 'failed', failure: 'broken-answer' });
    const names = await readdir(join(folder, accountId, 'eu-west-1'));
    expect(names.filter((name) => name.includes('DescribeSecurityGroups'))).toEqual([]);
  });
});

describe('Regions', () => {
  it('are all the enabled ones unless named; one that is off is not visible', async () => {
    const manifest = await collectFrom(sampleAccount(), { regions: ['all'] });
    expect(manifest.scope.regions).toEqual(['eu-central-1', 'eu-west-1']);
    expect(manifest.notVisible).toMatchObject([{ accountId, region: 'af-south-1' }]);
  });

  it('that are off and were asked for are not visible either', async () => {
    const manifest = await collectFrom(sampleAccount(), { regions: ['eu-west-1', 'af-south-1'] });
    expect(manifest.scope.regions).toEqual(['eu-west-1']);
    expect(manifest.notVisible).toMatchObject([{ accountId, region: 'af-south-1' }]);
  });

  it('that do not exist are refused with the nearest name, and nothing is written', async () => {
    await expect(collectFrom(sampleAccount(), { regions: ['eu-wset-1'] })).rejects.toMatchObject({
      code: 'BAD_CONFIG',
      message: expect.stringContaining('eu-west-1') as string,
    });
    await expect(stat(folder)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('fall back to those asked for where the list of Regions is denied', async () => {
    const account = sampleAccount(({ operation }) =>
      operation === 'DescribeRegions' ? { code: 'UnauthorizedOperation', status: 403 } : undefined,
    );
    const manifest = await collectFrom(account, { regions: ['all'] });
    expect(manifest.scope.regions).toEqual(['eu-west-1']);
    expect(manifest.notVisible).toMatchObject([{ accountId }]);
    expect(callsOf(manifest, 'DescribeRegions')).toMatchObject([{ status: 'failed', failure: 'denied' }]);
  });
});

describe('the run as a whole', () => {
  it('says the same whatever answer comes first', async () => {
    const shuffled = sampleAccount(async ({ operation }) => {
      await new Promise((resolve) => setTimeout(resolve, operation.length % 7));
      return undefined;
    });
    const withoutTimes = ({ calls }: Manifest): unknown => calls.map((call) => ({ ...call, durationMs: 0 }));
    const first = withoutTimes(await collectFrom(sampleAccount(), { regions: ['all'] }));
    expect(withoutTimes(await collectFrom(shuffled, { regions: ['all'] }))).toEqual(first);
  });

  it('tells its progress after every call and ends with all of them', async () => {
    const seen: Progress[] = [];
    const manifest = await collectFrom(sampleAccount(), { onProgress: (progress) => seen.push(progress) });
    const regional = manifest.calls.filter(({ operation }) => operation !== 'DescribeRegions');
    expect(seen).toHaveLength(regional.length);
    expect(seen.map(({ done }) => done)).toEqual(seen.map((_, index) => index + 1));
    expect(seen.at(-1)).toMatchObject({ done: regional.length, planned: regional.length, failed: 0 });
    expect(seen.slice(0, -1).every(({ done, planned }) => done < planned)).toBe(true);
  });

  it('keeps what was read when it is stopped, and records the rest', async () => {
    const stop = new AbortController();
    const account = sampleAccount(async ({ operation }) => {
      if (operation !== 'DescribeNetworkAcls') return undefined;
      stop.abort();
      return new Promise(() => undefined);
    });
    const manifest = await collectFrom(account, { signal: stop.signal, concurrency: 1 });
    const statuses = new Set(manifest.calls.map(({ status }) => status));
    expect(statuses).toEqual(new Set(['collected', 'skipped']));
    expect(callsOf(manifest, 'DescribeNetworkAcls')).toMatchObject([{ status: 'skipped' }]);
    for (const call of manifest.calls.filter(({ status }) => status === 'collected')) await answerOf(call);
  });

  it('replaces an earlier snapshot and leaves nothing of it', async () => {
    await collectFrom(sampleAccount(), { regions: ['eu-central-1'] });
    await collectFrom(sampleAccount(), { regions: ['eu-west-1'], kinds: ['vpcs'] });
    expect((await readdir(join(folder, accountId))).sort()).toEqual(['eu-west-1']);
  });

  it('refuses what it does not know before it asks anything', async () => {
    const account = sampleAccount();
    await expect(collectFrom(account, { folder: join(folder, '..', '..') })).rejects.toMatchObject({
      code: 'SNAPSHOT_UNWRITABLE',
    });
    expect(account.requests).toEqual([]);
  });
});
