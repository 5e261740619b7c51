import type { SampleAccount } from './accounts/sample-account.ts';
import { lintAddresses } from './lint/addresses.ts';
import { lintDefaults } from './lint/defaults.ts';
import { lintDisclosure } from './lint/disclosure.ts';
import { lintEnumerations } from './lint/enumerations.ts';
import type { Problem } from './lint/problem.ts';
import { lintReferences } from './lint/references.ts';
import { lintShapes } from './lint/shapes.ts';

/** Everything in a sample account that AWS would not answer, or that may not stand in a sample. None is expected. */
export async function lint({
  world,
  exceptions,
}: Pick<SampleAccount, 'world' | 'exceptions'>): Promise<readonly Problem[]> {
  return [
    ...(await lintShapes(world)),
    ...(exceptions.unknownValues === true ? [] : await lintEnumerations(world)),
    ...lintReferences(world, exceptions.dangling),
    ...lintAddresses(world),
    ...lintDefaults(world),
    ...lintDisclosure(world),
  ];
}
