import { createServer, type Server, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connect, type Connection, type ConnectOptions } from '../../src/aws/connect.ts';
import { DeadlineExceeded, failureOf } from '../../src/aws/errors.ts';
import type { ReadOperation } from '../../src/aws/operation.ts';
import { readPages } from '../../src/aws/read.ts';
import { testEnvironment } from '../collectors/sample-account.ts';
import { fakeAws, type FakeAnswer, type FakeRequest, withoutBackoff } from './fake-aws.ts';

beforeEach(() => {
  for (const [name, value] of Object.entries(testEnvironment)) vi.stubEnv(name, value);
});
afterEach(() => vi.unstubAllEnvs());

const describeVpcs = { service: 'ec2', operation: 'DescribeVpcs' } as const;

function connectWith(
  answer: (request: FakeRequest) => FakeAnswer | Promise<FakeAnswer>,
  options: Partial<ConnectOptions> = {},
): { readonly aws: ReturnType<typeof fakeAws>; readonly connection: Promise<Connection> } {
  const aws = fakeAws((request) =>
    request.operation === 'GetCallerIdentity'
      ? { answer: { Account: '111122223333', Arn: 'arn:aws:iam::111122223333:user/x', UserId: 'x' } }
      : answer(request),
  );
  const connection = connect({
    declared: new Set(['sts:GetCallerIdentity', 'ec2:DescribeVpcs'] as const),
    requestHandler: aws.requestHandler,
    retryStrategy: withoutBackoff(),
    ...options,
  });
  return { aws, connection };
}

function describeIn(connection: Connection, signal?: AbortSignal): Promise<unknown> {
  const [account] = connection.accounts;
  if (account === undefined) throw new Error('no account');
  const { accountId, credentials } = account;
  const target = { accountId, region: 'eu-west-1', credentials };
  return connection.call(target, describeVpcs, {}, { tally: { requests: 0, throttled: 0 }, signal });
}

describe('a call', () => {
  it('is refused before it is sent when its operation is not declared', async () => {
    const { aws, connection } = connectWith(() => ({ answer: { Vpcs: [] } }));
    const { accounts, call } = await connection;
    const [account] = accounts;
    if (account === undefined) throw new Error('no account');
    const target = { accountId: account.accountId, region: 'eu-west-1', credentials: account.credentials };
    const tally = { requests: 0, throttled: 0 };
    const sent = aws.requests.length;
    for (const operation of ['GetPasswordData', 'DescribeInstances', 'TerminateInstances'] as ReadOperation[]) {
      await expect(call(target, { service: 'ec2', operation }, {}, { tally })).rejects.toThrow(
        'not among the declared',
      );
    }
    expect(aws.requests).toHaveLength(sent);
    expect(tally.requests).toBe(0);
  });

  it('ends at its deadline although nothing on the way heeds the signal', async () => {
    const { connection } = connectWith(() => new Promise(() => undefined), { timeouts: { deadlineMs: 20 } });
    const error = await describeIn(await connection).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DeadlineExceeded);
    expect(failureOf(error)).toMatchObject({ failure: 'network', errorCode: 'DeadlineExceeded' });
  });

  it('ends at once when the run is stopped', async () => {
    const stop = new AbortController();
    const { connection } = connectWith(async () => {
      stop.abort(new Error('stopped by hand'));
      return new Promise<FakeAnswer>(() => undefined);
    });
    await expect(describeIn(await connection, stop.signal)).rejects.toThrow('stopped by hand');
  });

  it('starts again once with new credentials when they expired, and only once', async () => {
    let expired = 1;
    const { aws, connection } = connectWith(() => {
      expired -= 1;
      return expired >= 0 ? { code: 'RequestExpired' } : { answer: { Vpcs: [] } };
    });
    const { accounts, call } = await connection;
    const [account] = accounts;
    if (account === undefined) throw new Error('no account');
    const renew = vi.spyOn(account.credentials, 'renew');
    const target = { accountId: account.accountId, region: 'eu-west-1', credentials: account.credentials };
    let restarts = 0;
    const read = (): Promise<void> =>
      readPages(
        call,
        {
          target,
          operation: describeVpcs,
          reading: { input: {}, expects: 'Vpcs' },
          tally: { requests: 0, throttled: 0 },
        },
        {
          page: () => Promise.resolve(),
          restart: async () => {
            restarts += 1;
          },
        },
      );
    await read();
    expect([renew.mock.calls.length, restarts]).toEqual([1, 1]);
    const before = aws.requests.length;
    expired = 10;
    await expect(read()).rejects.toMatchObject({ reason: { failure: 'expired-credentials' } });
    expect(aws.requests.length - before).toBe(2);
  });
});

describe('over the network', () => {
  let server: Server;
  let respond: (response: ServerResponse) => void = () => undefined;

  const identity =
    '<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user/x</Arn><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>';

  beforeEach(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += String(chunk);
      });
      request.on('end', () => {
        if (body.includes('GetCallerIdentity')) response.end(identity);
        else respond(response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const failureWith = async (options: Partial<ConnectOptions>): Promise<unknown> => {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const connection = await connect({
      declared: new Set(['sts:GetCallerIdentity', 'ec2:DescribeVpcs'] as const),
      endpointUrl: `http://127.0.0.1:${address.port}`,
      maxAttempts: 1,
      ...options,
    });
    const error = await describeIn(connection).catch((reason: unknown) => reason);
    connection.close();
    return failureOf(error);
  };

  it('a server that never answers ends in a time-out', async () => {
    respond = () => undefined;
    expect(await failureWith({ timeouts: { requestMs: 50 } })).toMatchObject({
      failure: 'network',
      errorCode: 'ETIMEDOUT',
    });
  });

  it('an answer that stalls ends in a time-out', async () => {
    respond = (response) => void response.writeHead(200, { 'content-length': '1000' }).write('<DescribeVpcsResponse>');
    expect(await failureWith({ timeouts: { socketMs: 50 } })).toMatchObject({
      failure: 'network',
      errorCode: 'TimeoutError',
    });
  });

  it('an answer that drips ends at the deadline', async () => {
    respond = (response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(' '), 5);
      response.on('close', () => clearInterval(timer));
    };
    expect(await failureWith({ timeouts: { deadlineMs: 150 } })).toMatchObject({ errorCode: 'DeadlineExceeded' });
  });

  it('a connection that is reset is told as such', async () => {
    respond = (response) => void response.socket?.destroy();
    expect(await failureWith({})).toMatchObject({ failure: 'network', errorCode: 'ECONNRESET' });
  });
});
