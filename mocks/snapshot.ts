import { IncompleteItem, isRaw, type Raw } from '../src/model/decode.ts';
import type { AccountId, RegionName } from '../src/model/id.ts';
import type { ResourceKind } from '../src/model/resource-kind.ts';
import { iamActionOf, type ResourceKey, resourceKeys, resourceKinds, type Resources } from '../src/model/resources.ts';
import type { Collected, MissingPart } from '../src/model/snapshot/collected.ts';
import type { RegionSnapshot, Snapshot } from '../src/model/snapshot/snapshot.ts';
import { type Documents, documentKey, itemsOf, listOf, type World } from './world.ts';

/**
 * The typed snapshot of a world, without any SDK, network or disk between: what a collection that was refused nothing
 * would have written and read again. Accounts and Regions in the order of their names.
 */
export function snapshotOf(world: World): Snapshot {
  const regions = [...world.accounts.values()]
    .flatMap(({ accountId, regions }) =>
      [...regions].map(([region, documents]) => regionSnapshotOf(accountId, region, documents)),
    )
    .sort((a, b) => compare(a.accountId, b.accountId) || compare(a.region, b.region));
  const accounts = [...new Set(regions.map(({ accountId }) => accountId))];
  return {
    manifest: {
      schemaVersion: '1',
      tool: { name: 'vpc-auditor', version: '0.0.0' },
      createdAt: '2026-01-15T12:00:00.000Z',
      caller: undefined,
      scope: { accounts, regions: [...new Set(regions.map(({ region }) => region))].sort(compare) },
      notVisible: [],
      calls: [],
    },
    regions,
    notes: [],
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The typed snapshot of one account's Region. */
export function regionSnapshotOf(accountId: string, region: string, documents: Documents): RegionSnapshot {
  const resources = Object.fromEntries(resourceKeys.map((key) => [key, collected(documents, key)]));
  return {
    accountId: accountId as AccountId,
    region: region as RegionName,
    resources: resources as RegionSnapshot['resources'],
    assumedOff: [],
  };
}

interface Found {
  readonly item: Raw;
  readonly of: string;
}

function collected<K extends ResourceKey>(documents: Documents, key: K): Collected<Resources[K]> {
  const kind: ResourceKind<Resources[K]> = resourceKinds[key];
  const resources: Resources[K][] = [];
  const missing: MissingPart[] = [];
  for (const { item, of } of found(documents, kind)) {
    try {
      resources.push(kind.toModel(item, of));
    } catch (error) {
      if (!(error instanceof IncompleteItem)) throw error;
      missing.push({ resourceId: String(item[kind.idMember]), reason: error.message, iamAction: iamActionOf(key) });
    }
  }
  return { status: 'collected', resources, missing };
}

function* found<T>(documents: Documents, kind: ResourceKind<T>): Generator<Found> {
  if (kind.per === undefined) {
    const document = documents.get(documentKey(kind.service, kind.operation));
    if (document !== undefined) for (const item of itemsIn(document, kind)) yield { item, of: '' };
    return;
  }
  for (const of of parentIds(documents, kind.per.kind as ResourceKey)) {
    const key = documentKey(kind.service, kind.operation, of);
    const whole = documents.get(key);
    if (whole !== undefined) for (const item of itemsIn(whole, kind)) yield { item, of };
    // An operation that answers one attribute at a time: its answers together are the item
    const parts = [...documents].filter(([name]) => name.startsWith(`${key}+`)).map(([, document]) => document);
    if (parts.length > 0) yield { item: Object.assign({}, ...parts) as Raw, of };
  }
}

function parentIds(documents: Documents, key: ResourceKey): readonly string[] {
  const kind: ResourceKind<unknown> = resourceKinds[key];
  return [...found(documents, kind)].map(({ item }) => String(item[kind.idMember]));
}

function* itemsIn<T>(document: Raw, kind: ResourceKind<T>): Generator<Raw> {
  if (kind.member === undefined) {
    yield document;
    return;
  }
  const value = document[kind.member];
  if (kind.shape === 'object') {
    if (isRaw(value)) yield value;
    return;
  }
  for (const item of itemsOf(listOf(document, kind.member))) {
    if (kind.nested === undefined) yield item;
    else yield* itemsOf(listOf(item, kind.nested));
  }
}
