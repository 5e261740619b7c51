import { type Command, InvalidArgumentError } from 'commander';
import type { Memory } from '../findings/remembered.ts';
import type { Severity } from '../model/verdict/severity.ts';
import type { HistoryStore } from './history/history-store.ts';
import { readKept } from './history/keep-run.ts';
import { readInput, readInputIfThere } from './input-file.ts';
import { wholeNumber } from './options.ts';
import { UsageError } from './usage-error.ts';

/** Options that say what an audit is compared with and what of it is remembered. */
export interface MemoryOptions {
  /** The file, or `false` for none; absent where the usual file is taken if it is there. */
  readonly suppressions?: string | false;
  readonly baseline?: string;
  readonly history?: string;
  readonly historyDays?: number;
}

/** Adds the options that say what is known, suppressed and remembered. */
export function addMemoryOptions(command: Command): Command {
  return command
    .optionsGroup('What is known already:')
    .option(
      '--suppressions <file>',
      'findings that somebody answers for (default: vpc-auditor.suppressions.yaml, where it is there)',
    )
    .option('--no-suppressions', 'suppress nothing, whatever files are there')
    .option('--baseline <file>', 'compare with this baseline, or with the report.json of an earlier audit')
    .option(
      '--history <dir>',
      'keep the report of every run in this folder or at s3://bucket/prefix/, and since when each finding stands',
    )
    .option(
      '--history-days <n>',
      'forget runs that are older than the newest by so many days',
      wholeNumber(1, 36_500),
      400,
    );
}

/** When findings make the exit code 1: from which severity on, and whether only what is new counts. */
export interface FailOn {
  readonly failOn: Severity | 'none';
  readonly onlyNew: boolean;
}

const levels: readonly FailOn['failOn'][] = ['critical', 'high', 'medium', 'low', 'informational', 'none'];

/** `high`, or `new:high`. */
export function parseFailOn(value: string): FailOn {
  const onlyNew = value.startsWith('new:');
  const failOn = levels.find((level) => level === (onlyNew ? value.slice('new:'.length) : value));
  if (failOn === undefined) {
    throw new InvalidArgumentError(`It takes ${levels.join(', ')}, or new: before one of them, as in new:high.`);
  }
  return { failOn, onlyNew };
}

/** Reads what is remembered before anything is collected, so that a mistake in a file costs no collection. */
export async function memoryOf(
  options: MemoryOptions & { readonly failOn: FailOn },
  checkIds: readonly string[],
  history?: HistoryStore,
): Promise<Memory> {
  if (options.failOn.onlyNew && options.baseline === undefined && options.history === undefined) {
    throw new UsageError(
      `--fail-on new:${options.failOn.failOn} asks what is new: say since when with --baseline or --history.`,
    );
  }
  const { readComparable, readSuppressions } = await import('../index.ts');
  const file = await suppressionsText(options);
  const baseline = options.baseline;
  return {
    ...(file === undefined ? {} : { suppressions: readSuppressions(file.text, file.path, checkIds) }),
    ...(baseline === undefined ? {} : { baseline: readComparable(await readInput(baseline), baseline) }),
    ...(history === undefined ? {} : { history: { before: await readKept(history) } }),
  };
}

/** The file that is named; else the usual one, where it is there. */
async function suppressionsText({
  suppressions,
}: MemoryOptions): Promise<{ readonly path: string; readonly text: string } | undefined> {
  if (suppressions === false) return undefined;
  if (suppressions !== undefined) return { path: suppressions, text: await readInput(suppressions) };
  const { suppressionsFile } = await import('../index.ts');
  const text = await readInputIfThere(suppressionsFile);
  return text === undefined ? undefined : { path: suppressionsFile, text };
}
