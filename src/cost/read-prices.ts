import { nearestNames } from '../model/nearest-names.ts';
import { quoted } from '../model/quoted.ts';
import {
  hourlyPrices,
  type HourlyPrice,
  type Prices,
  type PriceTable,
  type PriceTier,
  type RegionPrices,
  trafficPrices,
  type TrafficPrice,
} from './price-table.ts';

/** A price file that cannot be used. The message is one sentence: which file, which member, what to mend. */
export class PricesUnreadable extends Error {
  override readonly name = 'PricesUnreadable';
  readonly code = 'PRICES_UNREADABLE';
}

/** No price of the table comes near it: what is higher was meant in cents, or for a year. */
const highest = 1000;

/**
 * The prices of a JSON file: `source`, `date` and `regions`, each Region with some of the prices of `price-table.ts`; a
 * price per GB is a number or tiers. Throws PricesUnreadable for everything else.
 */
export function readPrices(text: string, file: string): PriceTable {
  const refuse = (what: string): never => {
    throw new PricesUnreadable(`${file}: ${what}`);
  };
  const document = members(parsed(text, refuse), 'the file', refuse);
  onlyKnown(document, ['source', 'date', 'regions'], 'the file', refuse);
  const source = document.get('source');
  const date = document.get('date');
  if (typeof source !== 'string' || source.trim() === '')
    return refuse('"source" must say where the prices are from, such as "AWS Price List".');
  if (typeof date !== 'string' || !isDay(date))
    return refuse('"date" must be the day as of which the prices hold, such as "2026-11-01".');
  const table = new Map<string, RegionPrices>();
  for (const [region, given] of members(document.get('regions'), '"regions"', refuse)) {
    if (!/^[a-z]{2,}(?:-[a-z]+)+-\d+$/.test(region))
      return refuse(`${quoted(region)} in "regions" is no Region; write it as in us-east-1.`);
    table.set(region, { region, source, date, prices: pricesOf(given, region, refuse) });
  }
  return table.size === 0 ? refuse('"regions" names no Region.') : table;
}

type Refuse = (what: string) => never;

function parsed(text: string, refuse: Refuse): unknown {
  try {
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch {
    return refuse('this is not JSON.');
  }
}

/** The members of an object as a map, in which no name means anything by itself. */
function members(value: unknown, what: string, refuse: Refuse): ReadonlyMap<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refuse(`${what} must be a JSON object.`);
  return new Map(Object.entries(value));
}

function onlyKnown(given: ReadonlyMap<string, unknown>, known: readonly string[], where: string, refuse: Refuse): void {
  for (const name of given.keys()) {
    if (known.includes(name)) continue;
    const [near] = nearestNames(name, known);
    refuse(
      `${where} has ${quoted(name)}, which is none of ${known.join(', ')}.${near === undefined ? '' : ` Did you mean ${near}?`}`,
    );
  }
}

function pricesOf(value: unknown, region: string, refuse: Refuse): Prices {
  const given = members(value, region, refuse);
  onlyKnown(given, [...hourlyPrices, ...trafficPrices], region, refuse);
  const prices: { [K in HourlyPrice]?: number } & { [K in TrafficPrice]?: readonly PriceTier[] } = {};
  for (const name of hourlyPrices) {
    if (given.has(name)) prices[name] = priceOf(given.get(name), `${region}.${name}`, refuse);
  }
  for (const name of trafficPrices) {
    if (given.has(name)) prices[name] = tiersOf(given.get(name), `${region}.${name}`, refuse);
  }
  return Object.keys(prices).length === 0 ? refuse(`${region} has no price.`) : prices;
}

function priceOf(value: unknown, where: string, refuse: Refuse): number {
  return typeof value === 'number' && value >= 0 && value <= highest
    ? value
    : refuse(`${where} must be a price in US dollars, from 0 to ${highest}.`);
}

function tiersOf(value: unknown, where: string, refuse: Refuse): readonly PriceTier[] {
  if (!Array.isArray(value)) return [{ price: priceOf(value, where, refuse) }];
  if (value.length === 0) return refuse(`${where} has no tier.`);
  let below = 0;
  return value.map((one: unknown, index): PriceTier => {
    const at = `${where}[${index}]`;
    const tier = members(one, at, refuse);
    onlyKnown(tier, ['upToGb', 'price'], at, refuse);
    const price = priceOf(tier.get('price'), `${at}.price`, refuse);
    const upToGb = tier.get('upToGb');
    if (index === value.length - 1)
      return upToGb === undefined ? { price } : refuse(`${at} is the last tier and must be without "upToGb".`);
    if (typeof upToGb !== 'number' || !(upToGb > below) || !Number.isFinite(upToGb))
      return refuse(`${at}.upToGb must be a number of GB above ${below}.`);
    below = upToGb;
    return { upToGb, price };
  });
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
