// Written by `npm run generate` from the folders beside it; do not edit.
import type { AnyCheck } from './check.ts';

/** Every check by its id, in alphabetical order, with the way to load it. */
export const checkModules: readonly {
  readonly id: string;
  readonly load: () => Promise<{ readonly default: AnyCheck }>;
}[] = [
  { id: 'security-group-open-to-internet', load: () => import('./security-groups/security-group-open-to-internet.ts') },
];
