import type { Missing } from '../model/verdict/verdict.ts';

/** A fact that the snapshot holds, or what is missing and how to obtain it. Absence proves nothing, so there is no third. */
export type Known<T> =
  | { readonly value: T; readonly missing?: never }
  | { readonly missing: Missing; readonly value?: never };
