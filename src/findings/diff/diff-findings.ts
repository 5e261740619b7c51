import { compareFindings } from '../baseline/baseline-of.ts';
import type { Baseline, KnownFinding } from '../baseline/baseline.ts';
import { isWorse } from '../order.ts';
import { type Doubt, doubts } from './comparability.ts';
import type { IncomparableFinding } from './incomparable-finding.ts';

/** What about a finding is other than it was: graver or milder, other evidence, a suppression that came or went. */
export type Change = 'severity' | 'evidence' | 'suppression';

/** A finding that stands on both sides. */
export interface StandingFinding {
  readonly finding: KnownFinding;
  readonly before: KnownFinding;
}

/** A finding that stands on both sides and is not the same. */
export interface ChangedFinding extends StandingFinding {
  readonly changes: readonly Change[];
  /** The two audits did not read the same, so what changed may be the sight and not the network. */
  readonly doubt?: Doubt;
}

/** Two audits compared: every finding of either stands in exactly one list, in the order of `compareFindings`. */
export interface FindingsDiff {
  readonly new: readonly KnownFinding[];
  readonly resolved: readonly KnownFinding[];
  readonly changed: readonly ChangedFinding[];
  readonly unchanged: readonly StandingFinding[];
  readonly incomparable: readonly IncomparableFinding[];
}

/**
 * Compares what two audits found. A finding that one of them lacks is new or resolved only where that one could have told;
 * what it could not tell is incomparable.
 */
export function diffFindings(before: Baseline, after: Baseline): FindingsDiff {
  const known = new Map(before.findings.map((finding) => [finding.fingerprint, finding]));
  const standing = new Set(after.findings.map(({ fingerprint }) => fingerprint));
  const doubtOfNew = doubts(before, after);
  const doubtOfResolved = doubts(after, before);
  const [fresh, changed, unchanged]: [KnownFinding[], ChangedFinding[], StandingFinding[]] = [[], [], []];
  const incomparable: IncomparableFinding[] = [];
  const resolved: KnownFinding[] = [];
  for (const finding of after.findings.toSorted(compareFindings)) {
    const earlier = known.get(finding.fingerprint);
    if (earlier === undefined) {
      const doubt = doubtOfNew(finding);
      if (doubt === undefined) fresh.push(finding);
      else incomparable.push({ finding, in: 'new', doubt });
      continue;
    }
    const changes = changesOf(earlier, finding);
    if (changes.length === 0) unchanged.push({ finding, before: earlier });
    else
      changed.push({
        finding,
        before: earlier,
        changes,
        ...sightDiffers(doubtOfResolved(finding), doubtOfNew(finding)),
      });
  }
  for (const finding of before.findings.toSorted(compareFindings)) {
    if (standing.has(finding.fingerprint)) continue;
    const doubt = doubtOfResolved(finding);
    if (doubt === undefined) resolved.push(finding);
    else incomparable.push({ finding, in: 'old', doubt });
  }
  return { new: fresh, resolved, changed, unchanged, incomparable };
}

function sightDiffers(...found: readonly (Doubt | undefined)[]): Pick<ChangedFinding, 'doubt'> {
  const doubt = found.find((candidate) => candidate?.code === 'coverage-differs');
  return doubt === undefined ? {} : { doubt };
}

function changesOf(before: KnownFinding, after: KnownFinding): readonly Change[] {
  return [
    ...(before.effectiveSeverity === after.effectiveSeverity ? [] : (['severity'] as const)),
    ...(before.evidenceHash === after.evidenceHash ? [] : (['evidence'] as const)),
    ...(before.suppressed === after.suppressed ? [] : (['suppression'] as const)),
  ];
}

/**
 * The findings that count although they did not before: those that are new, those that became graver, and those whose
 * suppression ended. What is suppressed never counts.
 */
export function news(diff: FindingsDiff): readonly KnownFinding[] {
  const grown = diff.changed.filter(
    ({ before, finding }) => before.suppressed === true || isWorse(before.effectiveSeverity, finding.effectiveSeverity),
  );
  return [...diff.new, ...grown.map(({ finding }) => finding)]
    .filter(({ suppressed }) => suppressed !== true)
    .sort(compareFindings);
}
