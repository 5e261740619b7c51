import { type Configuration, noConfiguration } from '../model/configuration/configuration.ts';
import type { AccountId, RegionName } from '../model/id.ts';
import type { ResourceKey } from '../model/resources.ts';
import type { RegionSnapshot, Snapshot } from '../model/snapshot/snapshot.ts';
import type { Defect } from '../model/verdict/defect.ts';
import type { ResourceReference } from '../model/verdict/resource-reference.ts';
import type { Judged, Verdict } from '../model/verdict/verdict.ts';
import type { AnyCheck, CheckContext } from './check.ts';
import { gapsOf, type Gaps, missingNeeds, unjudged, withGaps } from './gaps.ts';
import { judgedType } from './judged-type.ts';
import { assumedOffKinds, type Handed, handOut } from './hand-out.ts';
import { withKnownCidrs } from './known-cidrs.ts';
import { type Owners, ownersOf, ownVerdict } from './ownership.ts';
import { resourceArn } from './resource-arn.ts';

/** A verdict with the check that gave it and the place of its resource. */
export interface CheckVerdict {
  readonly checkId: string;
  readonly resource: ResourceReference;
  readonly verdict: Verdict;
  /** Kinds that the check reads and that a folder of plain answers does not hold: taken as off. */
  readonly assumedOff: readonly ResourceKey[];
}

/** What the checks said, in an order that depends on the evidence alone, and where one of them broke. */
export interface ChecksRun {
  readonly verdicts: readonly CheckVerdict[];
  readonly defects: readonly Defect[];
}

/**
 * Runs every check over every Region.
 *
 * A verdict never rests on what was not read:
 * 1. a need that was not collected: one `unknown` for the check and Region, naming each permission that is lacking;
 * 2. a resource of the judged kind that could not be read: `unknown` for it, the others are judged;
 * 3. any other gap in a need: what would have passed is `unknown`, for the unread resource may be the one that fails it;
 *    a failure stands on what was read, unless the check `failsOnAbsence`;
 * 4. a resource of another account (shared through RAM) never fails here; see `ownVerdict`.
 *
 * An exception in a check is a defect: all it said of that Region is dropped, the other checks go on.
 */
export function runChecks(
  snapshot: Snapshot,
  checks: readonly AnyCheck[],
  configuration: Configuration = noConfiguration,
): ChecksRun {
  const defects: Defect[] = [];
  return { verdicts: [...verdictsOf(snapshot, checks, defects, configuration)], defects };
}

/**
 * The same one after another, so that a large audit never holds all of its passes: check by check, Region by Region,
 * resource by resource. Defects are added to `defects` as they are met, in the same order.
 */
export function* verdictsOf(
  snapshot: Snapshot,
  checks: readonly AnyCheck[],
  defects: Defect[],
  configuration: Configuration = noConfiguration,
): Generator<CheckVerdict, void> {
  const places = new Set(snapshot.regions.map(({ accountId, region }) => `${accountId} ${region}`));
  const regions = snapshot.regions
    .toSorted((a, b) => compare(a.accountId, b.accountId) || compare(a.region, b.region))
    .map((region) => ({ region, handed: handOut(region) }));
  for (const check of checks.toSorted((a, b) => compare(a.id, b.id))) {
    for (const { region, handed } of regions) {
      let said: CheckVerdict[] = [];
      try {
        said = runCheck(check, region, handed, { snapshot, configuration }, places);
      } catch (error) {
        const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
        defects.push({ checkId: check.id, accountId: region.accountId, region: region.region, message });
      }
      yield* said.sort(byResource);
    }
  }
}

function runCheck(
  check: AnyCheck,
  region: RegionSnapshot,
  handed: Handed,
  common: Pick<CheckContext, 'snapshot' | 'configuration'>,
  places: ReadonlySet<string>,
): CheckVerdict[] {
  const lacking = missingNeeds(check, handed);
  const wholeRegion: Judged = { type: 'region', id: region.region };
  const owners = ownersOf(handed[check.judges], check.judges, region.accountId);
  const assumedOff = assumedOffKinds(check, region);
  const whole = (verdict: Verdict): CheckVerdict => ({
    checkId: check.id,
    resource: referenceOf(verdict.resource, region.accountId, region.region, owners),
    verdict,
    assumedOff,
  });
  if (lacking.length > 0) return [whole({ outcome: 'unknown', resource: wholeRegion, missing: lacking })];
  const gaps: Gaps = gapsOf(check, handed);
  const option = (name: string): number => optionOf(check, common.configuration, name);
  const context: CheckContext = { accountId: region.accountId, region: region.region, option, ...common };
  const said: CheckVerdict[] = [];
  for (const verdict of check.evaluate(inputOf(check, handed), context)) {
    const own = ownVerdict(withGaps(verdict, gaps), owners, region, places);
    said.push(whole(withKnownCidrs(own, common.configuration)));
  }
  for (const verdict of unjudged(gaps, judgedType(check.judges))) said.push(whole(verdict));
  return said;
}

/** What an option of a check comes to. A check that asks for one that it does not declare is a defect. */
function optionOf({ id, options = [] }: AnyCheck, { checks }: Configuration, name: string): number {
  const option = options.find((one) => one.name === name);
  if (option === undefined) throw new RangeError(`${id} has no option ${name}`);
  return checks[id]?.options[name] ?? option.default;
}

/** The declared kinds and nothing else: `needs` as lists, `uses` as they were collected. */
function inputOf(check: AnyCheck, handed: Handed): never {
  const input: Record<string, unknown> = {};
  for (const kind of check.uses ?? []) input[kind] = handed[kind];
  for (const kind of check.needs) {
    const collected = handed[kind];
    if (collected.status === 'collected') input[kind] = collected.resources;
  }
  return input as never;
}

function referenceOf(judged: Judged, accountId: AccountId, region: RegionName, owners: Owners): ResourceReference {
  const { type, id, vpcId, name } = judged;
  return {
    type,
    id,
    arn: resourceArn(type, id, owners.get(id) ?? accountId, region),
    accountId,
    region,
    ...(vpcId === undefined ? {} : { vpcId }),
    ...(name === undefined || name === '' ? {} : { name }),
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** By resource; several verdicts of one resource by what they say. */
function byResource(a: CheckVerdict, b: CheckVerdict): number {
  return (
    compare(a.resource.type, b.resource.type) ||
    compare(a.resource.id, b.resource.id) ||
    compare(JSON.stringify(a.verdict), JSON.stringify(b.verdict))
  );
}
