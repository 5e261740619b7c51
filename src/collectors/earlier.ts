import type { EarlierAnswer } from '../aws/organization.ts';
import { UsageError } from '../aws/usage-error.ts';
import { isRaw, type Raw } from '../model/decode.ts';
import type { AccountId } from '../model/id.ts';
import { UnreadableFile } from '../model/snapshot/document.ts';
import { callKey, type EarlierCollection } from '../model/snapshot/earlier.ts';
import type { Manifest, ManifestCall } from '../model/snapshot/manifest.ts';
import { type Selection, selectionDifference } from '../model/snapshot/selection.ts';
import type { PlannedCall } from './call-record.ts';

/** What an earlier run of the same collection has read already, and need not be asked for again. */
export interface Earlier {
  readonly calls: readonly ManifestCall[];
  readonly manifest: Manifest | undefined;
  /** The record of a call that is answered already. */
  readonly callOf: (planned: PlannedCall) => ManifestCall | undefined;
  /** The pages of its answer; `undefined` where they cannot be read any more, so that it has to be asked again. */
  readonly pagesOf: (call: ManifestCall) => readonly Raw[] | undefined;
  /** The list of Regions of an account, with its record. */
  readonly regionsOf: (accountId: AccountId) => ManifestCall | undefined;
  /** What the organization said. */
  readonly organization: EarlierAnswer;
}

/** What there is to build on: nothing, or an interrupted collection. */
export function earlierRun(collection: EarlierCollection | undefined): Earlier {
  const calls = collection?.calls ?? [];
  const byKey = new Map(calls.map((call) => [callKey(call), call]));
  const regions = new Map(
    calls.filter(({ operation }) => operation === 'DescribeRegions').map((call) => [call.accountId, call]),
  );
  const listings = calls.filter(({ service }) => service === 'organizations');
  const pagesOf = (call: ManifestCall): readonly Raw[] | undefined => {
    try {
      return [...(collection?.answer(call) ?? [])].filter(isRaw);
    } catch (error) {
      if (error instanceof UnreadableFile) return undefined;
      throw error;
    }
  };
  return {
    calls,
    manifest: collection?.manifest,
    callOf: ({ operation, ...place }) => byKey.get(callKey({ ...place, ...operation })),
    pagesOf,
    regionsOf: (accountId) => regions.get(accountId),
    organization: ({ operation }, input) => {
      const asked = JSON.stringify(input);
      const call = listings.find((one) => one.operation === operation && JSON.stringify(one.input) === asked);
      return call === undefined ? undefined : pagesOf(call)?.[0];
    },
  };
}

/** Refuses to go on with what was begun with another selection: the two would not be one snapshot. */
export function refuseOtherSelection({ manifest }: Earlier, folder: string, selection: Selection): void {
  if (manifest === undefined) return;
  if (manifest.selection === undefined)
    throw new UsageError(`${folder} does not say what it was collected for, so it cannot be resumed.`);
  const difference = selectionDifference(manifest.selection, selection);
  if (difference === undefined) return;
  throw new UsageError(
    `${folder} was begun with other ${difference}, so it cannot be resumed: give the same ones, or collect anew.`,
  );
}

/** Refuses to go on as somebody else, who may see other things. */
export function refuseOtherCaller({ manifest }: Earlier, folder: string, arn: string): void {
  const before = manifest?.caller?.arn;
  if (before === undefined || principalOf(before) === principalOf(arn)) return;
  throw new UsageError(`${folder} was begun as ${before}, and this is ${arn}: resume it as the same principal.`);
}

/** A session's name differs from run to run (IAM User Guide, "IAM identifiers": assumed-role/role-name/session-name). */
const principalOf = (arn: string): string => arn.replace(/(:assumed-role\/[^/]+)\/.*$/, '$1');
