import type { Command } from 'commander';
import { addDeliveryOptions } from '../delivery/delivery-options.ts';
import { addMemoryOptions } from '../memory.ts';
import type { MergeOptions } from '../merge-run.ts';
import {
  type AccountOptions,
  addCheckOptions,
  addEndpointOptions,
  addTerminalOptions,
  noAccounts,
  wholeNumber,
} from '../options.ts';
import { addReportOptions } from './audit.ts';

type MergeCommandOptions = Omit<MergeOptions, keyof AccountOptions> & Pick<AccountOptions, 'endpointUrl'>;

/** `vpc-auditor merge`: the shards of a collection, joined and audited as one. */
export function registerMerge(root: Command): void {
  const command = root
    .command('merge')
    .description('join the snapshots of shards and audit them as one')
    .argument('<dir...>', 'the snapshots, or a folder in which they are called shard-1, shard-2 …')
    .option('--shards <n>', 'how many shards the collection was shared between', wholeNumber(1, 999_999))
    .option('--remove-shards', 'remove the snapshots of the shards when the joined one has been audited');
  addTerminalOptions(
    addDeliveryOptions(addReportOptions(addMemoryOptions(addCheckOptions(addEndpointOptions(command))))),
  )
    .addHelpText(
      'after',
      `
Examples:
  vpc-auditor collect --org --shard 1/4 --out shards/shard-1       on four machines, each with its own number
  vpc-auditor collect --org --shard auto/4 --resume 'shards/shard-{shard}'     in an array job, retries included
  vpc-auditor merge shards                                         where all four can be read

The joined snapshot lies in the output folder and is what a single collection would have given. A shard that is missing,
broke off, or is more than a day older than the others is a gap in the coverage, and the audit is incomplete.`,
    )
    .action(async (places: readonly string[], options: MergeCommandOptions) => {
      const { runMerge } = await import('../merge-run.ts');
      await runMerge(places, { ...noAccounts, ...options });
    });
}
