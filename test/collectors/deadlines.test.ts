import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keysOf } from '../../mocks/answer/identity.ts';
import { type Fault, type FaultScript, faultScript } from '../../mocks/faults.ts';
import { createRequestHandler, retryWithoutDelay } from '../../mocks/request-handler.ts';
import { wideOrganisation } from '../../mocks/wide-organisation.ts';
import { collect, type CollectOptions } from '../../src/collectors/collect.ts';
import type { Manifest } from '../../src/model/snapshot/manifest.ts';
import { readSnapshot } from '../../src/model/snapshot/read.ts';
import { testEnvironment } from './sample-account.ts';

const regions = ['eu-west-1', 'us-east-1'];
const world = wideOrganisation({ accounts: 1, regions });
const accountId = world.organization?.managementAccountId ?? '';

/** Two lists of VPCs, and two attributes of each of the three. */
const leastCalls = 8;
const hour = 3_600_000;

let folder: string;

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'deadlines-')), 'snapshot');
  for (const [name, value] of Object.entries(testEnvironment)) vi.stubEnv(name, value);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.stubEnv('AWS_ACCESS_KEY_ID', keysOf(accountId).accessKeyId);
});

afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  await rm(join(folder, '..'), { recursive: true, force: true });
});

const faults = (where: Partial<Fault>): FaultScript =>
  faultScript([{ kind: 'hang', operation: 'DescribeSubnets', times: 'always', ...where }]);

/** One list never answers; the clock stands still until nothing else is open, and then the time is over. */
function collectUntil(open: number, script: FaultScript, options: Partial<CollectOptions>): Promise<Manifest> {
  return collect({
    folder,
    kinds: ['vpcs', 'vpcAttributes', 'subnets'],
    requestHandler: createRequestHandler({ world, faults: script }),
    retryStrategy: retryWithoutDelay(3),
    onProgress: ({ total }) => {
      if (total.done >= leastCalls && total.planned - total.done === open) vi.advanceTimersByTime(hour);
    },
    ...options,
  });
}

const unread = ({ calls }: Manifest): readonly unknown[] =>
  calls
    .filter(({ status }) => status !== 'collected')
    .map(({ region, operation, status, message }) => ({ region, operation, status, message }));

describe('the deadline of a Region', () => {
  it('ends that Region and no other; what was not read says so', async () => {
    const manifest = await collectUntil(1, faults({ region: 'us-east-1' }), { regionDeadlineMs: hour });
    expect(unread(manifest)).toEqual([
      {
        region: 'us-east-1',
        operation: 'DescribeSubnets',
        status: 'skipped',
        message: expect.stringContaining('the deadline of this Region, 60 min') as string,
      },
    ]);
    const { regions: read } = await readSnapshot(folder);
    expect(read.map(({ resources }) => [resources.vpcs.status, resources.subnets.status])).toEqual([
      ['collected', 'collected'],
      ['collected', 'not-called'],
    ]);
  });
});

describe('the deadline of the whole collection', () => {
  it('ends it with what was read; the rest says so, and can be read later', async () => {
    const manifest = await collectUntil(2, faults({}), { deadlineMs: hour });
    expect(unread(manifest)).toEqual(
      regions.map((region) => ({
        region,
        operation: 'DescribeSubnets',
        status: 'skipped',
        message: expect.stringContaining('the deadline of the whole collection') as string,
      })),
    );
    const later = await collectUntil(-1, faults({ times: 0 }), { resume: true });
    expect(unread(later)).toEqual([]);
  });

  it('that comes before anything is read is one sentence', async () => {
    const script = faults({ operation: 'GetCallerIdentity' });
    const silent = collectUntil(-1, script, { deadlineMs: hour });
    const ended = expect(silent).rejects.toMatchObject({ code: 'DEADLINE' });
    while (script.unused().length > 0) await new Promise((resolve) => setImmediate(resolve));
    vi.advanceTimersByTime(hour);
    await ended;
  });
});
