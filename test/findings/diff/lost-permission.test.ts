/**
 * Two nights over HTTP, of which the second lost a permission: what it can no longer tell is incomparable, and what it can
 * is compared as ever. The first night audited twice is the same night.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readsOf } from '../../../src/auditors/check.ts';
import { allChecks, type AuditReport, type Baseline, baselineOf, diff, diffStatus } from '../../../src/index.ts';
import { type ResourceKey, resourceKinds } from '../../../src/model/resources.ts';
import type { World } from '../../../mocks/world.ts';
import { auditUnder, signInAs } from '../../end-to-end/fault-line.ts';
import { richWorld } from '../../mocks/rich-world.ts';

/** Lists that many checks read; each is refused in a night of its own. */
const lost: readonly ResourceKey[] = [
  'securityGroups',
  'networkAcls',
  'routeTables',
  'subnets',
  'networkInterfaces',
  'vpcEndpoints',
  'flowLogs',
  'managedPrefixLists',
  'vpcs',
];

describe('a night that lost a permission', () => {
  const before = { ...process.env };
  let world: World;
  let first: AuditReport;
  let known: Baseline;
  // The operations that each check reads, from the checks themselves. */
  let reads: ReadonlyMap<string, ReadonlySet<string>>;

  beforeAll(async () => {
    world = richWorld();
    signInAs('111122223333');
    ({ report: first } = await auditUnder(world, []));
    known = baselineOf(first);
    reads = new Map(
      (await allChecks()).map((check) => [
        check.id,
        new Set(readsOf(check).map((key) => `${resourceKinds[key].service}.${resourceKinds[key].operation}`)),
      ]),
    );
  });
  afterAll(() => {
    process.env = before;
  });

  it('starts from a night that finds something and reads everything', () => {
    expect(known.findings.length).toBeGreaterThan(15);
    expect(known.gaps).toEqual([]);
    expect(first.checks.every(({ needs, iamActions }) => needs?.length !== 0 && iamActions?.length !== 0)).toBe(true);
  });

  it.each(lost)('%s: exactly what is affected is incomparable', async (key) => {
    const { service, operation } = resourceKinds[key];
    const { report } = await auditUnder(world, [{ kind: 'deny', times: 'always', service, operation }]);
    const struck = baselineOf(report);
    // What was asked for each of the lost resources could not be asked either.
    const unread = new Set(struck.gaps.map((gap) => gap.operation));
    expect(unread).toContain(`${service}.${operation}`);
    const touched = (checkId: string): boolean => [...(reads.get(checkId) ?? [])].some((read) => unread.has(read));

    const { findings } = diff(known, struck);
    expect(findings.new).toEqual([]);
    expect(findings.resolved).toEqual([]);
    const gone = findings.incomparable.map(({ finding }) => finding.fingerprint);
    const standing = new Set(struck.findings.map(({ fingerprint }) => fingerprint));
    expect(gone.toSorted()).toEqual(
      known.findings.flatMap(({ fingerprint }) => (standing.has(fingerprint) ? [] : [fingerprint])).toSorted(),
    );
    for (const { finding, in: side, doubt } of findings.incomparable) {
      expect(side).toBe('old');
      expect(touched(finding.checkId), finding.checkId).toBe(true);
      expect(doubt.code).toBe('coverage-differs');
    }
    expect(gone.length === 0).toBe(key === 'managedPrefixLists');
    for (const { finding, doubt } of findings.changed) {
      expect(touched(finding.checkId), finding.checkId).toBe(true);
      expect(doubt?.code).toBe('coverage-differs');
    }
    for (const finding of known.findings) {
      if (!touched(finding.checkId)) {
        expect(findings.unchanged.map((entry) => entry.finding.fingerprint)).toContain(finding.fingerprint);
      }
    }
    const open = findings.incomparable.length + findings.changed.length;
    expect(diffStatus(diff(known, struck), 'informational').code).toBe(open > 0 ? 2 : 0);

    // The permission given back, nothing is news.
    const back = diff(struck, known).findings;
    expect(back.new).toEqual([]);
    expect(back.resolved).toEqual([]);
    expect(back.incomparable.map(({ finding }) => finding.fingerprint).toSorted()).toEqual(gone.toSorted());
    expect(back.incomparable.every((entry) => entry.in === 'new')).toBe(true);
  });

  it('that ran fewer checks or looked at fewer places resolves nothing', () => {
    const [dropped] = known.checks;
    const fewer: Baseline = {
      ...known,
      checks: known.checks.slice(1),
      findings: known.findings.filter(({ checkId }) => checkId !== dropped?.id),
    };
    const narrowed = diff(known, fewer).findings;
    expect(narrowed.resolved).toEqual([]);
    expect(narrowed.incomparable.map(({ finding, doubt }) => [finding.checkId, doubt.code])).toEqual(
      known.findings.flatMap(({ checkId }) => (checkId === dropped?.id ? [[checkId, 'check-not-run']] : [])),
    );
    const elsewhere = diff(known, { ...known, places: [], findings: [] }).findings;
    expect(elsewhere.resolved).toEqual([]);
    expect(elsewhere.incomparable.map(({ doubt }) => doubt.code)).toEqual(known.findings.map(() => 'not-in-scope'));
  });
});
