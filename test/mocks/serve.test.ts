import { DescribeStaleSecurityGroupsCommand, DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { sampleAccounts } from '../../mocks/accounts/index.ts';
import { retryWithoutDelay } from '../../mocks/request-handler.ts';
import { serve } from '../../mocks/serve-command.ts';

/** Runs the command; `use` gets the environment that it printed, and when it is done the command is stopped. */
async function running(words: readonly string[], use?: (env: Record<string, string>) => Promise<void>) {
  const out: string[] = [];
  const err: string[] = [];
  const stopped = async (): Promise<void> => {
    const lines = out.join('\n').matchAll(/^export (\w+)=(.*)$/gm);
    await use?.(Object.fromEntries([...lines].map(([, name = '', value = '']) => [name, value])));
  };
  const code = await serve(words, { out: (line) => out.push(line), err: (line) => err.push(line), stopped });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

const clientOf = (env: Record<string, string>): EC2Client =>
  new EC2Client({
    region: env['AWS_REGION'] ?? '',
    endpoint: env['AWS_ENDPOINT_URL'] ?? '',
    credentials: { accessKeyId: env['AWS_ACCESS_KEY_ID'] ?? '', secretAccessKey: env['AWS_SECRET_ACCESS_KEY'] ?? '' },
    maxAttempts: 1,
  });

test('prints the environment in which the sample account answers, and stops when told', async () => {
  let url: string | undefined;
  const { code, out, err } = await running(['--account', 'eks-private', '--seed', '7'], async (env) => {
    url = env['AWS_ENDPOINT_URL'];
    expect(env).toMatchObject({
      AWS_REGION: 'us-west-2',
      AWS_DEFAULT_REGION: 'us-west-2',
      AWS_EC2_METADATA_DISABLED: 'true',
    });
    const { Vpcs } = await clientOf(env).send(new DescribeVpcsCommand({}));
    expect(Vpcs?.map((vpc) => vpc.CidrBlock)).toEqual(['192.168.0.0/16']);
  });
  expect(code).toBe(0);
  expect(out).toContain('unset AWS_PROFILE AWS_SESSION_TOKEN AWS_IGNORE_CONFIGURED_ENDPOINT_URLS');
  expect(err).toContain('444455556666');
  await expect(fetch(url ?? '')).rejects.toThrow();
});

test('serves the organisation unless told otherwise, and says how its members are reached', async () => {
  const { err } = await running([]);
  expect(err).toContain('vpc-auditor');
  expect(err).toContain('example-external-id');
});

test('lists every sample account in its help', async () => {
  const { code, out } = await running(['--help']);
  expect(code).toBe(0);
  for (const name of Object.keys(sampleAccounts)) expect(out).toContain(name);
});

test.each([
  [['--port', 'x'], '--port takes a number, not x'],
  [['--account', 'a', '--snapshot', 'b'], 'exclude each other'],
  [['--colour'], '--colour'],
])('%j is wrong usage', async (words, message) => {
  const { code, out, err } = await running(words);
  expect([code, out]).toEqual([64, '']);
  expect(err).toContain(message);
});

test('an account or folder that does not exist is named', async () => {
  await expect(running(['--account', 'none'])).rejects.toThrow(/no sample account none/);
  await expect(running(['--snapshot', '/nonexistent'])).rejects.toThrow(/nonexistent/);
});

test('throttles when asked to', async () => {
  await running(['--account', 'clean-landing-zone', '--throttle'], async (env) => {
    const client = new EC2Client({ ...(await configOf(env)), retryStrategy: retryWithoutDelay(1) });
    // The smallest bucket: 20 at once and 5 a second
    const stale = new DescribeStaleSecurityGroupsCommand({ VpcId: 'vpc-0123456789abcdef0' });
    const answers = await Promise.allSettled(Array.from({ length: 150 }, () => client.send(stale)));
    expect(
      answers.some(
        (answer) => answer.status === 'rejected' && (answer.reason as Error).name === 'RequestLimitExceeded',
      ),
    ).toBe(true);
  });
});

async function configOf(env: Record<string, string>) {
  const { config } = clientOf(env);
  return {
    region: await config.region(),
    endpoint: env['AWS_ENDPOINT_URL'] ?? '',
    credentials: await config.credentials(),
  };
}
