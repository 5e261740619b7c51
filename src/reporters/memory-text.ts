import type { AuditReport } from '../findings/audit-report.ts';
import type { SuppressionEntry } from '../findings/suppressions/suppressions-report.ts';
import { severities } from '../model/verdict/severity.ts';
import type { TerminalStyle } from './terminal-style.ts';
import { visibleText } from './visible-text.ts';
import { counted, grouped as thousands, instant } from './wording.ts';

/** So many suppressions are named under each heading. */
const named = 10;

/** What an audit says in the light of earlier ones: what is new, what is suppressed, which suppressions need care. */
export function memorySummary(report: AuditReport, style: TerminalStyle): string {
  return [...baselineLines(report, style), ...suppressionLines(report, style)].join('\n');
}

function baselineLines({ baseline }: AuditReport, style: TerminalStyle): readonly string[] {
  if (baseline === undefined) return [];
  const { counts, collectedAt } = baseline;
  const words = (
    [
      ['new', 'new'],
      ['worse', 'graver'],
      ['changed', 'changed'],
      ['incomparable', 'not in it, which proves nothing'],
      ['resolved', 'resolved'],
      ['unproven', 'not seen, which proves nothing'],
    ] as const
  )
    .filter(([key]) => counts[key] > 0)
    .map(([key, word]) => `${thousands(counts[key])} ${word}`);
  const since = collectedAt === undefined ? '' : ` (of ${instant(collectedAt)})`;
  const said =
    words.length === 0
      ? `nothing new, ${thousands(counts.unchanged)} known`
      : [...words, `${thousands(counts.unchanged)} known`].join(', ');
  return [`${style.bold('Baseline')}  ${said}${since}`];
}

function suppressionLines({ suppressions, summary }: AuditReport, style: TerminalStyle): readonly string[] {
  if (suppressions === undefined) return [];
  const hidden = severities.reduce((sum, severity) => sum + (summary.suppressed?.[severity] ?? 0), 0);
  const inState = (state: SuppressionEntry['state']): readonly SuppressionEntry[] =>
    suppressions.entries.filter((entry) => entry.state === state);
  const soon = suppressions.entries.filter(({ expiresSoon }) => expiresSoon === true);
  return [
    `${style.bold('Suppressed')} ${counted(hidden, 'finding')} by ${counted(suppressions.entries.length, 'suppression')}`,
    ...entryLines('expired', inState('expired'), style.yellow, (entry) =>
      entry.findings === 0
        ? `ended on ${entry.expires}; nothing matches it`
        : `ended on ${entry.expires}; ${counted(entry.findings, 'finding counts', 'findings count')} again`,
    ),
    ...entryLines(
      'expires soon',
      soon,
      style.yellow,
      (entry) => `ends on ${entry.expires}; ${counted(entry.findings, 'finding')} will count`,
    ),
    ...entryLines('unused', inState('unused'), style.yellow, () => 'matches nothing; take it out'),
  ];
}

function entryLines(
  heading: string,
  entries: readonly SuppressionEntry[],
  paint: (text: string) => string,
  words: (entry: SuppressionEntry) => string,
): readonly string[] {
  const lines = entries
    .slice(0, named)
    .map((entry) => `  ${paint(heading)} ${visibleText(`${entry.id} (${entry.owner}): ${words(entry)}`)}`);
  return entries.length > named
    ? [...lines, `  and ${counted(entries.length - named, 'more', 'more')} ${heading}`]
    : lines;
}
