import { add, arnOf, type Built, type Common, type Item, newId, type RegionState, tagsOf } from './state.ts';

/** One CIDR of a prefix list, with or without a description. */
export type PrefixListEntrySpec = string | { readonly cidr: string; readonly description: string };

export interface PrefixListOptions extends Common {
  readonly maxEntries?: number;
}

/** A customer-managed prefix list. */
export interface PrefixListBuilder extends Built {
  readonly addEntries: (...entries: readonly PrefixListEntrySpec[]) => PrefixListBuilder;
}

const listsKey = 'ec2.DescribeManagedPrefixLists';
const entriesKey = (id: string): string => `ec2.GetManagedPrefixListEntries/${id}`;

const toEntry = (entry: PrefixListEntrySpec): Item =>
  typeof entry === 'string' ? { Cidr: entry } : { Cidr: entry.cidr, Description: entry.description };

/** A customer-managed prefix list of one address family. */
export function buildPrefixList(
  state: RegionState,
  listName: string,
  entries: readonly PrefixListEntrySpec[],
  options: PrefixListOptions = {},
): PrefixListBuilder {
  const id = newId(state, 'pl', { ...options, name: options.name ?? listName });
  const family = entries.some((entry) => (typeof entry === 'string' ? entry : entry.cidr).includes(':'))
    ? 'IPv6'
    : 'IPv4';
  const item = add(
    state,
    listsKey,
    {
      PrefixListId: id,
      AddressFamily: family,
      State: 'create-complete',
      PrefixListArn: arnOf(state, 'ec2', `prefix-list/${id}`),
      PrefixListName: listName,
      MaxEntries: options.maxEntries ?? Math.max(entries.length, 10),
      Version: 1,
      Tags: tagsOf(options),
      OwnerId: state.accountId,
    },
    options.raw,
  );
  const list: Item[] = entries.map(toEntry);
  state.lists.set(entriesKey(id), list);
  const builder: PrefixListBuilder = {
    id,
    item,
    addEntries: (...more) => {
      list.push(...more.map(toEntry));
      return builder;
    },
  };
  return builder;
}

/**
 * The lists that AWS keeps in every Region. The addresses are documentation blocks: which ones AWS really announces
 * changes by the week and decides nothing in a scenario.
 */
const awsLists: readonly { readonly service: string; readonly cidrs: readonly string[]; readonly gateway: boolean }[] =
  [
    { service: 's3', cidrs: ['192.0.2.0/26', '192.0.2.64/27'], gateway: true },
    { service: 'dynamodb', cidrs: ['192.0.2.96/27'], gateway: true },
    { service: 'ec2-instance-connect', cidrs: ['192.0.2.128/29'], gateway: false },
  ];

/** Puts AWS's own lists into a Region: managed lists with their entries, and DescribePrefixLists for the gateway ones. */
export function addAwsPrefixLists(state: RegionState): void {
  for (const { service, cidrs, gateway } of awsLists) {
    const name = `com.amazonaws.${state.region}.${service}`;
    const id = awsPrefixListId(name);
    add(state, listsKey, {
      PrefixListId: id,
      AddressFamily: 'IPv4',
      State: 'create-complete',
      PrefixListArn: `arn:aws:ec2:${state.region}:aws:prefix-list/${id}`,
      PrefixListName: name,
      Tags: [],
      OwnerId: 'AWS',
    });
    state.lists.set(entriesKey(id), cidrs.map(toEntry));
    if (gateway) add(state, 'ec2.DescribePrefixLists', { Cidrs: [...cidrs], PrefixListId: id, PrefixListName: name });
  }
}

/** The id of AWS's list of a service; the same in every account of a Region. */
export function awsPrefixListId(serviceName: string): string {
  const index = awsLists.findIndex(({ service }) => serviceName.endsWith(`.${service}`));
  if (index < 0) throw new Error(`AWS keeps no prefix list of ${serviceName} here`);
  return `pl-${(0x6da54000 + index).toString(16)}`;
}
