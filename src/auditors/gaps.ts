import type { ResourceKey } from '../model/resources.ts';
import type { MissingPart } from '../model/snapshot/collected.ts';
import type { ResourceType } from '../model/verdict/resource-reference.ts';
import type { Missing, UnknownVerdict, Verdict } from '../model/verdict/verdict.ts';
import type { AnyCheck } from './check.ts';
import { type Handed, lackOf } from './hand-out.ts';

/** What a check would need and cannot have: one line per kind that was not collected. */
export function missingNeeds(check: AnyCheck, handed: Handed): readonly Missing[] {
  return check.needs.flatMap((kind) => {
    const collected = handed[kind];
    return collected.status === 'collected' ? [] : [lackOf(kind, collected)];
  });
}

/** The single resources that could not be read among those that a check needs. */
export interface Gaps {
  /** Of the kind that is judged. */
  readonly judged: readonly MissingPart[];
  /** What turns a `pass` into `unknown`; empty where the check may pass. */
  readonly forPass: readonly Missing[];
  /** What turns a `fail` into `unknown`. */
  readonly forFail: readonly Missing[];
}

/** The gaps of the lists that a check is about to be handed. */
export function gapsOf(check: AnyCheck, handed: Handed): Gaps {
  const partsOf = (kind: ResourceKey): readonly MissingPart[] => {
    const collected = handed[kind];
    return collected.status === 'collected' ? collected.missing : [];
  };
  const context = check.needs.filter((kind) => kind !== check.judges || check.failsOnAbsence === true);
  const forPass = context.flatMap((kind) => summary(kind, partsOf(kind)));
  return { judged: partsOf(check.judges), forPass, forFail: check.failsOnAbsence === true ? forPass : [] };
}

const named = 5;

/** All gaps of one kind in one line, since every verdict they touch carries it. */
function summary(kind: ResourceKey, parts: readonly MissingPart[]): readonly Missing[] {
  const [first] = parts;
  if (first === undefined) return [];
  const ids = [...new Set(parts.map(({ resourceId }) => resourceId))].sort();
  const more = ids.length > named ? ` and ${ids.length - named} more` : '';
  const fact = `of ${kind}, ${ids.slice(0, named).join(', ')}${more} could not be read: ${first.reason}`;
  return [{ fact, iamAction: first.iamAction }];
}

/** The verdict as the gaps leave it: nothing passes, and nothing fails for want of something, on a list with a hole. */
export function withGaps(verdict: Verdict, gaps: Gaps): Verdict {
  const missing = verdict.outcome === 'fail' ? gaps.forFail : verdict.outcome === 'unknown' ? [] : gaps.forPass;
  if (missing.length === 0) return verdict;
  return { outcome: 'unknown', resource: verdict.resource, missing };
}

/** One `unknown` for each resource that should have been judged and could not be read. */
export function unjudged(gaps: Gaps, type: ResourceType): readonly UnknownVerdict[] {
  return gaps.judged.map(({ resourceId, reason, iamAction }) => ({
    outcome: 'unknown',
    resource: { type, id: resourceId },
    missing: [{ fact: reason, iamAction }],
  }));
}
