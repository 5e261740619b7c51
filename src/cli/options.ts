import { type Command, InvalidArgumentError, Option } from 'commander';

/** Options that say which accounts and Regions to read, and with whose credentials. */
export interface AccountOptions {
  readonly profile: readonly string[];
  readonly roleArn: readonly string[];
  readonly externalId?: string;
  readonly roleSessionName?: string;
  readonly sessionDuration?: number;
  readonly org?: true;
  readonly ou: readonly string[];
  readonly accounts: readonly string[];
  readonly excludeAccounts: readonly string[];
  readonly roleName?: string;
  readonly shard?: string;
  readonly regions: readonly string[];
  readonly endpointUrl?: string;
  readonly endpointFromEnvironment?: true;
  readonly concurrency: number;
  readonly callTimeout: number;
  readonly maxAttempts: number;
  /** In milliseconds. */
  readonly deadline?: number;
  readonly regionDeadline?: number;
}

/** Options that say what is written on the terminal. */
export interface TerminalOptions {
  readonly quiet: number;
  readonly color: 'auto' | 'always' | 'never';
  readonly log?: 'text' | 'json';
  readonly debug?: true;
}

/** Options that say which checks run. */
export interface CheckOptions {
  readonly check: readonly string[];
  readonly skipCheck: readonly string[];
  readonly standard: readonly string[];
}

/** What `-o` takes; the table of formats itself is not loaded for a help text. */
export const outputHelp: string =
  'html, json, jsonl, sarif, ocsf, asff, csv, junit, markdown or prometheus, with a path or - for stdout; repeatable';

/** `--regions a,b --regions c` → a, b, c. */
const several = (value: string, before: readonly string[]): readonly string[] => [
  ...before,
  ...value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
];

/** A parser for whole numbers from `least` to `most`. */
export function wholeNumber(least: number, most: number): (value: string) => number {
  return (value) => {
    const parsed = Number(value);
    if (!Number.isInteger(parsed) || parsed < least || parsed > most) {
      throw new InvalidArgumentError(`It takes a whole number from ${least} to ${most}.`);
    }
    return parsed;
  };
}

/** A parser for texts whose length AWS bounds. */
function bounded(least: number, most: number): (value: string) => string {
  return (value) => {
    if (value.length < least || value.length > most)
      throw new InvalidArgumentError(`It takes ${least} to ${most} characters.`);
    return value;
  };
}

/** A parser for durations: `90s`, `30m`, `2h`, or minutes where there is no unit; to milliseconds. */
export function duration(value: string): number {
  const [, count, unit = 'm'] = /^(\d{1,6})(s|m|h)?$/.exec(value) ?? [];
  const ms = Number(count) * ({ s: 1000, m: 60_000, h: 3_600_000 }[unit] ?? Number.NaN);
  if (!(ms > 0))
    throw new InvalidArgumentError('It takes a duration, such as 90s, 30m or 2h; a bare number is minutes.');
  return ms;
}

/** Adds the options that choose accounts, credentials and Regions. */
export function addAccountOptions(command: Command): Command {
  return addEndpointOptions(command)
    .optionsGroup('Which accounts and Regions:')
    .option('-p, --profile <name>', 'a profile of your AWS configuration; repeat it for several accounts', several, [])
    .option('--role-arn <arn>', 'a role to assume first; repeat it for several accounts', several, [])
    .option('--external-id <id>', 'the external id that the role asks for; env:NAME or file:PATH say where it stands')
    .option('--role-session-name <name>', 'how CloudTrail shows the session (default: vpc-auditor)', bounded(2, 64))
    .option('--session-duration <seconds>', 'how long a role session lasts, 900 to 43200', wholeNumber(900, 43_200))
    .option('-r, --regions <list>', 'Regions, separated by commas, or all (default: all that are enabled)', several, [])
    .optionsGroup('An organization:')
    .option('--org', 'all its accounts; run it in the management account or as a delegated administrator')
    .option('--ou <id>', 'only those below these organizational units; includes --org', several, [])
    .option(
      '--accounts <ids>',
      'only these, separated by commas, or @FILE; without --org nobody lists them',
      several,
      [],
    )
    .option('--exclude-accounts <ids>', 'not these', several, [])
    .option('--role-name <name>', 'the role assumed in each account (default: vpc-auditor)')
    .option('--shard <k/n>', 'only the k-th of n shares of the accounts; auto or auto/N: by the array index of the job')
    .optionsGroup('Pace:')
    .option('--concurrency <n>', 'calls under way at once', wholeNumber(1, 256), 32)
    .option(
      '--call-timeout <seconds>',
      'the longest that one call may take, retries included',
      wholeNumber(1, 3600),
      120,
    )
    .option('--max-attempts <n>', 'attempts per request when AWS throttles or the network fails', wholeNumber(1, 20), 8)
    .option('--deadline <duration>', 'stop reading after so long, such as 2h; what is missing is on record', duration)
    .option('--region-deadline <duration>', 'the same for each Region of an account', duration);
}

/** Adds the options that say where calls go instead of to AWS. */
export function addEndpointOptions(command: Command): Command {
  return command
    .optionsGroup('Endpoints:')
    .option('--endpoint-url <url>', 'send every call to this endpoint instead of AWS')
    .option('--endpoint-from-environment', 'honour AWS_ENDPOINT_URL and the like, which are refused otherwise');
}

/** What a command that reads no account says of accounts. */
export const noAccounts: AccountOptions = {
  profile: [],
  roleArn: [],
  ou: [],
  accounts: [],
  excludeAccounts: [],
  regions: [],
  concurrency: 32,
  callTimeout: 120,
  maxAttempts: 8,
};

/** Adds the options that choose checks. */
export function addCheckOptions(command: Command): Command {
  return command
    .optionsGroup('Which checks:')
    .option('-c, --check <id>', 'only these checks; * stands for any characters', several, [])
    .option('--skip-check <id>', 'not these checks; * stands for any characters', several, [])
    .option('--standard <id>', 'only the checks of this standard, such as cis-7.0; repeatable', several, []);
}

/** Adds the options that say how much is written on the terminal. */
export function addTerminalOptions(command: Command): Command {
  return command
    .optionsGroup('Terminal:')
    .addOption(
      new Option('-q, --quiet', 'no progress, only the closing summary; -qq: nothing but errors')
        .default(0)
        .argParser((_: string, before: number) => before + 1),
    )
    .addOption(
      new Option('--color <when>', 'colours on the terminal').choices(['auto', 'always', 'never']).default('auto'),
    )
    .addOption(
      new Option('--log <format>', 'what stderr is written in: text, or json, one record a line')
        .choices(['text', 'json'])
        .default('text'),
    )
    .option('--debug', 'show where in the program an error came from');
}
