import type { Raw } from '../model/decode.ts';
import type { AccountId, RegionName } from '../model/id.ts';
import { type ResourceKey, resourceKeys, resourceKinds } from '../model/resources.ts';
import type { ResourceKind } from '../model/resource-kind.ts';
import type { Collected } from '../model/snapshot/collected.ts';
import type { RegionSnapshot, Snapshot } from '../model/snapshot/snapshot.ts';
import type { ExampleResources } from './check.ts';

/** The account and Region in which examples are set. */
export const exampleAccountId: AccountId = '111122223333' as AccountId;
export const exampleRegionName: RegionName = 'eu-west-1' as RegionName;

/**
 * The Region that an example describes: every kind collected, those that the example leaves out as empty lists. An item of
 * a kind that is called per resource carries that resource under the name of the call's input member (`PrefixListId`).
 */
export function exampleRegion(resources: ExampleResources): RegionSnapshot {
  const collected = Object.fromEntries(
    resourceKeys.map((kind) => [
      kind,
      { status: 'collected', resources: nouns(kind, resources[kind] ?? []), missing: [] },
    ]),
  ) as unknown as RegionSnapshot['resources'];
  return { accountId: exampleAccountId, region: exampleRegionName, resources: collected, assumedOff: [] };
}

function nouns(kind: ResourceKey, items: readonly Raw[]): readonly object[] {
  const { per, toModel }: ResourceKind<object> = resourceKinds[kind];
  return items.map((item) => {
    const of = per === undefined ? undefined : item[per.input];
    return toModel(item, typeof of === 'string' ? of : '');
  });
}

/** The same Region with one kind in another state, to ask what a check makes of it. */
export function withKind(region: RegionSnapshot, kind: ResourceKey, collected: Collected<never>): RegionSnapshot {
  return { ...region, resources: { ...region.resources, [kind]: collected } };
}

/** A snapshot of Regions as if they had just been collected. */
export function exampleSnapshot(regions: readonly RegionSnapshot[]): Snapshot {
  const scope = {
    accounts: [...new Set(regions.map(({ accountId }) => accountId))],
    regions: [...new Set(regions.map(({ region }) => region))],
  };
  const manifest = {
    schemaVersion: '1',
    tool: { name: 'example', version: '1' },
    createdAt: '2026-01-01T00:00:00Z',
    caller: undefined,
    scope,
    notVisible: [],
    calls: [],
  } as const;
  return { manifest, regions, notes: [] };
}
