import { doubts } from '../diff/comparability.ts';
import { compareText, isWorse } from '../order.ts';
import { compareFindings } from './baseline-of.ts';
import type { Baseline, KnownFinding } from './baseline.ts';
import { mergedSight } from './merged-sight.ts';

/** What becomes of a baseline. */
export interface CarriedOn {
  readonly baseline: Baseline;
  /** Findings of the audit that it now holds and did not before; those that are gone; those of which that cannot be told. */
  readonly added: number;
  readonly removed: number;
  readonly kept: number;
}

/** A first baseline: what the audit found, each finding first seen when its evidence was collected. */
export const firstBaseline = (current: Baseline): Baseline => ({
  ...current,
  findings: current.findings.map((finding) => firstSeenAt(finding, undefined, current.collectedAt)),
});

/**
 * The baseline brought up to an audit: its findings are taken in, and what it proves to be gone is dropped. What it could
 * not tell, because it looked at less or was denied something, stays as it was.
 */
export function updated(before: Baseline, current: Baseline): CarriedOn {
  const known = new Map(before.findings.map((finding) => [finding.fingerprint, finding]));
  const doubtOf = doubts(current, before);
  const taken = current.findings.map((finding) => {
    const earlier = known.get(finding.fingerprint);
    // Where less was read than before, a finding may only look milder
    const graver =
      earlier !== undefined &&
      isWorse(finding.effectiveSeverity, earlier.effectiveSeverity) &&
      doubtOf(finding)?.code === 'coverage-differs'
        ? { effectiveSeverity: earlier.effectiveSeverity, evidenceHash: earlier.evidenceHash }
        : {};
    return firstSeenAt({ ...finding, ...graver }, earlier, current.collectedAt);
  });
  const { kept, removed } = outlasting(before, current);
  return {
    baseline: { ...mergedSight(before, current), findings: [...taken, ...kept].sort(compareFindings) },
    added: taken.filter(({ fingerprint }) => !known.has(fingerprint)).length,
    removed,
    kept: kept.length,
  };
}

/** The baseline without what an audit proves to be gone; nothing is taken in. */
export function pruned(before: Baseline, current: Baseline): CarriedOn {
  const standing = new Set(current.findings.map(({ fingerprint }) => fingerprint));
  const { kept, removed } = outlasting(before, current);
  const still = before.findings.filter(({ fingerprint }) => standing.has(fingerprint));
  return {
    baseline: { ...before, findings: [...still, ...kept].sort(compareFindings) },
    added: 0,
    removed,
    kept: kept.length,
  };
}

/** Of the findings that an audit lacks, those of which it cannot tell that they are gone. */
function outlasting(before: Baseline, current: Baseline): { readonly kept: KnownFinding[]; readonly removed: number } {
  const standing = new Set(current.findings.map(({ fingerprint }) => fingerprint));
  const lacking = before.findings.filter(({ fingerprint }) => !standing.has(fingerprint));
  const doubtOf = doubts(current, before);
  const kept = lacking.filter((finding) => doubtOf(finding) !== undefined);
  return { kept, removed: lacking.length - kept.length };
}

function firstSeenAt(finding: KnownFinding, earlier: KnownFinding | undefined, now: string | undefined): KnownFinding {
  const times = [
    finding.firstSeen,
    earlier?.firstSeen,
    finding.firstSeen === undefined && earlier === undefined ? now : undefined,
  ];
  const [first] = times.filter((time) => time !== undefined).sort(compareText);
  return first === undefined ? finding : { ...finding, firstSeen: first };
}
