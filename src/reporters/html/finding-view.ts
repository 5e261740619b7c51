import type { Result } from '../../findings/audit-report.ts';
import type { Fix } from '../../model/verdict/verdict.ts';
import { capitalised } from '../wording.ts';
import { evidenceLine, evidenceView, type EvidenceView } from './evidence-view.ts';
import { resourceView, type ResourceView } from './resource-view.ts';

/** A block of text to copy, line by line. */
export interface CodeView {
  readonly label: string;
  readonly lines: readonly string[];
}

/** One finding: a line, and, where `detail` is there, all that is known of it. */
export interface FindingView {
  /** The anchor: `f-` and the fingerprint. */
  readonly anchor: string;
  readonly resource: ResourceView;
  readonly title: string;
  readonly line: string;
  readonly detail: FindingDetail | undefined;
}

/** What a finding rests on and what mends it. */
export interface FindingDetail {
  readonly evidence: readonly EvidenceView[];
  readonly fix: { readonly summary: string; readonly code: readonly CodeView[] } | undefined;
  readonly assumedOff: string | undefined;
  /** Set where this instance is worse or better than the check's own severity. */
  readonly ownSeverity: string | undefined;
}

/** A finding for the page, with everything known of it or as one line. */
export function findingView(result: Result, detailed: boolean): FindingView {
  const [first, ...rest] = result.evidence;
  const line = first === undefined ? '' : evidenceLine(first);
  return {
    anchor: `f-${result.fingerprint}`,
    resource: resourceView(result.resource),
    title: capitalised(result.title),
    line: rest.length === 0 ? line : `${line} and ${rest.length} more`,
    detail: detailed ? detailOf(result) : undefined,
  };
}

function detailOf({ evidence, fix, assumedOff, severity, effectiveSeverity }: Result): FindingDetail {
  return {
    evidence: evidence.map(evidenceView),
    fix: fix === undefined ? undefined : { summary: fix.summary, code: codeOf(fix) },
    assumedOff: assumedOff?.join(', '),
    ownSeverity: severity === effectiveSeverity ? undefined : severity,
  };
}

function codeOf({ cli, terraform }: Fix): readonly CodeView[] {
  return [
    ...(cli === undefined || cli.length === 0 ? [] : [{ label: 'AWS CLI', lines: cli.flatMap(linesOf) }]),
    ...(terraform === undefined ? [] : [{ label: 'Terraform', lines: linesOf(terraform.replace(/\n$/, '')) }]),
  ];
}

const linesOf = (text: string): readonly string[] => text.split('\n');
