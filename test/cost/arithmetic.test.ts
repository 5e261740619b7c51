import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  breakEven,
  crossZonePerGb,
  gatewayEndpointSavingPerYear,
  hourlyPerMonth,
  interfaceEndpointPerMonth,
  natGatewayPerMonth,
  tiered,
} from '../../src/cost/arithmetic.ts';
import { listPrices } from '../../src/cost/list-prices.ts';
import type { Prices, PriceTier, RegionPrices } from '../../src/cost/price-table.ts';

const virginia = listPrices.get('us-east-1') as RegionPrices;
const of = (prices: Prices): RegionPrices => ({ region: 'eu-west-1', source: 'a test', date: '2026-01-01', prices });

/** Prices to a tenth of a cent. */
const price = fc.integer({ min: 1, max: 500 }).map((thousandths) => thousandths / 1000);
const gb = fc.integer({ min: 0, max: 10_000_000 });
const tiers: fc.Arbitrary<readonly PriceTier[]> = fc
  .tuple(fc.uniqueArray(fc.integer({ min: 1, max: 5_000_000 }), { maxLength: 3 }), fc.array(price, { minLength: 4 }))
  .map(([edges, prices]) => [
    ...edges.toSorted((a, b) => a - b).map((upToGb, index): PriceTier => ({ upToGb, price: prices[index] ?? 0 })),
    { price: prices[3] ?? 0 },
  ]);

describe('by the list prices of us-east-1, worked out by hand', () => {
  it('a NAT gateway with 1,000 GB costs 730 × 0.045 + 1,000 × 0.045 = 32.85 + 45', () => {
    expect(natGatewayPerMonth(virginia, 1000)).toMatchObject({ dollars: 77.85, per: 'month' });
    expect(natGatewayPerMonth(virginia, 0)?.dollars).toBe(32.85);
  });

  it('an interface endpoint in three zones with 500 GB costs 3 × 7.30 + 5', () => {
    expect(interfaceEndpointPerMonth(virginia, 3, 500)?.dollars).toBe(26.9);
  });

  it('2 PB through an interface endpoint cost the first at 0.01 and the second at 0.006', () => {
    expect(interfaceEndpointPerMonth(virginia, 0, 2 * 1_048_576)?.dollars).toBe(16_777.22);
    // 1 PB × 0.01 + 4 PB × 0.006 + 1 PB × 0.004
    expect(interfaceEndpointPerMonth(virginia, 0, 6 * 1_048_576)?.dollars).toBe(39_845.89);
  });

  it('a gateway endpoint in place of 1 TB a month saves 12 × 1,000 × 0.045 in a year', () => {
    expect(gatewayEndpointSavingPerYear(virginia, 1000)).toMatchObject({ dollars: 540, per: 'year' });
  });

  it('an interface endpoint pays from 7.30 ÷ 0.035 = 208.6 GB a month and zone', () => {
    expect(breakEven(virginia)?.gbPerMonthAndZone).toBe(209);
  });

  it('a public address costs 730 × 0.005, and a GB across zones 0.01 on each side', () => {
    const one = { count: 1, noun: 'address', plural: 'addresses' };
    expect(hourlyPerMonth(virginia, 'publicIpv4AddressHour', one)?.dollars).toBe(3.65);
    expect(crossZonePerGb(virginia)).toMatchObject({ dollars: 0.02, per: 'GB' });
  });

  it('each figure says that it is an estimate, of which prices and of which day', () => {
    for (const figure of [
      natGatewayPerMonth(virginia, 1),
      interfaceEndpointPerMonth(virginia, 1, 1),
      gatewayEndpointSavingPerYear(virginia, 1),
      breakEven(virginia),
      crossZonePerGb(virginia),
    ]) {
      expect(figure?.from).toMatch(/^estimate: .*prices of us-east-1 on 2025-10-01$/);
    }
  });
});

describe('the arithmetic', () => {
  it('of tiers is the sum of every single GB at the price of its tier', () => {
    const small = fc
      .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), price, price, price)
      .map(([first, more, a, b, c]): readonly PriceTier[] => [
        { upToGb: first, price: a },
        { upToGb: first + more, price: b },
        { price: c },
      ]);
    fc.assert(
      fc.property(small, fc.integer({ min: 0, max: 120 }), (given, count) => {
        let dollars = 0;
        for (let each = 1; each <= count; each++)
          dollars += given.find(({ upToGb = Infinity }) => each <= upToGb)?.price ?? Number.NaN;
        expect(tiered(given, count)).toBeCloseTo(dollars, 6);
      }),
    );
  });

  it('never costs less for more', () => {
    fc.assert(
      fc.property(price, tiers, gb, gb, (hour, given, a, b) => {
        const prices = of({ natGatewayHour: hour, natGatewayGb: given });
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        expect(natGatewayPerMonth(prices, less)?.dollars).toBeLessThanOrEqual(
          natGatewayPerMonth(prices, more)?.dollars ?? Number.NaN,
        );
      }),
    );
  });

  it('saves by a gateway endpoint twelve times what the month costs less', () => {
    fc.assert(
      fc.property(price, price, gb, (hour, perGb, month) => {
        const prices = of({ natGatewayHour: hour, natGatewayGb: [{ price: perGb }] });
        const saved = gatewayEndpointSavingPerYear(prices, month)?.dollars ?? Number.NaN;
        const withTraffic = natGatewayPerMonth(prices, month)?.dollars ?? Number.NaN;
        const idle = natGatewayPerMonth(prices, 0)?.dollars ?? Number.NaN;
        expect(Math.abs(saved - 12 * (withTraffic - idle))).toBeLessThan(0.2);
      }),
    );
  });

  it('breaks even where the endpoint is no dearer, and was dearer one GB before', () => {
    fc.assert(
      fc.property(price, tiers, tiers, (hour, endpoint, nat) => {
        const prices = of({ interfaceEndpointHour: hour, interfaceEndpointGb: endpoint, natGatewayGb: nat });
        const dearer = (month: number): number => hour * 730 + tiered(endpoint, month) - tiered(nat, month);
        const at = breakEven(prices)?.gbPerMonthAndZone;
        if (at === undefined) {
          for (const month of [0, 1, 1000, ...[...endpoint, ...nat].map(({ upToGb = 1e9 }) => upToGb)])
            expect(dearer(month)).toBeGreaterThan(-1e-3);
        } else {
          const last = Math.max(...[...endpoint, ...nat].map(({ upToGb = 0 }) => upToGb));
          const crossesWithinTier = ![...endpoint, ...nat].some(({ upToGb = -1 }) => upToGb >= at - 1 && upToGb <= at);
          if (crossesWithinTier || at > last) expect(dearer(at)).toBeLessThan(1e-3);
          expect(dearer(at - 1)).toBeGreaterThan(-1e-3);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('gives no figure without its price', () => {
    const nothing = of({});
    expect(natGatewayPerMonth(nothing, 1)).toBeUndefined();
    expect(interfaceEndpointPerMonth(nothing, 1, 1)).toBeUndefined();
    expect(gatewayEndpointSavingPerYear(nothing, 1)).toBeUndefined();
    expect(breakEven(nothing)).toBeUndefined();
    expect(crossZonePerGb(nothing)).toBeUndefined();
    expect(hourlyPerMonth(nothing, 'natGatewayHour', { count: 1, noun: 'a', plural: 'b' })).toBeUndefined();
  });

  it('never breaks even where a GB costs no less through the endpoint', () => {
    expect(
      breakEven(
        of({ interfaceEndpointHour: 0.01, interfaceEndpointGb: [{ price: 0.05 }], natGatewayGb: [{ price: 0.05 }] }),
      ),
    ).toBeUndefined();
  });
});
