import pLimit from 'p-limit';
import { type Account, type Connection, connect, type ConnectOptions } from '../aws/connect.ts';
import { refuseUnknownRegions, type RegionSelection, regionSelection } from '../aws/regions.ts';
import type { ResourceKey } from '../model/resources.ts';
import type { Manifest, ManifestCall, NotVisible } from '../model/snapshot/manifest.ts';
import { type SnapshotWriter, snapshotWriter } from '../model/snapshot/write.ts';
import { tool } from '../model/tool.ts';
import { type AccountRegions, knownRegions, readRegions } from './account-regions.ts';
import { collectedCall, failedCall, inOrder } from './call-record.ts';
import { collectRegion } from './collect-region.ts';
import { sessionPolicy } from './iam-policy.ts';
import { type Progress, progressCounter } from './progress.ts';
import { declaredOperations, rowsFor } from './rows.ts';
import { type Stop, stopOn } from './stop.ts';
import { unusableSources, visiblePlaces } from './visible-places.ts';

/** What to collect, from where, and into which folder. */
export interface CollectOptions extends Omit<ConnectOptions, 'declared' | 'requestedRegion'> {
  /** New, empty, or an earlier snapshot, which is replaced. */
  readonly folder: string;
  /** Names of Regions, or `all`: every enabled one, which is also the default. */
  readonly regions?: readonly string[];
  /** Only what these kinds need; everything where absent. */
  readonly kinds?: readonly ResourceKey[];
  readonly onProgress?: (progress: Progress) => void;
}

/** Where the accounts and Regions in hand are kept few, so are the clients and the open files. */
const regionsAtOnce = 16;

/**
 * Collects accounts and Regions into a snapshot folder and returns its manifest. One account, Region or operation that
 * fails costs nothing else and is on record. When `signal` aborts, what was read is kept and the rest recorded as skipped.
 *
 * @throws CredentialsError when no source of credentials works; UsageError for an unknown Region;
 *   SnapshotWriteError when the folder cannot be written.
 */
export async function collect(options: CollectOptions): Promise<Manifest> {
  const selection = regionSelection(options.regions);
  const rows = rowsFor(options.kinds);
  const writer = await snapshotWriter(options.folder);
  const stop = stopOn(options.signal);
  try {
    const connection = await connect({
      ...options,
      credentials: { sessionPolicy: sessionPolicy(), ...options.credentials },
      requestedRegion: selection === 'all' ? undefined : selection[0],
      declared: declaredOperations(rows),
      signal: stop.signal,
    });
    try {
      return await collectInto(writer, connection, { selection, rows, stop, onProgress: options.onProgress });
    } finally {
      connection.close();
    }
  } finally {
    stop.release();
  }
}

interface Plan {
  readonly selection: RegionSelection;
  readonly rows: ReturnType<typeof rowsFor>;
  readonly stop: Stop;
  readonly onProgress: CollectOptions['onProgress'];
}

async function collectInto(writer: SnapshotWriter, connection: Connection, plan: Plan): Promise<Manifest> {
  const { selection, rows, stop, onProgress } = plan;
  const createdAt = new Date(connection.clock.now()).toISOString();
  const accounts = await Promise.all(
    connection.accounts.map((account) => readRegions(connection, account, stop.signal)),
  );
  refuseUnknownRegions(selection, knownRegions(accounts));
  const visible = accounts.map((regions) => visiblePlaces(regions, selection));
  const places = visible.flatMap((account) => account.places);
  const [first] = connection.accounts;
  const head = {
    schemaVersion: '1',
    tool,
    createdAt,
    caller: first === undefined ? undefined : { accountId: first.accountId, arn: first.arn },
    scope: {
      accounts: connection.accounts.map(({ accountId }) => accountId).sort(),
      regions: [...new Set(places.map(({ region }) => region))].sort(),
    },
  } as const;
  await writer.begin({ ...head, notVisible: connection.accounts.map(unfinished), calls: [] });

  const countProgress = progressCounter(onProgress);
  const atOnce = pLimit(regionsAtOnce);
  const results = await Promise.allSettled([
    ...accounts.map((regions) => endingAll(stop, recordRegions(writer, regions))),
    ...places.map(({ account, region }) =>
      atOnce(async () => {
        const progress = countProgress(account.accountId, region);
        const calls = await endingAll(
          stop,
          collectRegion({ connection, account, region, rows, writer, progress, stop }),
        );
        connection.clients.release({ accountId: account.accountId, region, credentials: account.credentials });
        return calls;
      }),
    ),
  ]);
  const calls = results.flatMap((result): readonly ManifestCall[] => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
  const notVisible = [...visible.flatMap((account) => account.notVisible), ...unusableSources(connection)];
  const manifest: Manifest = { ...head, notVisible: notVisible.toSorted(byPlace), calls: inOrder(calls) };
  await writer.end(manifest);
  return manifest;
}

/** Writes the list of Regions that was read before the folder was begun. */
async function recordRegions(
  writer: SnapshotWriter,
  { call, cost, outcome }: AccountRegions,
): Promise<readonly ManifestCall[]> {
  if ('failure' in outcome) return [failedCall(call, outcome.failure, cost)];
  const { accountId, region, operation } = call;
  const answer = writer.answer({ accountId, region, ...operation }, { list: 'Regions' });
  await answer.page(outcome.answer);
  return [collectedCall(call, await answer.finish(), cost)];
}

/** What fails here fails everything: nothing more is asked, and what runs is ended. */
async function endingAll<T>(stop: Stop, running: Promise<T>): Promise<T> {
  try {
    return await running;
  } catch (error) {
    stop.now(error instanceof Error ? error : new Error(String(error)));
    throw error;
  }
}

const unfinished = ({ accountId }: Account): NotVisible => ({ accountId, reason: 'The collection did not finish.' });

const byPlace = (a: NotVisible, b: NotVisible): number => {
  const [left, right] = [a, b].map(({ accountId, region, reason }) => `${accountId} ${region ?? ''} ${reason}`);
  return left === right ? 0 : (left ?? '') < (right ?? '') ? -1 : 1;
};
