import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { snapshotDigest } from '../../bench/organisation/snapshot-digest.ts';
import { keysOf } from '../../mocks/answer/identity.ts';
import { type MockServer, startServer } from '../../mocks/server.ts';
import { wideOrganisation } from '../../mocks/wide-organisation.ts';
import { cliPath, type Ended, runCli } from './run-cli.ts';

const world = wideOrganisation({ accounts: 1, regions: ['eu-west-1'] });
const env = {
  AWS_ACCESS_KEY_ID: keysOf([...world.accounts.keys()][0] ?? '').accessKeyId,
  AWS_SECRET_ACCESS_KEY: 'not-a-secret',
  AWS_REGION: 'eu-west-1',
};

let base: string;
let server: MockServer;
const at = (name: string): string => join(base, name);

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'disk-full-'));
  server = await startServer({ world });
});
afterAll(async () => {
  await server.close();
  rmSync(base, { recursive: true, force: true });
});

const live = (): readonly string[] => ['--endpoint-url', server.url, '--regions', 'eu-west-1', '-q'];

/**
 * Runs the command line where no file may grow beyond 8 kB: every write past that fails, as on a full disk. The shell
 * ignores the signal that comes with it, as the program then does too (setrlimit(2), RLIMIT_FSIZE).
 */
function runCramped(args: readonly string[]): Promise<Ended> {
  const child = spawn('sh', ['-c', 'trap "" XFSZ; ulimit -f 16; exec "$0" "$@"', process.execPath, cliPath, ...args], {
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: '/nonexistent',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((resolve) => {
    child.once('close', (code) => resolve({ code: code ?? -1, stdout: '', stderr }));
  });
}

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);

describe('a disk without room', () => {
  it('ends a collection in one sentence, without half a file, and it is gone on with when there is room', async () => {
    const ended = await runCramped(['collect', ...live(), '--out', at('cramped')]);
    expect([ended.code, ended.stderr]).toEqual([
      64,
      expect.stringMatching(/^vpc-auditor: .+ cannot be written: .+\.\n$/),
    ]);
    expect(filesIn(at('cramped')).filter((name) => name.endsWith('.tmp') || name.endsWith('.lock'))).toEqual([]);
    const resumed = await runCli(['collect', ...live(), '--resume', at('cramped')], { env });
    expect(resumed.code, resumed.stderr).toBe(0);
    await runCli(['collect', ...live(), '--out', at('roomy')], { env });
    expect(await snapshotDigest(at('cramped'))).toEqual(await snapshotDigest(at('roomy')));
  });

  it('leaves the last report as it was, and no half of a new one', async () => {
    await runCli(['collect', ...live(), '--out', at('evidence')], { env });
    const audit = ['audit', '--snapshot', at('evidence'), '--output-dir', at('report'), '-q'];
    await runCli(audit);
    const before = await snapshotDigest(at('report'));
    const ended = await runCramped(audit);
    expect([ended.code, ended.stderr]).toEqual([64, expect.stringContaining('cannot be written')]);
    expect(await snapshotDigest(at('report'))).toEqual(before);
  });
});
