import type { AuditReport } from '../../../findings/audit-report.ts';
import { grouped } from '../../../findings/grouped.ts';
import { severities } from '../../../model/verdict/severity.ts';
import { capitalised, counted, instant, percent, series } from '../../wording.ts';
import { visibleText } from '../../visible-text.ts';
import { familiesOf, type Family, familyWords } from '../../same-rule.ts';
import { configurationLinesOf } from '../../configuration-text.ts';
import { controlReason, outcomeWords } from '../../standards-text.ts';
import { headersText } from '../../trace/headers-text.ts';
import { checksOf } from '../check-of.ts';
import { cut } from '../cut.ts';
import { evidenceText, missingText, placeText } from '../result-text.ts';
import { isSuppressed, openFailures, suppressedFailures } from '../standing.ts';
import { code, prose } from './escape.ts';

/** GitHub takes a comment of 65,536 characters; bytes are never fewer than characters. */
const mostBytes = 64_000;
/** So many findings are worth reading in a summary; what one rule causes is one of them. */
const mostFindings = 40;
/** So many lines has each of the other lists. */
const mostLines = 10;

/**
 * A summary of a report as GitHub Flavored Markdown, for a pull request or the summary of a job: what was found, what
 * could not be read and what would mend it, the worst findings. Always below 64 KB: what does not fit is counted.
 */
export function* renderMarkdown(report: AuditReport): Generator<string> {
  checksOf(report);
  const head = fitting(
    [
      ...opening(report),
      ...standardsSection(report),
      ...exposureSection(report),
      ...coverageSection(report),
      ...unknownSection(report),
      ...suppressionSection(report),
      ...configurationSection(report),
    ],
    mostBytes / 2,
  );
  yield head;
  yield* findingsSection(report, mostBytes - Buffer.byteLength(head));
}

/** The first lines that fit, and how many do not. */
function fitting(lines: readonly string[], room: number): string {
  let left = room;
  const kept = lines.findIndex((line) => (left -= Buffer.byteLength(line) + 1) < 0);
  if (kept === -1) return lines.join('\n');
  return [...lines.slice(0, kept), `\n… and ${counted(lines.length - kept, 'line')} more.\n`].join('\n');
}

function* opening({ tool, scope, coverage, summary, checks, baseline }: AuditReport): Generator<string> {
  const { unknown } = summary.outcomes;
  const fail = openFailures(summary);
  const bySeverity = severities.filter((severity) => summary.failures[severity] > 0);
  const found = series(bySeverity.map((severity) => `${summary.failures[severity]} ${severity}`));
  const where = `${counted(scope.accounts.length, 'account')} and ${counted(scope.regions.length, 'Region')}`;
  yield `## ${shortProse(tool.name)}: ${fail === 0 ? 'no findings' : `${counted(fail, 'finding')} (${found})`}\n`;
  yield `${counted(checks.length, 'check')} over ${where}${scope.collectedAt === undefined ? '' : `, as of ${prose(instant(scope.collectedAt))}`}.`;
  const standing = [...baselineWords(baseline), ...suppressedWords(summary)];
  if (standing.length > 0) yield `${capitalised(series(standing))}.`;
  if (unknown > 0) yield `**${counted(unknown, 'verdict')} cannot be told.**`;
  yield `Read ${percent(coverage.ratio)} of what was planned (${coverage.collected} of ${coverage.calls}).\n`;
  if (fail === 0) return;
  const news = summary.new;
  yield news === undefined
    ? '| Severity | Findings |\n| :-- | --: |'
    : '| Severity | Findings | New |\n| :-- | --: | --: |';
  for (const severity of severities) {
    const count = `| ${capitalised(severity)} | ${summary.failures[severity]} |`;
    yield news === undefined ? count : `${count} ${news[severity]} |`;
  }
  yield '';
}

function baselineWords(baseline: AuditReport['baseline']): readonly string[] {
  if (baseline === undefined) return [];
  const { counts } = baseline;
  return [
    `${counts.new} new since the baseline`,
    ...(counts.worse > 0 ? [`${counts.worse} graver than in it`] : []),
    ...(counts.resolved > 0 ? [`${counts.resolved} resolved`] : []),
    ...(counts.unproven > 0 ? [`${counts.unproven} not seen, which proves nothing`] : []),
  ];
}

function suppressedWords(summary: AuditReport['summary']): readonly string[] {
  const count = suppressedFailures(summary);
  return count === 0 ? [] : [`${counted(count, 'finding')} suppressed`];
}

/** Suppressions that somebody should look at. */
function suppressionSection({ suppressions }: AuditReport): readonly string[] {
  const lines = (suppressions?.entries ?? []).flatMap(({ id, owner, expires, state, findings, expiresSoon }) => {
    const name = `- ${short(id)} of ${short(owner)}`;
    if (state === 'expired' && findings > 0)
      return [`${name} ended on ${short(expires)}: ${counted(findings, 'finding counts', 'findings count')} again`];
    if (expiresSoon === true) return [`${name} ends on ${short(expires)}: ${counted(findings, 'finding')} will count`];
    return state === 'unused' ? [`${name} matches nothing`] : [];
  });
  return lines.length === 0 ? [] : ['### Suppressions\n', ...firstOf(lines), ''];
}

/** The standards that were asked for, control by control. */
function standardsSection({ standards = [] }: AuditReport): readonly string[] {
  return standards
    .filter(({ requested }) => requested)
    .flatMap(({ name, controls }) => [
      `### ${shortProse(name)}\n`,
      '| Control | | Because |\n| :-- | :-- | :-- |',
      ...controls.map(
        (control) =>
          `| ${shortProse(`${control.id} ${control.title}`)} | ${outcomeWords(control.outcome)} | ${shortProse(controlReason(control))} |`,
      ),
      '',
    ]);
}

/** What the configuration let pass, and what did not run. */
function configurationSection(report: AuditReport): readonly string[] {
  const lines = configurationLinesOf(report).map((line) => `- ${shortProse(line)}`);
  return lines.length === 0 ? [] : ['### Configuration\n', ...firstOf(lines), ''];
}

/** What the internet really reaches. */
function exposureSection({ exposures }: AuditReport): readonly string[] {
  const reached = exposures.filter(({ admittedTraffic }) => admittedTraffic.length > 0);
  if (reached.length === 0) return [];
  const rows = reached.slice(0, mostLines).map((one) => {
    const [first] = one.addresses;
    const more = one.addresses.length > 1 ? ` and ${one.addresses.length - 1} more` : '';
    const own = first === undefined ? '—' : short(first.instanceId ?? first.networkInterfaceId);
    const address = first === undefined ? '' : ` ${short(first.publicAddress ?? first.privateAddress)}`;
    const [traffic] = one.admittedTraffic;
    const rest = one.admittedTraffic.length > 1 ? ` and ${one.admittedTraffic.length - 1} more` : '';
    const what = traffic === undefined ? '' : `${long(headersText(traffic, 'destination'))}${rest}`;
    return `| ${own}${address}${more} | ${what} | ${short(one.vpcId)} | ${short(placeText(one))} |`;
  });
  const left = reached.length - rows.length;
  return [
    '### Reached from the internet\n',
    '| Interface | Traffic | VPC | Where |\n| :-- | :-- | :-- | :-- |',
    ...rows,
    ...(left > 0 ? [`\nand ${left} more kinds of interfaces`] : []),
    '',
  ];
}

/** What was not read and what would mend it; nothing where all was read. */
function coverageSection({ coverage, defects }: AuditReport): readonly string[] {
  const permissions = coverage.missingPermissions.map(
    ({ iamAction, readings }) => `- ${short(iamAction)} is missing and cost ${counted(readings, 'reading')}`,
  );
  const failed = coverage.rows.filter(({ status, failure }) => status !== 'collected' && failure !== 'denied');
  const failures = [
    ...grouped(failed, ({ service, operation, errorCode = '', status }) =>
      [service, operation, errorCode, status].join(' '),
    ).values(),
  ].map(
    (rows) =>
      `- ${short(`${rows[0].service} ${rows[0].operation}`)} ${rows[0].status}${rows[0].errorCode === undefined ? '' : ` (${short(rows[0].errorCode)})`} in ${counted(rows.length, 'place')}`,
  );
  const unseen = coverage.notVisible.map(
    ({ accountId, region, reason }) =>
      `- ${short(region === undefined ? accountId : placeText({ accountId, region }))} was not looked at: ${shortProse(reason)}`,
  );
  const broken = defects.map(
    (defect) =>
      `- The check ${short(defect.checkId)} broke in ${short(placeText(defect))}: ${shortProse(defect.message)}`,
  );
  const lists = [permissions, failures, unseen, broken].filter(({ length }) => length > 0);
  return lists.length === 0 ? [] : ['### Not read\n', ...lists.flatMap((lines) => firstOf(lines)), ''];
}

/** The checks that could not tell, each with what it lacks first of all. */
function unknownSection({ results, summary }: AuditReport): readonly string[] {
  const unknown = results.filter(({ outcome }) => outcome === 'unknown');
  if (summary.outcomes.unknown === 0) return [];
  const lines = [...grouped(unknown, ({ checkId }) => checkId).values()].map((these) => {
    const [lack] = these[0].missing ?? [];
    return `- ${short(these[0].checkId)}: ${these.length}${lack === undefined ? '' : `; ${shortProse(missingText(lack))}`}`;
  });
  const silent = summary.outcomes.unknown - unknown.length;
  const more = silent > 0 ? [`- ${counted(silent, 'verdict')} that the report counts and does not list`] : [];
  return ['### Cannot be told\n', ...firstOf(lines), ...more, ''];
}

function firstOf(lines: readonly string[]): readonly string[] {
  return lines.length <= mostLines ? lines : [...lines.slice(0, mostLines), `- … and ${lines.length - mostLines} more`];
}

/** Room for the line that counts what was left out. */
const reserve = 200;

function* findingsSection({ results, summary }: AuditReport, room: number): Generator<string> {
  const fail = openFailures(summary);
  if (fail === 0) return;
  const title =
    '\n### Worst findings\n\n| Severity | Finding | Resource | Where | Because | Fix |\n| :-- | :-- | :-- | :-- | :-- | :-- |\n';
  yield title;
  let left = room - Buffer.byteLength(title) - reserve;
  let shown = 0;
  const open = results.filter((result) => result.outcome === 'fail' && !isSuppressed(result));
  for (const family of familiesOf(open).slice(0, mostFindings)) {
    const line = row(family);
    left -= Buffer.byteLength(line);
    if (left < 0) break;
    yield line;
    shown += 1 + family.others.length;
  }
  if (shown < fail) yield `\n${counted(fail - shown, 'more finding')} in the full report.\n`;
}

function row(family: Family): string {
  const { effectiveSeverity, title, checkId, resource, evidence, fix, sinceBaseline } = family.lead;
  const [first] = evidence;
  const others = family.others.length === 0 ? '' : `, ${familyWords(family)}`;
  const name = resource.name === undefined || resource.name === '' ? '' : ` ${short(resource.name)}`;
  const cells = [
    `${capitalised(effectiveSeverity)}${sinceBaseline === 'new' || sinceBaseline === 'worse' ? `, ${sinceBaseline}` : ''}`,
    `${shortProse(capitalised(title))}${others} (${short(checkId)})`,
    `${resource.type.replaceAll('-', ' ')} ${short(resource.id)}${name}`,
    short(placeText(resource)),
    first === undefined ? '' : long(evidenceText(first)),
    fix === undefined ? '' : shortProse(fix.summary),
  ];
  return `| ${cells.join(' | ')} |\n`;
}

const short = (text: string): string => code(cut(visibleText(text), 100));
const long = (text: string): string => code(cut(visibleText(text), 200));
const shortProse = (text: string): string => prose(cut(visibleText(text), 200));
