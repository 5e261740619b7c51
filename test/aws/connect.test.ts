import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Connection, connect, type ConnectOptions } from '../../src/aws/connect.ts';
import { endpointOverrides } from '../../src/aws/endpoint-overrides.ts';
import type { OperationId } from '../../src/aws/operation.ts';
import { testEnvironment } from '../collectors/sample-account.ts';
import { fakeAws, type FakeAnswer, type FakeRequest, withoutBackoff } from './fake-aws.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'connect-'));
  for (const [name, value] of Object.entries(testEnvironment)) vi.stubEnv(name, value);
  vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'));
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'credentials'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

const config = (text: string): Promise<void> => writeFile(join(folder, 'config'), text);

const accountOfRole = (arn: unknown): string => /::(\d{12}):/.exec(String(arn))?.[1] ?? '';

/** An STS whose role sessions carry the account in their key id; keys that are no role's belong to 111122223333. */
function fakeSts(
  options: { readonly lifeSeconds?: number; readonly override?: (request: FakeRequest) => FakeAnswer | undefined } = {},
): ReturnType<typeof fakeAws> {
  let sessions = 0;
  return fakeAws((request) => {
    const overridden = options.override?.(request);
    if (overridden !== undefined) return overridden;
    const { operation, input, accessKeyId } = request;
    if (operation === 'AssumeRole') {
      sessions += 1;
      const life = (options.lifeSeconds ?? 3600) * 1000;
      return {
        answer: {
          Credentials: {
            AccessKeyId: `ASIA${accountOfRole(input['RoleArn'])}N${sessions}`,
            SecretAccessKey: 'not-a-secret',
            SessionToken: 'token',
            Expiration: new Date(Date.now() + life),
          },
        },
      };
    }
    if (operation === 'GetCallerIdentity') {
      const Account = /^ASIA(\d{12})/.exec(accessKeyId)?.[1] ?? '111122223333';
      return { answer: { Account, Arn: `arn:aws:iam::${Account}:user/x`, UserId: 'x' } };
    }
    return { answer: { Vpcs: [] } };
  });
}

const declared: ReadonlySet<OperationId> = new Set(['sts:GetCallerIdentity', 'ec2:DescribeVpcs'] as const);

const connectTo = (aws: ReturnType<typeof fakeAws>, options: Partial<ConnectOptions> = {}): Promise<Connection> =>
  connect({ declared, requestHandler: aws.requestHandler, retryStrategy: withoutBackoff(), ...options });

const role = (account: string): string => `arn:aws:iam::${account}:role/Audit`;

async function callEverywhere(connection: Connection, regions: readonly string[]): Promise<void> {
  await Promise.all(
    connection.accounts.flatMap(({ accountId, credentials }) =>
      regions.map((region) =>
        connection.call(
          { accountId, region, credentials },
          { service: 'ec2', operation: 'DescribeVpcs' },
          { MaxResults: 1000 },
          { tally: { requests: 0, throttled: 0 } },
        ),
      ),
    ),
  );
}

const named = (aws: ReturnType<typeof fakeAws>, operation: string): readonly FakeRequest[] =>
  aws.requests.filter((request) => request.operation === operation);

describe('role sessions', () => {
  it('are made once per account for all Regions and clients, with what was asked of them', async () => {
    const aws = fakeSts();
    const connection = await connectTo(aws, {
      credentials: {
        roleArns: [role('444455556666'), role('777788889999')],
        externalId: 'ext-1',
        sessionName: 'nightly',
        sessionDurationSeconds: 1800,
        sessionPolicy: '{"Version":"2012-10-17"}',
      },
    });
    await callEverywhere(connection, ['eu-west-1', 'us-east-1', 'ap-south-1', 'sa-east-1', 'eu-north-1']);
    expect(connection.accounts.map(({ accountId }) => accountId)).toEqual(['444455556666', '777788889999']);
    expect(named(aws, 'AssumeRole').map(({ input }) => input)).toEqual(
      ['444455556666', '777788889999'].map((account) => ({
        RoleArn: role(account),
        RoleSessionName: 'nightly',
        ExternalId: 'ext-1',
        DurationSeconds: 1800,
        Policy: '{"Version":"2012-10-17"}',
      })),
    );
    expect(named(aws, 'DescribeVpcs')).toHaveLength(10);
    expect(new Set(named(aws, 'DescribeVpcs').map(({ accessKeyId }) => accessKeyId))).toEqual(
      new Set(['ASIA444455556666N1', 'ASIA777788889999N2']),
    );
  });

  it('are asked for in one Region that is surely enabled, whatever Region needs them', async () => {
    vi.stubEnv('AWS_REGION', 'me-south-1');
    const aws = fakeSts();
    const connection = await connectTo(aws, { credentials: { roleArns: [role('444455556666')] } });
    await callEverywhere(connection, ['me-south-1']);
    for (const { region, hostname } of aws.requests.filter(({ service }) => service === 'sts')) {
      expect([region, hostname]).toEqual(['us-east-1', 'sts.us-east-1.amazonaws.com']);
    }
  });

  it('are made anew before they expire, once for all who wait', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const aws = fakeSts({ lifeSeconds: 3600 });
      const connection = await connectTo(aws, { credentials: { roleArns: [role('444455556666')] } });
      vi.setSystemTime(Date.now() + 54 * 60_000);
      await callEverywhere(connection, ['eu-west-1', 'us-east-1']);
      expect(named(aws, 'AssumeRole')).toHaveLength(1);
      vi.setSystemTime(Date.now() + 2 * 60_000);
      await callEverywhere(connection, ['eu-west-1', 'us-east-1', 'eu-north-1']);
      expect(named(aws, 'AssumeRole')).toHaveLength(2);
    } finally {
      vi.useRealTimers();
    }
  });

  it('that AWS takes no longer are replaced when asked', async () => {
    const aws = fakeSts();
    const connection = await connectTo(aws, { credentials: { roleArns: [role('444455556666')] } });
    connection.accounts[0]?.credentials.renew();
    await callEverywhere(connection, ['eu-west-1', 'us-east-1']);
    expect(named(aws, 'AssumeRole')).toHaveLength(2);
  });

  it('of a profile carry the policy in the last role of the way and our name in all', async () => {
    await config(`
[profile audit]
role_arn = ${role('444455556666')}
source_profile = hop
[profile hop]
role_arn = ${role('777788889999')}
source_profile = base
[profile base]
aws_access_key_id = AKIDBASE
aws_secret_access_key = not-a-secret
`);
    const aws = fakeSts();
    const connection = await connectTo(aws, { credentials: { profiles: ['audit'], sessionPolicy: '{}' } });
    await callEverywhere(connection, ['eu-west-1', 'us-east-1']);
    expect(named(aws, 'AssumeRole').map(({ input, accessKeyId }) => [accessKeyId, input])).toEqual([
      ['AKIDBASE', { RoleArn: role('777788889999'), RoleSessionName: 'vpc-auditor', DurationSeconds: 3600 }],
      [
        'ASIA777788889999N1',
        { RoleArn: role('444455556666'), RoleSessionName: 'vpc-auditor', DurationSeconds: 3600, Policy: '{}' },
      ],
    ]);
    expect(connection.accounts).toMatchObject([{ accountId: '444455556666', label: 'profile "audit"' }]);
  });
});

describe('several sources', () => {
  it('go on without the one that fails, and say why it does', async () => {
    const aws = fakeSts({
      override: ({ operation, input }) =>
        operation === 'AssumeRole' && input['RoleArn'] === role('777788889999')
          ? { code: 'AccessDenied', status: 403, message: 'not authorized to perform: sts:AssumeRole' }
          : undefined,
    });
    const connection = await connectTo(aws, {
      credentials: { roleArns: [role('444455556666'), role('777788889999')] },
    });
    expect(connection.accounts.map(({ accountId }) => accountId)).toEqual(['444455556666']);
    expect(connection.unusable).toMatchObject([{ accountId: '777788889999' }]);
    expect(connection.unusable[0]?.reason).toContain(role('777788889999'));
    expect(connection.unusable[0]?.reason).toContain('AccessDenied');
  });

  it('that lead to one account count once', async () => {
    await config(`
[profile a]
aws_access_key_id = AKIDA
aws_secret_access_key = not-a-secret
[profile b]
aws_access_key_id = AKIDB
aws_secret_access_key = not-a-secret
`);
    const connection = await connectTo(fakeSts(), { credentials: { profiles: ['a', 'b'] } });
    expect(connection.accounts).toMatchObject([{ accountId: '111122223333', label: 'profile "a"' }]);
    expect(connection.duplicates).toEqual([{ accountId: '111122223333', label: 'profile "b"' }]);
  });
});

describe('one clear sentence', () => {
  const refused = (options: Partial<ConnectOptions>, aws = fakeSts()): Promise<unknown> =>
    connectTo(aws, options).then(
      () => 'connected',
      (error: unknown) => error,
    );

  it('names an unknown profile and the nearest one', async () => {
    await config('[profile production]\nregion = eu-west-1\n');
    const error = await refused({ credentials: { profiles: ['prodution'] } });
    expect(error).toMatchObject({ code: 'NO_CREDENTIALS' });
    expect(String(error)).toContain('"prodution"');
    expect(String(error)).toContain('"production"');
  });

  it('names a profile of AWS_PROFILE that does not exist', async () => {
    vi.stubEnv('AWS_PROFILE', 'nobody');
    expect(await refused({})).toMatchObject({
      code: 'NO_CREDENTIALS',
      message: expect.stringContaining('"nobody"') as string,
    });
  });

  it('names a configuration file that is there and cannot be read', async () => {
    await mkdir(join(folder, 'config'));
    expect(await refused({})).toMatchObject({
      code: 'NO_CREDENTIALS',
      message: `The AWS file ${join(folder, 'config')} cannot be read: it is a folder.`,
    });
  });

  it('refuses a profile that asks for a code, also down the way, before anything is asked', async () => {
    await config(`
[profile audit]
role_arn = ${role('444455556666')}
source_profile = hop
[profile hop]
role_arn = ${role('777788889999')}
source_profile = base
mfa_serial = arn:aws:iam::111122223333:mfa/someone
[profile base]
aws_access_key_id = AKIDBASE
aws_secret_access_key = not-a-secret
`);
    const aws = fakeSts();
    const error = await refused({ credentials: { profiles: ['audit'] } }, aws);
    expect(error).toMatchObject({ code: 'NO_CREDENTIALS', message: expect.stringContaining('"hop"') as string });
    expect(aws.requests).toEqual([]);
  });

  it('asks a person for the code where there is one, once for all clients', async () => {
    await config(`
[profile audit]
role_arn = ${role('444455556666')}
source_profile = base
mfa_serial = arn:aws:iam::111122223333:mfa/someone
[profile base]
aws_access_key_id = AKIDBASE
aws_secret_access_key = not-a-secret
`);
    const asked: string[] = [];
    const mfaCodeProvider = async (serial: string): Promise<string> => {
      asked.push(serial);
      return '123456';
    };
    const aws = fakeSts();
    const connection = await connectTo(aws, { credentials: { profiles: ['audit'], mfaCodeProvider } });
    await callEverywhere(connection, ['eu-west-1', 'us-east-1', 'eu-north-1']);
    expect(asked).toEqual(['arn:aws:iam::111122223333:mfa/someone']);
    expect(named(aws, 'AssumeRole')).toMatchObject([{ input: { TokenCode: '123456' } }]);
  });

  it('says that there are no credentials at all', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined);
    expect(await refused({})).toMatchObject({ code: 'NO_CREDENTIALS' });
  });

  it('says that AWS does not accept the keys', async () => {
    const aws = fakeSts({ override: () => ({ code: 'InvalidClientTokenId', status: 403 }) });
    const error = await refused({}, aws);
    expect(error).toMatchObject({
      code: 'NO_CREDENTIALS',
      message: expect.stringContaining('InvalidClientTokenId') as string,
    });
  });

  it('says that STS cannot be reached', async () => {
    const aws = fakeSts({ override: () => Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }) });
    expect(await refused({}, aws)).toMatchObject({
      code: 'NO_CREDENTIALS',
      message: expect.stringContaining('could not be reached') as string,
    });
  });

  it.each([[['not-an-arn']], [['arn:aws:iam::1:role/x']], [['arn:aws:iam::111122223333:user/x']]])(
    'refuses %j as roles',
    async (roleArns) => {
      expect(await refused({ credentials: { roleArns } })).toMatchObject({ code: 'BAD_CONFIG' });
    },
  );

  it.each([0, 899, 43_201, 1000.5, Number.NaN])('refuses a session of %d seconds', async (sessionDurationSeconds) => {
    const credentials = { roleArns: [role('444455556666')], sessionDurationSeconds };
    expect(await refused({ credentials })).toMatchObject({ code: 'BAD_CONFIG' });
  });

  it('refuses roles with several profiles', async () => {
    await config('[profile a]\n[profile b]\nregion = eu-west-1\n');
    const credentials = { profiles: ['a', 'b'], roleArns: [role('444455556666')] };
    expect(await refused({ credentials })).toMatchObject({ code: 'BAD_CONFIG' });
  });
});

describe('endpoint overrides', () => {
  it('of the environment and of the profiles in use are told, without passwords', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL_EC2', 'http://user:pass@198.51.100.1:4566/');
    await config(`
[profile audit]
endpoint_url = http://192.0.2.1
services = local
[profile other]
endpoint_url = http://192.0.2.9
[services local]
ec2 =
  endpoint_url = http://192.0.2.2
`);
    expect(await endpointOverrides(['audit'])).toEqual([
      { source: 'AWS_ENDPOINT_URL_EC2', url: 'http://198.51.100.1:4566/' },
      { source: 'profile audit: endpoint_url', url: 'http://192.0.2.1' },
      { source: 'profile audit: ec2.endpoint_url', url: 'http://192.0.2.2' },
    ]);
  });

  it('that are switched off are not in force', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://192.0.2.1');
    vi.stubEnv('AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', 'true');
    expect(await endpointOverrides()).toEqual([]);
  });

  it('are none by default', async () => {
    expect(await endpointOverrides()).toEqual([]);
  });
});
