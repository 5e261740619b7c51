import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { AwsCallError } from '../../aws/errors.ts';
import type { LogConnection } from '../../aws/log-queries/log-connection.ts';
import { logOperations, type LogOperation } from '../../aws/log-queries/log-operations.ts';
import { download, listLevel, type StoredObject } from '../../aws/log-queries/objects.ts';
import type { FlowEvidence } from '../../model/verdict/flow-evidence.ts';
import { type FoundFiles, withinWindow } from '../files/find.ts';
import type { SkippedFile } from '../files/reading.ts';
import { FlowLogsUnusable } from '../unusable.ts';
import { evidenceFromFiles, type FilesOptions } from './files-evidence.ts';
import type { TimeWindow } from './window.ts';

/** A place in a bucket. */
export interface BucketPlace {
  readonly bucket: string;
  readonly prefix: string;
}

/** So many levels a prefix has at most: organisation, account, service, Region, four of time, and some of the owner's. */
const deepest = 16;

/**
 * The objects below a prefix that can hold records of the window. Levels of time are not entered where they lie outside,
 * so that years of logs cost no listing.
 */
export async function findObjects(
  connection: LogConnection,
  { bucket, prefix }: BucketPlace,
  window: TimeWindow,
  signal?: AbortSignal,
): Promise<FoundFiles<StoredObject>> {
  const found: StoredObject[] = [];
  let level = [prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`];
  const atOnce = pLimit(8);
  for (let depth = 0; level.length > 0 && depth < deepest; depth++) {
    const answers = await Promise.all(
      level.map((one) =>
        atOnce(() => explained(bucket, 's3:ListObjectsV2', () => listLevel(connection, bucket, one, signal))),
      ),
    );
    found.push(...answers.flatMap(({ objects }) => objects.filter(({ name }) => !name.endsWith('/'))));
    level = answers.flatMap(({ prefixes }) => prefixes.filter((one) => mayHoldWindow(one, window)));
  }
  return withinWindow(
    found.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    window.since * 1000,
    window.until * 1000,
  );
}

const timePath = /\/(?:year=)?(\d{4})\/(?:(?:month=)?(\d{2})\/(?:(?:day=)?(\d{2})\/)?)?(?:(?:hour=)?\d{2}\/)?$/;

/** Does the stretch that a prefix of time names touch the window, with a day to spare on either side? */
function mayHoldWindow(prefix: string, { since, until }: TimeWindow): boolean {
  const match = timePath.exec(`/${prefix}`);
  if (match === null) return true;
  const [year, month, day] = [Number(match[1]), match[2], match[3]];
  if (year < 2015 || year > 2100) return true;
  const start = Date.UTC(year, month === undefined ? 0 : Number(month) - 1, day === undefined ? 1 : Number(day));
  const end = Date.UTC(
    month === undefined ? year + 1 : year,
    month === undefined ? 0 : day === undefined ? Number(month) : Number(month) - 1,
    day === undefined ? 1 : Number(day) + 1,
  );
  return start <= (until + 86_400) * 1000 && end >= (since - 86_400) * 1000;
}

/** Downloads into a private folder, a few objects at once, asks, and takes the folder away. */
export async function evidenceFromBucket(
  connection: LogConnection,
  { bucket }: BucketPlace,
  found: FoundFiles<StoredObject>,
  options: FilesOptions,
): Promise<FlowEvidence> {
  const folder = await mkdtemp(join(tmpdir(), 'vpc-auditor-flows-'));
  const lost: SkippedFile[] = [];
  const atOnce = pLimit(8);
  let done = 0;
  let denial: unknown;
  try {
    const files = await Promise.all(
      found.files.map((object, index) =>
        atOnce(async () => {
          const path = join(folder, `${index}${ending(object.name)}`);
          try {
            await download(connection, bucket, object, path, options.signal);
          } catch (error) {
            options.signal?.throwIfAborted();
            if (isLackOfRights(error)) denial ??= error;
            lost.push({
              file: object.name,
              reason: 'unreadable',
              detail: error instanceof Error ? error.message : String(error),
            });
            return undefined;
          }
          done += 1;
          options.onProgress?.(`downloaded ${done} of ${found.files.length} objects`);
          return { ...object, path };
        }),
      ),
    );
    const here = files.filter((file) => file !== undefined);
    if (here.length === 0 && denial !== undefined) throw refused(bucket, 's3:GetObject', denial);
    const evidence = await evidenceFromFiles({ ...found, files: here }, options);
    const skipped = [...evidence.reading.skipped, ...lost.map((file) => ({ ...file, costsRecords: true }))];
    return {
      ...evidence,
      reading: {
        ...evidence.reading,
        files: found.files.length,
        skipped: skipped.toSorted((a, b) => (a.file < b.file ? -1 : 1)),
      },
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const ending = (name: string): string => /(\.log)?(\.gz|\.parquet)?$/.exec(name)?.[0] ?? '';

const isLackOfRights = (error: unknown): boolean => error instanceof AwsCallError && error.reason.failure === 'denied';

async function explained<T>(bucket: string, operation: LogOperation, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof AwsCallError) throw refused(bucket, operation, error);
    throw error;
  }
}

function refused(bucket: string, operation: LogOperation, error: unknown): FlowLogsUnusable {
  const message = error instanceof Error ? error.message : String(error);
  const remedy = isLackOfRights(error) ? ` Allow ${logOperations[operation].iamAction} on it.` : '';
  return new FlowLogsUnusable(`The bucket ${bucket} cannot be read: ${message}.${remedy}`, { cause: error });
}
