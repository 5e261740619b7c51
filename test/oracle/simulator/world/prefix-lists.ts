import type { RegionSnapshot } from '../../../../src/model/snapshot/snapshot.ts';
import { type Cidr, parseCidr } from '../address.ts';
import { gather } from './gather.ts';

/** The blocks of every prefix list that could be read. A list that is not here could not. */
export function prefixListsOf(regions: readonly RegionSnapshot[]): Map<string, readonly Cidr[]> {
  const lists = new Map<string, Cidr[]>();
  for (const { noun } of gather(regions, 'prefixLists')) lists.set(noun.prefixListId, noun.cidrs.map(parseCidr));
  for (const snapshot of regions) {
    const { managedPrefixLists, managedPrefixListEntries } = snapshot.resources;
    if (managedPrefixLists.status !== 'collected' || managedPrefixListEntries.status !== 'collected') continue;
    const unread = new Set(managedPrefixListEntries.missing.map(({ resourceId }) => resourceId));
    for (const { prefixListId } of managedPrefixLists.resources) {
      if (lists.has(prefixListId) || unread.has(prefixListId)) continue;
      const entries = managedPrefixListEntries.resources.filter((entry) => entry.prefixListId === prefixListId);
      lists.set(
        prefixListId,
        entries.map(({ cidr }) => parseCidr(cidr)),
      );
    }
  }
  return lists;
}
