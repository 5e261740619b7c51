import type { Tally } from '../aws/call.ts';
import type { Connection } from '../aws/connect.ts';
import { AwsCallError, type Failure } from '../aws/errors.ts';
import type { Account } from '../aws/identify.ts';
import type { Operation } from '../aws/operation.ts';
import { readPages } from '../aws/read.ts';
import { type Region, regionsIn } from '../aws/regions.ts';
import { MalformedAnswer, type Raw } from '../model/decode.ts';
import type { RegionName } from '../model/id.ts';
import type { ManifestCall } from '../model/snapshot/manifest.ts';
import type { Cost, PlannedCall } from './call-record.ts';
import type { Earlier } from './earlier.ts';

/** What an account says of its Regions, or why it does not. */
export interface AccountRegions {
  readonly account: Account;
  readonly call: PlannedCall;
  readonly cost: Cost;
  readonly outcome: { readonly answer: Raw; readonly regions: readonly Region[] } | { readonly failure: Failure };
  /** The record of an earlier run, where the answer is of that. */
  readonly earlier?: ManifestCall;
}

const describeRegions: Operation = { service: 'ec2', operation: 'DescribeRegions' };
const input: Raw = { AllRegions: true };

/** Asks an account, in its home Region, which Regions there are and which of them are enabled. */
export async function readRegions(
  { call, clock }: Connection,
  account: Account,
  signal: AbortSignal,
  earlier?: Earlier,
): Promise<AccountRegions> {
  const known = earlier?.regionsOf(account.accountId);
  const knownAnswer = known === undefined ? undefined : earlier?.pagesOf(known)?.[0];
  if (known !== undefined && knownAnswer !== undefined) return knownRegionsOf(account, known, knownAnswer);
  const region = account.homeRegion as RegionName;
  const { accountId, credentials } = account;
  const tally: Tally = { requests: 0, throttled: 0 };
  const startedAt = clock.now();
  let answer: Raw = {};
  const outcome = await readPages(
    call,
    {
      target: { accountId, region, credentials },
      operation: describeRegions,
      reading: { input, expects: 'Regions' },
      tally,
      signal,
    },
    {
      page: async (page) => {
        answer = page;
      },
      restart: async () => undefined,
    },
  )
    .then(
      () => ({ answer, regions: regionsIn(answer) }),
      (error: unknown) => {
        if (error instanceof AwsCallError) return { failure: error.reason };
        throw error;
      },
    )
    .catch((error: unknown) => {
      if (!(error instanceof MalformedAnswer)) throw error;
      return { failure: { failure: 'broken-answer', errorCode: 'MalformedAnswer', message: error.message } as const };
    });
  return {
    account,
    call: { accountId, region, operation: describeRegions, input },
    cost: { ...tally, durationMs: clock.now() - startedAt },
    outcome,
  };
}

function knownRegionsOf(account: Account, earlier: ManifestCall, answer: Raw): AccountRegions {
  const { accountId, region, requests, throttled, durationMs } = earlier;
  return {
    account,
    call: { accountId, region, operation: describeRegions, input },
    cost: { requests, throttled, durationMs },
    outcome: { answer, regions: regionsIn(answer) },
    earlier,
  };
}

/** The names of all Regions that any of the accounts told of. */
export function knownRegions(accounts: readonly AccountRegions[]): readonly string[] {
  return accounts.flatMap(({ outcome }) => ('regions' in outcome ? outcome.regions.map(({ name }) => name) : []));
}
