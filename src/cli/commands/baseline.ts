import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import type { Baseline } from '../../findings/baseline/baseline.ts';
import type { CarriedOn } from '../../findings/baseline/carry-on.ts';
import { readInput } from '../input-file.ts';
import { addTerminalOptions, type TerminalOptions } from '../options.ts';
import { openTerminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { writeWhole } from '../write-outputs.ts';

interface BaselineOptions extends TerminalOptions {
  readonly results: string;
  readonly baseline: string;
}

/** `vpc-auditor baseline create | update | prune`: what is known and accepted, so that only news counts. */
export function registerBaseline(root: Command): void {
  const baseline = root.command('baseline').description('what is known, so that only news counts');
  baseline.addHelpText(
    'after',
    `
Examples:
  vpc-auditor baseline create --results vpc-audit-report/report.json
  vpc-auditor audit --baseline vpc-auditor.baseline.json --fail-on new:high
  vpc-auditor baseline prune --results vpc-audit-report/report.json     drop what is resolved
  vpc-auditor baseline update --results vpc-audit-report/report.json    and take in what was found

The file has one finding a line, sorted, so that it can be reviewed and merged. What an audit could not tell, because it
looked at less or was denied something, never leaves a baseline. What is suppressed never enters one.`,
  );
  addBaselineCommand(baseline, 'create', 'write a first baseline; one that is there is not overwritten', create);
  addBaselineCommand(baseline, 'update', 'take in what was found and drop what is proven to be gone', (options) =>
    carryOn(options, async (before, current) => (await import('../../index.ts')).updated(before, current)),
  );
  addBaselineCommand(baseline, 'prune', 'drop what is proven to be gone, and take nothing in', (options) =>
    carryOn(options, async (before, current) => (await import('../../index.ts')).pruned(before, current)),
  );
}

function addBaselineCommand(
  parent: Command,
  name: string,
  description: string,
  act: (options: BaselineOptions) => Promise<string>,
): void {
  addTerminalOptions(
    parent
      .command(name)
      .description(description)
      .requiredOption('--results <file>', 'the report.json that an audit wrote')
      .option('--baseline <file>', 'the baseline', 'vpc-auditor.baseline.json'),
  ).action(async (options: BaselineOptions) => {
    openTerminal(options).say(await act(options));
  });
}

async function create(options: BaselineOptions): Promise<string> {
  const { firstBaseline, unsuppressed } = await import('../../index.ts');
  if (existsSync(options.baseline)) {
    throw new UsageError(
      `${options.baseline} is there already and is not overwritten; bring it up to date with: vpc-auditor baseline update`,
    );
  }
  const baseline = firstBaseline(unsuppressed(await resultsOf(options)));
  await write(options, baseline);
  return `${options.baseline} holds ${baseline.findings.length} findings.`;
}

async function carryOn(
  options: BaselineOptions,
  act: (before: Baseline, current: Baseline) => Promise<CarriedOn>,
): Promise<string> {
  const { readComparable } = await import('../../index.ts');
  const before = readComparable(await readInput(options.baseline), options.baseline);
  const { baseline, added, removed, kept } = await act(before, await resultsOf(options));
  await write(options, baseline);
  return (
    `${options.baseline} holds ${baseline.findings.length} findings: ${added} taken in, ${removed} dropped, ` +
    `${kept} kept that this audit does not show and could not rule out.`
  );
}

async function resultsOf({ results }: BaselineOptions): Promise<Baseline> {
  const { baselineOf, readReport } = await import('../../index.ts');
  return baselineOf(readReport(await readInput(results), results), results);
}

async function write(options: BaselineOptions, baseline: Baseline): Promise<void> {
  const { renderLines } = await import('../../index.ts');
  await writeWhole(options.baseline, renderLines(baseline));
}
