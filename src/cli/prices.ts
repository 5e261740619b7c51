import type { Command } from 'commander';
import type { PriceTable } from '../cost/price-table.ts';
import { readInput } from './input-file.ts';

/** Which file holds the prices of the cost estimates. */
export interface PriceOptions {
  readonly prices?: string;
}

/** Adds the option that names the prices. */
export function addPriceOptions(command: Command): Command {
  return command
    .optionsGroup('Cost:')
    .option(
      '--prices <file>',
      'prices by Region (JSON), in place of the list prices that come along; what has no price has no estimate',
    );
}

/** Reads the prices that take the place of list prices, where a file of them is named. */
export async function pricesOf({ prices: file }: PriceOptions): Promise<PriceTable | undefined> {
  if (file === undefined) return undefined;
  const { readPrices } = await import('../index.ts');
  return readPrices(await readInput(file), file);
}
