import { atLeast, severities, type Severity } from '../../model/verdict/severity.ts';
import type { ReachabilityDifference } from '../../model/verdict/reachability-difference.ts';
import type { Baseline } from '../baseline/baseline.ts';
import type { ExitStatus } from '../exit-status.ts';
import { diffFindings, type FindingsDiff, news } from './diff-findings.ts';

/** One of the two audits that are compared. */
export interface DiffSide {
  readonly tool: { readonly name: string; readonly version: string };
  readonly collectedAt?: string;
  readonly findings: number;
  readonly accounts: number;
  readonly regions: number;
  readonly checks: number;
}

/** What is other between two audits. What was compared besides findings stands beside them. */
export interface Diff {
  readonly schemaVersion: '1';
  readonly old: DiffSide;
  readonly new: DiffSide;
  readonly findings: FindingsDiff;
  /** Absent where one of the two is a baseline, which keeps nothing of it. */
  readonly reachability?: ReachabilityDifference;
}

/** Compares two audits; who reaches whom in them was compared already. */
export function diff(before: Baseline, after: Baseline, reachability?: ReachabilityDifference): Diff {
  return {
    schemaVersion: '1',
    old: sideOf(before),
    new: sideOf(after),
    findings: diffFindings(before, after),
    ...(reachability === undefined ? {} : { reachability }),
  };
}

const sideOf = ({ tool, collectedAt, findings, places, checks }: Baseline): DiffSide => ({
  tool,
  ...(collectedAt === undefined ? {} : { collectedAt }),
  findings: findings.length,
  accounts: new Set(places.map(({ accountId }) => accountId)).size,
  regions: new Set(places.map(({ region }) => region)).size,
  checks: checks.length,
});

/**
 * How a comparison ends: bit 1 where something counts at `failOn` that did not before or where the internet reaches more,
 * bit 2 where anything is incomparable. What interfaces reach of each other changes every day, and is told without a bit.
 */
export function diffStatus({ findings, reachability }: Diff, failOn: Severity | 'none'): ExitStatus {
  const counting =
    failOn === 'none' ? [] : news(findings).filter(({ effectiveSeverity }) => atLeast(effectiveSeverity, failOn));
  const counts = severities.flatMap((severity) => {
    const own = counting.filter(({ effectiveSeverity }) => effectiveSeverity === severity).length;
    return own === 0 ? [] : [`${own} ${severity}`];
  });
  const open = findings.incomparable.length + findings.changed.filter(({ doubt }) => doubt !== undefined).length;
  const exposure = reachability?.exposure ?? [];
  const exposed = failOn === 'none' ? 0 : addressesOf(exposure.filter(({ became }) => became.length > 0));
  const unclear = addressesOf(exposure.filter(({ incomparable }) => incomparable.length > 0));
  const code = (counting.length + exposed > 0 ? 1 : 0) + (open + unclear > 0 ? 2 : 0);
  const found =
    counting.length > 0
      ? `${counts.join(', ')} that did not count before (fails on ${failOn})`
      : failOn === 'none'
        ? 'nothing counts (fails on none)'
        : `nothing new at ${failOn}${failOn === 'critical' ? '' : ' or worse'}`;
  const compared =
    open === 0
      ? 'everything could be compared'
      : `${open} ${open === 1 ? 'finding is' : 'findings are'} incomparable, for the audits did not read the same`;
  const reached =
    exposed === 0 ? '' : `, the internet reaches more of ${exposed} ${exposed === 1 ? 'address' : 'addresses'}`;
  const unsure =
    unclear === 0
      ? ''
      : `; of ${unclear} ${unclear === 1 ? 'address' : 'addresses'} it cannot be told what the internet reaches more or less`;
  return { code, sentence: `Exit ${code}: ${found}${reached}, and ${compared}${unsure}.` };
}

const addressesOf = (changes: NonNullable<Diff['reachability']>['exposure']): number =>
  changes.reduce((sum, { addresses }) => sum + addresses.length, 0);
