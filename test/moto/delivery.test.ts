/**
 * Two nights of the shipped command line that keeps its history in a bucket and tells an AWS which somebody else wrote,
 * and a webhook whose address lies in a parameter store.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CloudWatchLogsClient, CreateLogGroupCommand, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateBucketCommand, HeadObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { GetFindingsCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleAccount } from '../../mocks/accounts/index.ts';
import { writeWorld } from '../../mocks/write-world.ts';
import type { AuditReport } from '../../src/findings/audit-report.ts';
import { motoCredentials, type MotoServer, startMoto } from './moto-server.ts';

const cli = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));
const region = 'eu-west-1';
const bucket = 'vpc-auditor-results';
const token = 't0ken-of-the-webhook';

const sorted = (texts: readonly string[]): readonly string[] => texts.toSorted((a, b) => (a < b ? -1 : 1));

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const run = (args: readonly (readonly string[])[]): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      [cli, ...args.flat()],
      {
        env: {
          PATH: process.env['PATH'] ?? '',
          HOME: '/nonexistent',
          AWS_ACCESS_KEY_ID: motoCredentials.accessKeyId,
          AWS_SECRET_ACCESS_KEY: motoCredentials.secretAccessKey,
          AWS_EC2_METADATA_DISABLED: 'true',
          AWS_REGION: region,
        },
        maxBuffer: 64 * 1024 * 1024,
      },
      (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, stdout, stderr }),
    );
  });

describe('what a run delivers', () => {
  let moto: MotoServer | undefined;
  let hook: Server | undefined;
  let folder = '';
  let report: AuditReport;
  const nights: Ended[] = [];
  /** What came in at the webhook and by the topic's subscription, by the night. */
  const posts: { readonly night: number; readonly path: string; readonly body: string }[] = [];
  let night = 0;
  const clients = (): {
    readonly region: string;
    readonly endpoint: string;
    readonly credentials: typeof motoCredentials;
  } => {
    if (moto === undefined) throw new Error('moto_server is not started');
    return { region, endpoint: moto.endpoint, credentials: motoCredentials };
  };

  beforeAll(async () => {
    moto = await startMoto();
    folder = mkdtempSync(join(tmpdir(), 'vpc-auditor-moto-'));
    const take = async (request: IncomingMessage): Promise<void> => {
      let body = '';
      for await (const part of request) body += String(part);
      posts.push({ night, path: request.url ?? '', body });
    };
    hook = createServer((request, response) => void take(request).then(() => response.end('ok')));
    await new Promise<void>((resolve) => hook?.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(hook.address() as AddressInfo).port}`;

    await new S3Client({ ...clients(), forcePathStyle: true }).send(
      new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: { LocationConstraint: region } }),
    );
    const sns = new SNSClient(clients());
    const { TopicArn: topic = '' } = await sns.send(new CreateTopicCommand({ Name: 'news' }));
    await sns.send(new SubscribeCommand({ TopicArn: topic, Protocol: 'http', Endpoint: `${address}/topic` }));
    await new CloudWatchLogsClient(clients()).send(new CreateLogGroupCommand({ logGroupName: '/events' }));
    const events = new EventBridgeClient(clients());
    await events.send(
      new PutRuleCommand({ Name: 'ours', EventPattern: JSON.stringify({ source: ['vpc-auditor'] }), State: 'ENABLED' }),
    );
    await events.send(
      new PutTargetsCommand({
        Rule: 'ours',
        Targets: [{ Id: '1', Arn: `arn:aws:logs:${region}:123456789012:log-group:/events` }],
      }),
    );
    await new SSMClient(clients()).send(
      new PutParameterCommand({ Name: '/audit/slack', Value: `${address}/${token}`, Type: 'SecureString' }),
    );

    for (night = 1; night <= 2; night += 1) {
      const snapshot = join(folder, `snapshot-${night}`);
      await writeWorld(sampleAccount('legacy-flat').world, snapshot, `2026-03-0${night}T02:00:00.000Z`);
      nights.push(
        await run([
          ['audit'],
          ['--snapshot', snapshot, '--output-dir', join(folder, `night-${night}`), '-o', 'json', '-o', 'html'],
          ['--endpoint-url', moto.endpoint, '--history', `s3://${bucket}/history`, '--fail-on', 'new:high'],
          ['--upload', `s3://${bucket}/runs`, '--notify', `sns=${topic}`, '--notify', 'eventbridge'],
          ['--notify', 'slack=ssm:/audit/slack', '--notify', 'securityhub'],
        ]),
      );
    }
    report = JSON.parse(readFileSync(join(folder, 'night-1', 'report.json'), 'utf8')) as AuditReport;
  });

  afterAll(() => {
    moto?.stop();
    hook?.close();
    if (folder !== '') rmSync(folder, { recursive: true, force: true });
  });

  const news = (): AuditReport['results'] =>
    report.results.filter(
      ({ outcome, effectiveSeverity }) =>
        outcome === 'fail' && (effectiveSeverity === 'critical' || effectiveSeverity === 'high'),
    );
  const messages = (where: string, of: number): readonly string[] =>
    posts
      .filter(
        ({ path, night: when, body }) => path === where && when === of && !body.includes('SubscriptionConfirmation'),
      )
      .map(({ body }) => body);

  it('tells the first night and is silent in the second, which finds the same', () => {
    expect(news().length).toBeGreaterThan(0);
    expect(nights[0]?.stderr).not.toContain('Not delivered');
    expect(nights.map(({ code }) => code & 5)).toEqual([1, 0]);
    expect([messages(`/${token}`, 1).length, messages('/topic', 1).length]).toEqual([1, 1]);
    expect([messages(`/${token}`, 2).length, messages('/topic', 2).length]).toEqual([0, 0]);
  });

  it('sends an event for each finding that is new, and one for the run', async () => {
    const found = await new CloudWatchLogsClient(clients()).send(
      new FilterLogEventsCommand({ logGroupName: '/events' }),
    );
    const details = (found.events ?? []).map(
      ({ message = '' }) =>
        JSON.parse(message) as { readonly 'detail-type': string; readonly detail: { readonly fingerprint?: string } },
    );
    const opened = details.filter((event) => event['detail-type'] === 'Network security finding opened');
    expect(sorted(opened.map(({ detail }) => detail.fingerprint ?? ''))).toEqual(
      sorted(news().map(({ fingerprint }) => fingerprint)),
    );
    expect(details.filter((event) => event['detail-type'] === 'Network security audit ended')).toHaveLength(1);
  });

  it('imports every result of the account into its Security Hub, once', async () => {
    const ids: string[] = [];
    for (const own of report.scope.regions) {
      const hub = new SecurityHubClient({ ...clients(), region: own });
      let NextToken: string | undefined;
      do {
        const page = await hub.send(
          new GetFindingsCommand({ MaxResults: 100, ...(NextToken === undefined ? {} : { NextToken }) }),
        );
        ids.push(...(page.Findings ?? []).map(({ Id = '' }) => Id));
        NextToken = page.NextToken;
      } while (NextToken !== undefined);
    }
    expect(ids.length).toBeGreaterThan(0);
    expect(sorted(ids)).toEqual(sorted(report.results.map(({ fingerprint }) => fingerprint)));
  });

  it('keeps the history and each run in the bucket, encrypted by KMS', async () => {
    const s3 = new S3Client({ ...clients(), forcePathStyle: true });
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
    const keys = Contents.map(({ Key = '' }) => Key);
    expect(keys.filter((key) => key.startsWith('history/'))).toEqual([
      'history/report-20260301T020000000Z.json',
      'history/report-20260302T020000000Z.json',
      'history/state.json',
    ]);
    for (const time of ['20260301T020000000Z', '20260302T020000000Z']) {
      expect(keys).toContain(`runs/${time}/report.html`);
      expect(keys).toContain(`runs/${time}/snapshot/manifest.json`);
    }
    for (const Key of keys) {
      const { ServerSideEncryption } = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key }));
      expect(ServerSideEncryption).toBe('aws:kms');
    }
  });

  it('never shows the address of the webhook', () => {
    for (const { stdout, stderr } of nights) expect(stdout + stderr).not.toContain(token);
    for (const file of ['report.json', 'report.html'])
      expect(readFileSync(join(folder, 'night-1', file), 'utf8')).not.toContain(token);
  });

  it('ends with a bit of its own where somebody cannot be told, and loses no report', async () => {
    const lost = join(folder, 'lost');
    const ended = await run([
      ['audit'],
      ['--snapshot', join(folder, 'snapshot-1'), '--output-dir', lost, '-o', 'json', '--fail-on', 'none'],
      [
        '--endpoint-url',
        clients().endpoint,
        '--notify',
        'slack=ssm:/audit/none',
        '--upload',
        's3://no-such-bucket-here/',
      ],
    ]);
    expect(ended.code & 5).toBe(4);
    expect(ended.stderr).toContain('slack at ssm:/audit/none');
    expect(ended.stderr).toContain('NoSuchBucket');
    expect(existsSync(join(lost, 'report.json'))).toBe(true);
  });
});
