import type { FailureClass } from './manifest.ts';

/** One resource, or one part of the answers, that could not be read although the operation as a whole could. */
export interface MissingPart {
  /** The resource that cannot be judged. */
  readonly resourceId: string;
  readonly reason: string;
  readonly iamAction: string;
}

/**
 * What is known of one kind of resource in one Region. A list that was read, an operation that failed and an operation
 * that was never called are three different things, and none of them is "there are none".
 */
export type Collected<T> =
  | { readonly status: 'collected'; readonly resources: readonly T[]; readonly missing: readonly MissingPart[] }
  | {
      readonly status: 'failed';
      readonly operation: string;
      readonly iamAction: string;
      readonly failure: FailureClass;
      readonly errorCode: string;
      readonly message: string;
    }
  | { readonly status: 'not-called'; readonly operation: string; readonly iamAction: string };

/** The resources where they were collected, `undefined` where nothing is known of them. */
export function resourcesOf<T>(collected: Collected<T>): readonly T[] | undefined {
  return collected.status === 'collected' ? collected.resources : undefined;
}
