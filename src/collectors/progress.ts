import type { AccountId, RegionName } from '../model/id.ts';
import type { ManifestCall } from '../model/snapshot/manifest.ts';

/** How far a collection is, told after every call. `planned` grows while it is found out how much there is to ask. */
export interface Progress {
  readonly accountId: AccountId;
  readonly region: RegionName;
  /** In this account and Region. */
  readonly done: number;
  readonly planned: number;
  readonly failed: number;
  /** In all of them. */
  readonly total: { readonly done: number; readonly planned: number; readonly failed: number };
  /** The call that just ended. */
  readonly call: ManifestCall;
}

/** Counts the calls of one account and Region. */
export interface RegionProgress {
  readonly plan: (calls: number) => void;
  readonly done: (call: ManifestCall) => void;
}

interface Count {
  done: number;
  planned: number;
  failed: number;
}

/** A counter over all accounts and Regions that tells `onProgress` after every call. */
export function progressCounter(
  onProgress: ((progress: Progress) => void) | undefined,
): (accountId: AccountId, region: RegionName) => RegionProgress {
  const total: Count = { done: 0, planned: 0, failed: 0 };
  return (accountId, region) => {
    const here: Count = { done: 0, planned: 0, failed: 0 };
    return {
      plan: (calls) => {
        here.planned += calls;
        total.planned += calls;
      },
      done: (call) => {
        for (const count of [here, total]) {
          count.done += 1;
          if (call.status === 'failed') count.failed += 1;
        }
        onProgress?.({ accountId, region, ...here, total: { ...total }, call });
      },
    };
  };
}
