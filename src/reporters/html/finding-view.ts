import type { Result } from '../../findings/audit-report.ts';
import type { Fix } from '../../model/verdict/verdict.ts';
import { type Family, familyWords } from '../same-rule.ts';
import { capitalised, counted, instant } from '../wording.ts';
import { consoleLink } from './console-link.ts';
import { evidenceLine, evidenceView, type EvidenceView } from './evidence-view.ts';
import { standingWords } from './news-view.ts';
import { resourceView, type ResourceView } from './resource-view.ts';

/** A block of text to copy, line by line. */
export interface CodeView {
  readonly label: string;
  readonly lines: readonly string[];
}

/** One finding: a line, what it rests on and what mends it. */
export interface FindingView {
  /** The anchor: `f-` and the fingerprint. */
  readonly anchor: string;
  readonly resource: ResourceView;
  readonly title: string;
  readonly line: string;
  readonly evidence: readonly EvidenceView[];
  readonly fix: { readonly summary: string; readonly code: readonly CodeView[] } | undefined;
  readonly assumedOff: string | undefined;
  /** `new`, where it is news against the baseline; empty where it is not. */
  readonly standing: string;
  /** Since when it is known to stand; empty where nothing is remembered. */
  readonly firstSeen: string;
  /** Set where this instance is worse or better than the check's own severity. */
  readonly ownSeverity: string | undefined;
  readonly console: string | undefined;
}

/** A finding as the page shows it. */
export function findingView(result: Result): FindingView {
  const { evidence, fix, assumedOff, severity, effectiveSeverity } = result;
  return {
    anchor: anchorOf(result),
    resource: resourceView(result.resource),
    title: capitalised(result.title),
    line: lineOf(result),
    evidence: evidence.map(evidenceView),
    fix: fix === undefined ? undefined : { summary: fix.summary, code: codeOf(fix) },
    assumedOff: assumedOff?.join(', '),
    standing: freshWords(result),
    firstSeen: result.firstSeen === undefined ? '' : instant(result.firstSeen),
    ownSeverity: severity === effectiveSeverity ? undefined : severity,
    console: consoleLink(result.resource),
  };
}

/** A finding that leads others, with those others as lines. */
export interface FamilyView extends FindingView {
  /** `and 43 more by the same rule`; empty where the finding stands alone. */
  readonly more: string;
  readonly others: readonly { readonly anchor: string; readonly title: string; readonly severity: string }[];
  readonly omitted: string;
}

const shownOthers = 60;

/** A family of findings as the page shows it. */
export function familyView(family: Family): FamilyView {
  const { lead, others } = family;
  return {
    ...findingView(lead),
    more: familyWords(family),
    others: others.slice(0, shownOthers).map((other) => ({
      anchor: anchorOf(other),
      title: capitalised(other.title),
      severity: other.effectiveSeverity,
    })),
    omitted: others.length > shownOthers ? `and ${counted(others.length - shownOthers, 'more', 'more')}` : '',
  };
}

const anchorOf = ({ fingerprint }: Result): string => `f-${fingerprint}`;

/** The word that marks what is news; nothing for what was known as it is. */
export function freshWords({ sinceBaseline }: Result): string {
  return sinceBaseline === 'new' || sinceBaseline === 'worse' || sinceBaseline === 'changed'
    ? standingWords[sinceBaseline]
    : '';
}

/** What a finding rests on, on one line. */
export function lineOf({ evidence }: Result): string {
  const [first, ...rest] = evidence;
  const line = first === undefined ? '' : evidenceLine(first);
  return rest.length === 0 ? line : `${line} and ${rest.length} more`;
}

/** The ways to apply a fix, each to be copied whole. */
export function codeOf({ cli, terraform }: Fix): readonly CodeView[] {
  return [
    ...(cli === undefined || cli.length === 0 ? [] : [{ label: 'AWS CLI', lines: cli.flatMap(linesOf) }]),
    ...(terraform === undefined ? [] : [{ label: 'Terraform', lines: linesOf(terraform.replace(/\n$/, '')) }]),
  ];
}

const linesOf = (text: string): readonly string[] => text.split('\n');
