import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { addTerminalOptions, outputHelp, type TerminalOptions } from '../options.ts';
import { parseOutputs } from '../output-option.ts';
import { openTerminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { writeOutputs, writersOf } from '../write-outputs.ts';

interface ReportOptions extends TerminalOptions {
  readonly results: string;
  readonly output: readonly string[];
  readonly outputDir: string;
  readonly template?: string;
}

/** `vpc-auditor report`: render a saved result again. */
export function registerReport(root: Command): void {
  addTerminalOptions(
    root
      .command('report')
      .description('render saved results in another format')
      .requiredOption('--results <file>', 'a report.json that an audit wrote')
      .option('-o, --output <format[=path]>', outputHelp, collect, [])
      .option('--template <file.hbs>', 'a Handlebars template of your own')
      .option('--output-dir <dir>', 'where outputs without a path go', '.'),
  )
    .addHelpText(
      'after',
      '\nExample:\n  vpc-auditor report --results vpc-audit-report/report.json -o sarif -o csv=findings.csv',
    )
    .action(async (options: ReportOptions) => {
      const { readReport } = await import('../../index.ts');
      const { template, outputDir } = options;
      const outputs = parseOutputs(options.output, outputDir, template === undefined ? ['html'] : []);
      const writers = await writersOf(
        outputs,
        template === undefined ? undefined : { file: template, folder: outputDir },
      );
      const text = await readFile(options.results, 'utf8').catch((cause: unknown) => {
        throw new UsageError(`${options.results} cannot be read: ${reasonOf(cause)}.`, { cause });
      });
      const terminal = openTerminal(options);
      for (const path of await writeOutputs(readReport(text, options.results), writers, terminal)) terminal.say(path);
    });
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

function reasonOf(cause: unknown): string {
  const code = (cause as { readonly code?: unknown }).code;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EACCES') return 'permission denied';
  if (code === 'EISDIR') return 'it is a folder';
  return cause instanceof Error ? cause.message : String(cause);
}
