import type { Raw } from '../src/model/decode.ts';
import type { AccountId, RegionName } from '../src/model/id.ts';
import type { ResourceKind } from '../src/model/resource-kind.ts';
import { type ResourceKey, resourceKeys, resourceKinds } from '../src/model/resources.ts';
import {
  brokenAnswer,
  type GatheredKinds,
  gatheredOf,
  itemsFor,
  recordFailure,
} from '../src/model/snapshot/gathered.ts';
import { mapAnswer } from '../src/model/snapshot/map-answer.ts';
import { settleRegion } from '../src/model/snapshot/settle.ts';
import type { RegionSnapshot, Snapshot } from '../src/model/snapshot/snapshot.ts';
import { tool } from '../src/model/tool.ts';
import { type Document, documentKey, type Documents, isItemList, itemsOf, listOf, type World } from './world.ts';

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
  return {
    manifest: {
      schemaVersion: '1',
      tool,
      createdAt: '2026-01-15T12:00:00.000Z',
      caller: undefined,
      scope: {
        accounts: [...new Set(regions.map(({ accountId }) => accountId))],
        regions: [...new Set(regions.map(({ region }) => region))].sort(compare),
      },
      notVisible: [],
      calls: [],
    },
    regions,
    notes: [],
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The typed snapshot of one account's Region. An answer that is malformed makes its kind failed, as on disk. */
export function regionSnapshotOf(accountId: string, region: string, documents: Documents): RegionSnapshot {
  const kinds: GatheredKinds = new Map();
  for (const key of resourceKeys) {
    const kind: ResourceKind<unknown> = resourceKinds[key];
    for (const { document, of, place } of answersOf(documents, kind)) {
      const gathered = gatheredOf(kinds, key);
      gathered.asked.add(of);
      try {
        mapAnswer(kind, withArray(document, kind.member), of, itemsFor(gathered, of));
      } catch (error) {
        recordFailure(key, gathered, of, brokenAnswer(error, place));
      }
    }
  }
  return settleRegion(accountId as AccountId, region as RegionName, kinds);
}

interface Answer {
  readonly document: Document;
  /** The resource that the operation was asked about; empty for a list of all. */
  readonly of: string;
  readonly place: string;
}

function* answersOf(documents: Documents, kind: ResourceKind<unknown>): Generator<Answer> {
  const { service, operation, per } = kind;
  if (per === undefined) {
    const place = documentKey(service, operation);
    const document = documents.get(place);
    if (document !== undefined) yield { document, of: '', place };
    return;
  }
  for (const of of idsOf(documents, per.kind as ResourceKey)) {
    const key = documentKey(service, operation, of);
    for (const place of [key, ...attributes.map((attribute) => `${key}+${attribute}`)]) {
      const document = documents.get(place);
      if (document !== undefined) yield { document, of, place };
    }
  }
}

/** What DescribeVpcAttribute is asked for, one attribute at a time. */
const attributes = ['enableDnsSupport', 'enableDnsHostnames'] as const;

function idsOf(documents: Documents, key: ResourceKey): readonly string[] {
  const kind: ResourceKind<unknown> = resourceKinds[key];
  const { idMember, member = '', nested } = kind;
  const answers = [...answersOf(documents, kind)];
  const items = answers.flatMap(({ document }) => [...itemsOf(listOf(document, member))]);
  const whole = nested === undefined ? items : items.flatMap((item) => item[nested] as readonly Raw[]);
  return whole.map((item) => item[idMember]).filter((id) => typeof id === 'string');
}

/** A list that makes its items when asked, as an array. */
function withArray(document: Document, member: string | undefined): Document {
  const value = member === undefined ? undefined : document[member];
  if (member === undefined || Array.isArray(value) || !isItemList(value)) return document;
  return { ...document, [member]: [...itemsOf(value)] };
}
