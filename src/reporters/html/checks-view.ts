import type { AuditReport } from '../../findings/audit-report.ts';
import { compareText } from '../../findings/order.ts';
import type { Outcome } from '../../model/verdict/verdict.ts';
import { counted, grouped as thousands } from '../wording.ts';

/** A check and how often it said what; a dash where it never did. */
export interface CheckRowView {
  readonly id: string;
  readonly title: string;
  readonly severity: string;
  readonly fail: string;
  readonly unknown: string;
  readonly pass: string;
  readonly notApplicable: string;
}

/** Every check that ran. */
export interface ChecksView {
  readonly words: string;
  readonly rows: readonly CheckRowView[];
}

/** All checks by id, so that a reader sees what was asked and not only what failed. */
export function checksView({ checks, summary }: Pick<AuditReport, 'checks' | 'summary'>): ChecksView {
  const { pass, 'not-applicable': notApplicable } = summary.outcomes;
  const aside = notApplicable === 0 ? '' : `, and ${counted(notApplicable, 'did not apply', 'did not apply')}`;
  return {
    words: `${counted(checks.length, 'check')} ran. ${counted(pass, 'verdict')} passed${aside}.`,
    rows: checks
      .toSorted((a, b) => compareText(a.id, b.id))
      .map(({ id, title, severity, outcomes }) => {
        const cell = (outcome: Outcome): string => (outcomes[outcome] === 0 ? '–' : thousands(outcomes[outcome]));
        return {
          id,
          title,
          severity,
          fail: cell('fail'),
          unknown: cell('unknown'),
          pass: cell('pass'),
          notApplicable: cell('not-applicable'),
        };
      }),
  };
}
