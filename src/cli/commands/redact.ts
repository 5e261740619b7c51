import type { Command } from 'commander';
import { addTerminalOptions, type TerminalOptions } from '../options.ts';
import { redactFolder, redactKeyOption } from '../redact.ts';
import { openTerminal } from '../terminal.ts';

interface RedactCommandOptions extends TerminalOptions {
  readonly out: string;
  readonly redactKey?: string;
}

/** `vpc-auditor redact`: a snapshot to give away. */
export function registerRedact(root: Command): void {
  addTerminalOptions(
    root
      .command('redact')
      .description('copy a snapshot with pseudonyms in place of accounts, ids, addresses and names')
      .argument('<snapshot>', 'the folder of a snapshot')
      .requiredOption('--out <dir>', 'a new or empty folder for the copy')
      .addOption(redactKeyOption()),
  )
    .addHelpText(
      'after',
      `
Example:
  vpc-auditor redact vpc-audit-report/snapshot --out to-share
  vpc-auditor audit --snapshot to-share                  the same verdicts, and nobody's names

Pseudonyms fit together: the same thing has the same one everywhere, and two addresses share as many leading bits as
before. Private addresses stay private, and inside a VPC an address keeps its place. Words that every network uses
(public, database, prod …) stay. What remains is the shape of your network: share it with whom you trust with that.`,
    )
    .action(async (snapshot: string, options: RedactCommandOptions) => {
      const terminal = openTerminal(options);
      const files = await redactFolder(snapshot, options.out, options.redactKey);
      terminal.say(`${files} files in ${options.out}.`);
    });
}
