import { type ChildProcess, fork, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { auditRole } from '../../mocks/accounts/hub-spoke-org.ts';
import { keysOf } from '../../mocks/answer/identity.ts';
import type { Seen, ServeOptions } from './serve.ts';

const built = (path: string): string => {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  return join(root.endsWith('/dist/') ? root : join(root, 'dist'), path);
};

/** The organisation on the air. */
export interface Organisation {
  readonly url: string;
  readonly managementAccountId: string;
  readonly seen: () => Promise<Seen>;
  readonly stop: () => void;
}

/** Starts the mock organisation in a process of its own. */
export async function serveOrganisation(options: ServeOptions): Promise<Organisation> {
  const child = fork(built('bench/organisation/serve.js'), [JSON.stringify(options)]);
  const { url, managementAccountId } = (await answerOf(child)) as { url: string; managementAccountId: string };
  return {
    url,
    managementAccountId,
    seen: () => {
      const answer = answerOf(child);
      child.send('seen');
      return answer as Promise<Seen>;
    },
    stop: () => child.kill('SIGKILL'),
  };
}

const answerOf = (child: ChildProcess): Promise<unknown> =>
  new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', () => reject(new Error('the mock organisation ended')));
  });

/** How a run of the command line ended. */
export interface Ended {
  /** `null` where it was killed. */
  readonly code: number | null;
  readonly stderr: string;
  readonly seconds: number;
  /** In bytes; 0 where it was killed. */
  readonly peak: number;
}

/** Runs the built command line against the organisation, signed in as its management account; killed after `killAfterMs`. */
export function runAgainst(
  { url, managementAccountId }: Pick<Organisation, 'url' | 'managementAccountId'>,
  args: readonly string[],
  folder: string,
  killAfterMs?: number,
): Promise<Ended> {
  const peakFile = join(folder, 'peak-memory');
  const { accessKeyId, secretAccessKey } = keysOf(managementAccountId);
  const startedAt = performance.now();
  const child = spawn(
    process.execPath,
    ['--import', built('bench/organisation/peak-memory.js'), built('src/cli/main.js'), ...args],
    {
      env: {
        PATH: process.env['PATH'],
        HOME: '/nonexistent',
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
        AWS_REGION: 'eu-west-1',
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
        AWS_ENDPOINT_URL: url,
        PEAK_MEMORY_FILE: peakFile,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  return new Promise((resolve) => {
    child.once('close', (code) => {
      clearTimeout(timer);
      const peak = existsSync(peakFile) ? Number(readFileSync(peakFile, 'utf8')) : 0;
      rmSync(peakFile, { force: true });
      resolve({ code, stderr, seconds: (performance.now() - startedAt) / 1000, peak });
    });
  });
}

/** What every collection of the organisation is given. */
export const organisationOptions: readonly string[] = [
  '--endpoint-from-environment',
  '--org',
  '--role-name',
  auditRole.roleName,
  '--external-id',
  auditRole.externalId,
];
