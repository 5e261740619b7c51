import { orderOf } from '../../mocks/answer/order.ts';
import { isItemList, itemsOf, type World } from '../../mocks/world.ts';

/** Lists whose order AWS gives a meaning: the primary address and the primary block of a VPC come first. */
const ordered: ReadonlySet<string> = new Set(['PrivateIpAddresses', 'CidrBlockAssociationSet', 'Ipv6Addresses']);

/** The same answers with every list in them, at every depth, in an order that depends on the seed alone. */
export function shuffledWorld(world: World, seed: number): World {
  const accounts = [...world.accounts].map(([id, account]) => {
    const regions = [...account.regions].map(([name, documents]) => {
      const mixed = [...documents].map(([key, document]) => [key, shuffled(document, '', seed)] as const);
      return [name, new Map(inOrder(mixed, seed) as [string, Record<string, unknown>][])] as const;
    });
    return [id, { ...account, regions: new Map(inOrder(regions, seed)) }] as const;
  });
  return { ...world, accounts: new Map(inOrder(accounts, seed)) };
}

const inOrder = <T>(items: readonly T[], seed: number): readonly T[] =>
  orderOf(items.length, seed).map((index) => items[index] as T);

function shuffled(value: unknown, key: string, seed: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const list: readonly unknown[] | undefined = Array.isArray(value)
    ? value
    : isItemList(value)
      ? [...itemsOf(value)]
      : undefined;
  if (list === undefined)
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shuffled(member, name, seed)]));
  const items = list.map((item) => shuffled(item, '', seed));
  return ordered.has(key) ? items : inOrder(items, seed);
}
