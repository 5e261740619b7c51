import type { Estimate } from '../model/verdict/cost.ts';
import type { HourlyPrice, PriceTier, RegionPrices } from './price-table.ts';

/** The month of the AWS Pricing Calculator: 8,760 hours ÷ 12. */
export const hoursPerMonth = 730;
const monthsPerYear = 12;

/** What is counted, in words: `1 zone`, `3 zones`. */
interface Units {
  readonly count: number;
  readonly noun: string;
  readonly plural: string;
}

/** Dollars to the cent, so that what is printed adds up. */
export const toCents = (dollars: number): number => Math.round(dollars * 100) / 100;

const estimate = (dollars: number, per: Estimate['per'], how: string, { region, date }: RegionPrices): Estimate => ({
  dollars: per === 'GB' ? Math.round(dollars * 10_000) / 10_000 : toCents(dollars),
  per,
  from: `estimate: ${how}; prices of ${region} on ${date}`,
});

const words = ({ count, noun, plural }: Units): string => `${count} ${count === 1 ? noun : plural}`;

/** A month of so many units that are charged by the hour; `undefined` where the table has no price for them. */
export function hourlyPerMonth(prices: RegionPrices, price: HourlyPrice, units: Units): Estimate | undefined {
  const dollars = prices.prices[price];
  if (dollars === undefined) return undefined;
  return estimate(
    units.count * hoursPerMonth * dollars,
    'month',
    `${words(units)} × ${hoursPerMonth} hours × $${dollars}, traffic not counted`,
    prices,
  );
}

/** What so many GB in one month cost: each GB at the price of the tier that it falls into. */
export function tiered(tiers: readonly PriceTier[], gb: number): number {
  let dollars = 0;
  let below = 0;
  for (const { upToGb = Infinity, price } of tiers) {
    if (gb <= below) break;
    dollars += (Math.min(gb, upToGb) - below) * price;
    below = upToGb;
  }
  return dollars;
}

/** A NAT gateway of a zone for a month: its hours and the GB that it processes, in both directions together. */
export function natGatewayPerMonth(prices: RegionPrices, gb: number): Estimate | undefined {
  const { natGatewayHour: hour, natGatewayGb: tiers } = prices.prices;
  if (hour === undefined || tiers === undefined) return undefined;
  return estimate(
    hour * hoursPerMonth + tiered(tiers, gb),
    'month',
    `${hoursPerMonth} hours × $${hour} + ${gb} GB × ${ofTiers(tiers)}`,
    prices,
  );
}

/** An interface endpoint for a month: its hours in each zone, and the GB that it processes. */
export function interfaceEndpointPerMonth(prices: RegionPrices, zones: number, gb: number): Estimate | undefined {
  const { interfaceEndpointHour: hour, interfaceEndpointGb: tiers } = prices.prices;
  if (hour === undefined || tiers === undefined) return undefined;
  return estimate(
    zones * hour * hoursPerMonth + tiered(tiers, gb),
    'month',
    `${words({ count: zones, noun: 'zone', plural: 'zones' })} × ${hoursPerMonth} hours × $${hour} + ${gb} GB × ${ofTiers(tiers)}`,
    prices,
  );
}

/**
 * What a gateway endpoint saves in a year, where so many GB a month go to S3 or DynamoDB through a NAT gateway: the
 * endpoint itself costs nothing, and the gateway is taken to stay for other traffic.
 */
export function gatewayEndpointSavingPerYear(prices: RegionPrices, gbPerMonth: number): Estimate | undefined {
  const { natGatewayGb: tiers } = prices.prices;
  if (tiers === undefined) return undefined;
  return estimate(
    monthsPerYear * tiered(tiers, gbPerMonth),
    'year',
    `${monthsPerYear} months × ${gbPerMonth} GB × ${ofTiers(tiers)} through the NAT gateway, which stays; the endpoint is free`,
    prices,
  );
}

/**
 * GB a month and zone from which an interface endpoint costs less than a NAT gateway that stays for other traffic, in
 * whole GB rounded up; `undefined` where it never does, or where a price is not known.
 */
export function breakEven(
  prices: RegionPrices,
): { readonly gbPerMonthAndZone: number; readonly from: string } | undefined {
  const { interfaceEndpointHour: hour, interfaceEndpointGb: endpoint, natGatewayGb: nat } = prices.prices;
  if (hour === undefined || endpoint === undefined || nat === undefined) return undefined;
  const costs = hour * hoursPerMonth;
  const saves = (gb: number): number => tiered(nat, gb) - tiered(endpoint, gb) - costs;
  const edges = [...nat, ...endpoint].flatMap(({ upToGb }) => upToGb ?? []).sort((a, b) => a - b);
  const at = crossing(saves, [0, ...edges]);
  if (at === undefined) return undefined;
  return {
    // A price has no more than a few decimals; what lies beyond the sixth of a GB is the machine's
    gbPerMonthAndZone: Math.ceil(Number(at.toFixed(6))),
    from: `estimate: ${hoursPerMonth} hours × $${hour} ÷ (${ofTiers(nat)} − ${ofTiers(endpoint)}) a GB; prices of ${prices.region} on ${prices.date}`,
  };
}

/** Where a sum that is straight between the edges, and beyond the last, first reaches zero. */
function crossing(sum: (gb: number) => number, edges: readonly number[]): number | undefined {
  for (const [index, from] of edges.entries()) {
    const to = edges[index + 1] ?? Number.MAX_SAFE_INTEGER;
    if (sum(from) >= 0) return from;
    // Over as long a stretch as there is: over a short one the difference of large sums is lost in rounding
    const slope = to === from ? 0 : (sum(to) - sum(from)) / (to - from);
    if (slope > 1e-9 && from - sum(from) / slope <= to) return from - sum(from) / slope;
  }
  return undefined;
}

/** What one GB costs on its way between two zones: it is charged where it leaves and again where it arrives. */
export function crossZonePerGb(prices: RegionPrices): Estimate | undefined {
  const [first] = prices.prices.crossZoneGb ?? [];
  return first === undefined
    ? undefined
    : estimate(2 * first.price, 'GB', `$${first.price} out of one zone + $${first.price} into the other`, prices);
}

const ofTiers = (tiers: readonly PriceTier[]): string =>
  `$${tiers[0]?.price ?? 0}${tiers.length > 1 ? ' (less beyond the first tier)' : ''}`;
