/** The built command line against the mock AWS over HTTP: each command as its users run it. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keysOf } from '../../mocks/answer/identity.ts';
import { fakePreSharedKey } from '../../mocks/builders/vpn.ts';
import { auditRole } from '../../mocks/accounts/hub-spoke-org.ts';
import { faultScript } from '../../mocks/faults.ts';
import { type MockServer, startServer } from '../../mocks/server.ts';
import { rows } from '../../src/collectors/rows.ts';
import type { AuditReport } from '../../src/findings/audit-report.ts';
import { iamActionOf } from '../../src/model/resources.ts';
import type { Manifest } from '../../src/model/snapshot/manifest.ts';
import { wideOrganisation } from '../../mocks/wide-organisation.ts';
import { richWorld } from '../mocks/rich-world.ts';
import { cliPath, runCli } from './run-cli.ts';

const accountId = '111122223333';
const env = {
  AWS_ACCESS_KEY_ID: keysOf(accountId).accessKeyId,
  AWS_SECRET_ACCESS_KEY: keysOf(accountId).secretAccessKey,
  AWS_REGION: 'eu-west-1',
};

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

const reportIn = (folder: string): AuditReport =>
  JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as AuditReport;

describe('the command line', () => {
  let folder = '';
  let server: MockServer;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vpc-auditor-cli-'));
    server = await startServer({ world: richWorld() });
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const at = (name: string): string => join(folder, name);
  const live = (): readonly string[] => ['--endpoint-url', server.url, '--regions', 'eu-west-1'];

  it('audits live: report, snapshot, and a last line that explains the exit code', async () => {
    const ended = await runCli(['audit', ...live(), '--output-dir', at('live')], { env });
    expect(ended.stdout).toBe('');
    expect(ended.stderr.trimEnd().split('\n').at(-1)).toMatch(new RegExp(`^Exit ${ended.code}: `));
    const report = reportIn(at('live'));
    expect(report.coverage.ratio).toBe(1);
    expect(ended.code).toBe(report.summary.failures.critical + report.summary.failures.high > 0 ? 1 : 0);
    expect(existsSync(join(at('live'), 'report.html'))).toBe(true);
    for (const path of filesUnder(at('live'))) expect(statSync(path).mode & 0o777, path).toBe(0o600);
  });

  it('gives the same report from the snapshot, apart from the run', async () => {
    const ended = await runCli(['collect', ...live(), '--out', at('snapshot')], { env });
    expect(ended.code).toBe(0);
    for (const out of ['first', 'second']) {
      await runCli(['audit', '--snapshot', at('snapshot'), '--output-dir', at(out)], { env: {} });
    }
    const withoutRun = (out: string): unknown => ({ ...reportIn(at(out)), run: undefined });
    expect(withoutRun('first')).toEqual(withoutRun('second'));
  });

  it('keeps the secrets of a VPN out of everything it writes', () => {
    for (const path of filesUnder(folder))
      expect(readFileSync(path, 'utf8').includes(fakePreSharedKey), path).toBe(false);
  });

  it('puts data on stdout and nothing else', async () => {
    const ended = await runCli(['audit', '--snapshot', at('snapshot'), '-o', 'json=-', '--output-dir', at('none')], {
      env: {},
    });
    expect((JSON.parse(ended.stdout) as AuditReport).schemaVersion).toBe('1');
    expect(existsSync(at('none'))).toBe(false);
  });

  it('writes every format again from saved results', async () => {
    const formats = ['html', 'json', 'jsonl', 'sarif', 'ocsf', 'asff', 'csv', 'junit', 'markdown', 'prometheus'];
    const ended = await runCli(
      [
        'report',
        '--results',
        join(at('first'), 'report.json'),
        ...formats.flatMap((one) => ['-o', one]),
        '--output-dir',
        at('all'),
      ],
      { env: {} },
    );
    expect(ended.code).toBe(0);
    expect(readdirSync(at('all'))).toHaveLength(formats.length);
    for (const path of filesUnder(at('all'))) expect(statSync(path).size, path).toBeGreaterThan(100);
  });

  it('prints the policy of exactly what it calls', async () => {
    const { stdout } = await runCli(['iam-policy']);
    const { Statement } = JSON.parse(stdout) as { Statement: readonly { Action: readonly string[] }[] };
    const declared = ['sts:GetCallerIdentity', 'ec2:DescribeRegions', ...rows.map(({ key }) => iamActionOf(key))];
    expect(Statement[0]?.Action).toEqual([...new Set(declared)].sort());
  });

  it('finds a missing permission before a scan, with the statement to add', async () => {
    const denying = await startServer({
      world: richWorld(),
      faults: faultScript([{ kind: 'deny', operation: 'DescribeFlowLogs', times: 'always' }]),
    });
    try {
      const args = ['preflight', '--endpoint-url', denying.url, '--regions', 'eu-west-1', '--json'];
      const ended = await runCli(args, { env });
      const result = JSON.parse(ended.stdout) as { complete: boolean; missing: readonly string[]; statement: unknown };
      expect([result.complete, result.missing, ended.code]).toEqual([false, ['ec2:DescribeFlowLogs'], 2]);
      expect(result.statement).toEqual(expect.objectContaining({ Action: ['ec2:DescribeFlowLogs'] }));
    } finally {
      await denying.close();
    }
    expect((await runCli(['preflight', ...live()], { env })).code).toBe(0);
  });

  it('asks an organization for the permissions in every account, and names those that cannot be entered', async () => {
    const organisation = await startServer({ world: wideOrganisation({ accounts: 2, regions: ['eu-west-1'] }) });
    try {
      const role = ['--org', '--role-name', auditRole.roleName, '--external-id', 'env:EXTERNAL_ID'];
      const ended = await runCli(
        ['preflight', '--endpoint-url', organisation.url, ...role, '--check', 'vpc-single-zone'],
        {
          env: { ...env, AWS_ACCESS_KEY_ID: keysOf('111100000000').accessKeyId, EXTERNAL_ID: auditRole.externalId },
        },
      );
      expect([ended.code, ended.stdout]).toEqual([2, '']);
      for (const id of ['111100000000', '111101000003']) expect(ended.stderr).toContain(`${id} as arn:`);
      expect(ended.stderr).toMatch(/not visible: 111102000006: .*AccessDenied/);
      expect(ended.stderr).not.toContain('undefined');
    } finally {
      await organisation.close();
    }
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'stops cleanly on %s: what was read is kept, the rest is on record',
    async (signal) => {
      const stopped = at(`stopped-by-${signal}`);
      const silent = await startServer({
        world: richWorld(),
        faults: faultScript([{ kind: 'hang', operation: 'DescribeNetworkInterfaces', times: 'always' }]),
      });
      try {
        const child = spawn(
          process.execPath,
          [cliPath, 'collect', '--endpoint-url', silent.url, '--regions', 'eu-west-1', '--out', stopped],
          { env: { PATH: process.env['PATH'], AWS_EC2_METADATA_DISABLED: 'true', ...env }, stdio: 'ignore' },
        );
        const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
        while (!existsSync(join(stopped, accountId, 'eu-west-1', 'ec2.DescribeVpcs.json'))) {
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
        child.kill(signal);
        expect(await ended).toBe(2);
      } finally {
        await silent.close();
      }
      const { calls } = JSON.parse(readFileSync(join(stopped, 'manifest.json'), 'utf8')) as Manifest;
      const statusOf = (operation: string): string | undefined =>
        calls.find((call) => call.operation === operation)?.status;
      expect(statusOf('DescribeVpcs')).toBe('collected');
      expect(statusOf('DescribeNetworkInterfaces')).not.toBe('collected');
      const audited = await runCli(['audit', '--snapshot', stopped, '--output-dir', at(`of-${signal}`)], { env: {} });
      expect(audited.code & 2).toBe(2);
      const resumed = await runCli(['collect', ...live(), '--resume', stopped], { env });
      expect(resumed.code, resumed.stderr).toBe(0);
    },
  );

  it('traces and tells exposure from a snapshot', async () => {
    const snapshot = ['--snapshot', at('snapshot')];
    const exposure = await runCli(['exposure', ...snapshot, '--format', 'json']);
    const classes = JSON.parse(exposure.stdout) as readonly { example: { from: string; to: string } }[];
    const [first] = classes;
    if (first === undefined) throw new Error('the rich world exposes nothing');
    const trace = await runCli([
      'trace',
      ...snapshot,
      '--from',
      first.example.from,
      '--to',
      first.example.to,
      '--format',
      'json',
    ]);
    expect(JSON.parse(trace.stdout)).toEqual(
      expect.objectContaining({ query: expect.anything(), forwardPathComponents: expect.anything() }),
    );
    const wrong = await runCli(['trace', ...snapshot, '--from', 'internet', '--to', 'eni-nowhere', '--port', '22']);
    expect([wrong.code, wrong.stderr]).toEqual([64, expect.stringContaining('eni-nowhere')]);
  });
});

describe('the demo', () => {
  it('audits the sample organisation through the real SDK and says where the report is', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vpc-auditor-demo-'));
    try {
      const ended = await runCli(['demo'], { cwd: folder });
      expect(ended.code).toBe(0);
      expect(ended.stderr).toContain('vpc-audit-report/report.html');
      const report = reportIn(join(folder, 'vpc-audit-report'));
      expect(report.scope.accounts.length).toBeGreaterThan(3);
      expect(report.coverage.notVisible.map(({ accountId: hidden }) => hidden)).toContain('777788889999');
      expect(report.defects).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
