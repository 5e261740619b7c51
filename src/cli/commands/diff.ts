import { type Command, Option } from 'commander';
import type { Severity } from '../../model/verdict/severity.ts';
import { addConfigurationOptions, type ConfigurationOptions, configurationOf } from '../configuration.ts';
import { comparableAt } from '../comparable.ts';
import { addCheckOptions, addTerminalOptions, type CheckOptions, type TerminalOptions } from '../options.ts';
import { selectChecks } from '../select-checks.ts';
import { openTerminal } from '../terminal.ts';

interface DiffOptions extends CheckOptions, ConfigurationOptions, TerminalOptions {
  readonly format: 'text' | 'json';
  readonly failOn: Severity | 'none';
}

/** `vpc-auditor diff`: what appeared, went, changed, or cannot be compared between two audits. */
export function registerDiff(root: Command): void {
  const command = root
    .command('diff')
    .description('what appeared, went, changed, or cannot be compared between two audits')
    .argument('<old>', 'a report.json, a baseline, or a snapshot folder, which is audited first')
    .argument('<new>', 'another')
    .addOption(new Option('--format <form>', 'text, or JSON').choices(['text', 'json']).default('text'))
    .addOption(
      new Option('--fail-on <severity>', 'the least severity at which what is new makes the exit code 1')
        .choices(['critical', 'high', 'medium', 'low', 'informational', 'none'])
        .default('high'),
    );
  addTerminalOptions(addConfigurationOptions(addCheckOptions(command)))
    .addHelpText(
      'after',
      `
A finding that one audit lacks is called new or resolved only where that audit could have told: where the check ran, the
account and Region were looked at, and every operation that the check reads was answered. All others are incomparable.
Reports and snapshots are also compared by what the internet reaches, and two snapshots by what interfaces reach of each
other: exactly which packets get through now, which no longer do, and of which that cannot be told.
--standard, --check, --skip-check and --config say how snapshot folders are audited.

Examples:
  vpc-auditor diff yesterday/report.json today/report.json
  vpc-auditor diff old-snapshot new-snapshot
  vpc-auditor diff vpc-auditor.baseline.json report.json --format json | jq '.findings.new'

Exit codes: 0 nothing new at --fail-on and the internet reaches no more, 1 something is or it does, 2 something is
incomparable, 3 both.`,
    )
    .action(async (old: string, current: string, options: DiffOptions) => {
      const { allChecks, diff, diffStatus, diffText, reachabilityDifference, renderLines, standardChecks } =
        await import('../../index.ts');
      const known = await allChecks();
      const checks = selectChecks(known, options, standardChecks());
      const configuration = await configurationOf(options, known);
      const terminal = openTerminal(options);
      const before = await comparableAt(old, checks, configuration);
      const after = await comparableAt(current, checks, configuration);
      const reachability =
        before.reachability === undefined || after.reachability === undefined
          ? undefined
          : reachabilityDifference(before.reachability, after.reachability);
      const compared = diff(before.baseline, after.baseline, reachability);
      terminal.data(options.format === 'json' ? renderLines(compared) : diffText(compared, terminal.dataStyle));
      const status = diffStatus(compared, options.failOn);
      terminal.say(status.sentence);
      process.exitCode = status.code;
    });
}
