import type { ResourceKey } from '../model/resources.ts';
import type { ManifestCall } from '../model/snapshot/manifest.ts';
import { skippedCall } from './call-record.ts';
import { collectRow, type CollectedRow, type RowCall } from './collect-row.ts';
import type { RegionTask } from './region-task.ts';
import { type ForEach, operationOf, type Row } from './row.ts';

/**
 * Collects the rows of one Region side by side. What is asked per resource starts when the list of those resources is
 * complete; where that list failed, it is recorded as skipped.
 */
export async function collectRegion(task: RegionTask): Promise<readonly ManifestCall[]> {
  const { rows, progress } = task;
  const started = new Map<ResourceKey, Promise<readonly CollectedRow[]>>();
  const collectOnce = (row: Row): Promise<readonly CollectedRow[]> => {
    const known = started.get(row.key);
    if (known !== undefined) return known;
    const running =
      row.forEach === undefined
        ? allOf([collectCall({ row, followers: followersOf(row) })])
        : collectEach(row, row.forEach);
    started.set(row.key, running);
    return running;
  };
  const followersOf = (row: Row): readonly Row[] => rows.filter(({ forEach }) => forEach?.kind === row.key);

  /** What follows from a call is planned before the call counts as done, so that the count is never complete too early. */
  const collectCall = async (call: RowCall): Promise<CollectedRow> => {
    const result = await collectRow(task, call);
    for (const { key, forEach } of call.followers) {
      const ids = result.idsFor.get(key)?.size ?? 0;
      const nothingKnown = call.resourceId === undefined && result.call.status !== 'collected';
      progress.plan(nothingKnown ? 1 : ids * (forEach?.variants?.length ?? 1));
    }
    progress.done(result.call);
    return result;
  };

  const collectEach = async (row: Row, { kind, variants }: ForEach): Promise<readonly CollectedRow[]> => {
    const parent = rows.find(({ key }) => key === kind);
    if (parent === undefined) throw new Error(`${row.key} is asked per resource of ${kind}, which is not collected`);
    const parents = await collectOnce(parent);
    const reason = reasonToSkip(parent, parents);
    if (reason !== undefined) {
      if (parent.forEach !== undefined) progress.plan(1);
      return [skipped(task, row, reason)];
    }
    const ids = [...new Set(parents.flatMap(({ idsFor }) => [...(idsFor.get(row.key) ?? [])]))].sort();
    const followers = followersOf(row);
    return allOf(
      ids.flatMap((resourceId) =>
        (variants ?? [undefined]).map((variant) => collectCall({ row, resourceId, variant, followers })),
      ),
    );
  };

  progress.plan(rows.filter(({ forEach }) => forEach === undefined).length);
  const collected = await allOf(rows.map(collectOnce));
  return collected.flat().map(({ call }) => call);
}

function skipped(task: RegionTask, row: Row, reason: string): CollectedRow {
  const { account, region, progress } = task;
  const planned = { accountId: account.accountId, region, operation: operationOf(row), input: row.input ?? {} };
  const call = skippedCall(planned, reason);
  progress.done(call);
  return { call, idsFor: new Map() };
}

/**
 * Why a row cannot be asked per resource: nothing of the resources is known. Where the resources were themselves asked
 * per resource and some calls failed, the known ones are gone through; the rest is on record with those calls.
 */
function reasonToSkip(parent: Row, parents: readonly CollectedRow[]): string | undefined {
  const failed = parents.find(({ call }) => call.status !== 'collected')?.call;
  if (failed === undefined || parents.some(({ call }) => call.status === 'collected')) return undefined;
  const how = failed.status === 'failed' ? 'failed' : 'was skipped';
  return `it is asked for each of the answers of ${parent.operation}, which ${how}: ${failed.message ?? failed.errorCode ?? ''}`;
}

/** Waits for all of them, also when one fails, so that nothing runs on unseen; then fails with the first failure. */
async function allOf<T>(promises: readonly Promise<T>[]): Promise<readonly T[]> {
  const results = await Promise.allSettled(promises);
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}
