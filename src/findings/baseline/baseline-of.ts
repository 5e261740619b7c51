import { createHash } from 'node:crypto';
import type { AuditReport, CheckReport, CoverageRow, Result } from '../audit-report.ts';
import { meaningOf } from '../meaning.ts';
import { compareResources, compareText } from '../order.ts';
import { quoted } from '../../model/quoted.ts';
import { isResourceKey, operationOf, perResource } from './operations.ts';
import {
  type Baseline,
  type Gap,
  type KnownFinding,
  type OpenQuestion,
  type Place,
  placeKey,
  resourceKey,
  type Sight,
} from './baseline.ts';

/** A report that lacks what a comparison stands on. The message is one sentence. */
export class NotComparable extends Error {
  override readonly name = 'NotComparable';
  readonly code = 'NOT_COMPARABLE';
}

/**
 * What a report comes down to when it is compared. Throws NotComparable where the report counts findings or open
 * questions that it does not list, for what it does not show would look resolved; `called` names it in the message.
 */
export function baselineOf(report: AuditReport, called = 'The report'): Baseline {
  for (const outcome of ['fail', 'unknown'] as const) {
    const listed = report.results.filter((result) => result.outcome === outcome).length;
    if (listed !== report.summary.outcomes[outcome]) {
      throw new NotComparable(
        `${called} lists ${listed} of ${report.summary.outcomes[outcome]} results that are "${outcome}", so it cannot be compared: write it with --status fail,unknown.`,
      );
    }
  }
  refuseTwins(report, called);
  return {
    ...sightOf(report, called),
    findings: report.results
      .filter(({ outcome }) => outcome === 'fail')
      .map((result) => knownFinding(result, called))
      .sort(compareFindings),
  };
}

/** What a report looked at and could not tell. */
export function sightOf(report: AuditReport, called = 'The report'): Sight {
  const collectedAt = isoTime(report.scope.collectedAt, called);
  const checks = report.checks
    .map((check) => ({ id: check.id, reads: readsOf(check, report) }))
    .sort((a, b) => compareText(a.id, b.id));
  const reads = new Set(checks.flatMap((check) => check.reads));
  const places = placesOf(report, reads);
  return {
    schemaVersion: '1',
    tool: report.tool,
    ...(collectedAt === undefined ? {} : { collectedAt }),
    checks,
    places,
    gaps: gapsOf(report, places, reads),
    open: openQuestions(report),
  };
}

function refuseTwins({ results }: AuditReport, called: string): void {
  const seen = new Set<string>();
  for (const { fingerprint, outcome } of results) {
    if (outcome !== 'fail') continue;
    if (seen.has(fingerprint)) {
      throw new NotComparable(`${called} lists the finding ${fingerprint} twice, so it cannot be compared.`);
    }
    seen.add(fingerprint);
  }
}

/** A time in the one form in which times are compared as texts. */
function isoTime(text: string | undefined, called: string): string | undefined {
  if (text === undefined) return undefined;
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw new NotComparable(`${called} holds a time that is none: ${quoted(text)}.`);
  return time.toISOString();
}

/** By check, place, resource and fingerprint. */
export const compareFindings = (a: KnownFinding, b: KnownFinding): number =>
  compareText(a.checkId, b.checkId) ||
  compareResources(a.resource, b.resource) ||
  compareText(a.fingerprint, b.fingerprint);

/** The operations that a check reads; of a report that does not say, every one. */
function readsOf({ needs }: CheckReport, { coverage }: AuditReport): readonly string[] {
  if (needs !== undefined) return [...new Set(needs.map(operationOf))].sort(compareText);
  return [...new Set(coverage.rows.map(rowOperation))].sort(compareText);
}

const rowOperation = ({ service, operation }: CoverageRow): string => `${service}.${operation}`;

/** Where something that checks read was asked for, or something was said. */
function placesOf({ coverage, results }: AuditReport, reads: ReadonlySet<string>): readonly Place[] {
  const places = new Map<string, Place>();
  const asked = coverage.rows.filter((row) => reads.has(rowOperation(row)));
  for (const { accountId, region } of [...asked, ...results.map(({ resource }) => resource)]) {
    places.set(placeKey({ accountId, region }), { accountId, region });
  }
  return [...places.values()].sort(comparePlaces);
}

const comparePlaces = (a: Place, b: Place): number =>
  compareText(a.accountId, b.accountId) || compareText(a.region, b.region);

/** What was not answered in full. An operation that is called once per resource is not called where there is none. */
function gapsOf({ coverage }: AuditReport, places: readonly Place[], reads: ReadonlySet<string>): readonly Gap[] {
  const gaps = new Map<string, Gap>();
  const put = (place: Place, operation: string, state: Gap['state']): void => {
    const { accountId, region } = place;
    gaps.set(`${placeKey(place)} ${operation}`, { accountId, region, operation, state });
  };
  const asked = new Set(coverage.rows.map((row) => `${placeKey(row)} ${rowOperation(row)}`));
  for (const place of places) {
    for (const operation of reads) {
      if (!perResource.has(operation) && !asked.has(`${placeKey(place)} ${operation}`)) put(place, operation, 'unread');
    }
  }
  for (const row of coverage.rows) {
    if (!reads.has(rowOperation(row)) || row.status === 'collected') continue;
    put(row, rowOperation(row), row.collected === 0 ? 'unread' : 'partly');
  }
  for (const { accountId, region, kinds } of coverage.assumedOff) {
    for (const kind of kinds) {
      if (isResourceKey(kind) && reads.has(operationOf(kind)))
        put({ accountId, region }, operationOf(kind), 'assumed-off');
    }
  }
  return [...gaps.values()].sort((a, b) => comparePlaces(a, b) || compareText(a.operation, b.operation));
}

/** The unknown verdicts, and the checks that broke. A verdict about the Region itself leaves all of it open. */
function openQuestions({ results, defects }: AuditReport): readonly OpenQuestion[] {
  const unknown = results
    .filter(({ outcome }) => outcome === 'unknown')
    .map(({ checkId, resource }): OpenQuestion => {
      const { accountId, region, type } = resource;
      return { checkId, accountId, region, ...(type === 'region' ? {} : { resource: resourceKey(resource) }) };
    });
  const broken = defects.map(({ checkId, accountId, region }): OpenQuestion => ({ checkId, accountId, region }));
  const distinct = new Map([...unknown, ...broken].map((question) => [JSON.stringify(question), question]));
  return [...distinct.values()].sort(compareQuestions);
}

/** By check, place and resource. */
export const compareQuestions = (a: OpenQuestion, b: OpenQuestion): number =>
  compareText(a.checkId, b.checkId) || comparePlaces(a, b) || compareText(a.resource ?? '', b.resource ?? '');

/** A finding as it is known from now on. */
export function knownFinding(result: Result, called = 'The report'): KnownFinding {
  const { fingerprint, checkId, effectiveSeverity, title, resource, suppression } = result;
  const firstSeen = isoTime(result.firstSeen, called);
  return {
    fingerprint,
    evidenceHash: evidenceHash(result),
    checkId,
    effectiveSeverity,
    title,
    resource,
    ...(firstSeen === undefined ? {} : { firstSeen }),
    ...(suppression === undefined ? {} : { suppressed: true }),
  };
}

/** The meanings of all evidence as a set: other than the fingerprint it sees the resources that take part come and go. */
function evidenceHash({ evidence }: Result): string {
  const meanings = [...new Set(evidence.map((item) => JSON.stringify(meaningOf(item))))].sort(compareText);
  return createHash('sha256').update(JSON.stringify(meanings)).digest('hex');
}
