import type { Tally } from '../aws/call.ts';
import { AwsCallError } from '../aws/errors.ts';
import type { Reading } from '../aws/pager.ts';
import { readPages } from '../aws/read.ts';
import { isAskedOf } from '../model/asked-per-resource.ts';
import { IncompleteItem, isRaw, MalformedAnswer, type Raw } from '../model/decode.ts';
import type { ResourceKind } from '../model/resource-kind.ts';
import { type ResourceKey, resourceKinds } from '../model/resources.ts';
import type { ManifestCall } from '../model/snapshot/manifest.ts';
import type { AnswerWriter } from '../model/snapshot/write-answer.ts';
import { SnapshotWriteError } from '../model/snapshot/write-error.ts';
import { collectedCall, type Cost, failedCall, skippedCall } from './call-record.ts';
import type { RegionTask } from './region-task.ts';
import { operationOf, type Row, type Variant } from './row.ts';
import { whySkipped } from './stop.ts';

/** Which call of a row. */
export interface RowCall {
  readonly row: Row;
  /** The resource it is made for, where the row is asked per resource. */
  readonly resourceId?: string | undefined;
  readonly variant?: Variant | undefined;
  /** The rows that are asked for each resource of this answer. */
  readonly followers: readonly Row[];
}

/** One call of a row, and for which resources each follower is to be asked. */
export interface CollectedRow {
  readonly call: ManifestCall;
  readonly idsFor: ReadonlyMap<ResourceKey, ReadonlySet<string>>;
}

/** Makes one call, writes its answer page by page, and records how it ended. Throws only what ends the collection. */
export async function collectRow(task: RegionTask, rowCall: RowCall): Promise<CollectedRow> {
  const { connection, account, region, stop } = task;
  const { row, followers } = rowCall;
  const { accountId, credentials } = account;
  const operation = operationOf(row);
  const reading = readingOf(rowCall);
  const planned = { accountId, region, operation, input: reading.input };
  const known = knownCall(task, rowCall, task.earlier.callOf(planned));
  if (known !== undefined) return known;
  const tally: Tally = { requests: 0, throttled: 0 };
  const startedAt = connection.clock.now();
  const cost = (): Cost => ({ ...tally, durationMs: connection.clock.now() - startedAt });
  const answer = answerFor(task, rowCall);
  const idsFor = new Map<ResourceKey, Set<string>>(followers.map(({ key }) => [key, new Set()]));
  try {
    await readPages(
      connection.call,
      { target: { accountId, region, credentials }, operation, reading, tally, signal: stop.signal },
      {
        page: async (page) => {
          const safe = row.redact === undefined ? page : row.redact(page);
          for (const follower of followers) {
            for (const id of idsIn(safe, rowCall, follower)) idsFor.get(follower.key)?.add(id);
          }
          await answer.page(safe);
        },
        restart: async () => {
          for (const ids of idsFor.values()) ids.clear();
          await answer.restart();
        },
      },
    );
    const call = collectedCall(planned, await answer.finish(), cost());
    await task.writer.record(call);
    return { call, idsFor };
  } catch (error) {
    if (error instanceof SnapshotWriteError || !(error instanceof AwsCallError || stop.signal.aborted)) {
      stop.now(error instanceof Error ? error : new Error(String(error)));
      await answer.restart().catch(() => undefined);
      throw error;
    }
    await answer.restart();
    const call =
      error instanceof AwsCallError
        ? failedCall(planned, error.reason, cost())
        : skippedCall(planned, whySkipped(stop.signal), cost());
    return { call, idsFor: new Map() };
  }
}

/** A call that an earlier run has made, with the resources for which its followers are asked, read from its answer. */
function knownCall(task: RegionTask, rowCall: RowCall, call: ManifestCall | undefined): CollectedRow | undefined {
  if (call === undefined) return undefined;
  const { followers } = rowCall;
  const pages = followers.length === 0 ? [] : task.earlier.pagesOf(call);
  if (pages === undefined) return undefined;
  const idsOf = (follower: Row): ReadonlySet<string> =>
    new Set(pages.flatMap((page) => idsIn(page, rowCall, follower)));
  return { call, idsFor: new Map(followers.map((follower) => [follower.key, idsOf(follower)])) };
}

function answerFor({ account, region, writer }: RegionTask, { row, resourceId, variant }: RowCall): AnswerWriter {
  const { member, shape } = resourceKinds[row.key];
  const name = {
    accountId: account.accountId,
    region,
    ...operationOf(row),
    ...(resourceId === undefined ? {} : { resourceId }),
    ...(variant === undefined ? {} : { attribute: variant.attribute }),
  };
  return writer.answer(name, member === undefined || shape === 'object' ? {} : { list: member });
}

/** What is asked and what a sound answer holds. */
export function readingOf({ row, resourceId, variant }: Pick<RowCall, 'row' | 'resourceId' | 'variant'>): Reading {
  const { forEach, paging, truncatedMember } = row;
  const expects = variant?.expects ?? resourceKinds[row.key].member ?? resourceKinds[row.key].whole;
  if (expects === undefined) throw new Error(`the row of ${row.key} does not say what its answer must hold`);
  return {
    input: {
      ...row.input,
      ...(forEach === undefined || resourceId === undefined ? {} : { [forEach.input]: resourceId }),
      ...variant?.input,
    },
    expects,
    ...(paging === undefined ? {} : { paging }),
    ...(truncatedMember === undefined ? {} : { truncatedMember }),
  };
}

/** For which of the resources on a page a follower is asked. */
function idsIn(page: Raw, { row, resourceId }: RowCall, follower: Row): readonly string[] {
  const kind: ResourceKind<object> = resourceKinds[row.key];
  const list = kind.member === undefined ? undefined : page[kind.member];
  return (Array.isArray(list) ? list : []).flatMap((item: unknown) => {
    if (!isRaw(item)) return [];
    const id = item[kind.idMember];
    return typeof id === 'string' && id !== '' && isWanted(kind, item, resourceId ?? '', follower) ? [id] : [];
  });
}

/** One that cannot be understood is asked for all the same. */
function isWanted(kind: ResourceKind<object>, item: Raw, of: string, follower: Row): boolean {
  try {
    return isAskedOf(follower.key, kind.toModel(item, of));
  } catch (error) {
    if (error instanceof MalformedAnswer || error instanceof IncompleteItem) return true;
    throw error;
  }
}
