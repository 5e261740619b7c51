import { MalformedAnswer } from '../decode.ts';
import { resourceKinds, type ResourceKey } from '../resources.ts';
import { UnreadableFile } from './document.ts';
import type { FailureClass } from './manifest.ts';
import { type MappedItems, noItems } from './map-answer.ts';

/** Why an operation as a whole gave nothing that could be read. */
export interface OperationFailure {
  readonly failure: FailureClass;
  readonly errorCode: string;
  readonly message: string;
}

/** Everything that was read of one kind in one Region, before it is told what it amounts to. */
export interface Gathered {
  /** The nouns, by the resource that they were asked for; under the empty string for a plain list. */
  readonly items: Map<string, MappedItems<unknown>>;
  /** For a kind that is read per resource: each resource it was asked for, whatever came of it. */
  readonly asked: Set<string>;
  /** The resources whose own call failed, and why. */
  readonly failedParts: { readonly resourceId: string; readonly reason: string }[];
  failure: OperationFailure | undefined;
}

/** The kinds that were read in one Region; one that is absent was never called. */
export type GatheredKinds = Map<ResourceKey, Gathered>;

/** The entry of a kind, made at its first call. */
export function gatheredOf(kinds: GatheredKinds, key: ResourceKey): Gathered {
  let gathered = kinds.get(key);
  if (gathered === undefined) {
    gathered = { items: new Map(), asked: new Set(), failedParts: [], failure: undefined };
    kinds.set(key, gathered);
  }
  return gathered;
}

/** Where the nouns go that were asked for `of`. */
export function itemsFor(gathered: Gathered, of: string): MappedItems<unknown> {
  let items = gathered.items.get(of);
  if (items === undefined) {
    items = noItems();
    gathered.items.set(of, items);
  }
  return items;
}

/** Records a failure: of the one resource that was asked for, or of the operation where none is named. */
export function recordFailure(key: ResourceKey, gathered: Gathered, of: string, failure: OperationFailure): void {
  if (resourceKinds[key].per === undefined || of === '') {
    gathered.failure ??= failure;
    return;
  }
  gathered.items.delete(of);
  gathered.failedParts.push({ resourceId: of, reason: failure.message });
}

/** What an answer that cannot be read amounts to; any other error is a defect and goes on. */
export function brokenAnswer(error: unknown, file: string): OperationFailure {
  const message = error instanceof MalformedAnswer ? `${file}: ${error.message}` : (error as Error).message;
  if (!(error instanceof MalformedAnswer) && !(error instanceof UnreadableFile)) throw error;
  return { failure: 'broken-answer', errorCode: 'BrokenAnswer', message };
}
