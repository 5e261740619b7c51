import type { AccountId, RegionName } from '../id.ts';

/** A defect of this program met during the audit: never a verdict, always reported. */
export interface Defect {
  readonly checkId: string;
  readonly accountId: AccountId;
  readonly region: RegionName;
  readonly message: string;
}
