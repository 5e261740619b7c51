import type { Command } from 'commander';
import type { BlockList } from '../findings/configuration/read-block-list.ts';
import type { ConfigurableCheck } from '../findings/configuration/read-configuration.ts';
import type { Configuration } from '../model/configuration/configuration.ts';
import { readInput, readInputIfThere } from './input-file.ts';
import { UsageError } from './usage-error.ts';

/** Which file says what is meant, who is known and how much is too much. */
export interface ConfigurationOptions {
  /** The file, or `false` for none; absent where the usual file is taken if it is there. */
  readonly config?: string | false;
  /** Addresses that must reach nothing. */
  readonly blockList?: string;
}

/** A configuration with the file in which it stands. */
export interface GivenConfiguration {
  readonly file: string;
  readonly said: Configuration;
}

/** Adds the options that name the configuration. */
export function addConfigurationOptions(command: Command): Command {
  return command
    .optionsGroup('What is meant:')
    .option(
      '--config <file>',
      'allowed public services, known CIDRs, trusted accounts, options of checks (default: vpc-auditor.yaml, where it is there)',
    )
    .option('--block-list <file>', 'addresses and CIDRs, one a line, that must reach no subnet')
    .option('--no-config', 'read no configuration, whatever files are there');
}

/** The checks that the configuration does not disable. */
export function enabled<C extends { readonly id: string }>(
  checks: readonly C[],
  configuration: GivenConfiguration | undefined,
): readonly C[] {
  const left = checks.filter(({ id }) => configuration?.said.checks[id]?.disabled === undefined);
  if (left.length > 0) return left;
  throw new UsageError(`${configuration?.file} disables every check that was chosen; run others, or use --no-config.`);
}

/** Reads the file that is named; else the usual one, where it is there. */
export async function configurationOf(
  { config }: ConfigurationOptions,
  checks: readonly ConfigurableCheck[],
): Promise<GivenConfiguration | undefined> {
  if (config === false) return undefined;
  const { configurationFile, readConfiguration } = await import('../index.ts');
  const file = config ?? configurationFile;
  const text = config === undefined ? await readInputIfThere(file) : await readInput(file);
  return text === undefined ? undefined : { file, said: readConfiguration(text, file, checks) };
}

/** Reads the list of addresses that must reach nothing, where one is named. */
export async function blockListOf({ blockList: file }: ConfigurationOptions): Promise<BlockList | undefined> {
  if (file === undefined) return undefined;
  const { readBlockList } = await import('../index.ts');
  return { file, blocks: readBlockList(await readInput(file), file) };
}
