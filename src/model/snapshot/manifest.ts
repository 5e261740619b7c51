import type { AccountId, RegionName } from '../id.ts';
import type { ServiceName } from '../service.ts';
import type { Selection } from './selection.ts';

/** How a call ended. `skipped` calls were planned and not made, and the message says why. */
export type CallStatus = 'collected' | 'failed' | 'skipped';

/** Why a call failed, sorted by what the reader of the report can do about it. */
export type FailureClass =
  | 'denied'
  | 'region-not-enabled'
  | 'not-available-in-region'
  | 'throttled'
  | 'expired-credentials'
  | 'network'
  | 'broken-answer'
  | 'other';

/** One call of one operation, all its pages together: a line of the coverage record. */
export interface ManifestCall {
  readonly accountId: AccountId;
  readonly region: RegionName;
  readonly service: ServiceName | 'sts' | 'organizations';
  readonly operation: string;
  /** What was asked, without paging: `{}` for a plain list. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly status: CallStatus;
  /** The first file of the answer, relative to the snapshot folder; parts follow it as `.2.json`, `.3.json` … */
  readonly file?: string;
  /** How many files the answer lies in, where it is more than one: without it a lost last part would go unseen. */
  readonly parts?: number;
  readonly failure?: FailureClass;
  readonly errorCode?: string;
  readonly message?: string;
  /** The permission that the call needs, such as `ec2:DescribeSubnets`. */
  readonly iamAction: string;
  readonly requests: number;
  readonly throttled: number;
  readonly durationMs: number;
}

/** An account or Region that is outside the snapshot although it exists: not visible, never clean. */
export interface NotVisible {
  readonly accountId: AccountId;
  readonly region?: RegionName;
  readonly reason: string;
  /** The account is suspended, closed or not yet active: nobody can read it, so that it makes no audit incomplete. */
  readonly inactive?: true;
}

/** `manifest.json`: what the snapshot holds, who collected it and every call made for it. */
export interface Manifest {
  readonly schemaVersion: '1';
  readonly tool: { readonly name: string; readonly version: string };
  /** ISO 8601, UTC; unknown for a folder of plain `describe-*` output, which does not say when it was printed. */
  readonly createdAt: string | undefined;
  readonly caller: { readonly accountId: AccountId; readonly arn: string } | undefined;
  readonly scope: { readonly accounts: readonly AccountId[]; readonly regions: readonly RegionName[] };
  /** What was asked for; absent in a folder that was not collected by this program. */
  readonly selection?: Selection;
  /** Accounts that were left to the other shards of a collection. */
  readonly elsewhere?: readonly AccountId[];
  readonly notVisible: readonly NotVisible[];
  readonly calls: readonly ManifestCall[];
}
