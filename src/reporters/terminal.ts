import type { AuditReport, Coverage } from '../findings/audit-report.ts';
import { grouped } from '../findings/grouped.ts';
import { openFindings } from '../findings/open-findings.ts';
import { compareResults, compareSeverity } from '../findings/order.ts';
import { severities, type Severity } from '../model/verdict/severity.ts';
import { exposedThings } from './exposed-things.ts';
import { reachSentence } from './reach-words.ts';
import { countsOfFamilies, familiesOf, type Family, familyWords } from './same-rule.ts';
import { configurationLines } from './configuration-text.ts';
import { costLines } from './cost-text.ts';
import { standardLines } from './standards-text.ts';
import type { TerminalStyle } from './terminal-style.ts';
import { visibleText } from './visible-text.ts';
import { capitalised, counted, grouped as thousands, percent, seriesOfMost } from './wording.ts';

const shownThings = 5;
const shownChecks = 6;
const shownResources = 3;
const shownLosses = 5;
/** A name that goes on for ever does not push the rest off the screen. */
const longestName = 48;

/**
 * What an audit found, for the terminal: severities, the worst findings, what was not read. Nothing in it steers the
 * terminal except what `style` adds, whatever the resources are called.
 */
export function terminalSummary(whole: AuditReport, style: TerminalStyle): string {
  const report = openFindings(whole);
  return [
    ...severityTable(report, style),
    ...reachedLines(whole, style),
    ...worstFindings(report, style),
    ...standardLines(report, style),
    ...configurationLines(report, style),
    ...coverageLines(report.coverage, style),
    ...costLines(report, style),
    ...openLines(report, style),
    ...defectLines(report, style),
  ].join('\n');
}

function paint(severity: Severity, { bold, cyan, dim, red, yellow }: TerminalStyle): (text: string) => string {
  switch (severity) {
    case 'critical':
      return (text) => bold(red(text));
    case 'high':
      return red;
    case 'medium':
      return yellow;
    case 'low':
      return cyan;
    case 'informational':
      return dim;
    default:
      return severity satisfies never;
  }
}

const barLength = 30;

function severityTable({ summary }: AuditReport, style: TerminalStyle): readonly string[] {
  const longest = Math.max(1, ...severities.map((severity) => summary.failures[severity]));
  const width = thousands(longest).length;
  const rows = severities.map((severity) => {
    const count = summary.failures[severity];
    const bar = '█'.repeat(count === 0 ? 0 : Math.max(1, Math.round((count / longest) * barLength)));
    const emphasis = count === 0 ? style.dim : paint(severity, style);
    return `  ${emphasis(capitalised(severity).padEnd(14))} ${thousands(count).padStart(width)}${bar === '' ? '' : `  ${emphasis(bar)}`}`;
  });
  const { fail, unknown, pass } = summary.outcomes;
  const hidden = severities.reduce((sum, severity) => sum + (summary.suppressed?.[severity] ?? 0), 0);
  const head = [
    counted(fail, 'finding'),
    ...(hidden > 0 ? [`${thousands(hidden)} suppressed`] : []),
    `${thousands(unknown)} unknown`,
    `${thousands(pass)} passed`,
  ].join(', ');
  return [style.bold(head), ...rows];
}

/** What the internet reaches, the worst first, with the services that it reaches there. */
function reachedLines(report: AuditReport, style: TerminalStyle): readonly string[] {
  const things = exposedThings(report);
  const left = things.length - shownThings;
  return [
    '',
    visibleText(reachSentence(report)),
    ...things.slice(0, shownThings).map(({ exposed, services, severity }) => {
      const [first] = exposed.addresses;
      const more = exposed.addresses.length > 1 ? ` and ${thousands(exposed.addresses.length - 1)} more` : '';
      const who = `${first?.instanceId ?? first?.networkInterfaceId ?? ''} ${first?.publicAddress ?? first?.privateAddress ?? ''}${more}`;
      const what = seriesOfMost(
        services.map(({ words }) => words),
        3,
      );
      const word = (severity ?? 'no finding').padEnd(13);
      return `  ${severity === undefined ? style.dim(word) : paint(severity, style)(word)} ${visibleText(`${who}  ${what}`)}  ${style.dim(visibleText(`${exposed.accountId} ${exposed.region}`))}`;
    }),
    ...(left > 0 ? [style.dim(`  and ${counted(left, 'more kind')} of interfaces, in the report`)] : []),
  ];
}

/** The checks with the worst findings, each with a few of the resources; what one rule causes is one line. */
function worstFindings(report: AuditReport, style: TerminalStyle): readonly string[] {
  const titles = new Map(report.checks.map(({ id, title }) => [id, title]));
  const failures = report.results.filter(({ outcome }) => outcome === 'fail').toSorted(compareResults);
  const groups = [
    ...grouped(familiesOf(failures), ({ lead }) => `${lead.effectiveSeverity} ${lead.checkId}`).values(),
  ].sort(
    (a, b) =>
      compareSeverity(a[0].lead.effectiveSeverity, b[0].lead.effectiveSeverity) || findingsIn(b) - findingsIn(a),
  );
  if (groups.length === 0) return [];
  const lines = groups.slice(0, shownChecks).flatMap((families) => {
    const { checkId, effectiveSeverity, title } = families[0].lead;
    const { own, milder } = countsOfFamilies(families);
    const rest = milder === 0 ? '' : `, and ${thousands(milder)} milder by the same rules`;
    const count = own + milder === 1 ? '' : ` (${thousands(own)}${rest})`;
    return [
      `  ${paint(effectiveSeverity, style)(effectiveSeverity.padEnd(13))} ${visibleText(titles.get(checkId) ?? title)}${count}`,
      ...families.slice(0, shownResources).map((family) => `      ${familyLine(family, style)}`),
      ...(families.length > shownResources
        ? [style.dim(`      and ${thousands(findingsIn(families.slice(shownResources)))} more`)]
        : []),
    ];
  });
  const left = groups.length - shownChecks;
  return [
    '',
    style.bold('Worst first'),
    ...lines,
    ...(left > 0 ? [style.dim(`  and ${counted(left, 'more check')} with findings, in the report`)] : []),
  ];
}

const findingsIn = (families: readonly Family[]): number =>
  families.reduce((sum, { others }) => sum + 1 + others.length, 0);

function familyLine(family: Family, { dim }: TerminalStyle): string {
  const { resource, title } = family.lead;
  const said = family.others.length === 0 ? title : `${title}, ${familyWords(family)}`;
  const name = resource.name === undefined ? '' : ` ${shortened(visibleText(resource.name))}`;
  return `${visibleText(resource.id)}${name}  ${visibleText(said)}  ${dim(visibleText(`${resource.accountId} ${resource.region}`))}`;
}

const shortened = (name: string): string => (name.length <= longestName ? name : `${name.slice(0, longestName - 1)}…`);

function coverageLines(coverage: Coverage, style: TerminalStyle): readonly string[] {
  const { calls, collected, ratio, missingPermissions, notVisible } = coverage;
  const complete = calls > 0 && calls === collected;
  const figure = `${percent(ratio)} of ${counted(calls, 'planned reading')} answered`;
  const lost = coverage.rows.filter(({ status }) => status !== 'collected');
  const byOperation = [
    ...grouped(
      lost,
      ({ service, operation, errorCode, status }) =>
        `${service}.${operation}: ${errorCode ?? (status === 'skipped' ? 'not called' : 'failed')}`,
    ),
  ].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
  const hidden = new Set(notVisible.filter(({ region }) => region === undefined).map(({ accountId }) => accountId));
  const regions = new Set(notVisible.flatMap(({ region }) => (region === undefined ? [] : [region])));
  return [
    '',
    `${style.bold('Coverage')}  ${complete ? style.green(figure) : style.yellow(figure)}`,
    ...byOperation.slice(0, shownLosses).map(([what, rows]) => `  ${visibleText(what)}, in ${placesWords(rows)}`),
    ...(byOperation.length > shownLosses
      ? [style.dim(`  and ${counted(byOperation.length - shownLosses, 'more operation')}, in the report`)]
      : []),
    ...(missingPermissions.length === 0
      ? []
      : [
          `  To mend it, allow: ${visibleText(
            seriesOfMost(
              missingPermissions.map(({ iamAction }) => iamAction),
              4,
            ),
          )}`,
        ]),
    ...(hidden.size === 0
      ? []
      : [
          `  ${style.yellow(`Not visible: ${counted(hidden.size, 'account')}`)} ${visibleText(seriesOfMost([...hidden].sort(), 4))}`,
        ]),
    ...(regions.size === 0
      ? []
      : [style.dim(`  Regions not read: ${visibleText(seriesOfMost([...regions].sort(), 6))}`)]),
    ...(coverage.assumedOff.length === 0 ? [] : [style.dim(`  Taken as off: ${visibleText(assumedWords(coverage))}`)]),
  ];
}

/** `3 Regions of 777788889999`, `5 Regions of 2 accounts`. */
function placesWords(rows: Coverage['rows']): string {
  const accounts = [...new Set(rows.map(({ accountId }) => accountId))];
  const whose = accounts.length === 1 ? (accounts[0] ?? '') : counted(accounts.length, 'account');
  return visibleText(`${counted(rows.length, 'Region')} of ${whose}`);
}

const assumedWords = ({ assumedOff }: Coverage): string =>
  seriesOfMost([...new Set(assumedOff.flatMap(({ kinds }) => kinds))].sort(), 4);

function openLines({ summary }: AuditReport, style: TerminalStyle): readonly string[] {
  if (summary.outcomes.unknown === 0) return [];
  const beyond = summary.outcomes.unknown - summary.unread;
  const parts = [
    ...(summary.unread > 0 ? [`${thousands(summary.unread)} for want of a reading`] : []),
    ...(beyond > 0 ? [`${thousands(beyond)} beyond what is modelled`] : []),
  ];
  return [`${style.bold('Unknown')}   ${parts.join(', ')}: unknown is not clean`];
}

function defectLines({ defects }: AuditReport, style: TerminalStyle): readonly string[] {
  if (defects.length === 0) return [];
  return [
    '',
    style.red(`${counted(defects.length, 'check run')} broke by a defect of this program; please report it:`),
    ...defects
      .slice(0, shownLosses)
      .map(({ checkId, accountId, region, message }) =>
        visibleText(`  ${checkId} in ${accountId} ${region}: ${message}`),
      ),
  ];
}
