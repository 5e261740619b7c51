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
import { shardFolder } from '../members.ts';
import { lockedIn } from '../run-lock.ts';
import { exitCode } from '../exit-code.ts';
import { isNarrowed, selectChecks } from '../select-checks.ts';
import { openTerminal } from '../terminal.ts';

interface CollectCommandOptions extends AccountOptions, CheckOptions, TerminalOptions {
  readonly out: string;
  readonly resume?: string;
}

/** `vpc-auditor collect`: the snapshot only. */
export function registerCollect(root: Command): void {
  const command = root
    .command('collect')
    .description('collect a snapshot, to audit it later or elsewhere')
    .option('--out <dir>', 'the snapshot folder: new, empty, or an earlier snapshot, which is replaced', 'vpc-snapshot')
    .option('--resume <dir>', 'go on with the collection that was interrupted in this folder, in place of --out');
  addTerminalOptions(addCheckOptions(addAccountOptions(command)))
    .addHelpText(
      'after',
      `
Examples:
  vpc-auditor collect --out snapshot
  vpc-auditor collect --profile prod --regions eu-west-1 --out prod-snapshot
  vpc-auditor collect --org --role-name audit --out org-snapshot
  vpc-auditor collect --org --role-name audit --resume org-snapshot      after an interruption
  vpc-auditor audit --snapshot snapshot               audit it, as often as you like

The folder holds exactly what "aws ec2 describe-*" prints, and manifest.json with every call and how it ended.
It shows your network: treat it as confidential.`,
    )
    .action(async (options: CollectCommandOptions) => {
      const { allChecks, needsOf, standardChecks } = await import('../../index.ts');
      const terminal = openTerminal(options);
      const folder = shardFolder(options.resume ?? options.out, options);
      const narrowed = isNarrowed(options);
      const collected = {
        options,
        folder,
        resume: options.resume !== undefined,
        ...(narrowed ? { kinds: needsOf(selectChecks(await allChecks(), options, standardChecks())) } : {}),
        terminal,
      };
      const manifest = await lockedIn([folder], terminal, () => collectLive(collected));
      const { calls, scope, notVisible } = manifest;
      const unread = calls.filter(({ status }) => status !== 'collected').length;
      terminal.say(
        `Snapshot of ${scope.accounts.length} account(s) and ${scope.regions.length} Region(s) in ${folder}: ` +
          `${calls.length - unread} of ${calls.length} calls answered.`,
      );
      for (const { accountId, region, reason } of notVisible) {
        terminal.say(`  not visible: ${accountId}${region === undefined ? '' : ` ${region}`}: ${reason}`);
      }
      const lacking = notVisible.filter(({ region, inactive }) => region === undefined && inactive !== true).length;
      if (unread + lacking === 0) return;
      process.exitCode = exitCode.incomplete;
      const what = [
        ...(unread > 0 ? [`${unread} call(s) were not answered`] : []),
        ...(lacking > 0 ? [`${lacking} account(s) could not be entered`] : []),
      ];
      terminal.say(`Exit code 2: ${what.join(' and ')}; manifest.json says which and why.`);
    });
}
