import { severities } from '../../model/verdict/severity.ts';
import type { AuditReport } from '../../findings/audit-report.ts';
import { grouped as thousands, instant } from '../wording.ts';

/** How many findings the last runs had, as a line. */
export interface TrendView {
  readonly label: string;
  readonly words: string;
  /** The points of the line in a box of 100 by 20. */
  readonly points: string;
}

/** The runs that the history keeps; `undefined` where there are not two. */
export function trendView({ trend }: AuditReport): TrendView | undefined {
  const [first] = trend ?? [];
  const last = trend?.at(-1);
  if (trend === undefined || first === undefined || last === undefined || trend.length < 2) return undefined;
  const counts = trend.map(({ failures }) => severities.reduce((sum, severity) => sum + failures[severity], 0));
  const most = Math.max(1, ...counts);
  const rounded = (value: number): number => Math.round(value * 10) / 10;
  return {
    label: `Findings over ${trend.length} runs`,
    words: `${thousands(counts[0] ?? 0)} to ${thousands(counts.at(-1) ?? 0)} since ${instant(first.collectedAt)}`,
    points: counts
      .map((count, at) => `${rounded((at / (counts.length - 1)) * 100)},${rounded(19 - (count / most) * 18)}`)
      .join(' '),
  };
}
