import { type Connection, connect, type ConnectOptions } from '../aws/connect.ts';
import type { Denial } from '../aws/denial.ts';
import { type Failure, failureOf } from '../aws/errors.ts';
import { iamAction, type Operation } from '../aws/operation.ts';
import { refuseUnknownRegions, regionSelection } from '../aws/regions.ts';
import type { Raw } from '../model/decode.ts';
import type { AccountId, RegionName } from '../model/id.ts';
import type { ResourceKey } from '../model/resources.ts';
import type { NotVisible } from '../model/snapshot/manifest.ts';
import { knownRegions, readRegions } from './account-regions.ts';
import { readingOf } from './collect-row.ts';
import { hopPolicy, type PolicyStatement, policyOf, sessionPolicy } from './iam-policy.ts';
import { operationOf, type Row } from './row.ts';
import { declaredOperations, rowsFor } from './rows.ts';
import { stopOn } from './stop.ts';
import { type Place, unusableSources, visiblePlaces } from './visible-places.ts';

/** From where a collection would read. */
export interface PreflightOptions extends Omit<ConnectOptions, 'declared' | 'requestedRegion' | 'earlier'> {
  readonly regions?: readonly string[];
  readonly kinds?: readonly ResourceKey[];
}

/**
 * What a probe says of a permission. `not-probed`: the operation cannot be asked without a resource to ask about;
 * `not-available`: it does not exist in the Region; `failed`: no answer about the permission was to be had.
 */
export type ProbeResult = 'allowed' | 'denied' | 'not-probed' | 'not-available' | 'failed';

/** One permission in one account and Region. */
export interface Probe {
  readonly accountId: AccountId;
  readonly region: RegionName;
  readonly service: Operation['service'];
  readonly operation: string;
  readonly iamAction: string;
  readonly result: ProbeResult;
  readonly denial?: Denial;
  readonly errorCode?: string;
  readonly message?: string;
}

/** What a collection would meet. */
export interface Preflight {
  readonly accounts: readonly {
    readonly accountId: AccountId;
    readonly arn: string;
    /** With which credentials, in words. */
    readonly label: string;
    readonly regions: readonly RegionName[];
  }[];
  readonly notVisible: readonly NotVisible[];
  readonly probes: readonly Probe[];
  /** Every call that a collection makes would be allowed, as far as that can be asked, and every account is there. */
  readonly complete: boolean;
  /** The permissions that are denied somewhere, sorted. */
  readonly missing: readonly string[];
  /** The statement to add to the role or user; `undefined` where that would help nothing. */
  readonly statement: PolicyStatement | undefined;
}

/** Asks who we are, which Regions there are, and for every permission whether we have it, without reading anything. */
export async function preflight(options: PreflightOptions): Promise<Preflight> {
  const selection = regionSelection(options.regions);
  const rows = rowsFor(options.kinds);
  const stop = stopOn(options.signal);
  try {
    const connection = await connect({
      ...options,
      credentials: { sessionPolicy: sessionPolicy(), hopPolicy: hopPolicy(), ...options.credentials },
      requestedRegion: selection === 'all' ? undefined : selection[0],
      declared: declaredOperations(rows, options.members),
      signal: stop.signal,
    });
    try {
      const accounts = await Promise.all(
        connection.accounts.map((account) => readRegions(connection, account, stop.signal)),
      );
      refuseUnknownRegions(selection, knownRegions(accounts));
      const visible = accounts.map((account) => visiblePlaces(account, selection));
      const places = visible.flatMap((account) => account.places);
      const regionProbes = accounts.map(({ call, outcome }) =>
        'failure' in outcome ? probe(call, outcome.failure) : probe(call, undefined),
      );
      const rowProbes = await Promise.all(
        places.flatMap((place) => rows.map((row) => probeRow(connection, place, row, stop.signal))),
      );
      const probes = [...regionProbes, ...rowProbes].toSorted(byPlace);
      return {
        accounts: connection.accounts.map(({ accountId, arn, label }) => ({
          accountId,
          arn,
          label,
          regions: places.filter(({ account }) => account.accountId === accountId).map(({ region }) => region),
        })),
        notVisible: [...visible.flatMap(({ notVisible }) => notVisible), ...unusableSources(connection)],
        probes,
        complete:
          connection.unusable.every(({ inactive }) => inactive === true) &&
          !probes.some(({ result }) => result === 'denied' || result === 'failed'),
        missing: actionsOf(probes.filter(({ result }) => result === 'denied')),
        statement: statementFor(probes),
      };
    } finally {
      connection.close();
    }
  } finally {
    stop.release();
  }
}

/**
 * EC2 says with `DryRun` whether a call would be allowed, and makes none (EC2 API Reference, "Common request
 * parameters"). Elastic Load Balancing knows no such thing: its lists are asked for one item.
 */
async function probeRow(
  connection: Connection,
  { account, region }: Place,
  row: Row,
  signal: AbortSignal,
): Promise<Probe> {
  const { accountId, credentials } = account;
  const operation = operationOf(row);
  const planned = { accountId, region, operation };
  const input = probeInput(row);
  if (input === undefined) return { ...described(planned), result: 'not-probed' };
  try {
    await connection.call({ accountId, region, credentials }, operation, input, {
      tally: { requests: 0, throttled: 0 },
      signal,
    });
    return probe(planned, undefined);
  } catch (error) {
    signal.throwIfAborted();
    return probe(planned, failureOf(error));
  }
}

function probeInput(row: Row): Raw | undefined {
  const { forEach, paging } = row;
  if (operationOf(row).service !== 'ec2') {
    return forEach !== undefined || paging === undefined ? undefined : { [paging.sizeMember]: 1 };
  }
  const { input } = readingOf({ row, resourceId: forEach?.placeholder, variant: forEach?.variants?.[0] });
  return { ...input, ...(paging === undefined ? {} : { [paging.sizeMember]: paging.size }), DryRun: true };
}

interface ProbedCall {
  readonly accountId: AccountId;
  readonly region: RegionName;
  readonly operation: Operation;
}

function probe(call: ProbedCall, failure: Failure | undefined): Probe {
  if (failure === undefined || failure.errorCode === 'DryRunOperation')
    return { ...described(call), result: 'allowed' };
  const { errorCode, message, denial } = failure;
  return {
    ...described(call),
    result: resultOf(failure),
    errorCode,
    message,
    ...(denial === undefined ? {} : { denial }),
  };
}

function resultOf({ failure, errorCode }: Failure): ProbeResult {
  if (failure === 'denied') return 'denied';
  if (failure === 'not-available-in-region') return 'not-available';
  return /^Invalid\w+\.(NotFound|Malformed)$/.test(errorCode) ? 'not-probed' : 'failed';
}

function described({ accountId, region, operation }: ProbedCall): Omit<Probe, 'result'> {
  return { accountId, region, ...operation, iamAction: iamAction(operation) };
}

const actionsOf = (probes: readonly Probe[]): readonly string[] =>
  [...new Set(probes.map((item) => item.iamAction))].sort();

/** What a policy of the role or user can mend: not an explicit deny, nor what the organization or a boundary withholds. */
function statementFor(probes: readonly Probe[]): PolicyStatement | undefined {
  const mendable = probes.filter(
    ({ result, denial }) =>
      result === 'denied' &&
      denial?.explicit !== true &&
      (denial?.policy === undefined || denial.policy === 'identity-based-policy'),
  );
  return mendable.length === 0 ? undefined : policyOf(actionsOf(mendable)).Statement[0];
}

function byPlace(a: Probe, b: Probe): number {
  const [left, right] = [a, b].map((item) => `${item.accountId} ${item.region} ${item.service} ${item.operation}`);
  return left === right ? 0 : (left ?? '') < (right ?? '') ? -1 : 1;
}
