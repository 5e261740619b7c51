import { type Command, Option } from 'commander';
import type { AthenaDdlOptions } from '../athena-ddl-run.ts';
import type { FlowsOptions } from '../flows-run.ts';
import { addAccountOptions, addTerminalOptions, wholeNumber } from '../options.ts';

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** Adds the options that say how flow logs are read, for `flows` and `audit`. */
export function addFlowLogOptions(command: Command): Command {
  return command
    .option('--since <when>', 'the window begins: 24h, 7d, a date, or all (default: 24h; a folder: all that it holds)')
    .option('--until <when>', 'the window ends (default: now)')
    .option('--log-format <fields>', "the flow log's LogFormat, for files without a header: '${version} ${srcaddr} …'")
    .option('--known-cidrs <file>', 'names for blocks of addresses: one "CIDR NAME" a line')
    .option('--threshold <name=value>', 'tune a detection, such as vertical-scan-ports=30; repeatable', collect, [])
    .option('--max-bytes <size>', 'the most that may be read or downloaded, such as 500MB', '20GB')
    .option('--workgroup <name>', 'the workgroup of Athena that asks (default: primary)')
    .option('--memory-limit <size>', 'memory for reading files', '1GB')
    .option('--threads <n>', 'threads for reading files (default: one per processor)', wholeNumber(1, 256));
}

/** `vpc-auditor flows`: what the traffic says. */
export function registerFlows(root: Command): void {
  const command = root
    .command('flows')
    .description('what flow logs say: who was rejected by which rule, what is used, what is odd')
    .optionsGroup('The evidence:')
    .option('--source <source>', 'a folder, s3://BUCKET/PREFIX, log-group:NAME or athena:DATABASE.TABLE')
    .option(
      '--snapshot <dir>',
      'a snapshot, so that rejects, exposures and unused rules are judged by the rules in force',
    );
  addFlowLogOptions(command)
    .optionsGroup('The answer:')
    .addOption(new Option('--format <form>', 'terminal, or JSON').choices(['terminal', 'json']).default('terminal'))
    .addOption(
      new Option('--fail-on <severity>', 'the least severity of a detection that makes the exit code 1')
        .choices(['critical', 'high', 'medium', 'low', 'never'])
        .default('high'),
    )
    .option('--dry-run', 'say what would be read and what it takes, and stop there');
  addTerminalOptions(addAccountOptions(command))
    .addHelpText(
      'after',
      `
Sources:
  DIR                     files as AWS delivers them: text, gzip or Parquet, of any format and version, in any folders
  s3://BUCKET/PREFIX      the same in S3; downloaded into a private folder that is taken away afterwards
  log-group:NAME          CloudWatch Logs, asked with Logs Insights (billed per byte scanned)
  athena:DATABASE.TABLE   an existing table (billed per byte scanned; results are written where its workgroup says)

Examples:
  vpc-auditor flows --source logs/ --snapshot snapshot
  vpc-auditor flows --source s3://my-flow-logs/prod --since 24h --snapshot snapshot --dry-run
  vpc-auditor flows --source log-group:/vpc/flow-logs --since 2h --snapshot snapshot
  vpc-auditor flows --source logs/ --since 7d --format json | jq '.detections'
  vpc-auditor flows athena-ddl --location s3://my-flow-logs --accounts 111122223333 --regions eu-west-1

Without a snapshot the log alone speaks: it tells replies from requests, but not which rule rejects.
The format of a flow log decides which questions can be answered; the answer names the fields to add.
A line of a log can be traced: vpc-auditor trace --snapshot snapshot --flow-log-line '2 1111… eni-… …'

Exit codes: 0 nothing detected at --fail-on, 1 something detected, 2 not everything could be read, 3 both, 64 usage.`,
    )
    .action(async (options: FlowsOptions) => {
      const { runFlows } = await import('../flows-run.ts');
      await runFlows(options);
    });
  registerAthenaDdl(command);
}

function registerAthenaDdl(flows: Command): void {
  flows
    .command('athena-ddl')
    .description('print the statement that makes a table for Athena; nothing is run')
    .requiredOption('--location <s3-url>', 'where the flow log is delivered: s3://BUCKET/PREFIX')
    .option('--table <database.table>', 'the name of the table', 'default.vpc_flow_logs')
    .option('--log-format <fields>', "the flow log's LogFormat (default: the default format)")
    .addOption(
      new Option('--file-format <form>', 'of the flow log').choices(['plain-text', 'parquet']).default('plain-text'),
    )
    .option('--hive', 'the flow log uses Hive-compatible prefixes')
    .option('--hourly', 'the flow log partitions by the hour')
    .requiredOption('--accounts <list>', 'the account ids that log, separated by commas')
    .requiredOption('--regions <list>', 'their Regions, separated by commas')
    .option('--since <date>', 'the day of the first log, YYYY-MM-DD', '2020-01-01')
    .action(async (options: AthenaDdlOptions) => {
      const { printAthenaDdl } = await import('../athena-ddl-run.ts');
      await printAthenaDdl(options);
    });
}
