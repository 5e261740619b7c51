import type { AuditReport, Result } from '../audit-report.ts';
import { sightOf } from '../baseline/baseline-of.ts';
import { placeKey, type Sight } from '../baseline/baseline.ts';
import { countBySeverity } from '../tally.ts';
import { matchesGlob } from './glob.ts';
import { candidates, matches, type TagsOf } from './matching.ts';
import { daysBetween, hasExpired, type Match, type Suppression } from './suppression.ts';
import type { SuppressionEntry, SuppressionNote, SuppressionState } from './suppressions-report.ts';

/** A suppression that ends within so many days is worth a word beforehand. */
const soon = 14;

/**
 * The report with its suppressed findings marked. They stay in it, and stop counting; of several suppressions that match,
 * the first of the file that has not expired is named. What is unknown cannot be suppressed: nobody knows what it is.
 * `today` is a day in UTC; the report must list its failures and unknowns.
 */
export function suppressed(
  report: AuditReport,
  suppressions: readonly Suppression[],
  { today, tagsOf }: { readonly today: string; readonly tagsOf: TagsOf },
): AuditReport {
  const counts = new Map<string, number>();
  const candidatesOf = candidates(suppressions);
  const results = report.results.map((result): Result => {
    if (result.outcome !== 'fail') return result;
    const matching = candidatesOf(result).filter(({ match }) => matches(match, result, tagsOf));
    for (const { id } of matching) counts.set(id, (counts.get(id) ?? 0) + 1);
    const [first] = matching.filter((suppression) => !hasExpired(suppression, today));
    return first === undefined ? result : { ...result, suppression: noteOf(first) };
  });
  const failures = results.filter(({ outcome }) => outcome === 'fail');
  const open = failures.filter(({ suppression }) => suppression === undefined);
  const couldMatch = coveredBy(sightOf(report));
  return {
    ...report,
    results,
    suppressions: {
      asOf: today,
      entries: suppressions.map((suppression) =>
        entryOf(suppression, counts.get(suppression.id) ?? 0, today, couldMatch),
      ),
    },
    summary: {
      ...report.summary,
      failures: countBySeverity(open),
      suppressed: countBySeverity(failures.filter(({ suppression }) => suppression !== undefined)),
      resourcesFailing: new Set(open.map(({ resource }) => resource.arn)).size,
    },
  };
}

const noteOf = ({ id, owner, reason, expires, ticket }: Suppression): SuppressionNote => ({
  id,
  owner,
  reason,
  expires,
  ...(ticket === undefined ? {} : { ticket }),
});

function entryOf(
  suppression: Suppression,
  findings: number,
  today: string,
  couldMatch: (match: Match) => boolean,
): SuppressionEntry {
  const state = stateOf(suppression, findings, today, couldMatch);
  const expiresSoon = state === 'matched' && daysBetween(today, suppression.expires) < soon;
  return { ...noteOf(suppression), state, findings, ...(expiresSoon ? { expiresSoon } : {}) };
}

function stateOf(
  suppression: Suppression,
  findings: number,
  today: string,
  couldMatch: (match: Match) => boolean,
): SuppressionState {
  if (hasExpired(suppression, today)) return 'expired';
  if (findings > 0) return 'matched';
  return couldMatch(suppression.match) ? 'unused' : 'not-tested';
}

/** Was everything asked and answered that a suppression could match, so that it is seen to match nothing? */
function coveredBy({ checks, places, gaps, open }: Sight): (match: Match) => boolean {
  const gapsAt = new Map<string, Set<string>>();
  for (const gap of gaps) {
    const at = gapsAt.get(placeKey(gap)) ?? new Set();
    gapsAt.set(placeKey(gap), at.add(gap.operation));
  }
  return ({ check, accounts, regions, resources }) => {
    const own = checks.filter(({ id }) => check === undefined || matchesGlob(check, id));
    const at = places.filter(
      ({ accountId, region }) => (accounts?.includes(accountId) ?? true) && (regions?.includes(region) ?? true),
    );
    if (own.length === 0 || at.length === 0) return false;
    if (accounts?.some((account) => !at.some(({ accountId }) => accountId === account)) === true) return false;
    if (regions?.some((wanted) => !at.some(({ region }) => region === wanted)) === true) return false;
    const ids = new Set(own.map(({ id }) => id));
    const keys = new Set(at.map(placeKey));
    const unread = at.some((place) => {
      const missing = gapsAt.get(placeKey(place));
      return missing !== undefined && own.some(({ reads }) => reads.some((operation) => missing.has(operation)));
    });
    const asked = (resource: string | undefined): boolean =>
      resource === undefined || resources === undefined || resources.some((id) => resource.endsWith(`/${id}`));
    return (
      !unread &&
      !open.some((question) => ids.has(question.checkId) && keys.has(placeKey(question)) && asked(question.resource))
    );
  };
}
