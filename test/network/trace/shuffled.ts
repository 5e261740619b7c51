import type { RegionSnapshot, Snapshot } from '../../../src/model/snapshot/snapshot.ts';

/** Lists whose order means something: the primary address or block stands first. */
const ordered: ReadonlySet<string> = new Set(['privateIpAddresses', 'cidrBlocks']);

/** The same snapshot with every list whose order AWS leaves open turned around, rule lists included. */
export function shuffled(snapshot: Snapshot): Snapshot {
  const regions = snapshot.regions.map((region) => ({
    ...region,
    resources: turned(region.resources, '') as RegionSnapshot['resources'],
  }));
  return { ...snapshot, regions: regions.toReversed() };
}

function turned(value: unknown, key: string): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => turned(item, ''));
    return ordered.has(key) ? items : items.toReversed();
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, turned(member, name)]));
}
