/** Nights one after another, from worlds that change: what is new, since when, what the history keeps. */
import { beforeAll, describe, expect, it } from 'vitest';
import { type Rule, region, tcp } from '../../../mocks/builders.ts';
import { snapshotOf } from '../../../mocks/snapshot.ts';
import type { AnyCheck } from '../../../src/auditors/check.ts';
import {
  allChecks,
  type AuditReport,
  auditSnapshot,
  baselineOf,
  continued,
  exitStatus,
  firstBaseline,
  type History,
  listing,
  type Memory,
  readHistory,
  unsuppressed,
  updated,
} from '../../../src/index.ts';
import type { ResourceKey } from '../../../src/model/resources.ts';
import { renderLines } from '../../../src/reporters/json.ts';

const ssh = tcp(22, '0.0.0.0/0');
const rdp = tcp(3389, '0.0.0.0/0');

describe('nights', () => {
  let checks: readonly AnyCheck[];
  beforeAll(async () => {
    checks = (await allChecks()).filter(({ id }) => id === 'security-group-open-to-internet');
  });

  interface Night extends Memory {
    readonly day: number;
    readonly rules: readonly Rule[];
    readonly publicIp?: boolean;
    readonly refused?: ResourceKey;
  }
  const time = (day: number): string => `2026-03-${String(day).padStart(2, '0')}T02:00:00.000Z`;
  const night = ({ day, rules, publicIp = true, refused, ...memory }: Night): AuditReport => {
    const net = region('111122223333', 'eu-west-1');
    const vpc = net.vpc({ name: 'prod' });
    const subnet = vpc.publicSubnet({ mapPublicIp: publicIp });
    subnet.instance({ securityGroups: [vpc.securityGroup('web', { ingress: rules })] });
    const snapshot = snapshotOf(net.toWorld());
    const [only] = snapshot.regions;
    if (only === undefined) throw new Error('there is a Region');
    const resources =
      refused === undefined
        ? only.resources
        : {
            ...only.resources,
            [refused]: {
              status: 'failed',
              operation: 'X',
              iamAction: 'ec2:X',
              failure: 'denied',
              errorCode: 'E',
              message: 'no',
            },
          };
    return auditSnapshot(
      { ...snapshot, manifest: { ...snapshot.manifest, createdAt: time(day) }, regions: [{ ...only, resources }] },
      { checks, ...memory, run: () => ({ startedAt: time(day), durationMs: 1 }) },
    );
  };
  const said = (report: AuditReport): readonly (readonly [string, string | undefined, string | undefined])[] =>
    report.results
      .filter(({ outcome }) => outcome === 'fail')
      .map(
        ({ title, sinceBaseline, firstSeen }) =>
          [title.replace(/ .*/, ''), sinceBaseline, firstSeen?.slice(8, 10)] as const,
      )
      .toSorted(([a], [b]) => (a < b ? -1 : 1));
  const next = (before: History | undefined, of: AuditReport, days = 400): History => continued(before, of, days);

  it('know since when each finding stands, and what is new', () => {
    const first = night({ day: 1, rules: [ssh], history: { before: undefined } });
    expect(said(first)).toEqual([['SSH', undefined, '01']]);
    const afterFirst = next(undefined, first);
    const second = night({ day: 2, rules: [ssh, rdp], history: { before: afterFirst } });
    expect(said(second)).toEqual([
      ['RDP', 'new', '02'],
      ['SSH', 'unchanged', '01'],
    ]);
    expect(second.trend?.map(({ collectedAt }) => collectedAt)).toEqual([time(1), time(2)]);
    const afterSecond = next(afterFirst, second);
    const third = night({ day: 3, rules: [rdp], history: { before: afterSecond } });
    expect(said(third)).toEqual([['RDP', 'unchanged', '02']]);
    expect(third.baseline?.counts).toMatchObject({ new: 0, resolved: 1, unchanged: 1 });
    // Gone and back again: it stands since it came back.
    const fourth = night({ day: 4, rules: [rdp, ssh], history: { before: next(afterSecond, third) } });
    expect(said(fourth)).toEqual([
      ['RDP', 'unchanged', '02'],
      ['SSH', 'new', '04'],
    ]);
  });

  it('that are refused something forget nothing and bring no news when it is read again', () => {
    const afterFirst = next(undefined, night({ day: 1, rules: [ssh, rdp], history: { before: undefined } }));
    let history = afterFirst;
    for (const day of [2, 3, 4]) {
      const refused = night({ day, rules: [ssh, rdp], refused: 'securityGroups', history: { before: history } });
      expect(said(refused)).toEqual([]);
      expect(refused.baseline?.counts).toMatchObject({ resolved: 0, unproven: 2 });
      history = next(history, refused);
    }
    const back = night({ day: 5, rules: [ssh, rdp], history: { before: history } });
    expect(said(back)).toEqual([
      ['RDP', 'unchanged', '01'],
      ['SSH', 'unchanged', '01'],
    ]);
    expect(exitStatus(back, { failOn: 'informational', onlyNew: true, minCoverage: 0 }).code & 1).toBe(0);
  });

  it('audited again say the same', () => {
    const before = next(undefined, night({ day: 1, rules: [ssh], history: { before: undefined } }));
    const once = night({ day: 2, rules: [ssh, rdp], history: { before } });
    const after = next(before, once);
    const again = night({ day: 2, rules: [ssh, rdp], history: { before: after } });
    expect(said(again)).toEqual(said(once));
    expect(again.trend).toEqual(once.trend);
    expect(exitStatus(again, { failOn: 'low', onlyNew: true, minCoverage: 0 }).code & 1).toBe(1);
    expect(next(after, again)).toEqual(after);
  });

  it('of older evidence count and change nothing else', () => {
    const afterFirst = next(undefined, night({ day: 10, rules: [ssh], history: { before: undefined } }));
    const older = night({ day: 5, rules: [rdp], history: { before: afterFirst } });
    const history = next(afterFirst, older);
    expect(history.known).toEqual(afterFirst.known);
    expect(history.runs.map(({ collectedAt }) => collectedAt)).toEqual([time(5), time(10)]);
    expect(older.trend?.map(({ collectedAt }) => collectedAt)).toEqual([time(5)]);
  });

  it('that are too old are forgotten, and the findings that stand are not', () => {
    let history: History | undefined;
    for (const day of [1, 2, 8, 9])
      history = next(history, night({ day, rules: [ssh], history: { before: history } }), 7);
    expect(history?.runs.map(({ collectedAt }) => collectedAt)).toEqual([time(2), time(8), time(9)]);
    expect(history?.known.findings.map(({ firstSeen }) => firstSeen)).toEqual([time(1)]);
    const text = renderLines(history ?? {});
    expect(readHistory(JSON.parse(text), 'state.json')).toEqual(history);
  });

  it('hold a suppression that ended for news', () => {
    const suppressions = (expires: string) => [
      {
        id: 'one',
        match: { check: '*', regions: ['eu-west-1'] },
        owner: 'network',
        reason: 'meant to be so',
        expires,
        line: 1,
      },
    ];
    const first = night({
      day: 1,
      rules: [ssh],
      suppressions: suppressions('2026-03-01'),
      history: { before: undefined },
    });
    const second = night({
      day: 2,
      rules: [ssh],
      suppressions: suppressions('2026-03-01'),
      history: { before: next(undefined, first) },
    });
    expect(said(first)).toEqual([['SSH', undefined, '01']]);
    expect(said(second)).toEqual([['SSH', 'new', '01']]);
    expect(exitStatus(second, { failOn: 'low', onlyNew: true, minCoverage: 0 }).code & 1).toBe(1);
  });

  it('against a baseline count what it lacks, or knew as milder', () => {
    const quiet = baselineOf(night({ day: 1, rules: [ssh], publicIp: false }));
    const baseline = firstBaseline(quiet);
    const same = night({ day: 2, rules: [ssh], publicIp: false, baseline });
    expect(said(same)).toEqual([['SSH', 'unchanged', '01']]);
    const exposed = night({ day: 2, rules: [ssh], baseline });
    expect(said(exposed)).toEqual([['SSH', 'worse', '01']]);
    const status = (report: AuditReport) =>
      exitStatus(report, { failOn: 'low', onlyNew: true, minCoverage: 0 }).code & 1;
    expect([status(same), status(exposed)]).toEqual([0, 1]);
    // Whatever is listed
    expect(status(listing(exposed, ['pass']))).toBe(1);
    const accepted = updated(baseline, unsuppressed(baselineOf(exposed))).baseline;
    expect(status(night({ day: 3, rules: [ssh], baseline: accepted }))).toBe(0);
    expect(said(night({ day: 3, rules: [ssh], publicIp: false, baseline: accepted }))).toEqual([
      ['SSH', 'changed', '01'],
    ]);
  });

  it('against a baseline that could not have told are incomparable, and count', () => {
    const blind = baselineOf(night({ day: 1, rules: [ssh], refused: 'securityGroups' }));
    const report = night({ day: 2, rules: [ssh], baseline: blind });
    expect(said(report)).toEqual([['SSH', 'incomparable', undefined]]);
    expect(exitStatus(report, { failOn: 'low', onlyNew: true, minCoverage: 0 }).code & 1).toBe(1);
  });
});
