import type { Standard } from './standard.ts';
import { standards } from './standards.generated.ts';

/** All standards, in alphabetical order of their ids. */
export const allStandards: readonly Standard[] = standards;

/** A standard by its id. Throws with the ids that exist where there is none. */
export function standardNamed(id: string): Standard {
  const found = allStandards.find((standard) => standard.id === id);
  if (found !== undefined) return found;
  throw new RangeError(`there is no standard ${id}; there are ${allStandards.map((own) => own.id).join(', ')}`);
}

/** The controls that a check answers, as reports name them: `CIS AWS Foundations 7.0 6.3`. */
export const standardsOf = (checkId: string, among: readonly Standard[] = allStandards): readonly string[] =>
  among.flatMap(({ name, controls }) =>
    controls.filter(({ checks }) => checks?.some(({ check }) => check === checkId)).map(({ id }) => `${name} ${id}`),
  );

/** The checks that a standard asks for, in alphabetical order. */
export const checksOfStandard = ({ controls }: Standard): readonly string[] =>
  [...new Set(controls.flatMap(({ checks = [] }) => checks.map(({ check }) => check)))].sort();

/** Every standard with the checks that it asks for. */
export const standardChecks = (): readonly { readonly id: string; readonly checks: readonly string[] }[] =>
  allStandards.map((standard) => ({ id: standard.id, checks: checksOfStandard(standard) }));
