import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import {
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
  paginateDescribeSecurityGroups,
} from '@aws-sdk/client-ec2';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { ListAccountsCommand, OrganizationsClient, paginateListAccounts } from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditRole, hubSpokeOrg } from '../../mocks/accounts/hub-spoke-org.ts';
import { huge } from '../../mocks/accounts/huge.ts';
import { hostile } from '../../mocks/accounts/hostile.ts';
import { keysOf, sessionKeys } from '../../mocks/answer/identity.ts';
import type { Call } from '../../mocks/endpoint.ts';
import { createRequestHandler, retryWithoutDelay } from '../../mocks/request-handler.ts';
import { type MockServer, startServer } from '../../mocks/server.ts';
import { createThrottle } from '../../mocks/throttle.ts';
import { itemsOf, listOf, type World } from '../../mocks/world.ts';

const run = promisify(execFile);
const [hub, workload, locked] = ['111122223333', '444455556666', '777788889999'];
const { world } = hubSpokeOrg();
const calls: Call[] = [];
let now = Date.parse('2026-01-15T12:00:00Z');
let server: MockServer;

beforeAll(async () => {
  server = await startServer({ world, now: () => now, strictKeys: true, onCall: (call) => calls.push(call) });
});
afterAll(() => server.close());

const configOf = (credentials: object, region = 'eu-west-1') => ({
  region,
  endpoint: server.url,
  credentials: credentials as never,
  retryStrategy: retryWithoutDelay(),
});

const roleOf = (accountId: string, given: object = {}) =>
  new AssumeRoleCommand({
    RoleArn: `arn:aws:iam::${accountId}:role/${auditRole.roleName}`,
    RoleSessionName: 'nightly',
    ExternalId: auditRole.externalId,
    ...given,
  });

describe('one port', () => {
  test('listens on the loopback interface', () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  test('tells the accounts apart by their keys', async () => {
    for (const accountId of [hub, workload, locked]) {
      const { Account, Arn } = await new STSClient(configOf(keysOf(accountId))).send(new GetCallerIdentityCommand({}));
      expect([Account, Arn]).toEqual([accountId, `arn:aws:iam::${accountId}:user/auditor`]);
    }
  });

  test('refuses keys of nobody, each service in its own words', async () => {
    const stranger = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' };
    const ec2 = new EC2Client(configOf(stranger)).send(new DescribeSecurityGroupsCommand({}));
    await expect(ec2).rejects.toMatchObject({ name: 'AuthFailure', $metadata: { httpStatusCode: 401 } });
    const sts = new STSClient(configOf(stranger)).send(new GetCallerIdentityCommand({}));
    await expect(sts).rejects.toMatchObject({ name: 'InvalidClientTokenId', $metadata: { httpStatusCode: 403 } });
  });

  test('says which requests are unsigned or unknown', async () => {
    const unsigned = await fetch(server.url, { method: 'POST', body: 'Action=DescribeVpcs' });
    expect([unsigned.status, await unsigned.text()]).toEqual([
      403,
      expect.stringContaining('MissingAuthenticationToken'),
    ]);
    const authorization = `AWS4-HMAC-SHA256 Credential=${keysOf(hub).accessKeyId}/20260115/eu-west-1/ec2/aws4_request`;
    const unknown = await fetch(server.url, {
      method: 'POST',
      headers: { authorization },
      body: 'Action=DescribeUnicorns',
    });
    expect([unknown.status, await unknown.text()]).toEqual([400, expect.stringContaining('InvalidAction')]);
  });
});

describe('a role', () => {
  const sts = () => new STSClient(configOf(keysOf(hub)));

  test('is assumed by the real credential provider, and its calls answer for its account', async () => {
    const credentials = fromTemporaryCredentials({
      masterCredentials: keysOf(hub),
      params: {
        RoleArn: `arn:aws:iam::${workload}:role/${auditRole.roleName}`,
        RoleSessionName: 'nightly',
        ExternalId: auditRole.externalId,
      },
      clientConfig: { region: 'eu-west-1', endpoint: server.url },
    });
    const { Account, Arn } = await new STSClient(configOf(credentials)).send(new GetCallerIdentityCommand({}));
    expect([Account, Arn]).toEqual([workload, `arn:aws:sts::${workload}:assumed-role/${auditRole.roleName}/nightly`]);
    const { SecurityGroups } = await new EC2Client(configOf(credentials)).send(new DescribeSecurityGroupsCommand({}));
    expect(SecurityGroups?.map((group) => group.GroupName)).toContain('former-project');
  });

  test.each([
    ['of an account that trusts nobody', locked, {}],
    ['of an account that does not exist', '999988887777', {}],
    ['with a wrong external id', workload, { ExternalId: 'guess' }],
    ['without the external id', workload, { ExternalId: undefined }],
  ])('%s is denied', async (_, accountId, given) => {
    await expect(sts().send(roleOf(accountId, given))).rejects.toMatchObject({
      name: 'AccessDenied',
      $metadata: { httpStatusCode: 403 },
    });
  });

  test.each([
    ['ARN', { RoleArn: 'arn:aws:iam::1:role/x-long-enough-to-be-sent' }],
    ['session name', { RoleSessionName: 'has space' }],
    ['duration', { DurationSeconds: 60 }],
  ])('with an impossible %s is refused', async (_, given) => {
    await expect(sts().send(roleOf(workload, given))).rejects.toMatchObject({ name: 'ValidationError' });
  });

  test('expires, each service in its own words', async () => {
    const { Credentials } = await sts().send(roleOf(workload, { DurationSeconds: 900 }));
    const keys = {
      accessKeyId: Credentials?.AccessKeyId,
      secretAccessKey: Credentials?.SecretAccessKey,
      sessionToken: Credentials?.SessionToken,
    };
    expect(Credentials?.Expiration?.getTime()).toBe(now + 900_000);
    const before = now;
    now += 900_001;
    try {
      const ec2 = new EC2Client(configOf(keys)).send(new DescribeSecurityGroupsCommand({}));
      await expect(ec2).rejects.toMatchObject({ name: 'RequestExpired' });
      await expect(new STSClient(configOf(keys)).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
        name: 'ExpiredToken',
      });
    } finally {
      now = before;
    }
  });

  test('whose token was altered is refused', async () => {
    const keys = sessionKeys({ accountId: workload, roleName: 'x', sessionName: 'nightly', expiresAt: now + 1000 });
    const forged = { ...keys, sessionToken: `${keys.sessionToken}x` };
    await expect(new EC2Client(configOf(forged)).send(new DescribeSecurityGroupsCommand({}))).rejects.toMatchObject({
      name: 'AuthFailure',
    });
  });
});

describe('an organisation', () => {
  test('lists its accounts in pages, an empty one among them', async () => {
    const client = new OrganizationsClient(configOf(keysOf(hub), 'us-east-1'));
    const pages: number[] = [];
    const ids: (string | undefined)[] = [];
    for await (const { Accounts = [] } of paginateListAccounts({ client, pageSize: 2 }, {})) {
      pages.push(Accounts.length);
      ids.push(...Accounts.map((account) => account.Id));
    }
    expect(pages).toEqual([2, 0, 2]);
    expect(ids).toEqual([hub, workload, locked, '888899990000']);
  });

  test('admits 20 accounts a page, and is told by its management account only', async () => {
    const list = (accountId: string, MaxResults: number) =>
      new OrganizationsClient(configOf(keysOf(accountId), 'us-east-1')).send(new ListAccountsCommand({ MaxResults }));
    await expect(list(hub, 21)).rejects.toMatchObject({ name: 'InvalidInputException' });
    await expect(list(workload, 20)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});

describe('in-process clients', () => {
  const clientOf = (of: World, given: object = {}) =>
    new EC2Client({
      region: [...(of.accounts.values().next().value?.regions.keys() ?? [])][0] ?? '',
      credentials: keysOf('111122223333'),
      requestHandler: createRequestHandler({ world: of, ...given }),
      retryStrategy: retryWithoutDelay(),
    });

  test('read hostile strings as they are, control characters and all', async () => {
    const { world: of } = hostile();
    const { SecurityGroups = [] } = await clientOf(of).send(new DescribeSecurityGroupsCommand({}));
    const documents = of.accounts.get('123456789012')?.regions.get('ap-southeast-2');
    const groups = [...itemsOf(listOf(documents?.get('ec2.DescribeSecurityGroups'), 'SecurityGroups'))];
    expect(SecurityGroups.map((group) => [group.GroupName, group.Description])).toEqual(
      groups.map((group) => [group['GroupName'], group['Description']]),
    );
  });

  test('need one request for each page of the huge account', async () => {
    const seen: Call[] = [];
    const client = clientOf(huge({ securityGroups: 2500, networkInterfaces: 100 }), {
      onCall: (call: Call) => seen.push(call),
    });
    const ids = new Set<unknown>();
    for await (const { SecurityGroups = [] } of paginateDescribeSecurityGroups({ client, pageSize: 1000 }, {})) {
      for (const group of SecurityGroups) ids.add(group.GroupId);
    }
    expect(ids.size).toBe(2500);
    expect(seen.map((call) => call.page)).toEqual([1, 2, 3]);
  });

  test('are throttled when the bucket is empty, and the clock refills it', async () => {
    let clock = 0;
    const of = huge({ networkInterfaces: 10 });
    const client = new EC2Client({
      region: 'eu-west-1',
      credentials: keysOf(hub),
      maxAttempts: 1,
      requestHandler: createRequestHandler({ world: of, throttle: createThrottle(() => clock) }),
    });
    const ask = () =>
      client.send(new DescribeNetworkInterfacesCommand({ MaxResults: 5 })).then(
        () => 'answered',
        (error: Error) => error.name,
      );
    const answers = await Promise.all(Array.from({ length: 101 }, ask));
    expect(answers.filter((name) => name === 'answered')).toHaveLength(100);
    expect(answers.filter((name) => name === 'RequestLimitExceeded')).toHaveLength(1);
    clock += 50;
    expect(await ask()).toBe('answered');
  });
});

function awsVersion(): string | undefined {
  try {
    return execFileSync('aws', ['--version'], { encoding: 'utf8', timeout: 20_000 }).trim();
  } catch {
    return undefined;
  }
}

const aws = awsVersion();
if (aws === undefined)
  process.stderr.write('SKIPPED: the AWS CLI is not installed, so its own parser does not read the mock endpoint\n');

describe.runIf(aws !== undefined)('the AWS CLI', () => {
  const cli = async (accountId: string, ...words: readonly string[]): Promise<unknown> => {
    const { accessKeyId, secretAccessKey } = keysOf(accountId);
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: '/nonexistent',
      AWS_ENDPOINT_URL: server.url,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_DEFAULT_REGION: 'eu-west-1',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_PAGER: '',
    };
    const { stdout } = await run('aws', [...words, '--output', 'json'], { env, timeout: 60_000 });
    return JSON.parse(stdout) as unknown;
  };
  const inWorld = (key: string): unknown =>
    JSON.parse(JSON.stringify(world.accounts.get(hub)?.regions.get('eu-west-1')?.get(key)));

  test.each([
    ['describe-security-groups', 'DescribeSecurityGroups', ['--page-size', '5']],
    ['describe-network-acls', 'DescribeNetworkAcls', []],
    ['describe-route-tables', 'DescribeRouteTables', ['--page-size', '5']],
    ['describe-transit-gateway-attachments', 'DescribeTransitGatewayAttachments', []],
  ])('prints for %s what is in the world', async (command, operation, more) => {
    const times = (value: unknown): unknown =>
      JSON.parse(JSON.stringify(value), (_, text: unknown) =>
        typeof text === 'string' && /^\d{4}-\d\d-\d\dT/.test(text) ? new Date(text).toISOString() : text,
      );
    expect(times(await cli(hub, 'ec2', command, ...more))).toEqual(times(inWorld(`ec2.${operation}`)));
  });

  test('reads identity, load balancers and the organisation', async () => {
    expect(await cli(hub, 'sts', 'get-caller-identity')).toMatchObject({ Account: hub });
    expect(await cli(hub, 'elbv2', 'describe-load-balancers')).toMatchObject({
      LoadBalancers: [{ LoadBalancerName: 'firewall' }],
    });
    expect(await cli(hub, 'organizations', 'list-accounts')).toMatchObject({
      Accounts: [{ Id: hub }, {}, {}, { Status: 'SUSPENDED' }],
    });
  });

  test('is refused what is not there', async () => {
    await expect(cli(hub, 'ec2', 'describe-vpcs', '--vpc-ids', 'vpc-0123456789abcdef0')).rejects.toThrow(
      /InvalidVpcID\.NotFound/,
    );
    await expect(cli(hub, 'ec2', 'create-vpc', '--cidr-block', '10.0.0.0/16')).rejects.toThrow(/UnauthorizedOperation/);
  });
});

test('nothing that writes was ever answered', () => {
  const written = calls.filter((call) => !call.isRead);
  expect(written.every((call) => call.outcome === 'refused')).toBe(true);
});
