import { type Baseline, type GapState, type KnownFinding, placeKey, resourceKey } from '../baseline/baseline.ts';

/** Why the absence of a finding proves nothing. */
export type Doubt =
  /** The check did not run, or ran and broke. */
  | { readonly code: 'check-not-run' }
  /** The account and Region were not looked at. */
  | { readonly code: 'not-in-scope' }
  /** An operation that the check reads was not answered as it was on the other side. */
  | { readonly code: 'coverage-differs'; readonly operation: string; readonly iamAction: string }
  /** The question was asked and could not be answered. */
  | { readonly code: 'unknown' };

/**
 * What stands against taking the absence of a finding on one side for the truth; `undefined` where nothing does. `absentOn`
 * is the audit that does not have it, `presentOn` the one that does.
 *
 * An absence counts where every operation that the check reads was answered in full in that account and Region, or was as
 * wholly unread on the other side, and where the check left no question about the resource open.
 */
export function doubts(absentOn: Baseline, presentOn: Baseline): (finding: KnownFinding) => Doubt | undefined {
  const here = indexed(absentOn);
  const there = indexed(presentOn);
  return ({ checkId, resource }) => {
    const reads = here.reads.get(checkId);
    if (reads === undefined) return { code: 'check-not-run' };
    const place = placeKey(resource);
    if (!here.places.has(place)) return { code: 'not-in-scope' };
    for (const operation of new Set([...reads, ...(there.reads.get(checkId) ?? [])])) {
      const state = here.gaps.get(`${place} ${operation}`);
      const other = there.gaps.get(`${place} ${operation}`);
      if (state !== undefined && (state !== other || state === 'partly')) {
        return { code: 'coverage-differs', operation, iamAction: iamActionOf(operation) };
      }
    }
    const question = `${checkId} ${place}`;
    if (here.open.has(question) || here.open.has(`${question} ${resourceKey(resource)}`)) return { code: 'unknown' };
    return undefined;
  };
}

interface Indexed {
  readonly reads: ReadonlyMap<string, readonly string[]>;
  readonly places: ReadonlySet<string>;
  readonly gaps: ReadonlyMap<string, GapState>;
  readonly open: ReadonlySet<string>;
}

const indexed = ({ checks, places, gaps, open }: Baseline): Indexed => ({
  reads: new Map(checks.map(({ id, reads }) => [id, reads])),
  places: new Set(places.map(placeKey)),
  gaps: new Map(gaps.map((gap) => [`${placeKey(gap)} ${gap.operation}`, gap.state])),
  open: new Set(
    open.map(
      ({ resource, ...question }) =>
        `${question.checkId} ${placeKey(question)}${resource === undefined ? '' : ` ${resource}`}`,
    ),
  ),
});

/** The permission of an operation such as `elbv2.DescribeListeners` (Service Authorization Reference). */
function iamActionOf(operation: string): string {
  const [service = '', name = ''] = operation.split('.');
  return `${service.startsWith('elb') ? 'elasticloadbalancing' : service}:${name}`;
}
