import { DescribeVpcsCommand, EC2Client, paginateDescribeSecurityGroups } from '@aws-sdk/client-ec2';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, describe, expect, test } from 'vitest';
import { keysOf } from '../../mocks/answer/identity.ts';
import { region } from '../../mocks/builders.ts';
import type { Call } from '../../mocks/endpoint.ts';
import { type Fault, type FaultKind, faultKinds, faultScript } from '../../mocks/faults.ts';
import { createRequestHandler, retryWithoutDelay } from '../../mocks/request-handler.ts';
import { type MockServer, startServer } from '../../mocks/server.ts';

const accountId = '111122223333';

function buildWorld() {
  const net = region(accountId, 'eu-west-1');
  const vpc = net.vpc({ name: 'prod' });
  for (let n = 0; n < 12; n++) vpc.securityGroup(`group-${n}`);
  return { world: net.toWorld(), vpcId: vpc.id };
}

const { world, vpcId } = buildWorld();
const vpcs = new DescribeVpcsCommand({});

/** A client of an in-process endpoint with these faults, and the calls that it made. */
function inProcess(...faults: readonly Fault[]): {
  readonly client: EC2Client;
  readonly calls: Call[];
  readonly script: ReturnType<typeof faultScript>;
} {
  const calls: Call[] = [];
  const script = faultScript(faults);
  const requestHandler = createRequestHandler({ world, faults: script, onCall: (call) => calls.push(call) });
  const client = new EC2Client({
    region: 'eu-west-1',
    credentials: keysOf(accountId),
    requestHandler,
    retryStrategy: retryWithoutDelay(),
  });
  return { client, calls, script };
}

let server: MockServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** A client of an endpoint over HTTP with these faults. */
async function overHttp(...faults: readonly Fault[]): Promise<{ readonly client: EC2Client; readonly calls: Call[] }> {
  const calls: Call[] = [];
  server = await startServer({ world, faults: faultScript(faults), onCall: (call) => calls.push(call) });
  const client = new EC2Client({
    region: 'eu-west-1',
    endpoint: server.url,
    credentials: keysOf(accountId),
    retryStrategy: retryWithoutDelay(),
  });
  return { client, calls };
}

type Seen =
  | { readonly ids: readonly (string | undefined)[] | undefined }
  | { readonly error: Readonly<Record<string, unknown>> };

/** What a client sees: the ids that it read, or the error. */
async function see(client: EC2Client, abortSignal?: AbortSignal): Promise<Seen> {
  try {
    const { Vpcs } = await client.send(vpcs, abortSignal === undefined ? {} : { abortSignal });
    return { ids: Vpcs?.map((vpc) => vpc.VpcId) };
  } catch (error) {
    const { name, $metadata, code } = error as {
      name: string;
      $metadata?: { httpStatusCode?: number; attempts?: number };
      code?: string;
    };
    return { error: { name, code, status: $metadata?.httpStatusCode, attempts: $metadata?.attempts } };
  }
}

/** Refusals that a client does not retry. */
const refusals: readonly (readonly [kind: FaultKind, name: string, status: number])[] = [
  ['deny', 'UnauthorizedOperation', 403],
  ['auth-failure', 'AuthFailure', 401],
  ['opt-in-required', 'OptInRequired', 401],
  ['invalid-action', 'InvalidAction', 400],
  ['unsupported', 'UnsupportedOperation', 400],
  ['token-expired', 'ExpiredToken', 400],
  ['token-error', 'InvalidPaginationToken', 400],
  ['not-found', 'InvalidInstanceID.NotFound', 400],
];

/** Answers that say nothing of the list, although they are successes: never "there are none". */
const silent: readonly FaultKind[] = ['empty-body', 'wrong-root', 'missing-list'];

/** Failures that pass: the client retries and reads everything. */
const passing: readonly FaultKind[] = [
  'throttle',
  'internal-error',
  'unavailable',
  'bad-gateway',
  'reset',
  'truncate',
  'request-expired',
];

/** What is neither a success nor an error of the service. */
const unreadable: readonly FaultKind[] = ['proxy', 'captive-portal', 'malformed'];

/** Answers that are odd and right. */
const harmless: readonly FaultKind[] = ['unknown-member', 'unknown-enum'];

/** Answers that do not come: the caller's own deadline must end the wait. */
const endless: readonly FaultKind[] = ['hang', 'stall', 'drip'];

const elsewhere: readonly FaultKind[] = ['assume-denied', 'refuse', 'doctype', 'repeated-token', 'empty-page'];

test('every kind of fault is tried below', () => {
  const tried = [
    ...refusals.map(([kind]) => kind),
    ...silent,
    ...passing,
    ...unreadable,
    ...harmless,
    ...endless,
    ...elsewhere,
  ];
  expect([...tried].sort()).toEqual([...faultKinds].sort());
});

describe.each([
  ['in the process', (...faults: readonly Fault[]) => Promise.resolve(inProcess(...faults))],
  ['over HTTP', overHttp],
] as const)('a client %s', (_, connect) => {
  test.each(refusals)('is refused by %s with %s, once', async (kind, name, status) => {
    const { client, calls } = await connect({ kind, times: 'always' });
    expect(await see(client)).toMatchObject({ error: { name, status, attempts: 1 } });
    expect(calls).toHaveLength(1);
  });

  test.each(silent)('gets an absent list by %s', async (kind) => {
    const { client } = await connect({ kind });
    expect(await see(client)).toEqual({ ids: undefined });
    expect(await see(client)).toEqual({ ids: [vpcId] });
  });

  test.each(passing)('outlives %s twice', async (kind) => {
    const { client, calls } = await connect({ kind, times: 2 });
    expect(await see(client)).toEqual({ ids: [vpcId] });
    expect(calls.map((call) => call.outcome)).toEqual(['fault', 'fault', 'answered']);
  });

  test.each(['throttle', 'internal-error', 'unavailable', 'bad-gateway'] as const)(
    'gives up on %s for ever',
    async (kind) => {
      const { client, calls } = await connect({ kind, times: 'always' });
      expect(await see(client)).toMatchObject({ error: { attempts: 3 } });
      expect(calls).toHaveLength(3);
    },
  );

  test.each(unreadable)('gets an error out of %s', async (kind) => {
    const { client } = await connect({ kind, times: 'always' });
    const seen = await see(client);
    expect(seen).toHaveProperty('error');
    expect(seen).toMatchObject({ error: { attempts: 1 } });
  });

  test.each(harmless)('reads all in spite of %s', async (kind) => {
    const { client } = await connect({ kind });
    expect(await see(client)).toEqual({ ids: [vpcId] });
  });

  test.each(endless)('is freed from %s by its own deadline', async (kind) => {
    const { client } = await connect({ kind, times: 'always', delayMs: 1000 });
    const controller = new AbortController();
    const seeing = see(client, controller.signal);
    setTimeout(() => controller.abort(), 50);
    expect(await seeing).toMatchObject({ error: { name: 'AbortError' } });
  });

  test('is not fooled by entities', async () => {
    const { client } = await connect({ kind: 'doctype', times: 'always' });
    expect(JSON.stringify(await see(client))).not.toContain('expanded-entity');
  });
});

describe('pages', () => {
  const pager = (client: EC2Client, stopOnSameToken: boolean) =>
    paginateDescribeSecurityGroups({ client, pageSize: 5, stopOnSameToken }, {});

  async function read(
    client: EC2Client,
    stopOnSameToken = true,
  ): Promise<{ readonly sizes: readonly number[]; readonly ids: ReadonlySet<unknown> }> {
    const sizes: number[] = [];
    const ids = new Set<unknown>();
    for await (const { SecurityGroups = [] } of pager(client, stopOnSameToken)) {
      sizes.push(SecurityGroups.length);
      for (const group of SecurityGroups) ids.add(group.GroupId);
    }
    return { sizes, ids };
  }

  test('that are empty and carry a token lose nothing', async () => {
    const { sizes, ids } = await read(inProcess({ kind: 'empty-page', page: 2 }).client, false);
    expect(sizes).toEqual([5, 0, 5, 3]);
    expect(ids.size).toBe(13);
  });

  test('that begin empty lose nothing', async () => {
    expect((await read(inProcess({ kind: 'empty-page', nth: 1 }).client)).ids.size).toBe(13);
  });

  test('with the same token for ever are seen by the client', async () => {
    const { client, calls } = inProcess({ kind: 'repeated-token', times: 'always' });
    await read(client);
    expect(calls).toHaveLength(2);
  });

  test('are struck by number', async () => {
    const { client, calls } = inProcess({ kind: 'token-error', page: 2, times: 'always' });
    await expect(read(client)).rejects.toMatchObject({ name: 'InvalidPaginationToken' });
    expect(calls.map(({ page, code }) => [page, code])).toEqual([
      [1, undefined],
      [2, 'token-error'],
    ]);
  });
});

describe('a script', () => {
  test('strikes the account, Region, operation and number that it names, and no other', async () => {
    const { client, calls, script } = inProcess(
      { kind: 'deny', region: 'us-east-1', times: 'always' },
      { kind: 'deny', accountId: '444455556666', times: 'always' },
      { kind: 'deny', operation: 'DescribeSubnets', times: 'always' },
      { kind: 'deny', input: 'vpc-0123456789abcdef0', times: 'always' },
      { kind: 'throttle', operation: 'DescribeVpcs', nth: 2 },
    );
    await client.send(vpcs);
    await client.send(vpcs);
    expect(calls.map((call) => call.code)).toEqual([undefined, 'throttle', undefined]);
    expect(script.unused()).toHaveLength(4);
  });

  test('with a chance strikes by its seed', () => {
    const strikes = (seed: number): boolean[] => {
      const script = faultScript([{ kind: 'throttle', times: 'always', chance: 0.5 }], seed);
      const call = { accountId, region: 'eu-west-1', service: 'ec2', operation: 'DescribeVpcs', page: 1, input: {} };
      return Array.from({ length: 40 }, () => script.next(call) !== undefined);
    };
    expect(strikes(1)).toEqual(strikes(1));
    expect(strikes(1)).not.toEqual(strikes(2));
    expect(strikes(1)).toContain(true);
    expect(strikes(1)).toContain(false);
  });

  test('names the policy that denies', async () => {
    const { client } = inProcess({ kind: 'deny', by: 'service control policy' });
    await expect(client.send(vpcs)).rejects.toThrow(/with an explicit deny in a service control policy/);
  });
});

test('a role that may not be assumed is denied by STS', async () => {
  const requestHandler = createRequestHandler({
    world,
    faults: faultScript([{ kind: 'assume-denied', operation: 'AssumeRole' }]),
  });
  const client = new STSClient({ region: 'eu-west-1', credentials: keysOf(accountId), requestHandler });
  const command = new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::444455556666:role/auditor', RoleSessionName: 'test' });
  await expect(client.send(command)).rejects.toMatchObject({
    name: 'AccessDenied',
    $metadata: { httpStatusCode: 403 },
  });
});

test('a port on which nothing listens is refused', async () => {
  const { client } = inProcess({ kind: 'refuse', times: 'always' });
  expect(await see(client)).toMatchObject({ error: { code: 'ECONNREFUSED' } });
});

test('Retry-After is sent with a throttle that names it', async () => {
  server = await startServer({
    world,
    faults: faultScript([{ kind: 'throttle', retryAfterSeconds: 7, times: 'always' }]),
  });
  const authorization = `AWS4-HMAC-SHA256 Credential=${keysOf(accountId).accessKeyId}/20260115/eu-west-1/ec2/aws4_request`;
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { authorization },
    body: 'Action=DescribeVpcs&Version=2016-11-15',
  });
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '7']);
});
