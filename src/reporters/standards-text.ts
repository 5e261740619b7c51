import type { AuditReport } from '../findings/audit-report.ts';
import type { ControlAssessment, ControlOutcome } from '../model/verdict/standard-assessment.ts';
import type { TerminalStyle } from './terminal-style.ts';
import { visibleText } from './visible-text.ts';
import { counted } from './wording.ts';

const words: Readonly<Record<ControlOutcome, string>> = {
  fail: 'fail',
  unknown: 'unknown',
  'not-run': 'not run',
  manual: 'manual',
  'not-covered': 'not covered',
  pass: 'pass',
  'not-applicable': 'not applicable',
};

/** How a control stands, as reports write it. */
export const outcomeWords = (outcome: ControlOutcome): string => words[outcome];

/** Why a control stands as it does: `3 findings, 1 of them suppressed`, the reason why nothing answers it. */
export function controlReason({ failures, suppressed, unknowns, notCovered, outcome }: ControlAssessment): string {
  if (failures > 0) {
    const hidden = suppressed === 0 ? '' : `, ${suppressed === failures ? 'all' : suppressed} suppressed`;
    return `${counted(failures, 'finding')}${hidden}${unknowns === 0 ? '' : `, ${counted(unknowns, 'unknown')}`}`;
  }
  if (notCovered !== undefined) return notCovered;
  if (unknowns > 0) return counted(unknowns, 'unknown');
  if (outcome === 'manual') return 'no finding; a person has to judge';
  return outcome === 'not-run' ? 'a check that answers it was left out' : '';
}

/** The standards that were asked for, control by control, for the terminal. */
export function standardLines({ standards = [] }: AuditReport, style: TerminalStyle): readonly string[] {
  return standards
    .filter(({ requested }) => requested)
    .flatMap(({ name, controls }) => {
      const widest = Math.max(0, ...controls.map(({ id }) => id.length));
      return [
        '',
        style.bold(name),
        ...controls.map((control) => {
          const word = painted(control.outcome, style)(words[control.outcome].padEnd(14));
          const reason = controlReason(control);
          const why = reason === '' ? '' : style.dim(`  ${visibleText(reason)}`);
          return `  ${word} ${visibleText(control.id).padEnd(widest)}  ${visibleText(control.title)}${why}`;
        }),
      ];
    });
}

function painted(outcome: ControlOutcome, { dim, green, red, yellow }: TerminalStyle): (text: string) => string {
  switch (outcome) {
    case 'fail':
      return red;
    case 'unknown':
    case 'not-run':
      return yellow;
    case 'pass':
      return green;
    default:
      return dim;
  }
}
