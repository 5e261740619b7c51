import type { AuditReport } from '../findings/audit-report.ts';
import type { Allowed } from '../model/verdict/configuration-report.ts';
import type { TerminalStyle } from './terminal-style.ts';
import { visibleText } from './visible-text.ts';
import { counted, seriesOfMost } from './wording.ts';

/** What the configuration did, one line a sentence: what passes by it, what lets nothing pass, what does not run. */
export function configurationLinesOf({ configuration }: AuditReport): readonly string[] {
  if (configuration === undefined) return [];
  const { publicServices, trustedAccounts, trustedOrganizations, options, disabledChecks } = configuration;
  const entries: readonly (readonly [string, string | undefined, Allowed])[] = [
    ...publicServices.map((one) => [`public service ${one.name}`, one.reason, one] as const),
    ...trustedAccounts.map((one) => [`trusted account ${one.id}`, one.name, one] as const),
    ...trustedOrganizations.map((one) => [`trusted organization ${one.id}`, one.name, one] as const),
  ];
  const unused = entries.filter(([, , { verdicts }]) => verdicts === 0).map(([name]) => name);
  return [
    ...entries
      .filter(([, , { verdicts }]) => verdicts > 0)
      .map(([name, why, { verdicts, resources }]) => {
        const ids = seriesOfMost(
          resources.map(({ id }) => id),
          3,
        );
        return `${name} lets ${counted(verdicts, 'finding')} pass${why === undefined ? '' : ` (${why})`}: ${ids}`;
      }),
    ...(unused.length === 0 ? [] : [`Lets nothing pass: ${seriesOfMost(unused, 6)}`]),
    ...options.map(({ checkId, name, value, default: usual }) => `${checkId}: ${name} is ${value}, not ${usual}`),
    ...disabledChecks.map(({ id, reason }) => `Not run: ${id} (${reason})`),
  ];
}

/** The same for the terminal. */
export function configurationLines(report: AuditReport, style: TerminalStyle): readonly string[] {
  const { configuration } = report;
  if (configuration === undefined) return [];
  return [
    '',
    `${style.bold('Configuration')}  ${visibleText(configuration.file)}`,
    ...configurationLinesOf(report).map((line) => style.dim(`  ${visibleText(line)}`)),
  ];
}
