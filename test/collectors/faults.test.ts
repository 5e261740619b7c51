import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { collect } from '../../src/collectors/collect.ts';
import { operationOf, type Row } from '../../src/collectors/row.ts';
import { rows, rowsFor } from '../../src/collectors/rows.ts';
import { resourceKinds } from '../../src/model/resources.ts';
import { readSnapshot } from '../../src/model/snapshot/read.ts';
import { type FakeAnswer, type FakeRequest, withoutBackoff } from '../aws/fake-aws.ts';
import { sampleAccount, testEnvironment } from './sample-account.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faults-'));
  for (const [name, value] of Object.entries(testEnvironment)) vi.stubEnv(name, value);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

const reset = (): Error => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });

/** What goes wrong at one operation for ever, and how that must be recorded. */
const faults: readonly (readonly [string, (request: FakeRequest) => FakeAnswer, string])[] = [
  ['a denial', () => ({ code: 'UnauthorizedOperation', status: 403 }), 'denied'],
  ['a Region that is off', () => ({ code: 'AuthFailure', status: 401 }), 'region-not-enabled'],
  ['an operation that is not there', () => ({ code: 'InvalidAction' }), 'not-available-in-region'],
  ['throttling without end', () => ({ code: 'RequestLimitExceeded', status: 503 }), 'throttled'],
  ['a token that is expired', () => ({ code: 'ExpiredToken', status: 403 }), 'expired-credentials'],
  ['a defect of AWS', () => ({ code: 'InternalError', status: 500 }), 'other'],
  ['a connection that is reset', reset, 'network'],
  ['a proxy that refuses', () => ({ body: '{"message":"blocked"}', status: 403 }), 'network'],
  ['a gateway in trouble', () => ({ body: '<html>bad gateway</html>', status: 502 }), 'network'],
  ['a captive portal', () => ({ body: '<html><body>Log in<br>here</body></html>' }), 'broken-answer'],
  ['XML that breaks off', () => ({ body: '<Response><' }), 'broken-answer'],
  ['an empty body', () => ({ body: '' }), 'broken-answer'],
  ['an answer of something else', () => ({ body: '<Other><requestId>r</requestId></Other>' }), 'broken-answer'],
  ['a resource that is gone', () => ({ code: 'InvalidThing.NotFound' }), 'other'],
];

/** Collects one row and what it needs, with its operation failing, and returns how its calls are recorded. */
async function outcomesOf(row: Row, fault: (request: FakeRequest) => FakeAnswer): Promise<readonly unknown[]> {
  const { service, operation } = operationOf(row);
  const account = sampleAccount((request) =>
    request.service === service && request.operation === operation ? fault(request) : undefined,
  );
  const manifest = await collect({
    folder,
    regions: ['eu-west-1'],
    kinds: [row.key],
    requestHandler: account.requestHandler,
    retryStrategy: withoutBackoff(3),
    // Buckets are another test's matter: here no call may wait for a token.
    clock: fastClock(),
  });
  const needed = rowsFor([row.key]).filter(({ key }) => key !== row.key);
  for (const parent of needed) {
    const calls = manifest.calls.filter(
      (call) => call.operation === parent.operation && call.service === operationOf(parent).service,
    );
    expect(calls.map(({ status }) => status)).toEqual(calls.map(() => 'collected'));
  }
  const { regions } = await readSnapshot(folder);
  const read = regions[0]?.resources[row.key];
  expect(read?.status === 'collected' && read.missing.length === 0).toBe(false);
  const names = await readdir(folder, { recursive: true });
  expect(names.filter((name) => name.endsWith('.tmp') || name.includes(`${service}.${operation}.`))).toEqual([]);
  return manifest.calls
    .filter((call) => call.operation === operation && call.service === service)
    .map(({ status, failure, file }) => ({ status, failure, file }));
}

/** A clock that runs a minute further with every look at it. */
function fastClock(): { now: () => number; sleep: () => Promise<void> } {
  let time = 0;
  return { now: () => (time += 60_000), sleep: () => Promise.resolve() };
}

describe.each(faults)('%s', (_, fault, failure) => {
  it('at any operation costs that operation, is named, and never passes for "none"', async () => {
    for (const row of rows) {
      const outcomes = await outcomesOf(row, fault);
      expect(outcomes.length).toBeGreaterThan(0);
      for (const outcome of outcomes) {
        expect([row.operation, outcome]).toEqual([row.operation, { status: 'failed', failure, file: undefined }]);
      }
    }
  });
});

describe('a page token that comes again and again', () => {
  it('ends every operation that pages as a broken answer', async () => {
    for (const row of rows) {
      const { paging } = row;
      if (paging === undefined) continue;
      const { member = '' } = resourceKinds[row.key];
      const outcomes = await outcomesOf(row, () => ({ answer: { [member]: [], [paging.nextTokenMember]: 'again' } }));
      expect(outcomes.length).toBeGreaterThan(0);
      for (const outcome of outcomes) {
        expect([row.operation, outcome]).toMatchObject([row.operation, { status: 'failed', failure: 'broken-answer' }]);
      }
    }
  });
});
