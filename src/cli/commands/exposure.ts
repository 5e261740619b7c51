import { type Command, Option } from 'commander';
import { type AccountOptions, addAccountOptions, addTerminalOptions, type TerminalOptions } from '../options.ts';
import { evidenceOf } from '../evidence.ts';
import { exitCode } from '../exit-code.ts';
import { openTerminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

interface ExposureOptions extends AccountOptions, TerminalOptions {
  readonly from: string;
  readonly outbound?: true;
  readonly format: 'text' | 'json';
  readonly snapshot?: string;
}

/** `vpc-auditor exposure`: what the internet (or any other place) can reach, and through which rules. */
export function registerExposure(root: Command): void {
  const command = root
    .command('exposure')
    .description('what the internet (or --from X) can reach, and through which rules')
    .option('--from <place>', 'where packets come from, as for trace', 'internet')
    .option('--outbound', 'instead, what each interface can reach on the internet and have answered')
    .addOption(new Option('--format <form>', 'text, or JSON').choices(['text', 'json']).default('text'))
    .option('--snapshot <dir>', 'a snapshot, or a folder of "aws ec2 describe-*" output, instead of AWS');
  addTerminalOptions(addAccountOptions(command))
    .addHelpText(
      'after',
      `
Interfaces that every filter, route and gateway treats alike are told together. Both directions are followed: what is
listed arrives and is answered. The exit code is 0, or 2 when something depends on what was not collected.

Examples:
  vpc-auditor exposure --snapshot snapshot
  vpc-auditor exposure --snapshot snapshot --from i-0abc
  vpc-auditor exposure --snapshot snapshot --outbound --format json`,
    )
    .action(async (options: ExposureOptions) => {
      if (options.outbound === true && options.from !== 'internet') {
        throw new UsageError('--outbound asks what each interface reaches on the internet; leave --from out.');
      }
      const terminal = openTerminal(options);
      const { buildNetwork, exposedClasses, exposureFrom, exposureText, internetReach } = await import(
        '../../index.ts'
      );
      const network = buildNetwork(await evidenceOf(options, terminal));
      const outbound = options.outbound === true;
      const classes = exposedClasses(outbound ? internetReach(network) : exposureFrom(network, options.from));
      if (options.format === 'json') terminal.data(`${JSON.stringify(classes, null, 2)}\n`);
      else {
        const title = outbound ? 'Can reach the internet' : `Reachable from ${options.from}`;
        terminal.data(`${exposureText(classes, title, terminal.dataStyle, outbound)}\n`);
      }
      if (classes.some(({ missing }) => missing.length > 0)) process.exitCode = exitCode.incomplete;
    });
}
