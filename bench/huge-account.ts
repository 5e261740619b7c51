/**
 * A huge account through the whole line: collected over HTTP through the real SDK, then audited. Prints the requests made
 * against the budget, the audit's time against `JSON.parse` over the same files, and peak memory against their size.
 * Each step runs in a process of its own, so that its memory is its own.
 *
 *   node dist/bench/huge-account.js [--groups 20000] [--interfaces 50000] [--vpcs 20] [--json FILE]
 */
import { execFile, fork } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { huge } from '../mocks/accounts/huge.ts';
import { keysOf } from '../mocks/answer/identity.ts';
import { startServer } from '../mocks/server.ts';
import { listOf } from '../mocks/world.ts';
import { rows } from '../src/collectors/rows.ts';
import { allChecks, auditSnapshot, collect, readSnapshot } from '../src/index.ts';
import type { Manifest } from '../src/model/snapshot/manifest.ts';
import { resourceKinds } from '../src/model/resources.ts';

const accountId = '111122223333';
const region = 'eu-west-1';

const { values } = parseArgs({
  options: {
    groups: { type: 'string', default: '20000' },
    interfaces: { type: 'string', default: '50000' },
    vpcs: { type: 'string', default: '20' },
    json: { type: 'string' },
    task: { type: 'string' },
    folder: { type: 'string', default: '' },
    url: { type: 'string' },
  },
});

const world = () =>
  huge({
    accountId,
    region,
    vpcs: Number(values.vpcs),
    securityGroups: Number(values.groups),
    networkInterfaces: Number(values.interfaces),
  });

interface Measured {
  readonly milliseconds: number;
  /** Largest resident set of the process, in bytes. */
  readonly peak: number;
  readonly note?: string;
}

const files = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'manifest.json')
    .map((entry) => join(entry.parentPath, entry.name));

const tasks: Readonly<Record<string, () => Promise<string | undefined>>> = {
  collect: async () => {
    await collect({
      folder: values.folder,
      regions: [region],
      ...(values.url === undefined ? {} : { endpointUrl: values.url }),
    });
    return undefined;
  },
  parse: async () => {
    for (const file of files(values.folder)) JSON.parse(readFileSync(file, 'utf8'));
    return undefined;
  },
  audit: async () => {
    const report = auditSnapshot(await readSnapshot(values.folder), {
      checks: await allChecks(),
      run: () => ({ startedAt: '', durationMs: 0 }),
    });
    const { outcomes } = report.summary;
    return `${outcomes.fail} failures, ${outcomes.pass} passes, ${outcomes.unknown} unknown, ${report.defects.length} defects`;
  },
};

/** What the budget allows: for each list ⌈items ÷ page⌉, at least one, and one more where the last page is full. */
function requestBudget(): number {
  const documents = world().accounts.get(accountId)?.regions.get(region) ?? new Map();
  const lengthOf = (key: (typeof rows)[number]['key']): number => {
    const { service, operation, member } = resourceKinds[key];
    return listOf(documents.get(`${service}.${operation}`), member ?? '')?.length ?? 0;
  };
  const lists = rows.map((row) => {
    const calls = row.forEach === undefined ? 1 : lengthOf(row.forEach.kind) * (row.forEach.variants?.length ?? 1);
    if (row.forEach !== undefined || row.paging === undefined) return calls;
    const items = lengthOf(row.key);
    return Math.max(1, Math.ceil(items / row.paging.size) + (items > 0 && items % row.paging.size === 0 ? 1 : 0));
  });
  return lists.reduce((sum, count) => sum + count, 1);
}

const run = promisify(execFile);
const self = fileURLToPath(import.meta.url);

async function inOwnProcess(task: string, folder: string, url?: string): Promise<Measured> {
  const { accessKeyId, secretAccessKey } = keysOf(accountId);
  const { stdout } = await run(
    process.execPath,
    [self, '--task', task, '--folder', folder, ...(url === undefined ? [] : ['--url', url])],
    {
      env: {
        PATH: process.env['PATH'],
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
        AWS_REGION: region,
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      },
      maxBuffer: 1024 * 1024,
    },
  );
  return JSON.parse(stdout) as Measured;
}

async function serveInOwnProcess(): Promise<{ readonly url: string; readonly stop: () => void }> {
  const sizes = ['--groups', values.groups, '--interfaces', values.interfaces, '--vpcs', values.vpcs];
  const child = fork(self, ['--task', 'serve', ...sizes]);
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => (typeof message === 'string' ? resolve(message) : reject(new Error('no url'))));
    child.once('exit', () => reject(new Error('the mock endpoint did not start')));
  });
  return { url, stop: () => child.kill() };
}

async function bench(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'vpc-auditor-huge-'));
  const server = await serveInOwnProcess();
  try {
    const collected = await inOwnProcess('collect', folder, server.url);
    server.stop();
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
    const requests = manifest.calls.reduce((sum, call) => sum + call.requests, 0);
    const bytes = files(folder).reduce((sum, file) => sum + statSync(file).size, 0);
    const parsed = await inOwnProcess('parse', folder);
    const audited = await inOwnProcess('audit', folder);
    const figures = {
      securityGroups: Number(values.groups),
      networkInterfaces: Number(values.interfaces),
      vpcs: Number(values.vpcs),
      megabytes: bytes / 1e6,
      requests,
      requestBudget: requestBudget(),
      failedCalls: manifest.calls.filter(({ status }) => status !== 'collected').length,
      collectSeconds: collected.milliseconds / 1000,
      collectPeakMegabytes: collected.peak / 1e6,
      parseSeconds: parsed.milliseconds / 1000,
      auditSeconds: audited.milliseconds / 1000,
      auditToParse: audited.milliseconds / parsed.milliseconds,
      auditPeakToSize: audited.peak / bytes,
    };
    for (const [name, figure] of Object.entries(figures)) {
      process.stdout.write(`${name.padEnd(22)} ${Number.isInteger(figure) ? figure : figure.toFixed(2)}\n`);
    }
    process.stdout.write(`${audited.note ?? ''}\n`);
    if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
  } finally {
    server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (values.task === undefined) await bench();
else if (values.task === 'serve') {
  const server = await startServer({ world: world() });
  process.send?.(server.url);
} else {
  const start = performance.now();
  const note = await tasks[values.task]?.();
  const milliseconds = performance.now() - start;
  const peak = process.resourceUsage().maxRSS * 1024;
  process.stdout.write(
    JSON.stringify({ milliseconds, peak, ...(note === undefined ? {} : { note }) } satisfies Measured),
  );
}
