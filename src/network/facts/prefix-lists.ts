import { iamActionOf } from '../../model/resources.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import type { Known } from '../known.ts';
import { type AddressSet, addressesOfCidr, uniteAllAddresses } from '../sets/address-set.ts';
import { type Cidr, parseCidr } from '../sets/cidr.ts';
import { derive, type Derived } from './derive.ts';
import { byId, everywhere, groupedBy, regionsInOrder } from './inventory.ts';
import type { ById, Grouped } from './resources-by-id.ts';

const managedById: ById<'managedPrefixLists'> = byId(
  'managedPrefixLists',
  ({ prefixListId }) => prefixListId,
  ({ ownerId }) => ownerId,
);
const entriesOf: Grouped<'managedPrefixListEntries'> = groupedBy(
  'managedPrefixListEntries',
  ({ prefixListId }) => prefixListId,
);
const allAwsLists = everywhere('prefixLists');

interface PrefixListFacts {
  readonly blocks: Known<readonly Cidr[]>;
  readonly addresses: Known<AddressSet>;
}

const known: Derived<Snapshot, Map<string, PrefixListFacts>> = derive(() => new Map());

function factsOf(snapshot: Snapshot, prefixListId: string): PrefixListFacts {
  const memo = known(snapshot);
  let facts = memo.get(prefixListId);
  if (facts === undefined) {
    const blocks = readPrefixList(snapshot, prefixListId);
    const addresses =
      blocks.missing === undefined ? { value: uniteAllAddresses(blocks.value.map(addressesOfCidr)) } : blocks;
    facts = { blocks, addresses };
    memo.set(prefixListId, facts);
  }
  return facts;
}

/**
 * The addresses of a prefix list: the entries of a managed list, or the inline blocks that DescribePrefixLists gives for
 * the lists of gateway endpoints. A list without readable entries is unknown, never empty.
 */
export const prefixListAddresses = (snapshot: Snapshot, prefixListId: string): Known<AddressSet> =>
  factsOf(snapshot, prefixListId).addresses;

/** The same, entry by entry: routes select by the length of each. */
export const prefixListBlocks = (snapshot: Snapshot, prefixListId: string): Known<readonly Cidr[]> =>
  factsOf(snapshot, prefixListId).blocks;

function readPrefixList(snapshot: Snapshot, prefixListId: string): Known<readonly Cidr[]> {
  const entries = entriesOf(snapshot).get(prefixListId);
  if (entries !== undefined) {
    return parsed(
      prefixListId,
      entries.map(({ resource }) => resource.cidr),
    );
  }
  const inline = allAwsLists(snapshot).filter(({ resource }) => resource.prefixListId === prefixListId);
  if (inline.length > 0) {
    return parsed(
      prefixListId,
      inline.flatMap(({ resource }) => resource.cidrs),
    );
  }
  if (entriesWereRead(snapshot, prefixListId)) return { value: [] };
  return {
    missing: {
      fact: `the entries of prefix list ${prefixListId}`,
      iamAction: iamActionOf('managedPrefixListEntries'),
    },
  };
}

/** Did the Region that knows the list also answer for its entries, all of them? Then a list without entries is empty. */
function entriesWereRead(snapshot: Snapshot, prefixListId: string): boolean {
  if (!managedById(snapshot).has(prefixListId)) return false;
  return regionsInOrder(snapshot).some((region) => {
    const lists = region.resources.managedPrefixLists;
    const entries = region.resources.managedPrefixListEntries;
    return (
      lists.status === 'collected' &&
      lists.resources.some((list) => list.prefixListId === prefixListId) &&
      entries.status === 'collected' &&
      !entries.missing.some(({ resourceId }) => resourceId === prefixListId)
    );
  });
}

function parsed(prefixListId: string, texts: readonly string[]): Known<readonly Cidr[]> {
  const blocks: Cidr[] = [];
  for (const text of texts) {
    const cidr = parseCidr(text);
    if (cidr.reason !== undefined) {
      return { missing: { fact: `an entry of prefix list ${prefixListId}: ${cidr.reason}` } };
    }
    blocks.push(cidr.value);
  }
  return { value: blocks };
}

/** The prefix list of an AWS service in a Region, such as `com.amazonaws.eu-west-1.s3`. */
export const prefixListsNamed: Grouped<'prefixLists'> = groupedBy(
  'prefixLists',
  ({ prefixListName }) => prefixListName,
);
