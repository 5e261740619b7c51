import { hourlyPerMonth } from '../../../cost/arithmetic.ts';
import type { HourlyPrice, PriceTable } from '../../../cost/price-table.ts';
import type { Estimate } from '../../../model/verdict/cost.ts';
import type { Missing } from '../../../model/verdict/verdict.ts';

/** What is counted, by its price. */
const nouns: Readonly<Record<HourlyPrice, readonly [string, string]>> = {
  natGatewayHour: ['gateway', 'gateways'],
  interfaceEndpointHour: ['zone', 'zones'],
  gatewayLoadBalancerEndpointHour: ['zone', 'zones'],
  publicIpv4AddressHour: ['address', 'addresses'],
};

/** The estimate of so many units in a Region, or why there is none. */
export function priceOf(
  table: PriceTable,
  region: string,
  price: HourlyPrice,
  count: number,
): { readonly estimate: Estimate } | { readonly missing: readonly [Missing] } {
  const prices = table.get(region);
  const [noun, plural] = nouns[price];
  const estimate = prices === undefined ? undefined : hourlyPerMonth(prices, price, { count, noun, plural });
  return estimate === undefined ? { missing: [unpriced(`no ${price} of ${region}`)] } : { estimate };
}

/** Why there is no estimate although the resource is known. */
export const unpriced = (what: string): Missing => ({ fact: `the price table has ${what}` });
