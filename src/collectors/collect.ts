import { systemClock } from '../aws/clock.ts';
import { connect, type ConnectOptions } from '../aws/connect.ts';
import { defaultRoleName, type MemberOptions } from '../aws/member-options.ts';
import { type RegionSelection, regionSelection } from '../aws/regions.ts';
import type { ResourceKey } from '../model/resources.ts';
import { earlierCollection, type EarlierCollection } from '../model/snapshot/earlier.ts';
import type { Manifest } from '../model/snapshot/manifest.ts';
import type { Selection } from '../model/snapshot/selection.ts';
import { snapshotWriter } from '../model/snapshot/write.ts';
import { collectInto } from './collect-into.ts';
import { earlierRun, refuseOtherCaller, refuseOtherSelection } from './earlier.ts';
import { hopPolicy, sessionPolicy } from './iam-policy.ts';
import type { Progress } from './progress.ts';
import { declaredOperations, rowsFor } from './rows.ts';
import { stopOn } from './stop.ts';

/** What to collect, from where, and into which folder. */
export interface CollectOptions extends Omit<ConnectOptions, 'declared' | 'requestedRegion' | 'earlier'> {
  /** New, empty, or an earlier snapshot, which is replaced. */
  readonly folder: string;
  /** Goes on with what was interrupted in the folder, where there is something: what is answered is not asked again. */
  readonly resume?: boolean;
  /** Names of Regions, or `all`: every enabled one, which is also the default. */
  readonly regions?: readonly string[];
  /** Only what these kinds need; everything where absent. */
  readonly kinds?: readonly ResourceKey[];
  /** How long all of it may take, and how long each Region of an account; what is not read by then is skipped. */
  readonly deadlineMs?: number;
  readonly regionDeadlineMs?: number;
  readonly onProgress?: (progress: Progress) => void;
  /** Told what a person should know and nothing failed by. */
  readonly onNotice?: (sentence: string) => void;
}

/** What was read longer ago is of another night, and one snapshot is not made of two. */
const longestPause = 24 * 3_600_000;

/**
 * Collects accounts and Regions into a snapshot folder and returns its manifest. One account, Region or operation that
 * fails costs nothing else and is on record. When `signal` aborts or the time is over, what was read is kept and the rest
 * recorded as skipped. A collection that dies can be gone on with (`resume`).
 *
 * @throws CredentialsError when no source of credentials works; UsageError for an unknown Region, or where the folder was
 *   begun for something else; SnapshotWriteError when the folder cannot be written.
 */
export async function collect(options: CollectOptions): Promise<Manifest> {
  const { folder, members, deadlineMs, regionDeadlineMs, onProgress } = options;
  const regions = regionSelection(options.regions);
  const selection = selectionOf(regions, options.kinds, members);
  const rows = rowsFor(options.kinds);
  const earlier = earlierRun(options.resume === true ? await recentCollection(options) : undefined);
  refuseOtherSelection(earlier, folder, selection);
  const writer = await snapshotWriter(folder);
  const stop = stopOn(
    options.signal,
    deadlineMs === undefined ? undefined : { ms: deadlineMs, what: 'the deadline of the whole collection' },
  );
  try {
    const connection = await connect({
      ...options,
      credentials: { sessionPolicy: sessionPolicy(), hopPolicy: hopPolicy(), ...options.credentials },
      requestedRegion: regions === 'all' ? undefined : regions[0],
      declared: declaredOperations(rows, members),
      earlier: earlier.organization,
      signal: stop.signal,
    });
    try {
      refuseOtherCaller(earlier, folder, connection.caller.arn);
      return await collectInto({
        writer,
        connection,
        regions,
        selection,
        rows,
        stop,
        earlier,
        regionDeadlineMs,
        onProgress,
      });
    } finally {
      connection.close();
      await writer.close();
    }
  } finally {
    stop.release();
  }
}

/** What there is to go on with; what is too old is left to be replaced. */
async function recentCollection({
  folder,
  clock = systemClock,
  onNotice,
}: CollectOptions): Promise<EarlierCollection | undefined> {
  const found = await earlierCollection(folder);
  const begun = found?.manifest.createdAt;
  if (begun === undefined || clock.now() - Date.parse(begun) <= longestPause) return found;
  onNotice?.(`${folder} was begun at ${begun}, more than a day ago: it is not resumed but collected anew.`);
  return undefined;
}

/** What is asked for, in a form in which it can be compared. */
function selectionOf(
  regions: RegionSelection,
  kinds: readonly ResourceKey[] | undefined,
  members: MemberOptions | undefined,
): Selection {
  const sorted = (list: readonly string[] | undefined): readonly string[] => [...new Set(list)].sort();
  return {
    regions,
    kinds: kinds === undefined ? 'all' : sorted(kinds),
    ...(members === undefined
      ? {}
      : {
          members: {
            organization: members.organization === true,
            units: sorted(members.units),
            accounts: sorted(members.accounts),
            exclude: sorted(members.exclude),
            roleName: members.roleName ?? defaultRoleName,
            ...(members.shard === undefined ? {} : { shard: members.shard }),
          },
        }),
  };
}
