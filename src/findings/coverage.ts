import type { AccountId, RegionName } from '../model/id.ts';
import type { CallStatus, FailureClass, Manifest, ManifestCall } from '../model/snapshot/manifest.ts';
import type { Coverage, CoverageRow } from './audit-report.ts';
import { grouped } from './grouped.ts';
import { compareText } from './order.ts';

/** What a snapshot says of itself besides its manifest. A `Snapshot` is one. */
export interface SnapshotFacts {
  readonly regions: readonly {
    readonly accountId: AccountId;
    readonly region: RegionName;
    readonly assumedOff: readonly string[];
  }[];
  readonly notes: readonly { readonly file: string; readonly reason: string }[];
}

/**
 * What was read and what was not, from the record of the calls and from the calls that would have been needed (see
 * `unmade-calls.ts`).
 */
export function coverageOf(
  manifest: Manifest,
  { regions, notes }: SnapshotFacts,
  unmade: readonly ManifestCall[] = [],
): Coverage {
  const calls = [...manifest.calls, ...unmade];
  const collected = calls.filter(({ status }) => status === 'collected').length;
  return {
    ratio: calls.length === 0 ? 0 : collected / calls.length,
    calls: calls.length,
    collected,
    requests: sum(calls, ({ requests }) => requests),
    throttled: sum(calls, ({ throttled }) => throttled),
    rows: coverageRows(calls),
    notVisible: manifest.notVisible.toSorted(
      (a, b) =>
        compareText(a.accountId, b.accountId) ||
        compareText(a.region ?? '', b.region ?? '') ||
        compareText(a.reason, b.reason),
    ),
    missingPermissions: missingPermissions(calls),
    assumedOff: regions
      .filter(({ assumedOff }) => assumedOff.length > 0)
      .map(({ accountId, region, assumedOff }) => ({ accountId, region, kinds: assumedOff.toSorted(compareText) }))
      .sort((a, b) => compareText(a.accountId, b.accountId) || compareText(a.region, b.region)),
    notes: notes.toSorted((a, b) => compareText(a.file, b.file) || compareText(a.reason, b.reason)),
  };
}

const sum = <T>(items: readonly T[], amount: (item: T) => number): number =>
  items.reduce((total, item) => total + amount(item), 0);

/** One row per account, Region and operation: an operation called once per resource is still one line. */
function coverageRows(calls: readonly ManifestCall[]): readonly CoverageRow[] {
  const byOperation = grouped(calls, ({ accountId, region, service, operation }) =>
    [accountId, region, service, operation].join(' '),
  );
  return [...byOperation].sort(([a], [b]) => compareText(a, b)).map(([, sameOperation]) => coverageRow(sameOperation));
}

function coverageRow(calls: readonly [ManifestCall, ...ManifestCall[]]): CoverageRow {
  const { accountId, region, service, operation, iamAction } = calls[0];
  const lost = calls.filter(({ status }) => status !== 'collected');
  return {
    accountId,
    region,
    service,
    operation,
    iamAction,
    status: worstStatus(lost),
    calls: calls.length,
    collected: calls.length - lost.length,
    ...mostFrequentFailure(lost),
  };
}

function worstStatus(lost: readonly ManifestCall[]): CallStatus {
  if (lost.length === 0) return 'collected';
  return lost.some(({ status }) => status === 'failed') ? 'failed' : 'skipped';
}

type Failure = Pick<CoverageRow, 'failure' | 'errorCode' | 'message'>;

/** Failed calls speak before skipped ones, the most frequent reason before the others, ties by text. */
function mostFrequentFailure(lost: readonly ManifestCall[]): Failure {
  const failed = lost.filter(({ status }) => status === 'failed');
  const reasons = (failed.length > 0 ? failed : lost).map(
    ({ failure, errorCode, message }): Failure => ({
      ...(failure === undefined ? {} : { failure }),
      ...(errorCode === undefined ? {} : { errorCode }),
      ...(message === undefined ? {} : { message }),
    }),
  );
  const tally = grouped(reasons, (reason) => JSON.stringify(reason));
  const [most] = [...tally].sort(([a, x], [b, y]) => y.length - x.length || compareText(a, b));
  return most?.[1][0] ?? {};
}

/** Only a refusal for want of permission is mended by one; a skipped call is the consequence of another. */
function missingPermissions(calls: readonly ManifestCall[]): Coverage['missingPermissions'] {
  const denied: FailureClass = 'denied';
  const refused = calls.filter(({ status, failure }) => status === 'failed' && failure === denied);
  return [...grouped(refused, ({ iamAction }) => iamAction)]
    .map(([iamAction, lost]) => ({ iamAction, readings: lost.length }))
    .sort((a, b) => b.readings - a.readings || compareText(a.iamAction, b.iamAction));
}
