import type { Tally } from '../aws/call.ts';
import { denialSentence } from '../aws/denial.ts';
import type { Failure } from '../aws/errors.ts';
import { iamAction, type Operation } from '../aws/operation.ts';
import type { Raw } from '../model/decode.ts';
import type { AccountId, RegionName } from '../model/id.ts';
import { callKey } from '../model/snapshot/earlier.ts';
import type { ManifestCall } from '../model/snapshot/manifest.ts';
import type { AnswerFiles } from '../model/snapshot/write-answer.ts';

/** What a call is, before it is known how it ends. */
export interface PlannedCall {
  readonly accountId: AccountId;
  readonly region: RegionName;
  readonly operation: Operation;
  readonly input: Raw;
}

/** What a call cost. */
export interface Cost extends Readonly<Tally> {
  readonly durationMs: number;
}

const free: Cost = { requests: 0, throttled: 0, durationMs: 0 };

/** The record of a call whose answer lies in these files. */
export function collectedCall(call: PlannedCall, files: AnswerFiles, cost: Cost): ManifestCall {
  return { ...identity(call), status: 'collected', ...files, iamAction: iamAction(call.operation), ...cost };
}

/** The record of a call that failed. */
export function failedCall(call: PlannedCall, failure: Failure, cost: Cost): ManifestCall {
  const action = iamAction(call.operation);
  const message =
    failure.denial === undefined ? failure.message : `${denialSentence(action, failure.denial)}: ${failure.message}`;
  return {
    ...identity(call),
    status: 'failed',
    failure: failure.failure,
    errorCode: failure.errorCode,
    message,
    iamAction: action,
    ...cost,
  };
}

/** The record of a call that was planned and not made. */
export function skippedCall(call: PlannedCall, reason: string, cost: Cost = free): ManifestCall {
  return { ...identity(call), status: 'skipped', message: reason, iamAction: iamAction(call.operation), ...cost };
}

function identity({ accountId, region, operation, input }: PlannedCall) {
  return { accountId, region, ...operation, input };
}

/** Calls in an order that does not depend on which answer came first. */
export function inOrder(calls: readonly ManifestCall[]): readonly ManifestCall[] {
  return calls
    .map((call) => ({
      call,
      key: callKey(call),
    }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ call }) => call);
}
