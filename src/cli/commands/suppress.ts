import type { Command } from 'commander';
import { exitCode } from '../exit-code.ts';
import { readInput } from '../input-file.ts';
import { addTerminalOptions, type TerminalOptions, wholeNumber } from '../options.ts';
import { openTerminal } from '../terminal.ts';

interface LintOptions extends TerminalOptions {
  readonly maxDays: number;
}

/** `vpc-auditor suppress lint`: is a file of suppressions fit for use, before a nightly run meets it? */
export function registerSuppress(root: Command): void {
  const suppress = root.command('suppress').description('findings that somebody answers for until a day');
  suppress.addHelpText(
    'after',
    `
The file is YAML; every entry needs an id, an owner, a reason and a last day:

  suppressions:
    - id: bastion-ssh
      check: security-group-open-to-internet     an id, or a pattern with *
      match:                                     all that is said must hold; values are exact
        account: "111122223333"                  also: region, vpc, resource, resource_glob, tags, fingerprint
        resource: sg-0a1b2c3d4e5f60718
        ports: [22]                              every rule of the finding lies within these ports …
        cidrs: [203.0.113.0/24]                  … and these blocks: a wider rule comes back
      owner: network-team@example.com
      reason: Reached by the office alone until the VPN is live.
      expires: 2026-12-31

What is suppressed stays in the report and does not count. What is unknown cannot be suppressed.`,
  );
  addTerminalOptions(
    suppress
      .command('lint')
      .description('is the file fit for use?')
      .argument('[file]', 'the file', 'vpc-auditor.suppressions.yaml')
      .option('--max-days <n>', 'how far ahead a suppression may end', wholeNumber(1, 36_500), 180),
  ).action(lint);
}

async function lint(file: string, options: LintOptions): Promise<void> {
  const { allChecks, dayOf, daysBetween, hasExpired, readSuppressions } = await import('../../index.ts');
  const terminal = openTerminal(options);
  const ids = (await allChecks()).map(({ id }) => id);
  const suppressions = readSuppressions(await readInput(file), file, ids);
  const today = dayOf(new Date().toISOString());
  const complaints = suppressions.flatMap((suppression) => {
    const { id, line, expires } = suppression;
    if (hasExpired(suppression, today)) return [`${file}, line ${line}: ${id} ended on ${expires}.`];
    const days = daysBetween(today, expires);
    return days > options.maxDays
      ? [`${file}, line ${line}: ${id} ends in ${days} days, and --max-days allows ${options.maxDays}.`]
      : [];
  });
  for (const complaint of complaints) terminal.warn(complaint);
  terminal.say(`${file}: ${suppressions.length} suppressions, ${complaints.length} to mend.`);
  if (complaints.length > 0) process.exitCode = exitCode.findings;
}
