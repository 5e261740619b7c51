/** One audit through the whole line, over HTTP, while a fault script strikes: what the fault matrix is made of. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allChecks, auditSnapshot, type AuditReport, collect, exitStatus, readSnapshot } from '../../src/index.ts';
import { keysOf } from '../../mocks/answer/identity.ts';
import { type Fault, type FaultKind, type FaultScript, faultScript } from '../../mocks/faults.ts';
import { retryWithoutDelay } from '../../mocks/request-handler.ts';
import { startServer } from '../../mocks/server.ts';
import type { World } from '../../mocks/world.ts';

/** What one audit under faults came to. */
export interface Struck {
  readonly report: AuditReport;
  readonly exitCode: number;
  readonly script: FaultScript;
}

/** The keys of an account for the SDK's default chain, with nothing of the machine's own configuration. */
export function signInAs(accountId: string): void {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  const { accessKeyId, secretAccessKey } = keysOf(accountId);
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_REGION: 'eu-west-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
}

/**
 * Collects the world over HTTP under the faults, reads the snapshot back and audits it. `impatient` shortens every
 * time-out, for faults that consist in silence.
 */
export async function auditUnder(world: World, faults: readonly Fault[], impatient = false): Promise<Struck> {
  const script = faultScript(faults);
  const server = await startServer({ world, faults: script });
  const folder = mkdtempSync(join(tmpdir(), 'vpc-auditor-faults-'));
  try {
    await collect({
      folder,
      regions: ['eu-west-1'],
      endpointUrl: server.url,
      ...(impatient ? { timeouts: { connectionMs: 2000, requestMs: 700, socketMs: 700, deadlineMs: 2500 } } : {}),
      retryStrategy: retryWithoutDelay(3),
    });
    const report = auditSnapshot(await readSnapshot(folder), {
      checks: await allChecks(),
      list: ['fail', 'unknown', 'pass', 'not-applicable'],
      run: () => ({ startedAt: '2026-01-01T00:00:00.000Z', durationMs: 0 }),
    });
    return { report, exitCode: exitStatus(report).code, script };
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How a fault ends: the call succeeds after all, or it is on record as failed. */
export interface Ending {
  readonly times: Fault['times'];
  readonly ends: 'collected' | 'failed';
}

/** Each kind with how often it strikes and how it must end. Kinds that pass are tried once or twice, others for ever. */
export const endings: Readonly<Partial<Record<FaultKind, Ending>>> = {
  throttle: { times: 2, ends: 'collected' },
  reset: { times: 1, ends: 'collected' },
  truncate: { times: 1, ends: 'collected' },
  unavailable: { times: 1, ends: 'collected' },
  'internal-error': { times: 1, ends: 'collected' },
  'request-expired': { times: 1, ends: 'collected' },
  'unknown-member': { times: 'always', ends: 'collected' },
  'not-found': { times: 1, ends: 'collected' },
  deny: { times: 'always', ends: 'failed' },
  'auth-failure': { times: 'always', ends: 'failed' },
  'opt-in-required': { times: 'always', ends: 'failed' },
  'invalid-action': { times: 'always', ends: 'failed' },
  unsupported: { times: 'always', ends: 'failed' },
  'token-expired': { times: 'always', ends: 'failed' },
  'bad-gateway': { times: 'always', ends: 'failed' },
  proxy: { times: 'always', ends: 'failed' },
  'captive-portal': { times: 'always', ends: 'failed' },
  hang: { times: 'always', ends: 'failed' },
  stall: { times: 'always', ends: 'failed' },
  drip: { times: 'always', ends: 'failed' },
  malformed: { times: 'always', ends: 'failed' },
  'empty-body': { times: 'always', ends: 'failed' },
  'wrong-root': { times: 'always', ends: 'failed' },
  'missing-list': { times: 'always', ends: 'failed' },
};
