import type { AnyCheck } from './check.ts';
import { checkModules } from './registry.generated.ts';

/** The ids of all checks, in alphabetical order; no check is loaded for it. */
export const checkIds: readonly string[] = checkModules.map(({ id }) => id);

/** Loads checks, all of them or those named, in alphabetical order. Throws where an id names none. */
export async function loadChecks(ids: readonly string[] = checkIds): Promise<readonly AnyCheck[]> {
  const strange = ids.find((id) => !checkIds.includes(id));
  if (strange !== undefined) throw new RangeError(`there is no check ${strange}`);
  const wanted = checkModules.filter(({ id }) => ids.includes(id));
  return await Promise.all(wanted.map(async ({ load }) => (await load()).default));
}
