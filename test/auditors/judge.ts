import type { AnyCheck, ExampleResources } from '../../src/auditors/check.ts';
import { exampleRegion, exampleSnapshot, withKind } from '../../src/auditors/example-region.ts';
import { type CheckVerdict, runChecks } from '../../src/auditors/run.ts';
import { type Configuration, noConfiguration } from '../../src/model/configuration/configuration.ts';
import type { MissingPart } from '../../src/model/snapshot/collected.ts';
import { iamActionOf, type ResourceKey, resourceKinds } from '../../src/model/resources.ts';
import type { RegionSnapshot } from '../../src/model/snapshot/snapshot.ts';
import type {
  FailVerdict,
  NotApplicableVerdict,
  PassVerdict,
  UnknownVerdict,
} from '../../src/model/verdict/verdict.ts';

/** What a check says of a Region, sorted by outcome. */
export interface Judgement {
  readonly all: readonly CheckVerdict[];
  readonly failures: readonly FailVerdict[];
  readonly passes: readonly PassVerdict[];
  readonly unknowns: readonly UnknownVerdict[];
  readonly notApplicable: readonly NotApplicableVerdict[];
}

/** Runs one check; a defect of the check is thrown. */
export function judgeRegion(
  check: AnyCheck,
  region: RegionSnapshot,
  configuration: Partial<Configuration> = {},
): Judgement {
  const { verdicts, defects } = runChecks(exampleSnapshot([region]), [check], { ...noConfiguration, ...configuration });
  if (defects.length > 0) throw new Error(`${check.id}: ${defects[0]?.message}`);
  const said = verdicts.map(({ verdict }) => verdict);
  return {
    all: verdicts,
    failures: said.filter((verdict) => verdict.outcome === 'fail'),
    passes: said.filter((verdict) => verdict.outcome === 'pass'),
    unknowns: said.filter((verdict) => verdict.outcome === 'unknown'),
    notApplicable: said.filter((verdict) => verdict.outcome === 'not-applicable'),
  };
}

/** Runs one check over items as `describe-*` prints them. */
export function judge(
  check: AnyCheck,
  resources: ExampleResources,
  configuration: Partial<Configuration> = {},
): Judgement {
  return judgeRegion(check, exampleRegion(resources), configuration);
}

/** The Region with one kind denied. */
export function denied(region: RegionSnapshot, kind: ResourceKey): RegionSnapshot {
  return withKind(region, kind, {
    status: 'failed',
    operation: resourceKinds[kind].operation,
    iamAction: iamActionOf(kind),
    failure: 'denied',
    errorCode: 'UnauthorizedOperation',
    message: 'You are not authorized to perform this operation.',
  });
}

/** The Region with one resource of a kind unread. */
export function withGap(region: RegionSnapshot, kind: ResourceKey, resourceId: string): RegionSnapshot {
  const collected = region.resources[kind];
  if (collected.status !== 'collected') throw new Error(`${kind} is not collected`);
  const part: MissingPart = { resourceId, reason: 'a member is absent from the answer', iamAction: iamActionOf(kind) };
  return withKind(region, kind, { ...collected, missing: [part] } as never);
}
