import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverageOf } from '../../src/findings/coverage.ts';
import type { AccountId, RegionName } from '../../src/model/id.ts';
import type { Manifest, ManifestCall } from '../../src/model/snapshot/manifest.ts';

const account = (text: string): AccountId => text as AccountId;
const region = (text: string): RegionName => text as RegionName;

const call = (changes: Partial<ManifestCall> = {}): ManifestCall => ({
  accountId: account('111122223333'),
  region: region('eu-west-1'),
  service: 'ec2',
  operation: 'DescribeSubnets',
  input: {},
  status: 'collected',
  iamAction: 'ec2:DescribeSubnets',
  requests: 1,
  throttled: 0,
  durationMs: 12,
  ...changes,
});
const denied = (operation: string, changes: Partial<ManifestCall> = {}): ManifestCall =>
  call({
    operation,
    status: 'failed',
    failure: 'denied',
    errorCode: 'UnauthorizedOperation',
    message: `ec2:${operation} is not allowed`,
    iamAction: `ec2:${operation}`,
    ...changes,
  });
const manifest = (calls: readonly ManifestCall[], changes: Partial<Manifest> = {}): Manifest => ({
  schemaVersion: '1',
  tool: { name: 'vpc-auditor', version: '0.0.0' },
  createdAt: '2026-11-24T02:15:00.000Z',
  caller: undefined,
  scope: { accounts: [account('111122223333')], regions: [region('eu-west-1')] },
  notVisible: [],
  calls,
  ...changes,
});
const nothing = { regions: [], notes: [] };

describe('coverageOf', () => {
  it('merges calls per resource into one row and keeps what most of the failures say', () => {
    const perResource = (status: ManifestCall['status'], changes: Partial<ManifestCall> = {}): ManifestCall =>
      call({
        operation: 'SearchTransitGatewayRoutes',
        iamAction: 'ec2:SearchTransitGatewayRoutes',
        status,
        ...changes,
      });
    const throttled = { failure: 'throttled', errorCode: 'RequestLimitExceeded', message: 'slow down' } as const;
    const { rows, ratio, calls, collected, requests } = coverageOf(
      manifest([
        perResource('collected'),
        perResource('skipped', { message: 'its list failed' }),
        perResource('failed', { failure: 'denied', errorCode: 'UnauthorizedOperation', message: 'no' }),
        perResource('failed', throttled),
        perResource('failed', throttled),
        call({ requests: 3 }),
      ]),
      nothing,
    );
    expect(rows).toEqual([
      expect.objectContaining({ operation: 'DescribeSubnets', status: 'collected', calls: 1, collected: 1 }),
      expect.objectContaining({
        operation: 'SearchTransitGatewayRoutes',
        status: 'failed',
        calls: 5,
        collected: 1,
        ...throttled,
      }),
    ]);
    expect(rows[0]).not.toHaveProperty('failure');
    expect({ ratio, calls, collected, requests }).toEqual({ ratio: 2 / 6, calls: 6, collected: 2, requests: 8 });
  });

  it('tells a call that was not made from one that failed', () => {
    const { rows } = coverageOf(manifest([call({ status: 'skipped', message: 'its list failed' })]), nothing);
    expect(rows[0]).toMatchObject({ status: 'skipped', collected: 0, message: 'its list failed' });
  });

  it('names the permissions that are lacking, the costliest first, and nothing that a permission would not mend', () => {
    const { missingPermissions } = coverageOf(
      manifest([
        denied('DescribeFlowLogs'),
        denied('DescribeNetworkAcls'),
        denied('DescribeNetworkAcls', { region: region('eu-west-2') }),
        denied('DescribeAddresses'),
        denied('DescribeVpcs', { failure: 'throttled' }),
        denied('DescribeInstances', { status: 'skipped' }),
      ]),
      nothing,
    );
    expect(missingPermissions).toEqual([
      { iamAction: 'ec2:DescribeNetworkAcls', readings: 2 },
      { iamAction: 'ec2:DescribeAddresses', readings: 1 },
      { iamAction: 'ec2:DescribeFlowLogs', readings: 1 },
    ]);
  });

  it('does not call an audit complete that planned nothing', () => {
    expect(coverageOf(manifest([]), nothing)).toMatchObject({ ratio: 0, calls: 0, collected: 0, rows: [] });
  });

  it('keeps assumptions, notes and what is not visible, sorted', () => {
    const place = { accountId: account('111122223333'), region: region('eu-west-1') };
    const coverage = coverageOf(
      manifest([call()], {
        notVisible: [
          { accountId: account('444455556666'), reason: 'AssumeRole was denied' },
          { accountId: account('111122223333'), region: region('me-south-1'), reason: 'not enabled' },
          { accountId: account('111122223333'), region: region('af-south-1'), reason: 'not enabled' },
        ],
      }),
      {
        regions: [
          { ...place, region: region('eu-west-2'), assumedOff: [] },
          { ...place, assumedOff: ['vpcEncryptionControls', 'vpcBlockPublicAccessOptions'] },
        ],
        notes: [
          { file: 'b.json', reason: 'not an answer' },
          { file: 'a.json', reason: 'empty' },
        ],
      },
    );
    expect(coverage.notVisible.map(({ accountId, region }) => [accountId, region])).toEqual([
      ['111122223333', 'af-south-1'],
      ['111122223333', 'me-south-1'],
      ['444455556666', undefined],
    ]);
    expect(coverage.assumedOff).toEqual([
      { ...place, kinds: ['vpcBlockPublicAccessOptions', 'vpcEncryptionControls'] },
    ]);
    expect(coverage.notes.map(({ file }) => file)).toEqual(['a.json', 'b.json']);
  });

  it('loses no call, whatever their order', () => {
    const anyCall = fc
      .record({
        accountId: fc.constantFrom('111122223333', '444455556666').map(account),
        region: fc.constantFrom('eu-west-1', 'us-east-1').map(region),
        operation: fc.constantFrom('DescribeVpcs', 'DescribeSubnets', 'DescribeTargetHealth'),
        status: fc.constantFrom('collected' as const, 'failed' as const, 'skipped' as const),
        failure: fc.constantFrom('denied' as const, 'throttled' as const),
        message: fc.constantFrom('a', 'b'),
      })
      .map((fields) => call({ ...fields, iamAction: `ec2:${fields.operation}` }));
    fc.assert(
      fc.property(fc.array(anyCall, { maxLength: 30 }), (calls) => {
        const coverage = coverageOf(manifest(calls), nothing);
        const total = (of: 'calls' | 'collected'): number => coverage.rows.reduce((sum, row) => sum + row[of], 0);
        expect(total('calls')).toBe(calls.length);
        expect(total('collected')).toBe(calls.filter(({ status }) => status === 'collected').length);
        expect(coverage.ratio * Math.max(1, calls.length)).toBeCloseTo(total('collected'));
        for (const row of coverage.rows) expect(row.status === 'collected').toBe(row.calls === row.collected);
        expect(coverageOf(manifest(calls.toReversed()), nothing)).toEqual(coverage);
      }),
    );
  });
});
