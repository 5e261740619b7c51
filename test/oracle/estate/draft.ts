import type { Raw } from '../../../src/model/decode.ts';
import type { AccountId, RegionName } from '../../../src/model/id.ts';
import { resourceKeys, resourceKinds, type ResourceKey, type Resources } from '../../../src/model/resources.ts';
import type { Collected, MissingPart } from '../../../src/model/snapshot/collected.ts';
import type { RegionSnapshot } from '../../../src/model/snapshot/snapshot.ts';

/** An account in a Region, as a key of a draft. */
export interface Place {
  readonly accountId: string;
  readonly region: string;
}

interface Item {
  readonly raw: Raw;
  /** The resource that the operation was called for, where it is called per resource. */
  readonly of: string;
}

/** The answers of one account in one Region, as `aws … describe-*` prints them. */
interface Answers extends Place {
  readonly items: Map<ResourceKey, Item[]>;
  readonly failed: Set<ResourceKey>;
  readonly missing: Map<ResourceKey, string[]>;
}

/** An estate being drawn: raw answers per account and Region. */
export interface Draft {
  readonly answers: Answers[];
  counter: number;
}

export function newDraft(): Draft {
  return { answers: [], counter: 0 };
}

/** The next id with this prefix, such as `vpc-00000000000000001`. */
export function nextId(draft: Draft, prefix: string): string {
  draft.counter += 1;
  return `${prefix}-${draft.counter.toString(16).padStart(17, '0')}`;
}

function answersOf(draft: Draft, place: Place): Answers {
  const found = draft.answers.find(({ accountId, region }) => accountId === place.accountId && region === place.region);
  if (found !== undefined) return found;
  const made = { ...place, items: new Map(), failed: new Set<ResourceKey>(), missing: new Map() };
  draft.answers.push(made);
  return made;
}

/** Puts a resource into the answers of every place that sees it. */
export function show(draft: Draft, places: readonly Place[], kind: ResourceKey, raw: Raw, of = ''): void {
  for (const place of places) {
    const { items } = answersOf(draft, place);
    const list = items.get(kind);
    if (list === undefined) items.set(kind, [{ raw, of }]);
    else list.push({ raw, of });
  }
}

/** The operation failed there: nothing of this kind is known. */
export function fail(draft: Draft, place: Place, kind: ResourceKey): void {
  answersOf(draft, place).failed.add(kind);
}

/** This one resource could not be read. */
export function miss(draft: Draft, place: Place, kind: ResourceKey, resourceId: string): void {
  const { missing } = answersOf(draft, place);
  missing.set(kind, [...(missing.get(kind) ?? []), resourceId]);
}

function collect(
  answers: Answers,
  kind: ResourceKey,
  order: <T>(list: readonly T[]) => readonly T[],
): Collected<unknown> {
  const { operation, service, toModel } = resourceKinds[kind];
  const iamAction = `${service}:${operation}`;
  if (answers.failed.has(kind)) {
    return {
      status: 'failed',
      operation,
      iamAction,
      failure: 'denied',
      errorCode: 'UnauthorizedOperation',
      message: '',
    };
  }
  const missing: MissingPart[] = (answers.missing.get(kind) ?? []).map((resourceId) => ({
    resourceId,
    reason: 'denied',
    iamAction,
  }));
  const items = order(answers.items.get(kind) ?? []);
  return { status: 'collected', resources: items.map(({ raw, of }) => toModel(raw, of)), missing };
}

/** The answers as nouns. `order` stands for the order in which AWS lists things, which means nothing. */
export function toSnapshots(
  draft: Draft,
  order: <T>(list: readonly T[]) => readonly T[] = (list) => list,
): readonly RegionSnapshot[] {
  return order(draft.answers).map((answers) => {
    const entries = resourceKeys.map((kind) => [kind, collect(answers, kind, order)] as const);
    return {
      accountId: answers.accountId as AccountId,
      region: answers.region as RegionName,
      resources: Object.fromEntries(entries) as unknown as { [K in keyof Resources]: Collected<Resources[K]> },
      assumedOff: [],
    };
  });
}
