import { doubts } from '../diff/comparability.ts';
import { compareText, isWorse } from '../order.ts';
import { compareFindings, compareQuestions } from './baseline-of.ts';
import { type Baseline, type Gap, type KnownFinding, type OpenQuestion, placeKey } from './baseline.ts';

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
    baseline: { ...merged(before, current), findings: [...taken, ...kept].sort(compareFindings) },
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

/** Which checks were run where, and what they could not tell: the audit's word where it looked, else the earlier one. */
function merged(before: Baseline, current: Baseline): Omit<Baseline, 'findings'> {
  const checks = new Map([...before.checks, ...current.checks].map((check) => [check.id, check]));
  const places = new Map([...before.places, ...current.places].map((place) => [placeKey(place), place]));
  const asked = { checks: idsOf(current), places: keysOf(current) };
  const reads = new Set(current.checks.flatMap((check) => check.reads));
  const gapOutlasts = (gap: Gap): boolean => !asked.places.has(placeKey(gap)) || !reads.has(gap.operation);
  const openOutlasts = (open: OpenQuestion): boolean =>
    !asked.places.has(placeKey(open)) || !asked.checks.has(open.checkId);
  return {
    schemaVersion: '1',
    tool: current.tool,
    ...(current.collectedAt === undefined ? {} : { collectedAt: current.collectedAt }),
    checks: [...checks.values()].sort((a, b) => compareText(a.id, b.id)),
    places: [...places.values()].sort((a, b) => compareText(placeKey(a), placeKey(b))),
    gaps: [...before.gaps.filter(gapOutlasts), ...current.gaps].sort(
      (a, b) => compareText(placeKey(a), placeKey(b)) || compareText(a.operation, b.operation),
    ),
    open: [
      ...before.open.filter(openOutlasts),
      ...current.open,
      ...notRunIn(before, current),
      ...notRunIn(current, before),
    ].sort(compareQuestions),
  };
}

const idsOf = ({ checks }: Baseline): ReadonlySet<string> => new Set(checks.map(({ id }) => id));
const keysOf = ({ places }: Baseline): ReadonlySet<string> => new Set(places.map(placeKey));

/** The checks of one audit alone were never run in the places of the other alone: there, they leave everything open. */
function notRunIn(one: Baseline, other: Baseline): readonly OpenQuestion[] {
  const [known, places] = [idsOf(other), keysOf(one)];
  const elsewhere = other.places.filter((place) => !places.has(placeKey(place)));
  return one.checks
    .filter(({ id }) => !known.has(id))
    .flatMap(({ id }) => elsewhere.map(({ accountId, region }) => ({ checkId: id, accountId, region })));
}
