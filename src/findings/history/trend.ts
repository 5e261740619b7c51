import type { Severity } from '../../model/verdict/severity.ts';

/** What one run found. */
export interface TrendPoint {
  /** When its evidence was collected: ISO 8601, UTC. */
  readonly collectedAt: string;
  readonly failures: Readonly<Record<Severity, number>>;
  readonly unknown: number;
}
