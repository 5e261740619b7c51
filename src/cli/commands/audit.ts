import { type Command, InvalidArgumentError, Option } from 'commander';
import { addAccountOptions, addCheckOptions, addTerminalOptions, outputHelp, wholeNumber } from '../options.ts';
import type { Outcome } from '../../model/verdict/verdict.ts';
import type { AuditOptions } from '../audit-run.ts';
import { addConfigurationOptions } from '../configuration.ts';
import { addFlowLogOptions } from './flows.ts';
import { addDeliveryOptions } from '../delivery/delivery-options.ts';
import { redactKeyOption } from '../redact.ts';
import { addPriceOptions } from '../prices.ts';
import { addMemoryOptions, parseFailOn } from '../memory.ts';

const outcomes: readonly Outcome[] = ['fail', 'unknown', 'pass', 'not-applicable'];

/** `--status fail,unknown` or `all`. */
function statuses(value: string): readonly Outcome[] {
  if (value === 'all') return outcomes;
  return value.split(',').map((word) => {
    const outcome = outcomes.find((known) => known === word.trim());
    if (outcome === undefined) throw new InvalidArgumentError(`${word} is none of ${outcomes.join(', ')}, all.`);
    return outcome;
  });
}

/** Adds what `audit` and `demo` write and how they end. */
export function addReportOptions(command: Command): Command {
  return command
    .optionsGroup('Output:')
    .option(
      '-o, --output <format[=path]>',
      `${outputHelp} (default: html and json)`,
      (value: string, before: readonly string[]) => [...before, value],
      [],
    )
    .option('--template <file.hbs>', 'a Handlebars template of your own, written to the output folder')
    .option('--output-dir <dir>', 'where the report and the snapshot go', 'vpc-audit-report')
    .addOption(
      new Option('--status <list>', 'which verdicts the outputs hold: fail, unknown, pass, not-applicable, or all')
        .default(['fail', 'unknown'], 'fail,unknown')
        .argParser(statuses),
    )
    .option('--redact', 'audit and keep a copy with pseudonyms for accounts, ids, addresses and names, to be shared')
    .addOption(redactKeyOption())
    .optionsGroup('Exit code:')
    .addOption(
      new Option(
        '--fail-on <severity>',
        'the least severity that makes the exit code 1; new:high counts only what is new',
      )
        .default(parseFailOn('high'), 'high')
        .argParser(parseFailOn),
    )
    .option('--min-coverage <percent>', 'how much of what was planned must have been read', wholeNumber(0, 100), 100);
}

/** `vpc-auditor audit`: the nightly command. */
export function registerAudit(root: Command): void {
  const command = root
    .command('audit')
    .description('collect, check and report')
    .option('--snapshot <dir>', 'audit this snapshot, or folder of "aws ec2 describe-*" output, instead of AWS')
    .option('--resume <dir>', 'go on with the collection that was interrupted in this output folder or snapshot');
  addDeliveryOptions(
    addReportOptions(addMemoryOptions(addConfigurationOptions(addCheckOptions(addAccountOptions(command))))),
  );
  command
    .optionsGroup('Flow logs:')
    .option(
      '--flow-logs <source>',
      'take in what they say: a folder, s3://BUCKET/PREFIX, log-group:NAME or athena:DATABASE.TABLE',
    );
  addTerminalOptions(addPriceOptions(addFlowLogOptions(command)))
    .addHelpText(
      'after',
      `
Examples:
  vpc-auditor audit                                       every enabled Region, your ordinary credentials
  vpc-auditor audit --profile prod --profile dev          two accounts in one report
  vpc-auditor audit --role-arn arn:aws:iam::111122223333:role/audit --external-id my-id
  vpc-auditor audit --org --role-name audit               every account of the organization in one report
  vpc-auditor audit --snapshot snapshot -o json=- | jq .summary
  vpc-auditor audit -q --fail-on critical                 for cron: silent but for the summary
  vpc-auditor audit --history runs --fail-on new:high     for cron: only what is new since the last run counts

  vpc-auditor audit --history s3://my-bucket/history/ --fail-on new:high --notify slack=env:SLACK_URL

The exit code is 0 (clean), 1 (findings at --fail-on or above), 2 (audit incomplete) or 3 (both); plus 4 where a message
could not be delivered or a result not be kept.
What the outputs show never changes it.`,
    )
    .action(async (options: AuditOptions) => {
      const { runAudit } = await import('../audit-run.ts');
      await runAudit(options);
    });
}
