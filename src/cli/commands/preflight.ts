import type { Command } from 'commander';
import {
  type AccountOptions,
  addAccountOptions,
  addCheckOptions,
  addTerminalOptions,
  type CheckOptions,
  type TerminalOptions,
} from '../options.ts';
import { connectionOptions } from '../live.ts';
import { exitCode } from '../exit-code.ts';
import { isNarrowed, selectChecks } from '../select-checks.ts';
import { openTerminal } from '../terminal.ts';

type PreflightCommandOptions = AccountOptions & CheckOptions & TerminalOptions & { readonly json?: true };

/** `vpc-auditor preflight`: identity, Regions and missing permissions, before a scan. */
export function registerPreflight(root: Command): void {
  const command = root
    .command('preflight')
    .description('identity, Regions and missing permissions, before a scan')
    .option('--json', 'as JSON on stdout');
  addTerminalOptions(addCheckOptions(addAccountOptions(command)))
    .addHelpText(
      'after',
      `
Asks AWS with DryRun (or for one item) whether each call would be allowed. Nothing is collected.
With --org it does so in every account, and tells which of them cannot be entered.
Exit code 0 when everything is, 2 when something is missing, 77 without credentials.`,
    )
    .action(async (options: PreflightCommandOptions) => {
      const { allChecks, needsOf, preflight, standardChecks } = await import('../../index.ts');
      const terminal = openTerminal(options);
      const narrowed = isNarrowed(options);
      const result = await preflight({
        ...(await connectionOptions(options)),
        ...(narrowed ? { kinds: needsOf(selectChecks(await allChecks(), options, standardChecks())) } : {}),
      });
      if (options.json === true) terminal.data(`${JSON.stringify(result, null, 2)}\n`);
      for (const account of result.accounts) {
        terminal.say(`${terminal.style.bold(account.accountId)} as ${account.arn}`);
        terminal.say(`  ${account.regions.length} Region(s): ${account.regions.join(', ')}`);
      }
      for (const { accountId, region, reason } of result.notVisible)
        terminal.say(`  not visible: ${accountId}${region === undefined ? '' : ` ${region}`}: ${reason}`);
      if (result.complete) {
        terminal.say(terminal.style.green('Every call that an audit makes would be allowed.'));
        return;
      }
      process.exitCode = exitCode.incomplete;
      if (result.missing.length > 0)
        terminal.say(`${result.missing.length} permission(s) missing: ${result.missing.join(', ')}.`);
      if (result.statement !== undefined) {
        terminal.say('Allow them with this statement:');
        terminal.say(JSON.stringify(result.statement, null, 2));
      }
      const unanswered = result.probes.filter((probe) => probe.result === 'failed').length;
      if (unanswered > 0) terminal.say(`${unanswered} call(s) were not answered; --json says which and why.`);
    });
}
