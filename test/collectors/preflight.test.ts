import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { iamPolicy } from '../../src/collectors/iam-policy.ts';
import { preflight, type Preflight, type PreflightOptions } from '../../src/collectors/preflight.ts';
import { rows } from '../../src/collectors/rows.ts';
import { type FakeAnswer, type FakeRequest, withoutBackoff } from '../aws/fake-aws.ts';
import { accountId, sampleAccount, testEnvironment } from './sample-account.ts';

beforeEach(() => {
  for (const [name, value] of Object.entries(testEnvironment)) vi.stubEnv(name, value);
});
afterEach(() => vi.unstubAllEnvs());

/** An account that answers DryRun as EC2 does, with these operations refused. */
function accountWithout(refused: Readonly<Record<string, string>>): ReturnType<typeof sampleAccount> {
  return sampleAccount(({ service, operation, input }: FakeRequest): FakeAnswer | undefined => {
    const message = refused[operation];
    if (message !== undefined) {
      return { code: service === 'ec2' ? 'UnauthorizedOperation' : 'AccessDenied', status: 403, message };
    }
    return input['DryRun'] === true ? { code: 'DryRunOperation', status: 412 } : undefined;
  });
}

const run = (account: ReturnType<typeof sampleAccount>, options: Partial<PreflightOptions> = {}): Promise<Preflight> =>
  preflight({
    regions: ['eu-west-1'],
    requestHandler: account.requestHandler,
    retryStrategy: withoutBackoff(),
    ...options,
  });

describe('a preflight', () => {
  it('asks for every permission in every Region and reads nothing', async () => {
    const account = accountWithout({});
    const result = await run(account, { regions: ['all'] });
    expect(result).toMatchObject({ complete: true, missing: [], statement: undefined });
    expect(result.accounts).toEqual([
      {
        accountId,
        arn: `arn:aws:iam::${accountId}:user/auditor`,
        label: 'the default credentials',
        regions: ['eu-central-1', 'eu-west-1'],
      },
    ]);
    expect(result.notVisible).toMatchObject([{ accountId, region: 'af-south-1' }]);
    for (const region of ['eu-central-1', 'eu-west-1']) {
      const probed = result.probes.filter((probe) => probe.region === region && probe.operation !== 'DescribeRegions');
      expect(probed).toHaveLength(rows.length);
    }
    for (const { service, operation, input } of account.requests) {
      if (service === 'ec2' && operation !== 'DescribeRegions') expect(input['DryRun']).toBe(true);
      if (service === 'elb' || service === 'elbv2') expect(input).toEqual({ PageSize: 1 });
    }
    const notProbed = result.probes.filter((probe) => probe.result === 'not-probed');
    expect(notProbed.every(({ service }) => service !== 'ec2')).toBe(true);
  });

  it('names what is missing, and the statement that mends it', async () => {
    const result = await run(
      accountWithout({
        DescribeSubnets: 'because no identity-based policy allows the ec2:DescribeSubnets action',
        SearchTransitGatewayRoutes: 'You are not authorized to perform this operation.',
        DescribeTargetGroups: 'because no identity-based policy allows it',
      }),
    );
    const missing = [
      'ec2:DescribeSubnets',
      'ec2:SearchTransitGatewayRoutes',
      'elasticloadbalancing:DescribeTargetGroups',
    ];
    expect(result).toMatchObject({
      complete: false,
      missing,
      statement: { Effect: 'Allow', Action: missing, Resource: '*' },
    });
    for (const action of missing) expect(iamPolicy().Statement[0].Action).toContain(action);
  });

  it('proposes no statement for what a statement cannot mend', async () => {
    const result = await run(accountWithout({ DescribeSubnets: 'with an explicit deny in a service control policy' }));
    expect(result).toMatchObject({ complete: false, missing: ['ec2:DescribeSubnets'], statement: undefined });
    const denied = result.probes.find(({ result: outcome }) => outcome === 'denied');
    expect(denied?.denial).toMatchObject({ policy: 'service-control-policy', explicit: true });
  });

  it('tells an operation that a Region does not have from one that is denied', async () => {
    const account = sampleAccount(({ operation, input }) => {
      if (operation === 'DescribeManagedPrefixLists') return { code: 'InvalidAction' };
      if (operation === 'DescribeVpcAttribute') return { code: 'InvalidVpcID.NotFound' };
      if (operation === 'DescribeFlowLogs') return { code: 'InternalError', status: 500 };
      return input['DryRun'] === true ? { code: 'DryRunOperation', status: 412 } : undefined;
    });
    const { probes, complete } = await run(account);
    const resultOf = (name: string): unknown => probes.find(({ operation }) => operation === name)?.result;
    expect(resultOf('DescribeManagedPrefixLists')).toBe('not-available');
    expect(resultOf('DescribeVpcAttribute')).toBe('not-probed');
    expect(resultOf('DescribeFlowLogs')).toBe('failed');
    expect(complete).toBe(false);
  });

  it('asks only for what the kinds need', async () => {
    const { probes } = await run(accountWithout({}), { kinds: ['vpcAttributes'] });
    expect(new Set(probes.map(({ iamAction }) => iamAction))).toEqual(
      new Set(['ec2:DescribeRegions', 'ec2:DescribeVpcAttribute', 'ec2:DescribeVpcs']),
    );
  });
});
