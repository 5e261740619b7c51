import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listPrices } from '../../src/cost/list-prices.ts';
import { overridden } from '../../src/cost/price-table.ts';
import { PricesUnreadable, readPrices } from '../../src/cost/read-prices.ts';

const good = {
  source: 'our contract',
  date: '2026-11-01',
  regions: { 'eu-west-1': { natGatewayHour: 0.04, interfaceEndpointGb: [{ upToGb: 100, price: 2 }, { price: 1 }] } },
};
const inRegion = (prices: unknown): unknown => ({ ...good, regions: { 'eu-west-1': prices } });

describe('a price file', () => {
  it('takes the place of the list prices of its Regions, whole, and of no other', () => {
    const table = overridden(listPrices, readPrices(`\uFEFF${JSON.stringify(good)}`, 'p.json'));
    expect(table.get('eu-west-1')).toEqual({
      region: 'eu-west-1',
      source: 'our contract',
      date: '2026-11-01',
      prices: good.regions['eu-west-1'],
    });
    expect(table.get('us-east-1')).toBe(listPrices.get('us-east-1'));
  });

  it('takes a number as a price per GB without tiers', () => {
    const table = readPrices(JSON.stringify(inRegion({ natGatewayGb: 0.04 })), 'p.json');
    expect(table.get('eu-west-1')?.prices).toEqual({ natGatewayGb: [{ price: 0.04 }] });
  });

  it('may be one of the prices that come along', () => {
    for (const { region, source, date, prices } of listPrices.values()) {
      const text = JSON.stringify({ source, date, regions: { [region]: prices } });
      expect(readPrices(text, 'p.json').get(region)).toEqual({ region, source, date, prices });
    }
  });

  it.each([
    ['{', /not JSON/],
    [[], /the file must be a JSON object/],
    [{ ...good, source: ' ' }, /"source"/],
    [{ ...good, date: '2026-02-30' }, /"date"/],
    [{ ...good, date: 'soon' }, /"date"/],
    [{ ...good, sauce: 1 }, /"sauce".*Did you mean source/],
    [{ ...good, regions: {} }, /names no Region/],
    [{ ...good, regions: null }, /"regions" must be/],
    [{ ...good, regions: { Ireland: {} } }, /"Ireland"/],
    [inRegion({}), /eu-west-1 has no price/],
    [inRegion({ natGatewayHours: 1 }), /"natGatewayHours".*Did you mean natGatewayHour/],
    [inRegion({ natGatewayHour: '0.045' }), /eu-west-1\.natGatewayHour must be a price/],
    [inRegion({ natGatewayHour: -1 }), /must be a price/],
    [inRegion({ natGatewayHour: 4500 }), /must be a price/],
    [inRegion({ natGatewayGb: [] }), /has no tier/],
    [inRegion({ natGatewayGb: [{ upToGb: 5, price: 1 }] }), /\[0\] is the last tier/],
    [inRegion({ natGatewayGb: [{ upToGb: 5, price: 1 }, { upToGb: 5, price: 1 }, { price: 1 }] }), /\[1\]\.upToGb/],
    [inRegion({ natGatewayGb: [{ price: 1 }, { price: 1 }] }), /\[0\]\.upToGb/],
    [inRegion({ natGatewayGb: [{ price: 1, until: 4 }] }), /"until"/],
  ])('that is %j is refused in one sentence', (document, message) => {
    const text = typeof document === 'string' ? document : JSON.stringify(document);
    expect(() => readPrices(text, 'p.json')).toThrow(message);
    expect(() => readPrices(text, 'p.json')).toThrow(/^p\.json: [^\n]+[.?]$/);
  });

  it('is refused by PricesUnreadable and by nothing else, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.string(),
          fc.jsonValue().map((value) => JSON.stringify(inRegion(value))),
        ),
        (text) => {
          try {
            readPrices(text, 'p.json');
          } catch (error) {
            expect(error).toBeInstanceOf(PricesUnreadable);
          }
        },
      ),
    );
  });
});
