import type { Connection } from '../aws/connect.ts';
import type { RegionName } from '../model/id.ts';
import type { ManifestCall } from '../model/snapshot/manifest.ts';
import type { SnapshotWriter } from '../model/snapshot/write.ts';
import type { AccountRegions } from './account-regions.ts';
import { collectedCall, failedCall } from './call-record.ts';
import type { Earlier } from './earlier.ts';

/** Writes the list of Regions that was read before the folder was begun. */
export async function recordRegions(
  writer: SnapshotWriter,
  { call, cost, outcome, earlier }: AccountRegions,
): Promise<readonly ManifestCall[]> {
  if (earlier !== undefined) return [earlier];
  if ('failure' in outcome) return [failedCall(call, outcome.failure, cost)];
  const { accountId, region, operation } = call;
  const answer = writer.answer({ accountId, region, ...operation }, { list: 'Regions' });
  await answer.page(outcome.answer);
  const recorded = collectedCall(call, await answer.finish(), cost);
  await writer.record(recorded);
  return [recorded];
}

/** Writes what the organization said of its accounts: the evidence for which of them were meant. */
export async function recordOrganization(
  writer: SnapshotWriter,
  { caller, organization }: Connection,
  earlier: Earlier,
): Promise<readonly ManifestCall[]> {
  const { accountId } = caller;
  const region = caller.homeRegion as RegionName;
  return Promise.all(
    organization.map(async ({ operation, input, list, answer, cost }) => {
      const planned = { accountId, region, operation, input };
      const known = earlier.callOf(planned);
      if (known !== undefined) return known;
      const { ParentId } = input;
      const file = writer.answer(
        { accountId, region, ...operation, ...(typeof ParentId === 'string' ? { resourceId: ParentId } : {}) },
        { list },
      );
      await file.page(answer);
      const recorded = collectedCall(planned, await file.finish(), cost);
      await writer.record(recorded);
      return recorded;
    }),
  );
}
