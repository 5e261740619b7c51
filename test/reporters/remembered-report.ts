import type { AuditReport } from '../../src/findings/audit-report.ts';
import { baselineOf, knownFinding } from '../../src/findings/baseline/baseline-of.ts';
import type { Baseline, KnownFinding } from '../../src/findings/baseline/baseline.ts';
import { continued } from '../../src/findings/history/history.ts';
import { remembered } from '../../src/findings/remembered.ts';
import type { Suppression } from '../../src/findings/suppressions/suppression.ts';
import { sampleReport } from './sample-report.ts';

const noTags: ReadonlyMap<string, string> = new Map();

/**
 * The sample in the light of an earlier night: something suppressed, expired, unused; something new, graver, changed,
 * known; something gone, and something of which nobody can tell. `mark` is put into every text that people write.
 */
export function rememberedReport(mark = ''): AuditReport {
  const report = sampleReport();
  const failures = report.results.filter(({ outcome }) => outcome === 'fail');
  const [first, second, third, fourth, ...others] = failures;
  if (first === undefined || second === undefined || third === undefined || fourth === undefined) {
    throw new Error('the sample has four findings');
  }
  const suppression = (id: string, match: Suppression['match'], expires: string): Suppression => ({
    id,
    match,
    owner: `network team${mark}`,
    reason: `Meant to be so until the VPN is live.${mark}`,
    ticket: `NET-7${mark}`,
    expires,
    line: 1,
  });
  const whole = baselineOf(report);
  const [gone] = others;
  const known: readonly KnownFinding[] = [
    { ...knownFinding(second), effectiveSeverity: 'informational' },
    { ...knownFinding(third), evidenceHash: 'ab'.repeat(32) },
    ...others.map((result) => knownFinding(result)),
    // Of a check that reads everything, so that it is proven to be gone or not by where it stands
    ...(gone === undefined
      ? []
      : [0, 1].map((at) => ({
          ...knownFinding(gone),
          fingerprint: `${at}`.repeat(64),
          title: `something that was there${mark}`,
          checkId: at === 0 ? gone.checkId : 'a-check-of-another-version',
          resource: { ...gone.resource, id: `${gone.resource.id}${at}`, name: `old${mark}` },
        }))),
  ];
  const before: Baseline = {
    ...whole,
    collectedAt: '2026-11-23T02:15:00.000Z',
    findings: known.map((finding) => ({ ...finding, firstSeen: '2026-10-01T02:15:00.000Z' })),
  };
  const earlier: AuditReport = {
    ...report,
    scope: { ...report.scope, collectedAt: '2026-11-22T02:15:00.000Z' },
    summary: { ...report.summary, failures: { ...report.summary.failures, high: 40 } },
  };
  return remembered(
    report,
    {
      suppressions: [
        suppression('one', { fingerprint: first.fingerprint }, '2026-12-01'),
        suppression('over', { fingerprint: fourth.fingerprint }, '2026-01-01'),
        suppression('idle', { check: 'no-such-check' }, '2027-01-01'),
      ],
      baseline: before,
      history: { before: continued(undefined, earlier, 400) },
    },
    () => noTags,
  );
}
