import type { PriceTable, RegionPrices } from './price-table.ts';

const flat = (price: number) => [{ price }] as const;

const regions: readonly RegionPrices[] = [
  {
    region: 'us-east-1',
    source: 'AWS list prices (AmazonEC2, AmazonVPC), us-east-1',
    date: '2025-10-01',
    prices: {
      natGatewayHour: 0.045,
      natGatewayGb: flat(0.045),
      interfaceEndpointHour: 0.01,
      // 1 PB and 5 PB a month
      interfaceEndpointGb: [{ upToGb: 1_048_576, price: 0.01 }, { upToGb: 5_242_880, price: 0.006 }, { price: 0.004 }],
      gatewayLoadBalancerEndpointHour: 0.01,
      gatewayLoadBalancerEndpointGb: flat(0.0035),
      publicIpv4AddressHour: 0.005,
      crossZoneGb: flat(0.01),
    },
  },
  {
    region: 'eu-west-1',
    source: 'AWS list prices (AmazonEC2), eu-west-1: NAT gateways alone',
    date: '2026-09-25',
    prices: { natGatewayHour: 0.048, natGatewayGb: flat(0.048) },
  },
];

/**
 * List prices as AWS published them, without discounts or taxes, of the Regions for which they were verified; the owner
 * gives those of others (https://aws.amazon.com/vpc/pricing/, https://aws.amazon.com/privatelink/pricing/).
 */
export const listPrices: PriceTable = new Map(regions.map((one) => [one.region, one]));
