import type { Command } from 'commander';
import {
  type AccountOptions,
  addAccountOptions,
  addCheckOptions,
  addTerminalOptions,
  type CheckOptions,
  type TerminalOptions,
} from '../options.ts';
import { collectLive } from '../live.ts';
import { exitCode } from '../exit-code.ts';
import { isNarrowed, selectChecks } from '../select-checks.ts';
import { openTerminal } from '../terminal.ts';

interface CollectCommandOptions extends AccountOptions, CheckOptions, TerminalOptions {
  readonly out: string;
}

/** `vpc-auditor collect`: the snapshot only. */
export function registerCollect(root: Command): void {
  const command = root
    .command('collect')
    .description('collect a snapshot, to audit it later or elsewhere')
    .option(
      '--out <dir>',
      'the snapshot folder: new, empty, or an earlier snapshot, which is replaced',
      'vpc-snapshot',
    );
  addTerminalOptions(addCheckOptions(addAccountOptions(command)))
    .addHelpText(
      'after',
      `
Examples:
  vpc-auditor collect --out snapshot
  vpc-auditor collect --profile prod --regions eu-west-1 --out prod-snapshot
  vpc-auditor audit --snapshot snapshot               audit it, as often as you like

The folder holds exactly what "aws ec2 describe-*" prints, and manifest.json with every call and how it ended.
It shows your network: treat it as confidential.`,
    )
    .action(async (options: CollectCommandOptions) => {
      const { allChecks, needsOf, standardChecks } = await import('../../index.ts');
      const terminal = openTerminal(options);
      const narrowed = isNarrowed(options);
      const manifest = await collectLive({
        options,
        folder: options.out,
        ...(narrowed ? { kinds: needsOf(selectChecks(await allChecks(), options, standardChecks())) } : {}),
        terminal,
      });
      const { calls, scope, notVisible } = manifest;
      const unread = calls.filter(({ status }) => status !== 'collected').length;
      terminal.say(
        `Snapshot of ${scope.accounts.length} account(s) and ${scope.regions.length} Region(s) in ${options.out}: ` +
          `${calls.length - unread} of ${calls.length} calls answered.`,
      );
      for (const { accountId, region, reason } of notVisible) {
        terminal.say(`  not visible: ${accountId}${region === undefined ? '' : ` ${region}`}: ${reason}`);
      }
      if (unread > 0) {
        process.exitCode = exitCode.incomplete;
        terminal.say('Exit code 2: some calls were not answered; manifest.json says which and why.');
      }
    });
}
