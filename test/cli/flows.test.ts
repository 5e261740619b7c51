/** Flow logs from the command line: answers, bad input, exit codes, a line of a log, and the audit that takes them in. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allow, allTraffic, region, tcp } from '../../mocks/builders.ts';
import { writeWorld } from '../../mocks/write-world.ts';
import type { AuditReport } from '../../src/findings/audit-report.ts';
import type { FlowEvidence } from '../../src/model/verdict/flow-evidence.ts';
import { folderOf, lines, noon, record, text, v2, v5 } from '../flow-logs/log-files.ts';
import { cliPath, runCli } from './run-cli.ts';

const net = region('111122223333', 'eu-west-1');
const vpc = net.vpc();
const acl = vpc.networkAcl({
  ingress: [allow(100, allTraffic('0.0.0.0/0'))],
  egress: [allow(100, tcp([32_768, 65_535], '0.0.0.0/0'))],
});
const client = vpc.subnet({ az: 'a' }).instance();
const server = vpc
  .subnet({ az: 'b', networkAcl: acl })
  .instance({ securityGroups: [vpc.securityGroup('server', { ingress: [tcp(443, '10.0.0.0/16')] })] });
const common = { 'interface-id': server.networkInterface.id, srcport: 2000, dstport: 443 };
const request = record({
  ...common,
  srcaddr: client.privateIp,
  dstaddr: server.privateIp,
  'tcp-flags': 2,
  'flow-direction': 'ingress',
});
const reply = record({
  ...common,
  srcaddr: server.privateIp,
  dstaddr: client.privateIp,
  srcport: 443,
  dstport: 2000,
  'tcp-flags': 18,
  'flow-direction': 'egress',
  action: 'REJECT',
});

let snapshot = '';
let logs = '';
beforeAll(async () => {
  snapshot = mkdtempSync(join(tmpdir(), 'flows-cli-'));
  await writeWorld(net.toWorld(), snapshot);
  logs = folderOf({ 'a.log.gz': text(v5, [request, reply]) });
});
afterAll(() => rmSync(snapshot, { recursive: true, force: true }));

describe('flows', () => {
  it('names the rule, as text and as JSON, and exits with 0 where nothing is detected', async () => {
    const shown = await runCli(['flows', '--source', logs, '--snapshot', snapshot]);
    expect(shown.stdout).toContain(`of ${acl.id}`);
    expect(shown.stdout).toContain('vpc-auditor trace --from');
    expect(shown.code).toBe(0);
    const json = JSON.parse(
      (await runCli(['flows', '--source', logs, '--snapshot', snapshot, '--format', 'json'])).stdout,
    ) as FlowEvidence;
    expect(json.rejected).toMatchObject([
      { part: 'reply', attribution: { cause: 'network-acl', component: { id: acl.id } } },
    ]);
  });

  it('exits with 1 for a detection, 2 for what could not be read, 3 for both', async () => {
    const access = record({
      ...common,
      srcaddr: '198.51.100.9',
      dstaddr: server.privateIp,
      srcport: 50_000,
      dstport: 22,
      'tcp-flags': 2,
      'flow-direction': 'ingress',
    });
    const answer = record({
      ...common,
      srcaddr: server.privateIp,
      dstaddr: '198.51.100.9',
      srcport: 22,
      dstport: 50_000,
      'tcp-flags': 18,
      'flow-direction': 'egress',
    });
    const found = text(v5, [access, answer]);
    const code = async (files: Readonly<Record<string, string>>, ...more: readonly string[]): Promise<number> =>
      (await runCli(['flows', '--source', folderOf(files), ...more])).code;
    expect(await code({ 'a.log': found })).toBe(1);
    expect(await code({ 'a.log': found }, '--fail-on', 'never')).toBe(0);
    expect(await code({ 'a.log': text(v5, [request]), 'b.log': 'not a log\n' })).toBe(2);
    expect(await code({ 'a.log': `${found}broken line\n` })).toBe(3);
  });

  it('stops before reading with --dry-run', async () => {
    const { stdout, stderr, code } = await runCli(['flows', '--source', logs, '--dry-run']);
    expect([stdout, code]).toEqual(['', 0]);
    expect(stderr).toMatch(/1 file\(s\), .* about \d+ records, .* DuckDB/);
  });

  it.each([
    ['no source', [], /--source: a folder, s3:/],
    ['no such folder', ['--source', '/nowhere/at/all'], /there is no such folder/],
    ['a bucket without a name', ['--source', 's3://'], /names no bucket/],
    ['a table without a database', ['--source', 'athena:flows'], /DATABASE\.TABLE/],
    ['a window that is no time', ['--since', 'yesterday'], /--since yesterday is no time/],
    ['a window the wrong way round', ['--since', '2026-01-02', '--until', '2026-01-01'], /window is empty/],
    [
      'a window without records',
      ['--since', '2020-01-01', '--until', '2020-01-02'],
      /its records lie between 2026-01-15T12:00:00/,
    ],
    ['an unknown threshold', ['--threshold', 'vertical-scan-port=3'], /Did you mean vertical-scan-ports/],
    ['a threshold without a number', ['--threshold', 'beacon-gaps=many'], /beacon-gaps=NUMBER/],
    ['a format that is none', ['--log-format', '${foo} ${bar}'], /no field of flow logs/],
    ['too small a budget', ['--max-bytes', '10'], /more than --max-bytes/],
    ['too little memory', ['--memory-limit', '1MB'], /256MB is the least/],
  ])('refuses %s in one sentence', async (_, args, sentence) => {
    const needsSource = args.length > 0 && !args.includes('--source');
    const { stdout, stderr, code } = await runCli(['flows', ...(needsSource ? ['--source', logs] : []), ...args]);
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect([stdout, code]).toEqual(['', 64]);
  });

  it('shows hostile text of a log as text', async () => {
    const hostile = folderOf({
      'a.log': text(
        [...v5, 'instance-tag'],
        [{ ...request, 'pkt-srcaddr': '\u001B[31m\u202E', 'instance-tag': '%1B%5B31m' }],
      ),
    });
    const { stdout } = await runCli(['flows', '--source', hostile]);
    expect(stdout).not.toContain('\u001B');
    expect(stdout).not.toContain('\u202E');
  });

  it('interrupted leaves no file behind', async () => {
    const temporary = mkdtempSync(join(tmpdir(), 'flows-interrupt-'));
    const many = Array.from({ length: 200_000 }, (_, i) => ({
      ...request,
      srcport: 1024 + (i % 60_000),
      start: noon + (i % 3000),
      end: noon + (i % 3000) + 1,
    }));
    const big = folderOf({ 'a.log': text(v5, many) });
    const child = spawn(process.execPath, [cliPath, 'flows', '--source', big, '--color', 'never'], {
      env: { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', TMPDIR: temporary },
      stdio: 'ignore',
    });
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    while (child.exitCode === null && readdirSync(temporary).length === 0)
      await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGINT');
    await ended;
    expect(readdirSync(temporary)).toEqual([]);
    rmSync(temporary, { recursive: true });
  });
});

describe('trace --flow-log-line', () => {
  it('asks the question of the request behind a rejected reply', async () => {
    const { stdout, stderr, code } = await runCli([
      'trace',
      '--snapshot',
      snapshot,
      '--format',
      'json',
      '--flow-log-line',
      lines(v2, [reply]),
    ]);
    expect(stderr).toContain('read as the reply');
    expect(code).toBe(0);
    const answer = JSON.parse(stdout) as { query: unknown; explanations: unknown[]; verdict: string };
    expect(answer.query).toMatchObject({
      from: `${vpc.id}/${client.privateIp}`,
      to: `${vpc.id}/${server.privateIp}`,
      port: 443,
      sourcePort: 2000,
    });
    expect(answer.verdict).toBe('not-reachable');
    expect(answer.explanations).toMatchObject([{ direction: 'return', component: { id: acl.id } }]);
  });

  it('reads other formats by --log-format, and refuses lines that do not fit', async () => {
    const format = ['--log-format', v5.join(' ')];
    const ask = (...args: readonly string[]) => runCli(['trace', '--snapshot', snapshot, '--flow-log-line', ...args]);
    expect((await ask(lines(v5, [request]), ...format)).stderr).toContain('read as a request');
    expect((await ask(lines(v5, [request]))).stderr).toMatch(/29 fields and the default format has 14/);
    expect((await ask(lines(v5.toReversed(), [request]), ...format)).stderr).toMatch(/a number/);
    const nodata = await ask('2 111122223333 eni-1 - - - - - - - 1 2 - NODATA');
    expect(nodata.stderr).toMatch(/says nothing of a packet/);
    expect(nodata.code).toBe(64);
  });
});

describe('audit --flow-logs', () => {
  it('takes the evidence into a report that its schema admits and that can be read again', async () => {
    const out = mkdtempSync(join(tmpdir(), 'flows-audit-'));
    const args = [
      'audit',
      '--snapshot',
      snapshot,
      '--output-dir',
      out,
      '-o',
      `json=${join(out, 'r.json')}`,
      '--flow-logs',
    ];
    const audited = await runCli([
      ...args,
      logs,
      '--known-cidrs',
      join(folderOf({ 'known.txt': '10.0.0.0/8 ours\n' }), 'known.txt'),
    ]);
    expect(audited.stderr).toMatch(/Flow logs of .*2 records/);
    const report = JSON.parse(readFileSync(join(out, 'r.json'), 'utf8')) as AuditReport;
    expect(report.flowEvidence?.rejected).toMatchObject([{ attribution: { component: { id: acl.id } } }]);
    const again = await runCli(['report', '--results', join(out, 'r.json'), '-o', 'markdown=-', '--output-dir', out]);
    expect(again.stderr).toBe('');
    expect(again.code).toBeLessThan(4);
    const alone = await runCli([...args, '/nowhere/at/all']);
    expect(alone.stderr).toMatch(/holds no evidence of flow logs.*no such folder/);
    expect(alone.code & 2).toBe(2);
    expect(readdirSync(out)).toContain('r.json');
    rmSync(out, { recursive: true });
  });
});

it.each([
  ['s3://flow-logs/prod', ['s3:ListBucket', 's3:GetObject'], 'arn:aws:s3:::flow-logs/prod/*'],
  ['log-group:/vpc/a', ['logs:StartQuery', 'logs:GetQueryResults', 'logs:StopQuery'], 'log-group:/vpc/a:*'],
  ['athena:logs.flow', ['athena:StopQueryExecution', 'glue:GetTable'], 'table/logs/flow'],
])('the rights to read %s stand in a policy of their own', async (source, actions, resource) => {
  const { stdout } = await runCli(['iam-policy', '--flow-logs', source]);
  const { Statement } = JSON.parse(stdout) as { Statement: { Action: string[] }[] };
  expect(Statement.flatMap(({ Action }) => Action)).toEqual(expect.arrayContaining(actions));
  expect(stdout).toContain(resource);
  const { stdout: base } = await runCli(['iam-policy']);
  expect(base).not.toMatch(/athena:|"logs:(?!Describe)|s3:/);
});

it('help teaches the sources', () => {
  const help = execFileSync(process.execPath, [cliPath, 'flows', '--help'], { encoding: 'utf8' });
  for (const word of ['s3://BUCKET/PREFIX', 'log-group:NAME', 'athena:DATABASE.TABLE', '--dry-run', '--threshold'])
    expect(help).toContain(word);
});
