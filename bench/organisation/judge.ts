import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { callIdentity, type FaultKind } from '../../mocks/faults.ts';
import { allChecks, auditSnapshot, type AuditReport, baselineOf, diff, readSnapshot } from '../../src/index.ts';
import { resourceKinds } from '../../src/model/resources.ts';
import type { Manifest, ManifestCall } from '../../src/model/snapshot/manifest.ts';
import { lasting, passing } from './faults.ts';
import type { Seen } from './serve.ts';

/** What was counted besides what is wrong. */
export interface Judgement {
  /** Each a sentence; none where all holds. */
  readonly problems: readonly string[];
  readonly calls: number;
  readonly failed: number;
  readonly struckCalls: number;
  readonly answeredAfterTrouble: number;
  readonly passes: number;
  readonly incomparable: number;
}

const manifestIn = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;

const hashOf = (folder: string, call: ManifestCall): string =>
  createHash('sha256')
    .update(readFileSync(join(folder, call.file ?? '')))
    .digest('hex');

const kindsOf = (troubles: readonly { readonly kind: FaultKind }[]): ReadonlySet<string> =>
  new Set(troubles.map(({ kind }) => kind));

/**
 * Holds a collection under troubles against the quiet one of the same organisation, and against what the mock knows it
 * did. Nothing in here is taken from the collector's own account of what went wrong without being compared.
 */
export async function judge(quietFolder: string, struckFolder: string, seen: Seen): Promise<Judgement> {
  const quiet = manifestIn(quietFolder);
  const struck = manifestIn(struckFolder);
  const found = new Map(struck.calls.map((call) => [callIdentity(call), call]));
  const problems = [...visibleTroubles(found, seen), ...lostAnswers(quiet, struck, quietFolder, struckFolder)];
  const before = await auditOf(quietFolder);
  const after = await auditOf(struckFolder);
  const { findings } = diff(baselineOf(before.report), baselineOf(after.report));
  for (const [word, list] of Object.entries({ resolved: findings.resolved, new: findings.new }))
    for (const { checkId, resource } of list)
      problems.push(
        `${checkId} of ${resource.accountId} ${resource.region} ${resource.id} looks ${word}, and nothing has changed`,
      );
  problems.push(...passesOnGaps(struck, after));
  return {
    problems,
    calls: struck.calls.length,
    failed: struck.calls.filter(({ status }) => status === 'failed').length,
    struckCalls: Object.keys(seen.struck).length,
    answeredAfterTrouble: Object.keys(seen.struck).filter((key) => found.get(key)?.status === 'collected').length,
    passes: after.report.summary.outcomes.pass,
    incomparable: findings.incomparable.length,
  };
}

/** Lasting trouble is on record as a failure; what passes ends in an answer, and throttling is counted. */
function visibleTroubles(found: ReadonlyMap<string, ManifestCall>, { struck }: Seen): readonly string[] {
  const forEver = kindsOf(lasting.filter(({ kind }) => !kindsOf(passing).has(kind)));
  return Object.entries(struck).flatMap(([key, kinds]): readonly string[] => {
    const call = found.get(key);
    if (call === undefined) return [`${key} was struck and is not on record`];
    const names = Object.keys(kinds);
    if (names.some((kind) => forEver.has(kind)))
      return call.status === 'failed' ? [] : [`${key} was struck by ${names.join()} and is ${call.status}`];
    // Silence may be of the lasting or of the passing sort: what counts is that one of the two is told
    if (names.some((kind) => kind === 'hang' || kind === 'drip')) return [];
    if (call.status !== 'collected')
      return [`${key} met only ${names.join()} and is ${call.status}: ${call.message ?? ''}`];
    return (kinds['throttle'] ?? 0) > call.throttled ? [`${key} does not tell that it was throttled`] : [];
  });
}

/** What was answered is byte for byte what it is in quiet; what is not there hangs on a call that failed. */
function lostAnswers(quiet: Manifest, struck: Manifest, quietFolder: string, struckFolder: string): readonly string[] {
  const found = new Map(struck.calls.map((call) => [callIdentity(call), call]));
  const gaps = new Set(
    struck.calls
      .filter(({ status }) => status !== 'collected')
      .map(({ accountId, region, service, operation }) => [accountId, region, service, operation].join(' ')),
  );
  const blind = new Set(struck.notVisible.map(({ accountId }) => accountId));
  return quiet.calls.flatMap((call): readonly string[] => {
    const { accountId, region, service, operation } = call;
    const now = found.get(callIdentity(call));
    const where = [accountId, region, service, operation].join(' ');
    if (now === undefined) return gaps.has(where) || blind.has(accountId) ? [] : [`${where} is gone without a trace`];
    if (now.status !== 'collected' || call.status !== 'collected') return [];
    return hashOf(quietFolder, call) === hashOf(struckFolder, now) ? [] : [`${where} differs from the quiet answer`];
  });
}

interface Audited {
  readonly report: AuditReport;
  readonly needs: ReadonlyMap<string, ReadonlySet<string>>;
}

async function auditOf(folder: string): Promise<Audited> {
  const checks = await allChecks();
  const report = auditSnapshot(await readSnapshot(folder), {
    checks,
    list: ['fail', 'unknown', 'pass', 'not-applicable'],
    run: () => ({ startedAt: '2026-01-01T00:00:00.000Z', durationMs: 0 }),
  });
  const operationOf = (key: (typeof checks)[number]['needs'][number]): string =>
    `${resourceKinds[key].service}.${resourceKinds[key].operation}`;
  return { report, needs: new Map(checks.map(({ id, needs }) => [id, new Set(needs.map(operationOf))])) };
}

/** A pass where a list that the check cannot do without was not read in that account and Region. */
function passesOnGaps({ calls }: Manifest, { report, needs }: Audited): readonly string[] {
  const unread = new Map<string, Set<string>>();
  const lists = calls.filter(({ status, input }) => status === 'failed' && !isPerResource(input));
  for (const { accountId, region, service, operation } of lists) {
    const place = `${accountId}/${region}`;
    const operations = unread.get(place) ?? new Set<string>();
    unread.set(place, operations.add(`${service}.${operation}`));
  }
  return report.results.flatMap(({ checkId, outcome, resource }): readonly string[] => {
    if (outcome !== 'pass') return [];
    const lost = unread.get(`${resource.accountId}/${resource.region}`);
    const missing = [...(needs.get(checkId) ?? [])].filter((operation) => lost?.has(operation) === true);
    return missing.length === 0 ? [] : [`${checkId} passes ${resource.id} without ${missing.join()}`];
  });
}

const isPerResource = (input: ManifestCall['input']): boolean =>
  Object.values(input).some((value) => typeof value === 'string');
