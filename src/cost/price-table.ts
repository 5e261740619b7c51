/** A price per GB that holds up to so many GB a month, or without end. */
export interface PriceTier {
  readonly upToGb?: number;
  readonly price: number;
}

/** What a Region's prices may be known of: by the hour, in US dollars. */
export const hourlyPrices = [
  'natGatewayHour',
  'interfaceEndpointHour',
  'gatewayLoadBalancerEndpointHour',
  'publicIpv4AddressHour',
] as const;

/** Per GB, in US dollars: processed by the resource; `crossZoneGb` once on each side of the way between two zones. */
export const trafficPrices = [
  'natGatewayGb',
  'interfaceEndpointGb',
  'gatewayLoadBalancerEndpointGb',
  'crossZoneGb',
] as const;

export type HourlyPrice = (typeof hourlyPrices)[number];
export type TrafficPrice = (typeof trafficPrices)[number];

/** Prices in US dollars; an interface endpoint is charged for each Availability Zone in which it stands. */
export type Prices = { readonly [K in HourlyPrice]?: number } & {
  readonly [K in TrafficPrice]?: readonly PriceTier[];
};

/** The prices of one Region, who publishes them and the day as of which they hold. */
export interface RegionPrices {
  readonly region: string;
  readonly source: string;
  readonly date: string;
  readonly prices: Prices;
}

/** Prices by Region. What a Region has no price for is not guessed from another Region. */
export type PriceTable = ReadonlyMap<string, RegionPrices>;

/** One table in which the Regions of the later take the place of those of the earlier, whole. */
export const overridden = (earlier: PriceTable, later: PriceTable): PriceTable => new Map([...earlier, ...later]);
