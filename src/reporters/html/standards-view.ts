import type { AuditReport } from '../../findings/audit-report.ts';
import {
  type ControlAssessment,
  type ControlOutcome,
  controlOutcomes,
  type StandardAssessment,
} from '../../model/verdict/standard-assessment.ts';
import { controlReason, outcomeWords } from '../standards-text.ts';
import { capitalised, series } from '../wording.ts';

/** A control on one line. */
export interface ControlView {
  readonly id: string;
  readonly title: string;
  /** What kind of mark it has, and the word beside it. */
  readonly outcome: ControlOutcome;
  readonly word: string;
  readonly reason: string;
  /** `level 1`, `manual`. */
  readonly aside: string;
  /** The checks that answer it; a link where the page has their findings or counts. */
  readonly checks: readonly { readonly id: string; readonly anchor: string | undefined }[];
}

/** A standard with its controls, and how many of them stand how. */
export interface StandardView {
  readonly anchor: string;
  readonly name: string;
  readonly scope: string;
  readonly source: { readonly text: string; readonly href: string | undefined };
  /** `13 fail, 4 pass and 12 not covered`. */
  readonly words: string;
  /** A bar of the counts, in hundredths. */
  readonly parts: readonly { readonly outcome: ControlOutcome; readonly x: number; readonly width: number }[];
  readonly controls: readonly ControlView[];
  readonly isOpen: boolean;
}

/** The standards control by control; nothing where the report does not assess any. */
export function standardsView({ standards = [], checks }: AuditReport): readonly StandardView[] {
  const known = new Set(checks.map(({ id }) => id));
  return standards.map((standard, at) => ({
    anchor: `standard-${at + 1}`,
    name: standard.name,
    scope: standard.scope,
    source: sourceView(standard.source),
    words: countWords(standard),
    parts: partsOf(standard),
    controls: standard.controls.map((control) => controlView(control, known)),
    isOpen: standard.requested,
  }));
}

const countWords = ({ counts }: StandardAssessment): string =>
  series(
    controlOutcomes
      .filter((outcome) => counts[outcome] > 0)
      .map((outcome) => `${counts[outcome]} ${outcomeWords(outcome)}`),
  );

function partsOf({ counts, controls }: StandardAssessment): StandardView['parts'] {
  const hundredths = (count: number): number => Math.round((count / Math.max(1, controls.length)) * 1000) / 10;
  let before = 0;
  return controlOutcomes.flatMap((outcome) => {
    const count = counts[outcome];
    if (count === 0) return [];
    const x = hundredths(before);
    before += count;
    return [{ outcome, x, width: Math.round((hundredths(before) - x) * 10) / 10 }];
  });
}

function controlView(control: ControlAssessment, known: ReadonlySet<string>): ControlView {
  const { id, title, level, mode, outcome, checks } = control;
  return {
    id,
    title,
    outcome,
    word: capitalised(outcomeWords(outcome)),
    reason: controlReason(control),
    aside: [...(level === undefined ? [] : [`level ${level}`]), ...(mode === 'manual' ? ['manual'] : [])].join(', '),
    checks: checks.map((check) => ({ id: check, anchor: known.has(check) ? `check-${check}` : undefined })),
  };
}

/** Of a sentence with an address in it, the address leads there. */
function sourceView(source: string): StandardView['source'] {
  const [address] = /https:\/\/[^\s)]+/.exec(source) ?? [];
  return { text: source, href: address !== undefined && URL.canParse(address) ? new URL(address).href : undefined };
}
