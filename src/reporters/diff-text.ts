import type { KnownFinding } from '../findings/baseline/baseline.ts';
import type { Diff, DiffSide } from '../findings/diff/diff.ts';
import type { Change, ChangedFinding } from '../findings/diff/diff-findings.ts';
import { grouped } from '../findings/grouped.ts';
import { compareFindings } from '../findings/baseline/baseline-of.ts';
import { compareSeverity, isWorse } from '../findings/order.ts';
import { reachabilityText } from './reachability-difference-text.ts';
import { doubtWords } from './doubt-words.ts';
import type { TerminalStyle } from './terminal-style.ts';
import { visibleText } from './visible-text.ts';
import { counted, grouped as thousands, instant } from './wording.ts';

/** What is other between two audits, for a reader. Nothing in it steers the terminal except what `style` adds. */
export function diffText({ old, new: current, findings, reachability }: Diff, style: TerminalStyle): string {
  const { resolved, changed, unchanged, incomparable } = findings;
  const counts = [
    `${thousands(findings.new.length)} new`,
    `${thousands(resolved.length)} resolved`,
    `${thousands(changed.length)} changed`,
    `${thousands(unchanged.length)} unchanged`,
    `${thousands(incomparable.length)} incomparable`,
  ].join(', ');
  const lines = [
    `Old  ${sideLine(old)}`,
    `New  ${sideLine(current)}`,
    ...(old.tool.version === current.tool.version
      ? []
      : [style.dim(`     The versions differ: a check that changed may show here as a change of the network.`)]),
    '',
    style.bold(counts),
    ...section('New', worstFirst(findings.new).map(line), style.red, style),
    ...section('Resolved', worstFirst(resolved).map(line), style.green, style),
    ...section(
      'Changed',
      changed.map((entry) => `${line(entry.finding)}  ${changeWords(entry)}`),
      style.yellow,
      style,
    ),
    ...incomparableLines(findings.incomparable, style),
    ...(reachability === undefined ? [] : reachabilityText(reachability, style)),
  ];
  return `${lines.join('\n')}\n`;
}

function sideLine({ tool, collectedAt, findings, accounts, regions }: DiffSide): string {
  const when = collectedAt === undefined ? 'of an unknown day' : instant(collectedAt);
  const scope = `${counted(accounts, 'account')}, ${counted(regions, 'Region')}`;
  return visibleText(`${when}: ${counted(findings, 'finding')} in ${scope} (${tool.name} ${tool.version})`);
}

function section(
  heading: string,
  lines: readonly string[],
  paint: (text: string) => string,
  style: TerminalStyle,
): readonly string[] {
  return lines.length === 0 ? [] : ['', style.bold(paint(heading)), ...lines.map((text) => `  ${text}`)];
}

const worstFirst = (findings: readonly KnownFinding[]): readonly KnownFinding[] =>
  findings.toSorted((a, b) => compareSeverity(a.effectiveSeverity, b.effectiveSeverity) || compareFindings(a, b));

/** A finding on one line: how bad, where, what. */
export function line({ effectiveSeverity, resource, title, suppressed }: KnownFinding): string {
  const name = resource.name === undefined ? '' : ` ${shortened(resource.name)}`;
  const mark = suppressed === true ? '  (suppressed)' : '';
  return visibleText(
    `${effectiveSeverity.padEnd(13)} ${resource.id}${name}  ${title}  ${resource.accountId} ${resource.region}${mark}`,
  );
}

const longestName = 48;

const shortened = (name: string): string => (name.length <= longestName ? name : `${name.slice(0, longestName - 1)}…`);

function changeWords({ before, finding, changes, doubt }: ChangedFinding): string {
  const words: Readonly<Record<Change, string>> = {
    severity: `${isWorse(before.effectiveSeverity, finding.effectiveSeverity) ? 'graver' : 'milder'}: was ${before.effectiveSeverity}`,
    evidence: 'other evidence',
    suppression: finding.suppressed === true ? 'now suppressed' : 'no longer suppressed',
  };
  const but = doubt === undefined ? [] : [`perhaps only because ${doubtWords(doubt)}`];
  return visibleText(`[${[...changes.map((change) => words[change]), ...but].join('; ')}]`);
}

/** By what stands in the way, since one permission often stands in the way of many. */
function incomparableLines(entries: Diff['findings']['incomparable'], style: TerminalStyle): readonly string[] {
  if (entries.length === 0) return [];
  const byReason = grouped(
    entries,
    ({ doubt, in: side }) => `${doubtWords(doubt)}, in the ${side === 'old' ? 'new' : 'old'} audit`,
  );
  return [
    '',
    style.bold(style.yellow('Incomparable: neither new nor resolved')),
    ...[...byReason].flatMap(([reason, own]) => [
      `  ${style.yellow(visibleText(reason))}`,
      ...own.map(({ finding, in: side }) => `    ${side === 'old' ? 'was ' : 'is  '} ${line(finding)}`),
    ]),
  ];
}
