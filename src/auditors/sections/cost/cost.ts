import { breakEven, toCents } from '../../../cost/arithmetic.ts';
import type { PriceTable } from '../../../cost/price-table.ts';
import type { ResourceKey } from '../../../model/resources.ts';
import type { Snapshot } from '../../../model/snapshot/snapshot.ts';
import type { CostItem, CostPrices, CostReport } from '../../../model/verdict/cost.ts';
import { compareText, gapIn, regionsInOrder } from '../../../network/facts/inventory.ts';
import { addressCosts } from './address-costs.ts';
import { endpointCosts } from './endpoint-costs.ts';
import { crossZoneNats, natCosts } from './nat-costs.ts';

const read: readonly ResourceKey[] = [
  'natGateways',
  'vpcEndpoints',
  'addresses',
  'networkInterfaces',
  'routeTables',
  'subnets',
];

/**
 * What NAT gateways, endpoints and public addresses cost by the hour, as the configuration tells. Traffic is not in it:
 * no byte is guessed. Where a price or a list is missing, the sums are lower bounds.
 */
export function costReport(snapshot: Snapshot, table: PriceTable): CostReport {
  const items = [
    ...natCosts(snapshot, table),
    ...endpointCosts(snapshot, table),
    ...addressCosts(snapshot, table),
  ].sort((a, b) => compareText(keyOf(a), keyOf(b)));
  return {
    prices: pricesOf(new Set(items.map(({ region }) => region)), table),
    items,
    crossZone: crossZoneNats(snapshot, table),
    dollarsPerMonth: sum(items),
    unusedDollarsPerMonth: sum(items.filter(({ unused }) => unused !== undefined)),
    missing: regionsInOrder(snapshot).flatMap((region) => read.flatMap((kind) => gapIn(region, kind) ?? [])),
  };
}

const keyOf = ({ accountId, region, type, id = '', missing: [why] = [] }: CostItem): string =>
  [accountId, region, type, id, why?.fact ?? ''].join('\n');

const sum = (items: readonly CostItem[]): number =>
  toCents(items.reduce((dollars, { estimate }) => dollars + (estimate?.dollars ?? 0), 0));

const pricesOf = (regions: ReadonlySet<string>, table: PriceTable): readonly CostPrices[] =>
  [...regions].sort(compareText).flatMap((region) => {
    const prices = table.get(region);
    if (prices === undefined) return [];
    const { source, date } = prices;
    const even = breakEven(prices);
    return [{ region, source, date, ...(even === undefined ? {} : { breakEven: even }) }];
  });
