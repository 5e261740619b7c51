import pLimit from 'p-limit';
import type { Connection } from '../aws/connect.ts';
import { refuseUnknownRegions, type RegionSelection } from '../aws/regions.ts';
import type { AccountId } from '../model/id.ts';
import { callKey } from '../model/snapshot/earlier.ts';
import type { Manifest, ManifestCall, NotVisible } from '../model/snapshot/manifest.ts';
import type { Selection } from '../model/snapshot/selection.ts';
import type { SnapshotWriter } from '../model/snapshot/write.ts';
import { tool } from '../model/tool.ts';
import { type AccountRegions, knownRegions, readRegions } from './account-regions.ts';
import { inOrder } from './call-record.ts';
import { collectRegion } from './collect-region.ts';
import type { Earlier } from './earlier.ts';
import { recordOrganization, recordRegions } from './record-readings.ts';
import { type Progress, progressCounter } from './progress.ts';
import type { Row } from './row.ts';
import { type Stop, stopOn } from './stop.ts';
import { type Place, unusableSources, visiblePlaces } from './visible-places.ts';

/** Everything that a collection works with once it is connected. */
export interface CollectionPlan {
  readonly writer: SnapshotWriter;
  readonly connection: Connection;
  readonly regions: RegionSelection;
  readonly selection: Selection;
  readonly rows: readonly Row[];
  readonly stop: Stop;
  readonly earlier: Earlier;
  readonly regionDeadlineMs: number | undefined;
  readonly onProgress: ((progress: Progress) => void) | undefined;
}

/** Where the accounts and Regions in hand are kept few, so are the clients and the open files. */
const regionsAtOnce = 16;

/** Reads every account and Region of a connection into the folder and returns the manifest. */
export async function collectInto(plan: CollectionPlan): Promise<Manifest> {
  const { writer, connection, stop, earlier } = plan;
  const startedAt = new Date(connection.clock.now()).toISOString();
  const accounts = await Promise.all(
    connection.accounts.map((account) => readRegions(connection, account, stop.signal, earlier)),
  );
  refuseUnknownRegions(plan.regions, knownRegions(accounts));
  const visible = accounts.map((regions) => visiblePlaces(regions, plan.regions));
  const places = visible.flatMap((account) => account.places);
  const head = headOf(plan, places, startedAt);
  const unfinished = head.scope.accounts.map((accountId) => ({ accountId, reason: neverFinished }));
  await writer.begin({ ...head, notVisible: unfinished, calls: [] }, earlier.calls);

  const made = await allCalls(plan, accounts, places);
  const known = new Set(made.map(callKey));
  const kept = earlier.calls.filter((call) => !known.has(callKey(call)));
  const notVisible = [...visible.flatMap((account) => account.notVisible), ...unusableSources(connection)];
  const manifest = { ...head, notVisible: notVisible.toSorted(byPlace), calls: inOrder([...made, ...kept]) };
  await writer.end(manifest);
  return manifest;
}

const neverFinished = 'The collection did not finish: resume it, or collect again.';

/** What the manifest says besides its calls. What an earlier run read stays in scope, wherever this one comes. */
function headOf(
  { connection, selection, earlier }: CollectionPlan,
  places: readonly Place[],
  startedAt: string,
): Omit<Manifest, 'notVisible' | 'calls'> {
  const { caller, elsewhere } = connection;
  const before = earlier.calls.filter(({ service }) => service !== 'organizations').map(({ accountId }) => accountId);
  const regions = [...places.map(({ region }) => region), ...(earlier.manifest?.scope.regions ?? [])];
  return {
    schemaVersion: '1',
    tool,
    createdAt: earlier.manifest?.createdAt ?? startedAt,
    caller: { accountId: caller.accountId, arn: caller.arn },
    scope: {
      accounts: distinct<AccountId>([...connection.accounts.map(({ accountId }) => accountId), ...before]),
      regions: distinct(regions),
    },
    selection,
    ...(elsewhere.length === 0 ? {} : { elsewhere }),
  };
}

const distinct = <T extends string>(items: readonly T[]): readonly T[] => [...new Set(items)].sort();

/** Makes the calls of every account and Region, so many Regions at a time. */
async function allCalls(
  plan: CollectionPlan,
  accounts: readonly AccountRegions[],
  places: readonly Place[],
): Promise<readonly ManifestCall[]> {
  const { writer, connection, rows, stop, earlier, regionDeadlineMs } = plan;
  const countProgress = progressCounter(plan.onProgress);
  const atOnce = pLimit(regionsAtOnce);
  const collectPlace = async ({ account, region }: Place): Promise<readonly ManifestCall[]> => {
    const { accountId, credentials } = account;
    const progress = countProgress(accountId, region);
    const regionStop = stopOn(
      stop.signal,
      regionDeadlineMs === undefined ? undefined : { ms: regionDeadlineMs, what: 'the deadline of this Region' },
    );
    try {
      return await collectRegion({ connection, account, region, rows, writer, progress, stop: regionStop, earlier });
    } finally {
      regionStop.release();
      connection.clients.release({ accountId, region, credentials });
      connection.limiter.release(`${accountId}/${region}`);
    }
  };
  const results = await Promise.allSettled([
    endingAll(stop, recordOrganization(writer, connection, earlier)),
    ...accounts.map((regions) => endingAll(stop, recordRegions(writer, regions))),
    ...places.map((place) => atOnce(() => endingAll(stop, collectPlace(place)))),
  ]);
  return results.flatMap((result): readonly ManifestCall[] => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
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

const byPlace = (a: NotVisible, b: NotVisible): number => {
  const [left, right] = [a, b].map(({ accountId, region, reason }) => `${accountId} ${region ?? ''} ${reason}`);
  return left === right ? 0 : (left ?? '') < (right ?? '') ? -1 : 1;
};
